//! How loading the list goes. Reloading keeps the old rows and names its error beside them.

use std::time::Duration;

use jiff::Timestamp;

use crate::domain::business::{BusinessId, BusinessIds};
use crate::domain::failure::Failure;
use crate::domain::time::{BootInstant, Now};
use crate::state::list::messages::ListOutcome;

/// The state of loading.
#[derive(Debug, Default)]
pub struct Loading {
    running: Option<Running>,
    completed: Option<Completed>,
    failure: Option<(Failure, Timestamp)>,
    stopped: bool,
}

#[derive(Debug)]
struct Running {
    since: BootInstant,
    seen: BusinessIds,
    total: Option<u64>,
}

#[derive(Debug)]
struct Completed {
    at: Timestamp,
    outcome: ListOutcome,
}

/// How far a running load is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoadingProgress {
    /// Businesses that have arrived in this run.
    pub loaded: u64,
    /// How many there are, as far as the server says.
    pub total: Option<u64>,
    /// How long it has been running.
    pub elapsed: Duration,
}

impl Loading {
    /// Loading begins.
    pub fn begin(&mut self, now: Now) {
        self.running = Some(Running {
            since: now.boot,
            seen: BusinessIds::default(),
            total: None,
        });
        self.stopped = false;
    }

    /// Loading was stopped by the user.
    pub fn stop(&mut self) {
        self.stopped = self.running.take().is_some();
    }

    pub(super) fn received(&mut self, ids: impl Iterator<Item = BusinessId>, total: Option<u64>) {
        if let Some(running) = &mut self.running {
            running.seen.extend(ids);
            running.total = total.or(running.total);
        }
        // What failed before works again.
        self.failure = None;
    }

    /// Businesses that were created meanwhile stay, whichever pages have passed.
    pub(super) fn came_to_be(&mut self, ids: impl Iterator<Item = BusinessId>) {
        if let Some(running) = &mut self.running {
            running.seen.extend(ids);
        }
    }

    /// Businesses that arrived in this run are not in the list after all; they go when it ends.
    pub fn withdrawn(&mut self, ids: &[BusinessId]) {
        if let Some(running) = &mut self.running {
            for id in ids {
                running.seen.remove(id);
            }
        }
    }

    /// Returns the businesses that the server lists now, if all of them are known.
    pub(super) fn ended(
        &mut self,
        result: Result<ListOutcome, Failure>,
        now: Now,
    ) -> Option<BusinessIds> {
        let running = self.running.take()?;
        match result {
            Ok(outcome) => {
                self.failure = None;
                self.completed = Some(Completed {
                    at: now.wall,
                    outcome,
                });
                // A list known to have holes is no ground for dropping anything.
                outcome.is_exact.then_some(running.seen)
            }
            Err(failure) => {
                self.failure = Some((failure, now.wall));
                None
            }
        }
    }

    /// How far the running load is; `None` where none runs.
    pub fn progress(&self, now: BootInstant) -> Option<LoadingProgress> {
        let running = self.running.as_ref()?;
        Some(LoadingProgress {
            loaded: running.seen.len() as u64,
            total: running.total,
            elapsed: now.saturating_since(running.since),
        })
    }

    /// How many businesses the server says there are.
    pub fn stated_total(&self) -> Option<u64> {
        let running = self.running.as_ref().and_then(|running| running.total);
        running.or(self
            .completed
            .as_ref()
            .and_then(|completed| completed.outcome.stated))
    }

    /// Whether a load runs.
    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Whether the user stopped the last load.
    pub fn was_stopped(&self) -> bool {
        self.stopped
    }

    /// Why the last load failed.
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref().map(|(failure, _)| failure)
    }

    /// When the list was last complete.
    pub fn completed_at(&self) -> Option<Timestamp> {
        self.completed.as_ref().map(|completed| completed.at)
    }

    /// Whether the last complete list is known to be the list as it stood.
    pub fn is_exact(&self) -> bool {
        self.completed
            .as_ref()
            .is_none_or(|completed| completed.outcome.is_exact)
    }

    /// The server's own count, where it listed more businesses than that although it was asked again.
    pub fn understated_total(&self) -> Option<u64> {
        let outcome = self.completed.as_ref()?.outcome;
        outcome.stated.filter(|stated| *stated < outcome.received)
    }

    /// How many businesses the server counts but did not list, although it was asked again.
    pub fn missing(&self) -> u64 {
        self.completed
            .as_ref()
            .map_or(0, |completed| missing(completed.outcome))
    }
}

fn missing(outcome: ListOutcome) -> u64 {
    outcome
        .stated
        .map_or(0, |stated| stated.saturating_sub(outcome.received))
}
