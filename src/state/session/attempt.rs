//! A sign-in that has not succeeded yet: the form, and what is waited for.

use super::workspace::Retry;
use crate::domain::failure::Failure;
use crate::domain::key_source::KeySource;
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
    pub(in crate::state) key: Option<KeyFingerprint>,
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
        /// Whose key.
        profile: Profile,
        /// Since when.
        since: BootInstant,
    },
    /// The embedded server is being started.
    StartingDemo,
    /// The credentials are being proved.
    Proving(Box<Proving>),
}

/// Credentials that are being proved.
#[derive(Debug)]
pub struct Proving {
    /// Whose.
    pub profile: Profile,
    /// Where the key comes from.
    pub source: KeySource,
    /// The key was entered, not fetched: its source is still to store it, if it can.
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
    /// The source has no key for the profile.
    NoKey(KeySource, Profile),
    /// The embedded server could not be started.
    Demo(String),
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
            AttemptStage::Form { .. } | AttemptStage::StartingDemo => None,
            AttemptStage::FetchingKey { profile, .. } => Some(profile),
            AttemptStage::Proving(proving) => Some(&proving.profile),
        }
    }

    /// Whether something is awaited, and not the user.
    pub const fn is_waiting(&self) -> bool {
        !matches!(self.stage, AttemptStage::Form { .. })
    }

    /// The credentials that are being proved.
    pub const fn proving(&self) -> Option<&Proving> {
        match &self.stage {
            AttemptStage::Proving(proving) => Some(proving),
            AttemptStage::Form { .. }
            | AttemptStage::FetchingKey { .. }
            | AttemptStage::StartingDemo => None,
        }
    }

    pub(in crate::state) const fn proving_mut(&mut self) -> Option<&mut Proving> {
        match &mut self.stage {
            AttemptStage::Proving(proving) => Some(proving),
            AttemptStage::Form { .. }
            | AttemptStage::FetchingKey { .. }
            | AttemptStage::StartingDemo => None,
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
            AttemptStage::Form { .. } | AttemptStage::StartingDemo => None,
        }
    }
}
