//! What of ours is on the clipboard, and when it is cleared.

use std::time::Duration;

use crate::domain::business::BusinessId;
use crate::domain::time::{BootInstant, Now, next_second, whole_secs_up};
use crate::domain::token::TokenFormat;

/// A clearing that failed is tried again after so long.
const AGAIN_AFTER: Duration = Duration::from_secs(5);

/// After so many failures it is left to the user.
const ATTEMPTS: u32 = 4;

/// A token of ours that is, as far as is known, on the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CopiedToken {
    /// When it was put there.
    pub since: BootInstant,
    /// When it is cleared.
    pub clears_at: BootInstant,
}

/// The state of the clipboard, as far as it is ours.
#[derive(Debug, Default)]
pub struct ClipboardState {
    held: Option<CopiedToken>,
    next_ticket: u64,
    /// Whether the user, not the clock, asked for the clearing that is under way.
    was_asked: bool,
    /// How often clearing has failed.
    failures: u32,
    /// What is there could not be cleared; only the user still tries it.
    is_left: bool,
}

/// What follows from a clearing that has failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterFailure {
    /// It is tried again in so many seconds.
    Again(u64),
    /// It is not tried again by itself.
    GivenUp,
}

impl ClipboardState {
    /// A token of ours, if one is there.
    pub fn held(&self) -> Option<CopiedToken> {
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

    /// A token has been put there and stays so long; the countdown begins anew.
    pub fn holds_ours(&mut self, now: Now, stays: Duration) {
        self.holds_other();
        self.held = Some(CopiedToken {
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

    /// Nothing of ours is there any more.
    pub fn holds_other(&mut self) {
        self.held = None;
        self.failures = 0;
        self.is_left = false;
    }

    /// Clearing begins; returns whether there is anything of ours to clear.
    pub fn begin_clearing(&mut self, was_asked: bool) -> bool {
        self.was_asked = was_asked;
        self.held.take().is_some() | std::mem::take(&mut self.is_left)
    }

    /// Clearing has failed: what is there is held again for a while, a few times.
    pub fn clearing_failed(&mut self, now: Now) -> AfterFailure {
        self.failures += 1;
        if self.failures >= ATTEMPTS {
            self.is_left = true;
            return AfterFailure::GivenUp;
        }
        self.held = Some(CopiedToken {
            since: now.boot,
            clears_at: now.boot.saturating_add(AGAIN_AFTER),
        });
        AfterFailure::Again(AGAIN_AFTER.as_secs())
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
        Some(now.saturating_add(next_second(left)))
    }
}

/// A token that is being put on the clipboard.
#[derive(Debug)]
pub(in crate::state) struct Copying {
    pub(in crate::state) ticket: u64,
    pub(in crate::state) business: BusinessId,
    pub(in crate::state) format: TokenFormat,
}
