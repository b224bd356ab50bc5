//! The commands, events and effects of sign-in, sign-out, profiles and the lock.

use secrecy::SecretString;

use crate::domain::credentials::{Credentials, PartnerId};
use crate::domain::environment::Environment;
use crate::domain::failure::Failure;
use crate::domain::key_source::{ExternalSource, FetchedKey, KeyProblem, KeySource};
use crate::domain::keychain::KeychainProblem;
use crate::domain::profile::Profile;
use crate::domain::progress::Progress;
use crate::state::generation::Generation;

/// Commands about sign-in, sign-out and profiles.
#[derive(Debug)]
pub enum SessionCommand {
    /// Sign in with these credentials.
    SignIn {
        /// Cleaned and checked.
        credentials: Credentials,
        /// The source of the key from now on. If it can store keys, it stores this one once the server has accepted it.
        source: KeySource,
        /// The profile's label, as entered; empty leaves the label as it is.
        label: String,
    },
    /// Fetch the key from where the team stores it, and sign in. A source that is new to the profile is only tested.
    SignInFrom {
        request: KeyRequest,
        /// The profile's label, as entered; empty leaves the label as it is.
        label: String,
    },
    /// Save the tested source and open its session.
    OpenTested,
    /// Drop the tested key and go back to the form, to change its source.
    ChangeTested,
    /// The user has read the saved source of this profile in full and agrees to it.
    ApproveSource(Profile),
    /// Sign in with the stored key of this profile. The open profile stays open until that succeeds.
    OpenProfile(Profile),
    /// Start the embedded server and sign in to it.
    ExploreDemo,
    /// Give up a sign-in that is under way, or close the form. The previous profile is shown again.
    CancelSignIn,
    /// Stop waiting for the source, from which the key was requested again.
    CancelKeyRefetch,
    /// Retry storing the key of this session.
    StoreKey,
    /// Delete the key, in memory and in the keychain.
    SignOut,
    /// Show the sign-in form. The open profile stays open until the user has signed in to another.
    AddProfile,
    /// Give a profile this label, as entered; empty for none.
    RenameProfile(Profile, String),
    /// Delete the key of a profile from the keychain. Once it is certain to be gone, remove everything saved for the profile.
    RemoveProfile(Profile),
}

/// Commands about the lock.
#[derive(Debug)]
pub enum LockCommand {
    /// The user is active: keyboard, pointer or a dropped file.
    Touch,
    /// Lock now.
    Now,
    /// Start locked, with the profile to sign in to and the source of its key.
    AtStart(Profile, KeySource),
    Unlock,
    /// Unlock with this answer to the prompt of the source.
    UnlockWith(SecretString),
    /// The user has read the source of the key in full and agrees to it: unlock with it.
    ApproveSource,
    /// Stop waiting for the key; the console stays locked.
    Cancel,
    /// Leave the lock screen for the sign-in screen.
    ShowSignIn,
}

/// Events of a sign-in and of its key.
#[derive(Debug)]
pub enum SignInEvent {
    /// The embedded server has generated this many of its businesses.
    DemoGenerating(Progress),
    /// The embedded server is running, or did not start for this reason.
    DemoReady(Result<Credentials, String>),
    /// The source of the key has answered; `None` if it has no key for the profile.
    KeyFetched(Result<Option<Box<FetchedKey>>, KeyProblem>),
    /// The server has rejected the session's key, which is being requested again from its source.
    KeyRefetching,
    /// The source has returned a key, which is tested next.
    KeyRefetchEnded,
    /// The outcome of requesting the key again.
    KeyRefetched(Result<Box<FetchedKey>, KeyProblem>),
    /// The server has accepted or rejected the credentials.
    Verified(Result<(), Failure>),
    /// Storing the key succeeded or failed.
    KeyStored(Result<(), KeychainProblem>),
    /// Storing the answer to the source's prompt succeeded or failed.
    AnswerStored(Result<(), KeychainProblem>),
}

/// A request for a key at its source.
#[derive(Debug, Clone)]
pub struct KeyRequest {
    pub source: KeySource,
    /// The environment that the key is for.
    pub environment: Environment,
    /// The partner of the key; `None` if only the source knows it.
    pub partner: Option<PartnerId>,
    /// The user's answer to the source's prompt.
    pub answer: Option<SecretString>,
}

/// The keychain's answers to deletions, whichever session is open by then.
#[derive(Debug)]
pub enum KeychainEvent {
    /// The key of a profile was deleted; `false` if the keychain had none.
    Deleted(Profile, Result<bool, KeychainProblem>),
    /// Deleting the answer to a source's prompt succeeded or failed.
    AnswerDeleted(Result<(), KeychainProblem>),
    /// The outcome of deleting the key of a profile that is to be removed.
    Removed(Profile, KeyRemoval),
}

/// The outcome of removing a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyRemoval {
    /// The key is gone: the keychain was checked again and has none.
    Verified,
    /// The keychain reported success, but still returns the key.
    StillThere,
    /// The keychain did not delete it, or did not answer when checked again.
    Failed(KeychainProblem),
}

/// Effects of sign-in, sign-out and profiles.
#[derive(Debug)]
pub enum SessionEffect {
    /// Start the embedded server unless it is running. Answered with `DemoReady`.
    StartDemo(Generation),
    /// Fetch a key from its source. Answered with `KeyFetched`.
    FetchKey(Generation, KeyRequest),
    /// Test the credentials by signing in with them, without touching the running session. Answered with `Verified`. The key is
    /// requested again from the external source if the server rejects it later.
    Verify(Generation, Credentials, Option<ExternalSource>),
    /// Open a session with the tested credentials. The previous session ends.
    Open(Generation),
    /// Give up the sign-in attempt. A running session is not affected.
    EndAttempt,
    /// Stop requesting the running session's key again. No more answers arrive.
    CancelKeyRefetch,
    /// Store the key of the running session. Answered with `KeyStored`.
    StoreKey(Generation),
    /// Delete a key from the keychain. Answered with `Deleted`.
    DeleteKey(Profile),
    /// Delete a key from the keychain and check that it is gone. Answered with `Removed`.
    RemoveKey(Profile),
    /// Delete the answer to this source's prompt from the keychain. Answered with `AnswerDeleted`.
    DeleteAnswer(ExternalSource),
    /// Drop the session with its key and sign-in, and cancel its tasks.
    End,
    /// Like `End`, but the embedded server keeps running with its businesses.
    EndKeepingDemo,
}
