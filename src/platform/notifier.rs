//! System notifications, for events that matter while the window is not visible.

#[cfg(windows)]
mod app_id;

use std::future::Future;
use std::pin::Pin;

/// The content of a notification. Never contains a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesktopNotification {
    /// One line.
    pub title: String,
    /// One or two sentences.
    pub body: String,
}

/// A notification in progress; the error is the system's own message.
pub type NoticeFuture = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;

/// Shows notifications.
pub trait Notifier: Send + Sync {
    /// Shows a notification. The call returns at once; the future completes when the system has accepted it. On macOS and Windows it blocks
    /// meanwhile, so poll it on a thread that may wait.
    fn notify(&self, notice: DesktopNotification) -> NoticeFuture;
}

/// The notifications of this system: over D-Bus on Linux, Notification Center on macOS, toasts on Windows.
#[derive(Debug, Clone, Copy, Default)]
pub struct NativeNotifier;

/// The sender that the system shows.
const APP_NAME: &str = "Thred Partner Console";

/// How long to wait for the notification service.
#[cfg(all(unix, not(target_os = "macos")))]
const LIMIT: std::time::Duration = std::time::Duration::from_secs(15);

/// Linux desktops use this to find the program's icon and settings.
#[cfg(all(unix, not(target_os = "macos")))]
const DESKTOP_ENTRY: &str = "thred-console";

/// Lets Windows see the windows and notifications of this process as one program. Call it before the first window opens.
/// Does nothing on other systems.
pub fn identify_process() {
    #[cfg(windows)]
    if let Err(error) = app_id::claim() {
        tracing::warn!("Windows did not accept the id of the program: {error}");
    }
}

impl Notifier for NativeNotifier {
    #[cfg(all(unix, not(target_os = "macos")))]
    #[expect(clippy::disallowed_methods, reason = "the one place that notifies")]
    fn notify(&self, notice: DesktopNotification) -> NoticeFuture {
        Box::pin(async move {
            let mut notification = notify_rust::Notification::new();
            notification
                .appname(APP_NAME)
                .summary(&notice.title)
                .body(&escaped(&notice.body))
                .hint(notify_rust::Hint::DesktopEntry(DESKTOP_ENTRY.to_owned()));
            let shown = tokio::time::timeout(LIMIT, notification.show_async()).await;
            match shown {
                Ok(shown) => shown.map(drop).map_err(|error| error.to_string()),
                Err(_) => Err("the notification service does not respond".to_owned()),
            }
        })
    }

    #[cfg(target_os = "macos")]
    #[expect(clippy::disallowed_methods, reason = "the one place that notifies")]
    fn notify(&self, notice: DesktopNotification) -> NoticeFuture {
        Box::pin(async move {
            let shown = notify_rust::Notification::new()
                .appname(APP_NAME)
                .summary(&notice.title)
                .body(&notice.body)
                .show();
            shown.map(drop).map_err(|error| error.to_string())
        })
    }

    #[cfg(windows)]
    #[expect(clippy::disallowed_methods, reason = "the one place that notifies")]
    fn notify(&self, notice: DesktopNotification) -> NoticeFuture {
        Box::pin(async move {
            app_id::register(APP_NAME).map_err(|error| error.to_string())?;
            let shown = notify_rust::Notification::new()
                .app_id(app_id::APP_ID)
                .summary(&notice.title)
                .body(&notice.body)
                .show();
            shown.map_err(|error| error.to_string())
        })
    }
}

/// Linux notification servers interpret the body as markup.
#[cfg(all(unix, not(target_os = "macos")))]
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
