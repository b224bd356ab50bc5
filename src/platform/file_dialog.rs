//! The system's dialogs to open and save a file, one at a time.

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::time::Duration;

use super::clock::boot_now;

#[cfg(all(unix, not(target_os = "macos")))]
mod portal;
mod request;

pub use self::request::FileRequest;

/// How a dialog ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileDialogOutcome {
    /// The path that the user chose.
    Chosen(PathBuf),
    /// The user closed the dialog.
    Cancelled,
    /// The system could not show a dialog.
    Unavailable,
    /// The system's dialog service did not respond.
    Unresponsive,
}

/// A dialog in progress.
pub type FileFuture = Pin<Box<dyn Future<Output = FileDialogOutcome> + Send>>;

/// Opens file dialogs.
pub trait FileDialog: Send + Sync {
    /// Opens a dialog. Call it on the UI thread, where macOS requires dialogs to be created. The future may be awaited anywhere.
    fn open(&self, request: FileRequest) -> FileFuture;
}

/// The system's own dialogs.
#[derive(Debug, Clone, Copy, Default)]
pub struct NativeFileDialog;

/// No user closes a dialog this quickly: if it ends sooner, it was never shown.
const CANCEL_OFFERED_AFTER: Duration = Duration::from_millis(250);

impl FileDialog for NativeFileDialog {
    #[cfg(all(unix, not(target_os = "macos")))]
    fn open(&self, request: FileRequest) -> FileFuture {
        Box::pin(async move { by_portal(zbus::connection::Builder::session(), request).await })
    }

    #[cfg(not(all(unix, not(target_os = "macos"))))]
    fn open(&self, request: FileRequest) -> FileFuture {
        by_library(request)
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
async fn by_portal(
    bus: zbus::Result<zbus::connection::Builder<'_>>,
    request: FileRequest,
) -> FileDialogOutcome {
    match portal::open(bus, &request).await {
        Ok(Some(path)) => FileDialogOutcome::Chosen(path),
        Ok(None) => FileDialogOutcome::Cancelled,
        // The library would ask the same portal, and wait for it without a limit.
        Err(error) if super::bus::is_timeout(&error) => {
            tracing::warn!("the desktop's portal does not respond");
            FileDialogOutcome::Unresponsive
        }
        Err(error) => {
            tracing::debug!("no file dialog of the desktop's portal: {error}");
            by_library(request).await
        }
    }
}

/// The dialogs of macOS and Windows; on other systems, those available without a portal.
#[expect(clippy::disallowed_methods, reason = "the one opener of file dialogs")]
fn by_library(request: FileRequest) -> FileFuture {
    let asked = boot_now();
    let dialog = rfd::AsyncFileDialog::new();
    let shown: Pin<Box<dyn Future<Output = Option<rfd::FileHandle>> + Send>> = match request {
        FileRequest::Open {
            title,
            kind: (name, endings),
        } => Box::pin(
            dialog
                .set_title(title)
                .add_filter(name, endings)
                .add_filter("All files", &["*"])
                .pick_file(),
        ),
        FileRequest::Save { title, file_name } => {
            Box::pin(dialog.set_title(title).set_file_name(file_name).save_file())
        }
    };
    Box::pin(async move {
        match shown.await {
            Some(file) => FileDialogOutcome::Chosen(file.path().to_path_buf()),
            // If there are no dialogs at all, the library's answer is the same as for a closed dialog.
            None if boot_now().saturating_since(asked) < CANCEL_OFFERED_AFTER => {
                FileDialogOutcome::Unavailable
            }
            None => FileDialogOutcome::Cancelled,
        }
    })
}

#[cfg(all(test, unix, not(target_os = "macos")))]
mod tests {
    use super::super::bus::tests::SilentBus;
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_silent_portal_is_given_up() {
        let bus = SilentBus::start();
        let request = FileRequest::Save {
            title: "Save".into(),
            file_name: "list.csv".into(),
        };
        assert_eq!(
            by_portal(bus.builder(), request).await,
            FileDialogOutcome::Unresponsive
        );
    }
}
