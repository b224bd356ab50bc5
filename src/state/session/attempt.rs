//! A sign-in that has not succeeded yet: the form, and what is waited for.

use super::messages::DemoProgress;
use super::workspace::Retry;
use crate::domain::environment::Environment;
use crate::domain::failure::Failure;
use crate::domain::key_source::{KeySource, KeyVersion, SourceProblem};
use crate::domain::keychain::KeychainProblem;
use crate::domain::profile::Profile;
use crate::domain::rotation::KeyFingerprint;
use crate::domain::time::BootInstant;
use crate::state::generation::Generation;

/// A sign-in that has not succeeded yet. A session that runs is left alone meanwhile.
#[derive(Debug)]
pub struct Attempt {
    pub(in crate::state) generation: Generation,
    /// How far it has come.
    pub stage: AttemptStage,
    /// The label that was typed for the profile.
    pub(in crate::state) label: Option<String>,
    /// The key that is tried.
    pub key: Option<KeyFingerprint>,
}

/// How far a sign-in has come.
#[derive(Debug)]
pub enum AttemptStage {
    /// The user types, or chooses a profile.
    Form {
        /// Why the last attempt failed.
        problem: Option<SignInProblem>,
        /// What has just been done, in a sentence.
        notice: Option<String>,
    },
    /// The key is being fetched; its source may be waiting for the user.
    FetchingKey {
        /// From where.
        source: KeySource,
        /// Where it is for.
        environment: Environment,
        /// Whose key; `None` where the source is to say it.
        profile: Option<Profile>,
        /// The source is new to the profile, or the profile itself is.
        is_entered: bool,
        /// Since when.
        since: BootInstant,
    },
    /// The embedded server is being started.
    StartingDemo {
        /// How far it is; `None` until that is told.
        progress: Option<DemoProgress>,
    },
    /// The credentials are being proved.
    Proving(Box<Proving>),
    /// A source that was entered has handed out a key that works. Nothing is saved yet.
    Tested(Box<Proving>),
}

/// Credentials that are being proved.
#[derive(Debug)]
pub struct Proving {
    /// Whose.
    pub profile: Profile,
    /// Where the key comes from.
    pub source: KeySource,
    /// Which of the source's versions it is.
    pub version: KeyVersion,
    /// The key or its source was entered, not remembered: it is still to be stored, if it can be.
    pub is_entered: bool,
    /// Since when.
    pub since: BootInstant,
    /// A pause before the request is sent again.
    pub retry: Option<Retry>,
    /// How far the server's clock is ahead, in seconds, where that is worth telling.
    pub clock_skew_secs: Option<i64>,
}

/// Why the user is not signed in.
#[derive(Debug, Clone)]
pub enum SignInProblem {
    /// The server did not accept it, or was not reached.
    Failed(Failure, Profile),
    /// The keychain did not hand out the key.
    Keychain(KeychainProblem, Profile),
    /// An external source did not hand out the key. Whose is known where the profile is.
    Source(SourceProblem, KeySource, Option<Profile>),
    /// The source needs an answer to its prompt, which only the user has.
    NeedsAnswer(KeySource, Option<Profile>),
    /// The settings file names another source than the one that was used last.
    SourceChanged(KeySource, Profile),
    /// The source has no key for the profile.
    NoKey(KeySource, Profile),
    /// The embedded server could not be started.
    Demo(String),
}

impl Proving {
    /// Whether the user decides about the source once it has handed out a key that works.
    pub fn is_only_tested(&self) -> bool {
        self.is_entered && self.source.external().is_some()
    }
}

impl AttemptStage {
    /// The form with nothing to say.
    pub(in crate::state) const fn blank() -> Self {
        Self::Form {
            problem: None,
            notice: None,
        }
    }
}

impl Attempt {
    pub(in crate::state) const fn new(generation: Generation, stage: AttemptStage) -> Self {
        Self {
            generation,
            stage,
            label: None,
            key: None,
        }
    }

    /// Whose sign-in it is, once that is known.
    pub fn profile(&self) -> Option<&Profile> {
        match &self.stage {
            AttemptStage::Form { .. } | AttemptStage::StartingDemo { .. } => None,
            AttemptStage::FetchingKey { profile, .. } => profile.as_ref(),
            AttemptStage::Proving(proving) | AttemptStage::Tested(proving) => {
                Some(&proving.profile)
            }
        }
    }

    /// Whether something is awaited, and not the user.
    pub const fn is_waiting(&self) -> bool {
        match self.stage {
            AttemptStage::Form { .. } | AttemptStage::Tested(_) => false,
            AttemptStage::FetchingKey { .. }
            | AttemptStage::StartingDemo { .. }
            | AttemptStage::Proving(_) => true,
        }
    }

    /// The credentials that are being proved.
    pub const fn proving(&self) -> Option<&Proving> {
        match &self.stage {
            AttemptStage::Proving(proving) => Some(proving),
            AttemptStage::Form { .. }
            | AttemptStage::FetchingKey { .. }
            | AttemptStage::StartingDemo { .. }
            | AttemptStage::Tested(_) => None,
        }
    }

    pub(in crate::state) const fn proving_mut(&mut self) -> Option<&mut Proving> {
        match &mut self.stage {
            AttemptStage::Proving(proving) => Some(proving),
            AttemptStage::Form { .. }
            | AttemptStage::FetchingKey { .. }
            | AttemptStage::StartingDemo { .. }
            | AttemptStage::Tested(_) => None,
        }
    }

    /// The pause before a sign-in that did not get through is sent again.
    pub fn retry(&self) -> Option<&Retry> {
        self.proving()?.retry.as_ref()
    }

    /// Since when it has been waiting.
    pub fn waiting_since(&self) -> Option<BootInstant> {
        match &self.stage {
            AttemptStage::FetchingKey { since, .. } => Some(*since),
            AttemptStage::Proving(proving) => Some(proving.since),
            AttemptStage::Form { .. }
            | AttemptStage::StartingDemo { .. }
            | AttemptStage::Tested(_) => None,
        }
    }
}
