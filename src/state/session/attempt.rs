//! A sign-in that has not succeeded yet: its form, and what it is waiting for.

use super::workspace::Retry;
use crate::domain::credentials::Credentials;
use crate::domain::environment::Environment;
use crate::domain::failure::Failure;
use crate::domain::key_source::{KeyProblem, KeySource, KeyVersion, SourceProblem};
use crate::domain::keychain::KeychainProblem;
use crate::domain::profile::Profile;
use crate::domain::progress::Progress;
use crate::domain::time::BootInstant;
use crate::domain::token::Fingerprint;
use crate::state::generation::Generation;

/// A sign-in that has not succeeded yet. It does not affect a running session.
#[derive(Debug)]
pub struct Attempt {
    pub generation: Generation,
    pub stage: AttemptStage,
    /// The label that the user entered for the profile.
    pub(in crate::state) label: Option<String>,
    /// Fingerprint of the key that is being tested.
    pub key: Option<Fingerprint>,
}

#[derive(Debug)]
pub enum AttemptStage {
    /// The user enters a key or chooses a profile.
    Form {
        /// Why the previous attempt failed.
        problem: Option<SignInProblem>,
        /// What was just done, as a sentence.
        notice: Option<String>,
    },
    /// The key is being fetched; its source may be waiting for the user.
    FetchingKey {
        /// The source of the key.
        source: KeySource,
        /// The environment to sign in to.
        environment: Environment,
        /// The profile of the key; `None` if only the source knows it.
        profile: Option<Profile>,
        /// Whether the user entered the source, because it or the profile is new.
        is_entered: bool,
        /// When fetching started.
        since: BootInstant,
    },
    StartingDemo {
        /// How many businesses are generated; `None` until the server reports it.
        progress: Option<Progress>,
    },
    /// The credentials are being tested by signing in with them.
    Verifying(Box<CredentialCheck>),
    /// A source that the user entered has returned a working key. Nothing is saved yet.
    Tested(Box<CredentialCheck>),
}

/// Credentials that are being tested by signing in with them.
#[derive(Debug)]
pub struct CredentialCheck {
    pub profile: Profile,
    pub source: KeySource,
    /// The version of the key at its source.
    pub version: KeyVersion,
    /// Whether the user entered the key or its source, so that it still has to be saved, if it can be.
    pub is_entered: bool,
    /// When the test started. For a tested source, when it succeeded.
    pub since: BootInstant,
    /// The pause before the request is repeated.
    pub retry: Option<Retry>,
    /// By how many seconds the server's clock is ahead; `None` if the difference is not worth mentioning.
    pub clock_skew_secs: Option<i64>,
}

impl CredentialCheck {
    /// Starts now, with a key that the user entered, or whose source the user entered.
    pub(in crate::state) fn entered(
        credentials: &Credentials,
        source: KeySource,
        now: BootInstant,
    ) -> Self {
        Self {
            profile: Profile::of(credentials),
            source,
            version: KeyVersion::default(),
            is_entered: true,
            since: now,
            retry: None,
            clock_skew_secs: None,
        }
    }

    /// Whether the user has to confirm the source once it has returned a working key.
    pub(in crate::state) fn is_only_tested(&self) -> bool {
        self.is_entered && self.source.external().is_some()
    }
}

/// Why a sign-in failed.
#[derive(Debug, Clone)]
pub enum SignInProblem {
    /// The server rejected the credentials or could not be reached.
    Failed(Failure, Profile),
    /// The keychain did not return the key.
    Keychain(KeychainProblem, Profile),
    /// An external source did not return the key. The profile is `None` if only the source knows it.
    Source(SourceProblem, KeySource, Option<Profile>),
    /// The source needs an answer to its prompt, which only the user has.
    NeedsAnswer(KeySource),
    /// The settings file names a source that the user has not approved.
    SourceChanged(KeySource, Profile),
    /// The source has no key for the profile.
    NoKey(KeySource, Profile),
    /// The embedded server could not be started.
    Demo(String),
}

impl SignInProblem {
    /// The problem that the sign-in shows when its key cannot be fetched.
    pub(super) fn of_key(problem: KeyProblem, source: KeySource, profile: Option<Profile>) -> Self {
        match (problem, profile) {
            (KeyProblem::Keychain(problem), Some(profile)) => Self::Keychain(problem, profile),
            (KeyProblem::Source(problem), profile) => Self::Source(problem, source, profile),
            // The keychain keeps the answers to prompts as well.
            (KeyProblem::NeedsAnswer | KeyProblem::Keychain(_), _) => Self::NeedsAnswer(source),
        }
    }

    /// The profile that could not be opened, if it is known.
    pub fn profile(&self) -> Option<&Profile> {
        match self {
            Self::Failed(_, profile)
            | Self::Keychain(_, profile)
            | Self::SourceChanged(_, profile)
            | Self::NoKey(_, profile) => Some(profile),
            Self::Source(_, _, profile) => profile.as_ref(),
            Self::NeedsAnswer(_) | Self::Demo(_) => None,
        }
    }
}

impl AttemptStage {
    /// An empty form without a message.
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

    /// Why the previous attempt failed.
    pub fn problem(&self) -> Option<&SignInProblem> {
        match &self.stage {
            AttemptStage::Form { problem, .. } => problem.as_ref(),
            AttemptStage::FetchingKey { .. }
            | AttemptStage::StartingDemo { .. }
            | AttemptStage::Verifying(_)
            | AttemptStage::Tested(_) => None,
        }
    }

    /// The profile of the sign-in, once it is known.
    pub fn profile(&self) -> Option<&Profile> {
        match &self.stage {
            AttemptStage::Form { .. } | AttemptStage::StartingDemo { .. } => None,
            AttemptStage::FetchingKey { profile, .. } => profile.as_ref(),
            AttemptStage::Verifying(verifying) | AttemptStage::Tested(verifying) => {
                Some(&verifying.profile)
            }
        }
    }

    /// Whether the sign-in is waiting for something other than the user.
    pub const fn is_waiting(&self) -> bool {
        match self.stage {
            AttemptStage::Form { .. } | AttemptStage::Tested(_) => false,
            AttemptStage::FetchingKey { .. }
            | AttemptStage::StartingDemo { .. }
            | AttemptStage::Verifying(_) => true,
        }
    }

    pub const fn verifying(&self) -> Option<&CredentialCheck> {
        match &self.stage {
            AttemptStage::Verifying(verifying) => Some(verifying),
            AttemptStage::Form { .. }
            | AttemptStage::FetchingKey { .. }
            | AttemptStage::StartingDemo { .. }
            | AttemptStage::Tested(_) => None,
        }
    }

    pub(in crate::state) const fn verifying_mut(&mut self) -> Option<&mut CredentialCheck> {
        match &mut self.stage {
            AttemptStage::Verifying(verifying) => Some(verifying),
            AttemptStage::Form { .. }
            | AttemptStage::FetchingKey { .. }
            | AttemptStage::StartingDemo { .. }
            | AttemptStage::Tested(_) => None,
        }
    }

    /// The pause before a failed sign-in request is repeated.
    pub fn retry(&self) -> Option<&Retry> {
        self.verifying()?.retry.as_ref()
    }

    /// When the current wait started; `None` if there is none, or it shows no elapsed time.
    pub(in crate::state) fn waiting_since(&self) -> Option<BootInstant> {
        match &self.stage {
            AttemptStage::FetchingKey { since, .. } => Some(*since),
            AttemptStage::Verifying(verifying) => Some(verifying.since),
            AttemptStage::Form { .. }
            | AttemptStage::StartingDemo { .. }
            | AttemptStage::Tested(_) => None,
        }
    }
}
