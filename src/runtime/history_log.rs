//! The history file.

use std::time::Duration;

use jiff::Timestamp;

use crate::domain::history::HistoryEntry;
use crate::platform::files::{AppFolder, Log, LogLimits};

/// Stem of the history file's name in the app's folder; older files have a number appended.
pub const HISTORY_STEM: &str = "history";

/// A line takes about 300 bytes, so a file holds about 3,500 lines and all files together 35,000. A line is stored for half a year, and up to a month
/// longer because only whole files are deleted.
const LIMITS: LogLimits = LogLimits {
    file_bytes: 1 << 20,
    file_age: Duration::from_hours(30 * 24),
    files: 9,
    age: Duration::from_hours(180 * 24),
};

/// The history in this folder. The window and any number of commands may write to it at the same time.
pub fn history_log(folder: AppFolder) -> Log {
    Log::new(folder, HISTORY_STEM, LIMITS, time_of)
}

fn time_of(line: &str) -> Option<Timestamp> {
    serde_json::from_str::<HistoryEntry>(line)
        .ok()
        .map(|entry| entry.at)
}
