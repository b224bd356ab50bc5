//! Writes and reads the history file on its own thread, in order.

use super::Runtime;
use crate::domain::history::{HistoryEntry, ReadLines};
use crate::state::event::Event;
use crate::state::history::messages::{HistoryEffect, HistoryEvent};

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
