//! What is said aloud when a token nears its end: once, and in one sentence for all that get there
//! together. Shown nowhere; screen readers are told of it as it comes.

use std::time::Duration;

use crate::domain::time::{BootInstant, Now};

/// One thing to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// Another one for each: saying the same words again is news.
    pub number: u64,
    /// The sentence.
    pub text: String,
    pub(super) leaves: BootInstant,
}

/// The last thing that was said, while it is not stale.
#[derive(Debug, Default)]
pub struct Announcements {
    pub(super) current: Option<Announcement>,
    next_number: u64,
}

/// A whole minute, because countdowns change then as well: no frame is drawn only for this.
const STALE_AFTER: Duration = Duration::from_secs(60);

impl Announcements {
    /// What to say.
    pub fn current(&self) -> Option<&Announcement> {
        self.current.as_ref()
    }

    /// Takes back what was said.
    pub fn clear(&mut self) {
        self.current = None;
    }

    /// When it becomes stale.
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
