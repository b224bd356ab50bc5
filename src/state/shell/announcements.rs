//! What screen readers announce when tokens are about to expire: once, in one sentence for all tokens that reach
//! the same milestone together. Nothing of it is visible on screen.

use std::time::Duration;

use crate::domain::time::{BootInstant, Now};

/// One announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// Unique per announcement, so that repeating the same words counts as a new one.
    pub number: u64,
    pub text: String,
    pub(super) leaves: BootInstant,
}

/// The latest announcement, until it is stale.
#[derive(Debug, Default)]
pub struct Announcements {
    pub(super) current: Option<Announcement>,
    next_number: u64,
}

/// A whole minute, so that the announcement ends when a countdown changes anyway and needs no frame of its own.
const STALE_AFTER: Duration = Duration::from_secs(60);

impl Announcements {
    /// The current announcement.
    pub fn current(&self) -> Option<&Announcement> {
        self.current.as_ref()
    }

    /// Withdraws the current announcement.
    pub fn clear(&mut self) {
        self.current = None;
    }

    /// When the current announcement becomes stale.
    pub fn next_deadline(&self) -> Option<BootInstant> {
        self.current.as_ref().map(|said| said.leaves)
    }

    pub(super) fn say(&mut self, text: String, now: Now) {
        self.current = Some(Announcement {
            number: self.next_number,
            text,
            leaves: now.boot.saturating_add(STALE_AFTER),
        });
        self.next_number += 1;
    }
}
