//! What the console put on the clipboard, and when to clear it.

use std::time::Duration;

use crate::domain::business::BusinessId;
use crate::domain::time::{BootInstant, Now, next_second, secs_rounded_up};
use crate::domain::token::TokenFormat;

/// How long after a failed clearing it is retried.
const RETRY_DELAY: Duration = Duration::from_secs(5);

/// After this many failed clearings, the console leaves it to the user.
const ATTEMPTS: u32 = 4;

/// A token that the console put on the clipboard and that, as far as it knows, is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CopiedToken {
    /// When it was copied.
    pub since: BootInstant,
    /// When it will be cleared.
    pub clears_at: BootInstant,
}

/// The state of the clipboard, as far as the console knows.
#[derive(Debug, Default)]
pub struct ClipboardState {
    held: Option<CopiedToken>,
    next_ticket: u64,
    /// Whether the user, not the clock, requested the clearing under way.
    is_user_requested: bool,
    /// How many clearings have failed in a row.
    failures: u32,
    /// The token could not be cleared, and the console no longer retries by itself.
    is_left: bool,
    /// Whether a clearing is under way.
    is_clearing: bool,
}

impl ClipboardState {
    /// The copied token, if there is one.
    pub fn held(&self) -> Option<CopiedToken> {
        self.held
    }

    /// Whether a token may still be there because clearing it has failed for the last time.
    pub fn is_left(&self) -> bool {
        self.is_left
    }

    /// Whole seconds until it is cleared, rounded up so that the last second reads 1.
    pub fn seconds_left(&self, now: BootInstant) -> Option<u64> {
        let left = self.held?.clears_at.saturating_since(now);
        Some(secs_rounded_up(left))
    }

    /// A unique number for the next copy.
    pub(in crate::state) fn next_ticket(&mut self) -> u64 {
        self.next_ticket += 1;
        self.next_ticket
    }

    /// A token was copied, to be cleared after `stays`. The countdown starts again.
    pub(in crate::state) fn token_copied(&mut self, now: Now, stays: Duration) {
        self.token_gone();
        self.held = Some(CopiedToken {
            since: now.boot,
            clears_at: now.boot.saturating_add(stays),
        });
    }

    /// Applies another clipboard time to the copied token, counted from when it was copied.
    pub(in crate::state) fn stays(&mut self, stays: Duration) {
        if let Some(held) = &mut self.held {
            held.clears_at = held.since.saturating_add(stays);
        }
    }

    /// The clipboard no longer holds a token that the console copied.
    pub(in crate::state) fn token_gone(&mut self) {
        self.held = None;
        self.failures = 0;
        self.is_left = false;
    }

    /// Starts clearing. Returns whether there is a token to clear.
    pub(in crate::state) fn begin_clearing(&mut self, is_user_requested: bool) -> bool {
        self.is_user_requested = is_user_requested;
        let has_token = self.held.take().is_some() | std::mem::take(&mut self.is_left);
        if has_token {
            self.clearing_began();
        }
        has_token
    }

    pub(in crate::state) fn clearing_began(&mut self) {
        self.is_clearing = true;
    }

    /// Whether a clearing is under way, whose result is still to come.
    pub(in crate::state) fn is_clearing(&self) -> bool {
        self.is_clearing
    }

    /// The result of the clearing has arrived.
    pub(in crate::state) fn clearing_ended(&mut self) {
        self.is_clearing = false;
    }

    /// Clearing has failed: schedules a retry, up to a limit. Returns the time until then; `None` if there is none.
    pub(in crate::state) fn clearing_failed(&mut self, now: Now) -> Option<Duration> {
        self.failures += 1;
        if self.failures >= ATTEMPTS {
            self.is_left = true;
            return None;
        }
        self.held = Some(CopiedToken {
            since: now.boot,
            clears_at: now.boot.saturating_add(RETRY_DELAY),
        });
        Some(RETRY_DELAY)
    }

    /// Returns whether the user requested the clearing that has just ended, and resets it.
    pub(in crate::state) fn take_requested_by_user(&mut self) -> bool {
        std::mem::take(&mut self.is_user_requested)
    }

    pub(in crate::state) fn is_due(&self, now: BootInstant) -> bool {
        self.held.is_some_and(|held| held.clears_at <= now)
    }

    /// When the displayed seconds next change.
    pub(in crate::state) fn next_deadline(&self, now: BootInstant) -> Option<BootInstant> {
        let left = self.held?.clears_at.saturating_since(now);
        Some(now.saturating_add(next_second(left)))
    }
}

/// A token that is being copied to the clipboard.
#[derive(Debug)]
pub(in crate::state) struct Copying {
    pub(in crate::state) ticket: u64,
    pub(in crate::state) business: BusinessId,
    pub(in crate::state) format: TokenFormat,
}
