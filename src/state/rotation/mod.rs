//! The session's key: what is known about it in memory, and the progress of its rotation.

pub(super) mod commands;
pub(super) mod events;

mod known;
pub mod messages;
pub(in crate::state) mod reconcile;

use jiff::Timestamp;

use crate::domain::rotation::Rotation;
use crate::domain::time::BootInstant;
use crate::domain::token::Fingerprint;
use crate::state::rotation::messages::{NewKeyProblem, RotationEvent, StoredKey, VerifiedKey};

impl RotationEvent {
    /// Whether the session uses the new key from now on.
    pub fn is_switch(&self) -> bool {
        matches!(
            self,
            Self::Switched {
                holds: StoredKey::New | StoredKey::MemoryOnly,
                ..
            }
        )
    }
}

/// What is being done with the keys, and when it started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RotationActivity {
    #[default]
    Idle,
    Verifying(BootInstant),
    /// The new key is being tested again, right before the switch.
    VerifyingAgain(BootInstant),
    /// The new key is being stored.
    Switching(BootInstant),
    /// The old key is being tested.
    Checking(BootInstant),
}

/// A rotation that has finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinishedRotation {
    pub rotation: Rotation,
    /// Whether the old key is known to be rejected.
    pub is_old_rejected: bool,
    /// When it finished.
    pub at: Timestamp,
}

/// The session's key and its rotation, as far as they are in memory only.
#[derive(Debug, Default)]
pub struct Keys {
    pub fingerprint: Option<Fingerprint>,
    pub work: RotationActivity,
    pub problem: Option<NewKeyProblem>,
    /// Evidence that the new key works. While it is present, the runtime holds that key.
    pub proof: Option<VerifiedKey>,
    /// Whether the runtime holds a new key, tested or not.
    pub has_candidate: bool,
    /// Whether the runtime holds the old key.
    pub has_old: bool,
    /// When the old key still worked after the switch. A rotation whose old key is rejected is finished.
    pub old_worked_at: Option<Timestamp>,
    /// A sentence that says where the rotation stands, after a restart or a change elsewhere.
    pub status_note: Option<String>,
    /// A rotation that has just finished.
    pub finished: Option<FinishedRotation>,
}

impl Keys {
    /// For a key with which nothing has been done yet.
    pub(super) fn of(fingerprint: Option<Fingerprint>) -> Self {
        Self {
            fingerprint,
            ..Self::default()
        }
    }

    /// Whether the session is about to switch to the new key.
    pub(super) fn is_switching(&self) -> bool {
        matches!(
            self.work,
            RotationActivity::VerifyingAgain(_) | RotationActivity::Switching(_)
        )
    }

    pub fn is_busy(&self) -> bool {
        self.work != RotationActivity::Idle
    }
}
