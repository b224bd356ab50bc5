//! Writes and reads the history file on its own thread, in order.

use std::sync::mpsc;
use std::time::Duration;

use jiff::Timestamp;

use super::Runtime;
use super::inbox::Outbox;
use super::worker::Worker;
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

enum HistoryJob {
    Record(Box<HistoryEntry>),
    Read,
    Finish(mpsc::Sender<()>),
}

pub(super) struct HistoryThread(Worker<HistoryJob>);

impl HistoryThread {
    pub(super) fn start(folder: AppFolder, outbox: Outbox) -> Self {
        let mut log = history_log(folder);
        Self(Worker::start("history", move |job| match job {
            HistoryJob::Record(entry) => {
                let event = match log.add(&entry.to_line(), entry.at) {
                    Ok(None) => return,
                    Ok(Some(moved_to)) => HistoryEvent::SetAside(moved_to),
                    Err(error) => HistoryEvent::NotWritten(error.to_string()),
                };
                outbox.send_if_room(Event::History(event));
            }
            HistoryJob::Read => {
                let mut read = ReadLines::default();
                let problem = log.read(|line| read.take(line)).err();
                outbox.send_blocking(Event::History(HistoryEvent::Read {
                    read,
                    problem: problem.map(|error| error.to_string()),
                }));
            }
            HistoryJob::Finish(done) => {
                // The receiver is gone if `finish` has stopped waiting.
                let _ = done.send(());
            }
        }))
    }

    pub(super) fn record(&self, entry: Box<HistoryEntry>) {
        self.0.send(HistoryJob::Record(entry));
    }

    pub(super) fn read(&self) {
        self.0.send(HistoryJob::Read);
    }

    /// Waits for up to `limit` until everything sent so far is on disk.
    pub(super) fn finish(&self, limit: Duration) {
        if self.0.ask(limit, HistoryJob::Finish).is_none() {
            tracing::warn!("the history was not written in time");
        }
    }
}

impl Runtime {
    pub(super) fn history_effect(&self, effect: HistoryEffect) {
        match effect {
            HistoryEffect::Record(entry) => {
                if let Some(history) = &self.history {
                    history.record(entry);
                }
            }
            HistoryEffect::Read => self.read_history(),
        }
    }

    fn read_history(&self) {
        match &self.history {
            Some(history) => history.read(),
            None => {
                let event = HistoryEvent::Read {
                    read: ReadLines::default(),
                    problem: Some("This system has no folder for the history".to_owned()),
                };
                self.outbox.send_if_room(Event::History(event));
            }
        }
    }
}

fn time_of(line: &str) -> Option<Timestamp> {
    serde_json::from_str::<HistoryEntry>(line)
        .ok()
        .map(|entry| entry.at)
}
