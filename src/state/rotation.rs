//! The key of the session: what is known of it beyond what is on disk, and how its replacement goes.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use url::Url;

use crate::domain::credentials::{ApiKey, PartnerId};
use crate::domain::failure::Failure;
use crate::domain::keychain::KeychainProblem;
use crate::domain::profile::Profile;
use crate::domain::rotation::{KeyAge, KeyFingerprint, Reason, Rotation, Step};
use crate::domain::time::{BootInstant, Now};

use super::AppState;
use super::effect::Generation;
use super::saved::KnownProfile;
use super::session::{KeyPlace, Session};

/// What can be asked of the page of the key, in the order of its steps.
#[derive(Debug)]
pub enum RotationCommand {
    /// Begin, or go on for another reason.
    Begin(Reason),
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
    BackTo(Step),
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
    /// Use the new key: store it in place if so told, read it back, go on with it; answers `Switched`.
    Switch {
        /// Of which session.
        generation: Generation,
        /// Whether the keychain holds the session's key.
        in_keychain: bool,
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

/// What can happen to a rotation.
#[derive(Debug)]
pub enum RotationEvent {
    /// The new key was tried.
    Proved(Result<Box<Proof>, NotProved>),
    /// The new key was tried once more, right before the switch.
    ProvedAgain(Result<(), Failure>),
    /// The switch was tried.
    Switched {
        /// What the keychain said to the writing.
        written: Result<(), KeychainProblem>,
        /// What was read back.
        holds: Holds,
    },
    /// The old key was tried: the failure is what is hoped for.
    OldChecked(Result<(), Failure>),
}

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

/// Which key is in the keychain.
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
    NotSwitched(Option<KeychainProblem>, Holds),
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

impl AppState {
    /// What is remembered of the profile that is signed in, and of its key.
    pub fn known_now(&self) -> Option<&KnownProfile> {
        let profile = &self.workspace.as_ref()?.profile;
        self.keys
            .passing
            .as_ref()
            .or_else(|| self.saved.known(profile))
    }

    /// The same, to change it.
    pub(super) fn known_now_mut(&mut self) -> Option<&mut KnownProfile> {
        let profile = self.workspace.as_ref()?.profile.clone();
        match &mut self.keys.passing {
            Some(passing) => Some(passing),
            None => self.saved.known_mut(&profile),
        }
    }

    /// How old the session's key is, if that is known.
    pub fn key_age(&self, now: Now) -> Option<KeyAge> {
        self.known_now()?.key.age(now.wall, &self.zone)
    }

    /// The rotation that is under way.
    pub fn rotation(&self) -> Option<&Rotation> {
        self.known_now()?.rotation.as_ref()
    }

    /// The profile that is signed in.
    pub(super) fn profile_now(&self) -> Option<Profile> {
        self.workspace
            .as_ref()
            .map(|workspace| workspace.profile.clone())
    }

    /// Whether the session's key is on its way to the keychain.
    pub fn is_key_being_stored(&self) -> bool {
        matches!(
            &self.session,
            Session::SignedIn {
                key: KeyPlace::BeingStored,
                ..
            }
        )
    }

    /// Whether the keychain holds the session's key.
    pub fn is_key_stored(&self) -> bool {
        matches!(
            &self.session,
            Session::SignedIn {
                key: KeyPlace::Keychain,
                ..
            }
        )
    }
}
