//! What can be asked of a session, what happens to it, and what it wants done.

use std::time::Duration;

use secrecy::SecretString;

use crate::domain::credentials::{Credentials, PartnerId};
use crate::domain::environment::Environment;
use crate::domain::failure::{Failure, Operation};
use crate::domain::key_source::{ExternalSource, FetchedKey, KeyProblem, KeySource};
use crate::domain::keychain::KeychainProblem;
use crate::domain::profile::Profile;
use crate::state::generation::Generation;

/// What can be asked about signing in and out, and about profiles.
#[derive(Debug)]
pub enum SessionCommand {
    /// Sign in with these credentials.
    SignIn {
        /// Cleaned and checked.
        credentials: Credentials,
        /// Where the key comes from the next time; one that can store it does so once it is proved.
        source: KeySource,
        /// What to call the profile, as typed; empty leaves its label as it is.
        label: String,
    },
    /// Fetch the key from where the team keeps it and sign in. A source that is new to the profile is only tested.
    SignInFrom {
        /// Where to sign in.
        environment: Environment,
        /// Who, where that is known before the source says it.
        partner: Option<PartnerId>,
        /// Where the key is.
        source: Box<ExternalSource>,
        /// What was answered to the source's prompt.
        answer: Option<SecretString>,
        /// What to call the profile, as typed; empty leaves its label as it is.
        label: String,
    },
    /// Save the source that was tested, and go on to its session.
    OpenTested,
    /// Drop what was tested, and change its source.
    ChangeTested,
    /// The source of this profile was read in full and is to be used.
    AgreeToSource(Profile),
    /// Sign in with the key that is kept for this profile. The profile that is open stays open until that has succeeded.
    OpenProfile(Profile),
    /// Start the embedded server and sign in to it.
    ExploreDemo,
    /// Give up a sign-in that is under way, or the form; the profile that was open before is shown again.
    CancelSignIn,
    /// Stop waiting for the source that was asked again.
    CancelAskingAgain,
    /// Try again to store the key of this session.
    StoreKey,
    /// Forget the key, here and in the keychain.
    SignOut,
    /// Forget an error shown on the sign-in screen.
    DismissProblem,
    /// Show the sign-in form. The profile that is open stays so until another is signed in to.
    AddProfile,
    /// Call a profile so, as typed; empty for no label.
    RenameProfile(Profile, String),
    /// Remove the key of a profile from the keychain and, once that is proved, all that is remembered of it.
    RemoveProfile(Profile),
}

/// What can be asked of the lock.
#[derive(Debug)]
pub enum LockCommand {
    /// Somebody is there: a key, the pointer, a file that was dropped.
    Touch,
    /// Lock now.
    Now,
    /// Begin locked: the profile that would be signed in to, and where its key is.
    AtStart(Profile, KeySource),
    /// Fetch the key and sign in with it.
    Unlock,
    /// The same with the answer to the prompt of the source.
    UnlockWith(SecretString),
    /// The source of the key was read in full and is to be used: fetch the key and sign in with it.
    AgreeToSource,
    /// Stop waiting for the key; the console stays locked.
    Cancel,
    /// Leave the lock for the sign-in screen.
    SignInOtherwise,
}

/// How far the businesses of the demo are generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoProgress {
    /// How many there are.
    pub generated: usize,
    /// How many there will be.
    pub of: usize,
}

/// What can happen to a sign-in, and to its key.
#[derive(Debug)]
pub enum SignInEvent {
    /// The embedded server is generating its businesses.
    DemoGrows(DemoProgress),
    /// The embedded server runs, or could not be started.
    DemoReady(Result<Credentials, String>),
    /// The source of the key has answered; `None` where it has no key for the profile.
    KeyFetched(Result<Option<Box<FoundKey>>, KeyProblem>),
    /// The server has refused the key of the session, and its source is being asked again.
    AskingAgain,
    /// The source has answered with a key, which is tried next.
    AskedAgain,
    /// What came of asking the source again.
    KeyFetchedAgain(Result<Box<FoundKey>, KeyProblem>),
    /// The credentials were proved, or refused.
    Proved(Result<(), Failure>),
    /// The key was stored, or was not.
    KeyStored(Result<(), KeychainProblem>),
    /// What the source asks for was stored, or was not.
    AnswerStored(Result<(), KeychainProblem>),
}

/// A key that is wanted, and where to ask for it.
#[derive(Debug, Clone)]
pub struct KeyRequest {
    /// Where it is.
    pub source: KeySource,
    /// Where it is for.
    pub environment: Environment,
    /// Whose it is; `None` where the source is to say it.
    pub partner: Option<PartnerId>,
    /// What the user has answered to the source's prompt.
    pub answer: Option<SecretString>,
}

/// A key, and its source as it is to be remembered.
#[derive(Debug, Clone)]
pub struct FoundKey {
    /// The key.
    pub fetched: FetchedKey,
    /// Where it was found.
    pub source: KeySource,
}

/// What can happen to any request of a session.
#[derive(Debug)]
pub enum RequestEvent {
    /// A request failed and will be repeated.
    Retrying {
        /// What is repeated.
        operation: Operation,
        /// When, from now.
        resumes_in: Duration,
        /// Why.
        failure: Failure,
    },
    /// The wait is over, and the request is being sent again.
    Recovered(Operation),
    /// The server's clock differs from ours by this many seconds; positive is ahead.
    ClockSkew(i64),
}

/// What the keychain answers to a deletion, whichever session runs by then.
#[derive(Debug)]
pub enum KeychainEvent {
    /// The key of a profile was deleted from the keychain.
    Deleted(Profile, Result<bool, KeychainProblem>),
    /// What a source asks for was deleted from the keychain, or was not.
    AnswerDeleted(Result<bool, KeychainProblem>),
    /// The key of a profile that is to be forgotten was deleted from the keychain, or was not.
    Removed(Profile, Removal),
}

/// What became of a key that was to be removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Removal {
    /// The keychain was asked again and has none.
    Proved,
    /// It was not deleted.
    Refused(KeychainProblem),
    /// The keychain says that it deleted it, and still hands it out.
    StillThere,
    /// It was deleted, but the keychain did not answer when asked again.
    NotProved(KeychainProblem),
}

/// What signing in and out wants done.
#[derive(Debug)]
pub enum SessionEffect {
    /// Start the embedded server unless it runs already; answers `DemoReady`.
    StartDemo(Generation),
    /// Fetch a key from its source; answers `KeyFetched`.
    FetchKey(Generation, KeyRequest),
    /// Prove the credentials, beside the session that runs; answers `Proved`. With the external source of the key, that
    /// is asked again if the server refuses the key later.
    Prove(Generation, Credentials, Option<ExternalSource>),
    /// The proved credentials make the session from now on; the one before ends.
    Open(Generation),
    /// Give up what is being proved; a session that runs is left alone.
    EndAttempt,
    /// Stop asking the source of the running session again; nothing more of it arrives.
    CancelAskingAgain,
    /// Store the key of the running session; answers `KeyStored`.
    StoreKey(Generation),
    /// Delete a key from the keychain; answers `Deleted`.
    DeleteKey(Profile),
    /// Delete a key from the keychain and look whether it is gone; answers `Removed`.
    RemoveKey(Profile),
    /// Delete from the keychain what this source asks for; answers `AnswerDeleted`.
    DeleteAnswer(ExternalSource),
    /// Drop the session with its key and sign-in, and cancel what it was doing.
    End,
    /// The same, but the embedded server goes on with its businesses.
    EndKeepingDemo,
}
