//! Writes and reads the history file on its own thread, in order.

use std::time::Duration;

use jiff::Timestamp;

use super::Runtime;
use crate::domain::history::{HistoryEntry, ReadLines};
use crate::platform::files::{AppFolder, Log, LogLimits};
use crate::state::event::Event;
use crate::state::history::messages::{HistoryEffect, HistoryEvent};

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

impl Runtime {
    pub(super) fn history_effect(&self, effect: HistoryEffect) {
        match effect {
            HistoryEffect::Record(entry) => self.record(entry),
            HistoryEffect::Read => self.read_history(),
        }
    }

    fn record(&self, entry: Box<HistoryEntry>) {
        let Some(history) = &self.history else {
            return;
        };
        let outbox = self.outbox.clone();
        history.call(move |log| {
            let event = match log.add(&entry.to_line(), entry.at) {
                Ok(None) => return,
                Ok(Some(moved_to)) => HistoryEvent::SetAside(moved_to),
                Err(error) => HistoryEvent::NotWritten(error.to_string()),
            };
            outbox.try_send(event);
        });
    }

    fn read_history(&self) {
        let outbox = self.outbox.clone();
        let Some(history) = &self.history else {
            let event = HistoryEvent::Read {
                read: ReadLines::default(),
                problem: Some("This system has no folder for the history".to_owned()),
            };
            return outbox.try_send(event);
        };
        history.call(move |log| {
            let mut read = ReadLines::default();
            let problem = log.read(|line| read.take(line)).err();
            outbox.send_blocking(Event::History(HistoryEvent::Read {
                read,
                problem: problem.map(|error| error.to_string()),
            }));
        });
    }
}

fn time_of(line: &str) -> Option<Timestamp> {
    serde_json::from_str::<HistoryEntry>(line)
        .ok()
        .map(|entry| entry.at)
}
