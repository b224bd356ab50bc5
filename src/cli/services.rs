//! What a command gets from outside.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::domain::time::Clock;
use crate::key_sources::ReadVariable;
use crate::platform::clipboard::Clipboard;
use crate::platform::environment_variables::{EnvironmentSettings, StartKey};
use crate::platform::files::AppFolder;
use crate::platform::keychain::Keychain;

/// The services outside the program that a command uses.
pub struct CliServices {
    pub clock: Arc<dyn Clock>,
    /// The time zone in which the days of `created:` in a filter begin and end.
    pub zone: TimeZone,
    /// Where keys are stored.
    pub keychain: Arc<dyn Keychain>,
    /// Opens the desktop's clipboard, without connecting to it yet.
    pub clipboard: fn() -> Box<dyn Clipboard>,
    /// The console's data folder; `None` if the system provides no location for one.
    pub folder: Option<AppFolder>,
    /// The settings from `THRED_PARTNER_UUID` and related variables, or what is wrong with them.
    pub start: Result<EnvironmentSettings, String>,
    /// The key from the environment, to hide it in messages.
    pub key: StartKey,
    /// Reads an environment variable, for key sources.
    pub variable: ReadVariable,
    /// The user's home folder, where tools store their tokens.
    pub home: Option<PathBuf>,
}
