//! The services that the console is given.

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

/// Reads again the credentials that the console was started with.
pub type StartupCredentials = Arc<dyn Fn() -> Option<Credentials> + Send + Sync>;

/// Returns the computer's time zone, which may change while the console is open.
pub type SystemTimeZone = Arc<dyn Fn() -> TimeZone + Send + Sync>;

/// Everything outside the console that it uses; tests provide their own.
pub struct Services {
    pub clock: Arc<dyn Clock>,
    pub zone: SystemTimeZone,
    /// Stores keys.
    pub keychain: Arc<dyn Keychain>,
    /// Receives the tokens that the user copies.
    pub clipboard: Box<dyn Clipboard>,
    /// Stores preferences, drafts, history and journals; `None` if there is no usable folder.
    pub folder: Option<AppFolder>,
    pub wake: Waker,
    /// Opens file dialogs.
    pub dialogs: Arc<dyn FileDialog>,
    /// The credentials from environment variables.
    pub environment: StartupCredentials,
    /// Reads an environment variable, for key sources.
    pub variable: ReadVariable,
    /// The user's home folder, where tools store their tokens.
    pub home: Option<PathBuf>,
    /// Lock and sleep signals of the desktop session.
    pub session_signals: UnboundedReceiver<SessionSignal>,
    pub notifier: Arc<dyn Notifier>,
    /// Limits of the API client.
    pub api: ApiOptions,
    /// Settings of the embedded server.
    pub demo: DemoOptions,
    /// How long closing the window waits, at most, for each of keychain, clipboard and files.
    pub exit_limit: Duration,
}
