//! Signing in and out.

use crate::domain::failure::Failure;
use crate::domain::keychain::KeychainProblem;
use crate::domain::profile::Profile;
use crate::domain::time::BootInstant;
use crate::state::session::lock::Locked;
use crate::state::session::messages::Keep;
use crate::state::session::workspace::Retry;

/// Where a sign-in stands.
#[derive(Debug)]
pub enum Session {
    /// The sign-in screen.
    SignedOut {
        /// Why the last attempt failed.
        problem: Option<SignInProblem>,
        /// What has just been done, in a sentence.
        notice: Option<String>,
    },
    /// The keychain is asked; it may be waiting for the user.
    ReadingKey {
        /// Whose key.
        profile: Profile,
        /// Since when.
        since: BootInstant,
    },
    /// The embedded server is being started.
    StartingDemo,
    /// The credentials are being proved.
    SigningIn {
        /// Whose.
        profile: Profile,
        /// Where they come from and what happens with them.
        origin: Origin,
        /// Since when.
        since: BootInstant,
        /// A pause before the request is sent again.
        retry: Option<Retry>,
        /// How far the server's clock is ahead, in seconds, where that is worth telling.
        clock_skew_secs: Option<i64>,
    },
    /// The session runs.
    SignedIn {
        /// Whose.
        profile: Profile,
        /// Where the key is.
        key: KeyPlace,
    },
    /// The key, the tokens and the list are gone until the profile is unlocked.
    Locked(Box<Locked>),
}

/// Where credentials come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Typed.
    Typed(Keep),
    /// The keychain.
    Keychain,
    /// The embedded server.
    Demo,
}

/// Where the key of the running session is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyPlace {
    /// In the keychain.
    Keychain,
    /// On its way to the keychain.
    BeingStored,
    /// In memory only.
    Memory,
    /// In the variables that the console was started with.
    Environment,
    /// In memory only, because the keychain did not take it.
    NotStored(KeychainProblem),
}

/// Why the user is not signed in.
#[derive(Debug, Clone)]
pub enum SignInProblem {
    /// The server did not accept it, or was not reached.
    Failed(Failure, Profile),
    /// The keychain did not hand out the key.
    Keychain(KeychainProblem, Profile),
    /// The keychain has no key for the profile that was last used.
    NoKey(Profile),
    /// The variables that the console was started with do not name the profile any more.
    NoEnvironment(Profile),
    /// The embedded server could not be started.
    Demo(String),
}

impl Session {
    /// The sign-in screen with nothing to say.
    pub const fn signed_out() -> Self {
        Self::SignedOut {
            problem: None,
            notice: None,
        }
    }

    /// Whose session runs or is about to.
    pub fn profile(&self) -> Option<&Profile> {
        match self {
            Self::SignedOut { .. } | Self::StartingDemo => None,
            Self::ReadingKey { profile, .. }
            | Self::SigningIn { profile, .. }
            | Self::SignedIn { profile, .. } => Some(profile),
            Self::Locked(locked) => Some(&locked.profile),
        }
    }

    /// Whether the key is nowhere but here, so that it is gone when the session ends.
    pub fn holds_the_only_key(&self) -> bool {
        match self {
            Self::SignedIn { profile, key } => {
                !profile.is_demo() && matches!(key, KeyPlace::Memory | KeyPlace::NotStored(_))
            }
            Self::SignedOut { .. }
            | Self::ReadingKey { .. }
            | Self::StartingDemo
            | Self::SigningIn { .. }
            | Self::Locked(_) => false,
        }
    }

    /// Whether something is awaited before the screen can go on.
    pub fn is_waiting(&self) -> bool {
        matches!(
            self,
            Self::ReadingKey { .. } | Self::StartingDemo | Self::SigningIn { .. }
        )
    }

    /// The pause before a sign-in that did not get through is sent again.
    pub fn retry(&self) -> Option<&Retry> {
        match self {
            Self::SigningIn { retry, .. } => retry.as_ref(),
            Self::SignedOut { .. }
            | Self::ReadingKey { .. }
            | Self::StartingDemo
            | Self::SignedIn { .. }
            | Self::Locked(_) => None,
        }
    }

    /// Since when it has been waiting.
    pub fn waiting_since(&self) -> Option<BootInstant> {
        match self {
            Self::ReadingKey { since, .. } | Self::SigningIn { since, .. } => Some(*since),
            Self::SignedOut { .. }
            | Self::StartingDemo
            | Self::SignedIn { .. }
            | Self::Locked(_) => None,
        }
    }
}
