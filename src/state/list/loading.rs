//! The progress of loading the list. A refresh keeps the previous rows, and a failure is shown beside them.

use std::time::Duration;

use jiff::Timestamp;

use crate::domain::business::{BusinessId, BusinessIds};
use crate::domain::failure::Failure;
use crate::domain::time::{BootInstant, Now};
use crate::state::list::messages::{ListOutcome, LoadNumber};

#[derive(Debug, Default)]
pub struct Loading {
    /// The number of the latest load.
    number: LoadNumber,
    running: Option<LoadInProgress>,
    /// When the list was last complete, and how complete it was.
    completed: Option<(Timestamp, ListOutcome)>,
    failure: Option<Failure>,
    stopped: bool,
}

#[derive(Debug)]
struct LoadInProgress {
    since: BootInstant,
    seen: BusinessIds,
    total: Option<u64>,
}

/// The progress of a running load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoadingProgress {
    /// Businesses that have arrived in this load.
    pub loaded: u64,
    /// The total that the server states, if it does.
    pub total: Option<u64>,
    /// Time since the load started.
    pub elapsed: Duration,
}

impl Loading {
    /// Starts a load, and returns its number.
    pub fn begin(&mut self, now: Now) -> LoadNumber {
        self.number.0 += 1;
        self.running = Some(LoadInProgress {
            since: now.boot,
            seen: BusinessIds::default(),
            total: None,
        });
        self.stopped = false;
        self.number
    }

    /// The number of the latest load.
    pub fn number(&self) -> LoadNumber {
        self.number
    }

    /// Whether this load is running.
    pub(super) fn is_current(&self, load: LoadNumber) -> bool {
        self.is_running() && self.number == load
    }

    /// Whether the latest load has ended with a list that is known to match the server's.
    pub(super) fn is_complete(&self) -> bool {
        let is_latest = self.running.is_none() && self.failure.is_none() && !self.stopped;
        is_latest && self.outcome().is_some_and(|outcome| outcome.is_exact)
    }

    /// Stops the load at the user's request.
    pub fn stop(&mut self) {
        self.stopped |= self.running.take().is_some();
    }

    pub(super) fn received(&mut self, ids: impl Iterator<Item = BusinessId>, total: Option<u64>) {
        self.add_created(ids);
        if let Some(running) = &mut self.running {
            running.total = total.or(running.total);
        }
        // The server answers again, so the earlier failure is obsolete.
        self.failure = None;
    }

    /// Records businesses that were created during the load, so that they stay even if their page was read before.
    pub(super) fn add_created(&mut self, ids: impl Iterator<Item = BusinessId>) {
        if let Some(running) = &mut self.running {
            running.seen.extend(ids);
        }
    }

    /// Records that businesses from this load are not in the list after all. They are dropped when it ends.
    pub fn withdrawn(&mut self, ids: &[BusinessId]) {
        if let Some(running) = &mut self.running {
            for id in ids {
                running.seen.remove(id);
            }
        }
    }

    /// Ends the load. Returns the businesses that the server now lists, if all of them are known.
    pub(super) fn ended(
        &mut self,
        result: Result<ListOutcome, Failure>,
        now: Now,
    ) -> Option<BusinessIds> {
        let running = self.running.take()?;
        match result {
            Ok(outcome) => {
                self.failure = None;
                self.completed = Some((now.wall, outcome));
                // A list that may have gaps is no reason to drop anything.
                outcome.is_exact.then_some(running.seen)
            }
            Err(failure) => {
                self.failure = Some(failure);
                None
            }
        }
    }

    /// The progress of the running load; `None` if none is running.
    pub fn progress(&self, now: BootInstant) -> Option<LoadingProgress> {
        let running = self.running.as_ref()?;
        Some(LoadingProgress {
            loaded: running.seen.len() as u64,
            total: running.total,
            elapsed: now.saturating_since(running.since),
        })
    }

    /// The total that the server states.
    pub fn stated_total(&self) -> Option<u64> {
        let running = self.running.as_ref().and_then(|running| running.total);
        running.or(self.outcome().and_then(|outcome| outcome.stated))
    }

    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Whether the user stopped the latest load.
    pub fn was_stopped(&self) -> bool {
        self.stopped
    }

    /// Why the latest load failed.
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// When the list was last complete.
    pub fn completed_at(&self) -> Option<Timestamp> {
        self.completed.map(|(at, _)| at)
    }

    /// Whether the latest complete list is known to match the server's.
    pub fn is_exact(&self) -> bool {
        self.outcome().is_none_or(|outcome| outcome.is_exact)
    }

    /// The server's count, if the server listed more businesses than that, even after another request.
    pub fn understated_total(&self) -> Option<u64> {
        let outcome = self.outcome()?;
        outcome.stated.filter(|stated| *stated < outcome.received)
    }

    /// How many businesses the server counts but did not list, even after another request.
    pub fn missing(&self) -> u64 {
        let missing = self
            .outcome()
            .and_then(|outcome| Some(outcome.stated?.saturating_sub(outcome.received)));
        missing.unwrap_or_default()
    }

    fn outcome(&self) -> Option<ListOutcome> {
        self.completed.map(|(_, outcome)| outcome)
    }
}
