//! What of ours is on the clipboard, and when it is cleared.

use std::time::Duration;

use crate::domain::time::{BootInstant, Now, whole_secs_up};

/// A token of ours that is, as far as is known, on the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// When it was put there.
    pub since: BootInstant,
    /// When it is cleared.
    pub clears_at: BootInstant,
}

/// The state of the clipboard, as far as it is ours.
#[derive(Debug, Default)]
pub struct ClipboardState {
    held: Option<Held>,
    next_ticket: u64,
    /// Whether the user, not the clock, asked for the clearing that is under way.
    was_asked: bool,
}

impl ClipboardState {
    /// A token of ours, if one is there.
    pub fn held(&self) -> Option<Held> {
        self.held
    }

    /// Whole seconds until it is cleared, rounded up, so that the last second reads 1.
    pub fn seconds_left(&self, now: BootInstant) -> Option<u64> {
        let left = self.held?.clears_at.saturating_since(now);
        Some(whole_secs_up(left))
    }

    /// A number for the copy that is about to be made.
    pub fn next_ticket(&mut self) -> u64 {
        self.next_ticket += 1;
        self.next_ticket
    }

    /// Whether the ticket is of the latest copy.
    pub fn is_latest(&self, ticket: u64) -> bool {
        ticket == self.next_ticket
    }

    /// A token has been put there and stays so long; the countdown begins anew.
    pub fn holds_ours(&mut self, now: Now, stays: Duration) {
        self.held = Some(Held {
            since: now.boot,
            clears_at: now.boot.saturating_add(stays),
        });
    }

    /// What is there stays so long after it was put there, as everything later.
    pub fn stays(&mut self, stays: Duration) {
        if let Some(held) = &mut self.held {
            held.clears_at = held.since.saturating_add(stays);
        }
    }

    /// Something else has been put there.
    pub fn holds_other(&mut self) {
        self.held = None;
    }

    /// Clearing begins; returns whether there is anything of ours to clear.
    pub fn begin_clearing(&mut self, was_asked: bool) -> bool {
        self.was_asked = was_asked;
        self.held.take().is_some()
    }

    /// Whether the user asked for the clearing that has just ended.
    pub fn take_was_asked(&mut self) -> bool {
        std::mem::take(&mut self.was_asked)
    }

    /// Whether the time has come to clear.
    pub fn is_due(&self, now: BootInstant) -> bool {
        self.held.is_some_and(|held| held.clears_at <= now)
    }

    /// When the shown seconds next change.
    pub fn next_deadline(&self, now: BootInstant) -> Option<BootInstant> {
        let left = self.held?.clears_at.saturating_since(now);
        let below = Duration::from_secs(left.as_secs());
        let step = if below == left && !left.is_zero() {
            Duration::from_secs(1)
        } else {
            left - below
        };
        Some(now.saturating_add(step))
    }
}
