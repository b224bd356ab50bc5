//! The lock: since when nobody has touched the console, and what waits behind it.

use std::collections::HashSet;
use std::time::Duration;

use crate::domain::business::BusinessId;
use crate::domain::key_source::KeySource;
use crate::domain::profile::Profile;
use crate::domain::session_signal::SessionSignal;
use crate::domain::time::{BootInstant, Now, next_second, whole_secs_up};
use crate::state::create::creating::KeptDraft;
use crate::state::create::editing::Editing;
use crate::state::import::page::Import;
use crate::state::list::Layout;
use crate::state::session::attempt::SignInProblem;
use crate::state::shell::messages::Page;

/// So long before it happens, a lock is announced; half the time where that is less.
const WARNING: Duration = Duration::from_secs(60);

/// A touch so soon after the last one changes nothing, so it need not be told.
const GRAIN: Duration = Duration::from_secs(1);

/// So long it is said that an announced lock is off: whoever is on the way to the button must not hit what stands below.
pub(in crate::state) const CALLED_OFF: Duration = Duration::from_secs(3);

/// What is said of a lock that comes by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockNotice {
    /// It comes in so many seconds.
    Soon(u64),
    /// It was about to come, and somebody was there.
    CalledOff,
}

/// Why the console is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nobody has touched it for so long.
    Idle(Duration),
    /// The session of the system was locked, or the computer slept.
    System(SessionSignal),
    /// The user has asked for it.
    Asked,
    /// It began so.
    AtStart,
}

/// What became of a token of ours on the clipboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClipboardFate {
    /// None was there, as far as is known.
    Untouched,
    /// It is being cleared.
    Clearing,
    /// It is cleared.
    Cleared,
    /// Something else has taken its place.
    LeftAlone,
    /// It may still be there; a sentence.
    NotCleared(String),
}

/// What is known of a locked profile.
#[derive(Debug, Clone)]
pub struct Locked {
    /// Whose.
    pub profile: Profile,
    /// Why.
    pub why: Why,
    /// Where the key is fetched from to unlock it.
    pub source: KeySource,
    /// What became of the clipboard.
    pub clipboard: ClipboardFate,
    /// How many drafts are kept.
    pub drafts: usize,
    /// The file of an import that was running.
    pub import: Option<String>,
    /// Why unlocking has failed.
    pub problem: Option<SignInProblem>,
}

impl Locked {
    /// A profile that is locked and was not open before.
    pub const fn at_start(profile: Profile, source: KeySource) -> Self {
        Self {
            profile,
            why: Why::AtStart,
            source,
            clipboard: ClipboardFate::Untouched,
            drafts: 0,
            import: None,
            problem: None,
        }
    }
}

/// What the user was looking at and had typed. It holds no key and no token.
#[derive(Debug)]
pub(in crate::state) struct LockedWorkspace {
    pub(in crate::state) profile: Profile,
    pub(in crate::state) page: Page,
    pub(in crate::state) filter: String,
    pub(in crate::state) layout: Layout,
    pub(in crate::state) selected: Option<BusinessId>,
    pub(in crate::state) is_detail_open: bool,
    pub(in crate::state) is_form_open: bool,
    pub(in crate::state) draft: Option<KeptDraft>,
    pub(in crate::state) editing: Option<Editing>,
    /// The changes were on their way when the console was locked.
    pub(in crate::state) edit_was_sent: bool,
    pub(in crate::state) import: Import,
    pub(in crate::state) archived: HashSet<BusinessId>,
    pub(in crate::state) offers_archive: bool,
}

/// Since when nobody has touched the console, and what waits behind the lock.
#[derive(Debug, Default)]
pub struct Lock {
    pub(in crate::state) touched: Option<Now>,
    /// Until when it is said that an announced lock is off.
    pub(in crate::state) called_off: Option<BootInstant>,
    /// The lock that is closed. A sign-in that is tried meanwhile is to open it.
    pub(in crate::state) locked: Option<Box<Locked>>,
    /// What comes back with the profile that was locked.
    pub(in crate::state) kept: Option<Box<LockedWorkspace>>,
}

impl Lock {
    /// How long nobody has touched the console: what either clock says, whichever is more. A wall clock that was set
    /// back must not put the lock off, and one that counts no sleep must not either.
    fn idle(&self, now: Now) -> Duration {
        let Some(touched) = self.touched else {
            return Duration::ZERO;
        };
        let boot = now.boot.saturating_since(touched.boot);
        let wall = now.wall.duration_since(touched.wall);
        boot.max(Duration::try_from(wall).unwrap_or(Duration::ZERO))
    }

    /// How long is left until the console locks.
    pub(in crate::state) fn left(&self, after: Duration, now: Now) -> Duration {
        after.saturating_sub(self.idle(now))
    }

    /// Whole seconds until the console locks, once that is announced.
    pub(in crate::state) fn announced(&self, after: Duration, now: Now) -> Option<u64> {
        let left = self.left(after, now);
        (left <= warning(after)).then(|| whole_secs_up(left))
    }

    /// When the announcement begins or its seconds next change, or the console locks.
    pub(in crate::state) fn next_deadline(&self, after: Duration, now: Now) -> BootInstant {
        let left = self.left(after, now);
        let step = match left.checked_sub(warning(after)) {
            Some(quiet) if !quiet.is_zero() => quiet,
            _ => next_second(left),
        };
        now.boot.saturating_add(step)
    }

    /// Whether a touch is news.
    pub(in crate::state) fn wants_touch(&self, now: Now) -> bool {
        self.touched
            .is_none_or(|touched| now.boot.saturating_since(touched.boot) >= GRAIN)
    }
}

/// How long a lock is announced that comes `after` so long.
fn warning(after: Duration) -> Duration {
    WARNING.min(after / 2)
}
