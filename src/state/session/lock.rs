//! The lock: how long the console has been idle, and what waits behind the lock.

use std::time::Duration;

use crate::domain::key_source::KeySource;
use crate::domain::profile::Profile;
use crate::domain::session_signal::SessionSignal;
use crate::domain::time::{BootInstant, Now, next_second, secs_rounded_up};
use crate::state::session::attempt::SignInProblem;
use crate::state::session::workspace::Workspace;

/// How long in advance a lock is announced, or half of the idle time if that is shorter.
const WARNING: Duration = Duration::from_secs(60);

/// Activity within this time after the previous one is not recorded.
const TOUCH_INTERVAL: Duration = Duration::from_secs(1);

/// How long the notice says that a lock was called off. If it vanished at once, a click on its button could hit what is below.
pub(in crate::state) const CALLED_OFF: Duration = Duration::from_secs(3);

/// What the notice about an automatic lock says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockNotice {
    /// The console locks in this many seconds.
    Soon(u64),
    /// The lock was announced, then called off because the user was active.
    CalledOff,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockReason {
    /// Nobody used it for this long.
    Idle(Duration),
    /// The system's session was locked, or the computer went to sleep.
    System(SessionSignal),
    /// The user requested it.
    Requested,
    /// The console starts locked.
    AtStart,
}

/// What happened to a token that the console had put on the clipboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClipboardClearance {
    /// As far as the console knows, there was none.
    Untouched,
    /// The clipboard is being cleared.
    Clearing,
    /// The clipboard was cleared.
    Cleared,
    /// The clipboard has other content now, which stays.
    LeftAlone,
    /// The token may still be there; a sentence that says why.
    NotCleared(String),
}

/// What the lock screen knows about a locked profile.
#[derive(Debug, Clone)]
pub struct Locked {
    pub profile: Profile,
    pub why: LockReason,
    /// The source of the key for unlocking.
    pub source: KeySource,
    pub clipboard: ClipboardClearance,
    /// Number of drafts that were set aside.
    pub drafts: usize,
    /// The file name of an import that was running.
    pub import: Option<String>,
    /// Why the latest attempt to unlock failed.
    pub problem: Option<SignInProblem>,
}

impl Locked {
    /// A profile that is locked before it was ever open.
    pub const fn at_start(profile: Profile, source: KeySource) -> Self {
        Self {
            profile,
            why: LockReason::AtStart,
            source,
            clipboard: ClipboardClearance::Untouched,
            drafts: 0,
            import: None,
            problem: None,
        }
    }
}

/// How long the console has been idle, and what waits behind the lock.
#[derive(Debug, Default)]
pub struct Lock {
    pub(in crate::state) touched: Option<Now>,
    /// Until when the notice says that a lock was called off.
    pub(in crate::state) called_off: Option<BootInstant>,
    /// The closed lock. A sign-in attempt that exists at the same time is meant to unlock it.
    pub(in crate::state) locked: Option<Box<Locked>>,
    /// What is restored when the locked profile has signed in.
    pub(in crate::state) retained: Option<Box<Workspace>>,
}

impl Lock {
    /// How long the console has been idle: the longer of what the two clocks say. Neither setting back the wall clock nor a
    /// clock that does not count sleep may delay the lock.
    fn idle(&self, now: Now) -> Duration {
        let Some(touched) = self.touched else {
            return Duration::ZERO;
        };
        let boot = now.boot.saturating_since(touched.boot);
        let wall = now.wall.duration_since(touched.wall);
        boot.max(Duration::try_from(wall).unwrap_or(Duration::ZERO))
    }

    /// Time left until the console locks.
    pub(in crate::state) fn left(&self, after: Duration, now: Now) -> Duration {
        after.saturating_sub(self.idle(now))
    }

    /// Whole seconds until the console locks; `None` until the announcement starts.
    pub(in crate::state) fn announced(&self, after: Duration, now: Now) -> Option<u64> {
        let left = self.left(after, now);
        (left <= warning(after)).then(|| secs_rounded_up(left))
    }

    /// When the announcement starts, its seconds next change, or the console locks.
    pub(in crate::state) fn next_deadline(&self, after: Duration, now: Now) -> BootInstant {
        let left = self.left(after, now);
        let step = match left.checked_sub(warning(after)) {
            Some(quiet) if !quiet.is_zero() => quiet,
            _ => next_second(left),
        };
        now.boot.saturating_add(step)
    }

    /// Whether activity now is worth recording.
    pub(in crate::state) fn wants_touch(&self, now: Now) -> bool {
        self.touched
            .is_none_or(|touched| now.boot.saturating_since(touched.boot) >= TOUCH_INTERVAL)
    }
}

/// How long in advance a lock is announced that happens `after` this much idle time.
fn warning(after: Duration) -> Duration {
    WARNING.min(after / 2)
}
