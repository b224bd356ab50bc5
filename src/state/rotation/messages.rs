//! The commands, events and effects of the key page and of a rotation.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use url::Url;

use crate::domain::credentials::{ApiKey, PartnerId};
use crate::domain::failure::Failure;
use crate::domain::key_source::{KeyProblem, KeySource, KeyVersion};
use crate::domain::rotation::{RotationReason, RotationStep};
use crate::domain::token::Fingerprint;
use crate::state::generation::Generation;
/// Commands of the key page, in the order of its steps.
#[derive(Debug)]
pub enum RotationCommand {
    /// Start a rotation, or continue the current one for another reason.
    Begin(RotationReason),
    /// Stop the rotation and keep the old key.
    Stop,
    /// Save the address of the Partner Portal.
    SetPortal(Url),
    /// The user has opened the portal, or already has a new key.
    PortalStepDone,
    /// In the demo: issue a new key in place of the portal, and use it.
    IssueDemoKey,
    /// Test this key by signing in with it.
    Verify {
        /// Cleaned and checked.
        key: ApiKey,
        /// The partner that was pasted with the key, if any.
        partner: Option<PartnerId>,
    },
    /// Test the key in memory again.
    VerifyAgain,
    /// Go back to a step.
    BackTo(RotationStep),
    /// Complete the step on screen, which needs nothing more.
    Continue,
    /// Change the list of other systems that use the key.
    ChangeKeyConsumers(KeyConsumersChange),
    /// Copy that list to the clipboard.
    CopyKeyConsumers,
    /// Use the new key from now on.
    Switch,
    /// Check whether the old key is revoked.
    CheckOld,
    /// Check this old key, which the user entered again after a restart.
    SubmitOldKey(ApiKey),
    /// In the demo: revoke the old key in place of the portal.
    RevokeDemoKey,
    /// Finish, whether or not the old key is revoked.
    Finish,
    /// Close the summary of a finished rotation.
    Close,

    /// Snooze the reminder.
    Snooze,
    /// The day on which the key was issued; `None` to count from when it was added.
    SetIssued(Option<Date>),
    /// Save the due date as a calendar file.
    SaveCalendar,
}

/// A change of the list of other systems.
#[derive(Debug)]
pub enum KeyConsumersChange {
    /// Add one.
    Add(String),
    /// Rename one; an empty name removes it.
    Rename(usize, String),
    /// Mark one as done or not done.
    Tick(usize, bool),
    /// Remove one.
    Remove(usize),
}

/// Events of a rotation.
#[derive(Debug)]
pub enum RotationEvent {
    /// The new key was tested.
    Verified(Result<Box<VerifiedKey>, NewKeyProblem>),
    /// The new key was tested again, right before the switch.
    VerifiedAgain(Result<(), Failure>),
    /// A switch was attempted.
    Switched {
        /// The keychain's answer to the write, or the source's answer to the read.
        written: Result<KeyVersion, KeyProblem>,
        /// Which key was read back.
        holds: StoredKey,
    },
    /// The old key was tested. A rejection is the desired result.
    OldChecked(Result<(), Failure>),
    /// Nothing was tested: the runtime no longer holds the key.
    KeyMissing,
}

/// Evidence that a new key works.
#[derive(Debug, Clone)]
pub struct VerifiedKey {
    /// The key's fingerprint.
    pub fingerprint: Fingerprint,
    pub took: Duration,
    /// Number of businesses it gives access to.
    pub businesses: Option<u64>,
    /// Whether the old key still worked when it was tested after the new one.
    pub old: Result<(), Failure>,
    /// When the new key was tested.
    pub at: Timestamp,
}

/// The latest problem with a key.
#[derive(Debug, Clone)]
pub enum NewKeyProblem {
    /// The pasted key belongs to another partner.
    OtherPartner(PartnerId),
    /// The pasted key is the old key.
    SameKey,
    /// The server rejected the new key or could not be reached.
    NotVerified(Failure),
    /// The embedded server is not running.
    NoDemo,
    /// The new key worked earlier, but its test right before the switch failed.
    NotVerifiedAgain(Failure),
    /// The new key could not be stored.
    NotSwitched(Option<KeyProblem>, StoredKey),
    /// The entered key is not the old key.
    NotTheOldKey,
    /// The console could not find out whether the old key still works.
    NotChecked(Failure),
}

/// Which key the keychain, or the team's key source, holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoredKey {
    New,
    Old,
    /// Another key, or none.
    Neither,
    /// Unknown, because it could not be read.
    Unknown,
    /// None: the session's key and the new one are both in memory only.
    MemoryOnly,
}

/// Effects of a rotation. Only the runtime holds the keys, and only in memory.
#[derive(Debug)]
pub enum RotationEffect {
    /// Test a key by signing in with it, without touching the running session. Answered with `Verified`.
    Verify(Generation, ApiKey),
    /// Test the key in memory again. Answered with `Verified`.
    VerifyAgain(Generation),
    /// Have the embedded server issue a key, then test it. Answered with `Verified`.
    IssueDemoKey(Generation),
    /// Drop the new key, and stop testing it.
    Forget(Generation),
    /// Sign in with the new key again, right before the switch. Answered with `VerifiedAgain`.
    VerifyBeforeSwitch(Generation),
    /// Switch to the new key: if the keychain holds the old one, store it there; if an external source does, check that it
    /// has the new one. Then continue with the new key. Answered with `Switched`.
    Switch {
        generation: Generation,
        source: KeySource,
    },
    CheckOld(Generation),
    /// Sign in with an old key that the user entered again. Answered with `OldChecked`.
    CheckSubmittedKey(Generation, ApiKey),
    /// Have the embedded server revoke the old key, then check it. Answered with `OldChecked`.
    RevokeDemoKey(Generation),
    /// Show a system notification. A failure is only logged.
    Notify {
        /// One line.
        title: String,
        /// One or two sentences.
        body: String,
    },
}
