//! The key of the session: what is known of it beyond what is on disk, and how its replacement goes.

pub(super) mod commands;
pub(super) mod events;

mod known;
pub mod messages;

use jiff::Timestamp;

use crate::domain::credentials::PartnerId;
use crate::domain::failure::Failure;
use crate::domain::key_source::KeyProblem;
use crate::domain::rotation::{KeyFingerprint, Rotation};
use crate::domain::time::BootInstant;
use crate::state::rotation::messages::{Holds, Proof, RotationEvent};
use crate::state::shell::saved::KnownProfile;

impl RotationEvent {
    /// Whether the session uses the new key from now on.
    pub fn is_switch(&self) -> bool {
        matches!(
            self,
            Self::Switched {
                holds: Holds::New | Holds::MemoryOnly,
                ..
            }
        )
    }
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Work {
    /// Nothing.
    #[default]
    Idle,
    /// The new key is being proved.
    Proving(BootInstant),
    /// The new key is tried once more, right before the switch.
    ProvingAgain(BootInstant),
    /// The new key is being stored.
    Switching(BootInstant),
    /// The old key is being tried.
    Checking(BootInstant),
}

/// What went wrong last.
#[derive(Debug, Clone)]
pub enum KeyTrouble {
    /// What was pasted belongs to another partner.
    OtherPartner(PartnerId),
    /// What was pasted is the old key.
    SameKey,
    /// It was not proved.
    NotProved(Failure),
    /// The demo's part could not be played.
    NoDemo,
    /// It was proved before, but not right before the switch.
    NotProvedAgain(Failure),
    /// It was not stored.
    NotSwitched(Option<KeyProblem>, Holds),
    /// What was given is not the old key.
    NotTheOldKey,
    /// Whether the old key is dead could not be found out.
    NotChecked(Failure),
}

/// What is known of the old key after the switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OldKey {
    /// It still works.
    Alive(Timestamp),
    /// It is refused, as it should be.
    Dead(Timestamp),
}

/// A rotation that has come to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// What was done, and with which keys.
    pub rotation: Rotation,
    /// Whether the old one is known to be dead.
    pub is_old_dead: bool,
    /// When.
    pub at: Timestamp,
}

/// The session's key and its replacement, as far as they live in memory.
#[derive(Debug, Default)]
pub struct Keys {
    /// The key that the session uses.
    pub fingerprint: Option<KeyFingerprint>,
    /// What is being done.
    pub work: Work,
    /// What went wrong last.
    pub trouble: Option<KeyTrouble>,
    /// The new key works; it is in the runtime's memory as long as this is here.
    pub proof: Option<Proof>,
    /// A key that was offered is in the runtime's memory, proved or not.
    pub has_candidate: bool,
    /// The old key is in the runtime's memory.
    pub has_old: bool,
    /// What is known of the old key.
    pub old: Option<OldKey>,
    /// What is to be said of where things stand, after a restart.
    pub standing: Option<String>,
    /// A rotation that has just ended.
    pub finished: Option<Finished>,
    /// Where the session's key is not remembered on disk, its record is here and goes with the session.
    pub(super) passing: Option<KnownProfile>,
}

impl Keys {
    /// What is known of a key of which nothing has been done yet.
    pub(super) fn of(fingerprint: Option<KeyFingerprint>) -> Self {
        Self {
            fingerprint,
            ..Self::default()
        }
    }

    /// Whether the new key is about to take the place of the old one.
    pub(super) fn is_switching(&self) -> bool {
        matches!(self.work, Work::ProvingAgain(_) | Work::Switching(_))
    }

    /// Whether something is being done.
    pub fn is_busy(&self) -> bool {
        self.work != Work::Idle
    }
}
