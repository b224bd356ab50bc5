//! What can be asked of the page of the key, what happens to a rotation, and what it wants done.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use url::Url;

use crate::domain::credentials::{ApiKey, PartnerId};
use crate::domain::failure::Failure;
use crate::domain::key_source::{KeyProblem, KeySource, KeyVersion};
use crate::domain::rotation::{KeyFingerprint, RotationReason, RotationStep};
use crate::state::generation::Generation;
/// What can be asked of the page of the key, in the order of its steps.
#[derive(Debug)]
pub enum RotationCommand {
    /// Begin, or go on for another reason.
    Begin(RotationReason),
    /// Stop and keep the old key.
    Stop,
    /// Remember where the partner portal is.
    SetPortal(Url),
    /// The portal has been opened, or the new key is at hand without it.
    HasPortal,
    /// In the demo: have the portal's part played, and take the new key.
    IssueDemoKey,
    /// Prove this key. The partner is the one that was pasted with it.
    Offer {
        /// Cleaned and checked.
        key: ApiKey,
        /// Whose it is, as far as the paste says.
        partner: Option<PartnerId>,
    },
    /// Prove the key in memory once more.
    ProveAgain,
    /// Go back to a step.
    BackTo(RotationStep),
    /// The step that is shown needs nothing more.
    Continue,
    /// Change the list of other places.
    Places(PlacesChange),
    /// Copy that list.
    CopyPlaces,
    /// Use the new key from now on.
    Switch,
    /// See whether the old key is dead.
    CheckOld,
    /// The old key again, after a restart, to see whether it is dead.
    GiveOld(ApiKey),
    /// In the demo: have the portal's part played, and revoke the old key.
    RevokeDemoKey,
    /// Enough, whether or not the old key is dead.
    Finish,
    /// Leave the closing words.
    Close,

    /// Put the reminder off.
    Snooze,
    /// The day on which the key was issued; `None` to count from when it was added.
    SetIssued(Option<Date>),
    /// Save the due day to a calendar file.
    SaveCalendar,
}

/// A change of the list of other places.
#[derive(Debug)]
pub enum PlacesChange {
    /// One more.
    Add(String),
    /// Another name; an empty one removes it.
    Rename(usize, String),
    /// Done, or not.
    Tick(usize, bool),
    /// No longer.
    Remove(usize),
}

/// What can happen to a rotation.
#[derive(Debug)]
pub enum RotationEvent {
    /// The new key was tried.
    Proved(Result<Box<Proof>, NotProved>),
    /// The new key was tried once more, right before the switch.
    ProvedAgain(Result<(), Failure>),
    /// The switch was tried.
    Switched {
        /// What the keychain said to the writing, or the source of the key to the reading.
        written: Result<KeyVersion, KeyProblem>,
        /// What was read back.
        holds: Holds,
    },
    /// The old key was tried: the failure is what is hoped for.
    OldChecked(Result<(), Failure>),
}

/// What is known of a new key that works.
#[derive(Debug, Clone)]
pub struct Proof {
    /// Its short name.
    pub fingerprint: KeyFingerprint,
    /// How long the sign-in took.
    pub took: Duration,
    /// How many businesses it opens.
    pub businesses: Option<u64>,
    /// How the old key did, asked after the new one.
    pub old: Result<(), Failure>,
    /// When.
    pub at: Timestamp,
}

/// Why a new key was not proved.
#[derive(Debug)]
pub enum NotProved {
    /// It is the old one.
    SameKey,
    /// The server refused it, or was not reached.
    Failed(Failure),
    /// The embedded server is not there.
    NoDemo,
}

/// Which key is in the keychain, or where the team keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// The new one.
    New,
    /// The old one.
    Old,
    /// None of them.
    Neither,
    /// It could not be read.
    Unknown,
    /// The session's key is in memory only, and so is the new one.
    MemoryOnly,
}

/// What the runtime does for a rotation. It alone holds the keys, and only in memory.
#[derive(Debug)]
pub enum RotationEffect {
    /// Prove a key beside the running session; answers `Proved`.
    Prove(Generation, ApiKey),
    /// The same with the key in memory.
    ProveAgain(Generation),
    /// Have the embedded server make a key, and prove that; answers `Proved`.
    IssueDemoKey(Generation),
    /// Forget the new key, and stop proving it.
    Forget(Generation),
    /// Sign in with the new key once more, right before the switch; answers `ProvedAgain`.
    ProveForSwitch(Generation),
    /// Use the new key: store it in the keychain if that holds the old one, or see that its source has it, and go on
    /// with it; answers `Switched`.
    Switch {
        /// Of which session.
        generation: Generation,
        /// What holds the session's key.
        keeper: KeySource,
    },
    /// Sign in with the old key; answers `OldChecked`.
    CheckOld(Generation),
    /// The same with an old key that the user has given again.
    CheckGiven(Generation, ApiKey),
    /// Have the embedded server revoke the old key, then check it; answers `OldChecked`.
    RevokeDemoKey(Generation),
    /// Show a notification of the system. A failure is logged.
    Notify {
        /// One line.
        title: String,
        /// One sentence or two.
        body: String,
    },
}
