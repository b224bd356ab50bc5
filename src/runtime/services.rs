//! What the console is given.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::demo::DemoOptions;
use crate::domain::credentials::Credentials;
use crate::domain::session_signal::SessionSignal;
use crate::domain::time::Clock;
use crate::key_sources::ReadVariable;
use crate::partner_api::ApiOptions;
use crate::platform::clipboard::Clipboard;
use crate::platform::file_dialog::FileDialog;
use crate::platform::files::AppFolder;
use crate::platform::keychain::Keychain;
use crate::platform::notifier::Notifier;

use super::inbox::Waker;

/// The credentials that the console was started with, read anew.
pub type CredentialsOfStart = Arc<dyn Fn() -> Option<Credentials> + Send + Sync>;

/// The zone of the computer, which may travel with the console open.
pub type ZoneOfSystem = Arc<dyn Fn() -> TimeZone + Send + Sync>;

/// Everything outside the console that it uses; tests give their own.
pub struct Services {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where it is that time.
    pub zone: ZoneOfSystem,
    /// Where keys are kept.
    pub keychain: Arc<dyn Keychain>,
    /// Where tokens are handed out.
    pub clipboard: Box<dyn Clipboard>,
    /// Where preferences are kept; `None` where the system has no place for them.
    pub folder: Option<AppFolder>,
    /// Asks the window for a frame.
    pub wake: Waker,
    /// How the user picks files.
    pub dialogs: Arc<dyn FileDialog>,
    /// What the variables of the environment say.
    pub environment: CredentialsOfStart,
    /// A variable of the environment, for the sources of keys.
    pub variable: ReadVariable,
    /// The user's home folder, where tools keep their tokens.
    pub home: Option<PathBuf>,
    /// What the system says of its session.
    pub session_signals: UnboundedReceiver<SessionSignal>,
    /// Shows notifications.
    pub notifier: Arc<dyn Notifier>,
    /// Limits of the API client.
    pub api: ApiOptions,
    /// The embedded server.
    pub demo: DemoOptions,
    /// How long closing the window waits, at most, for each of keychain, clipboard and files.
    pub exit_limit: Duration,
}
