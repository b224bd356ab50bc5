//! What the state wants done outside. Only the runtime carries it out.

use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::business::{Business, BusinessId};
use crate::domain::credentials::Credentials;
use crate::domain::draft::TaughtTypes;
use crate::domain::environment::Environment;
use crate::domain::export::Format;
use crate::domain::history::HistoryEntry;
use crate::domain::import::{Delimiter, Encoding, Journal, Repairs, Sheet};
use crate::domain::network::Network;
use crate::domain::profile::Profile;
use crate::domain::token::Handout;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::creating::Drafts;
use super::rotation::RotationEffect;
use super::saved::Saved;

/// Number of a sign-in: what is started under one is dropped once another has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Generation(pub u64);

/// Everything the runtime can do.
#[derive(Debug)]
pub enum Effect {
    /// Start the embedded server unless it runs already; answers `DemoReady`.
    StartDemo(Generation),
    /// Read a key from the keychain; answers `KeyRead`.
    ReadKey(Generation, Profile),
    /// Prove the credentials, beside the session that runs; answers `SignedIn`.
    SignIn(Generation, Credentials),
    /// The proved credentials make the session from now on; the one before ends.
    OpenSession(Generation),
    /// Give up what is being proved; a session that runs is left alone.
    EndAttempt,
    /// Store the key of the running session; answers `KeyStored`.
    StoreKey(Generation),
    /// Delete a key from the keychain; answers `KeyDeleted`.
    DeleteKey(Profile),
    /// Delete a key from the keychain and look whether it is gone; answers `KeyRemoved`.
    RemoveKey(Profile),
    /// Drop the session with its key and sign-in, and cancel what it was doing.
    EndSession,
    /// The same, but the embedded server goes on with its businesses.
    EndSessionOnly,
    /// Read the credentials of the environment again; answers `EnvironmentRead`.
    ReadEnvironment(Generation),
    /// Load all pages of the list; answers `Rows`, then `ListEnded`.
    LoadList(Generation),
    /// Stop loading the list; nothing more of it arrives.
    StopLoading,
    /// Read the selected business; answers `BusinessRead`, unless another is selected before.
    ReadBusiness(Generation, BusinessId),
    /// Read the business of a pasted id; answers `BusinessRead`, unless another is pasted before.
    LookUpBusiness(Generation, BusinessId),
    /// Fetch a token; answers `TokenFetched`.
    FetchToken(Generation, BusinessId),
    /// Stop fetching a token; nothing more of it arrives.
    CancelFetch(BusinessId),
    /// Create a business; answers `Created`.
    Create(Generation, Map<String, Value>),
    /// Stop waiting for it; nothing more of it arrives, and it may be done all the same.
    CancelCreate,
    /// Change a business, then read it again; answers `Updated`.
    Update(Generation, BusinessId, Map<String, Value>),
    /// Stop waiting for it; nothing more of it arrives, and it may be done all the same.
    CancelUpdate(BusinessId),
    /// Archive a business or take it back; answers `Archived`.
    SetArchived(Generation, BusinessId, bool),
    /// Ask where to, then write these businesses; answers `Exported`.
    Export {
        /// Whose.
        profile: Profile,
        /// What to write.
        businesses: Vec<Arc<Business>>,
        /// In which form.
        format: Format,
        /// Proposed to the user.
        file_name: String,
    },
    /// Ask for a file to import; answers `Chosen`.
    ChooseImport(Generation),
    /// Read a file; answers `Progress`, then `Read`.
    ReadImport(Generation, ReadPlan),
    /// Look for a run that broke off; answers `Unfinished` if there is one.
    FindImport(Generation, Profile),
    /// Forget a run that broke off.
    ForgetImport(Profile, ForgottenNotes),
    /// Create the businesses of a file; answers `Rows`, and in the end `Ended`.
    RunImport(Generation, Box<RunPlan>),
    /// Hold, continue or end the run.
    SteerImport(Steer),
    /// Ask where to, then write; answers `Saved`.
    SaveFile {
        /// Who was signed in.
        profile: Option<Profile>,
        /// Proposed to the user.
        file_name: String,
        /// What to write.
        contents: Contents,
    },
    /// Something of the replacement of the key, or a reminder of it.
    Rotation(RotationEffect),
    /// Put a token on the clipboard; answers `HandoutCopied`.
    CopyHandout {
        /// Returned with the answer.
        ticket: u64,
        /// What to copy.
        handout: Handout,
    },
    /// Put a harmless text on the clipboard; answers `TextCopied`.
    CopyText {
        /// Returned with the answer.
        what: &'static str,
        /// What to copy.
        text: String,
    },
    /// Clear the clipboard if it still holds our token; answers `ClipboardCleared`.
    ClearClipboard,
    /// Something about the way to the network.
    Settings(SettingsEffect),
    /// Add an entry to the history; answers only on failure.
    Record(Box<HistoryEntry>),
    /// Read the history; answers `Read`.
    ReadHistory,
    /// Write the preferences; answers only on failure.
    Save(Saved),
    /// Write the drafts; answers only on failure.
    SaveDrafts(Drafts),
}

/// What the page of settings sets going.
#[derive(Debug)]
pub enum SettingsEffect {
    /// Ask for a file of certificates; answers `CaChosen`.
    ChooseCaFile,
    /// Read and check a file of certificates; answers `CaRead`.
    ReadCaFile(PathBuf),
    /// Make connections this way from now on, also those of the running session.
    UseNetwork(Network),
    /// Check the way to a server; answers `Checked` for each check, then `TestEnded`.
    TestConnection(Box<TestPlan>),
    /// Stop checking; nothing more arrives.
    StopTest,
}

/// What is checked.
#[derive(Debug, Clone)]
pub struct TestPlan {
    /// Returned with the answers.
    pub ticket: u64,
    /// The server.
    pub environment: Environment,
    /// Whose key the keychain should have; `None` where that is not known.
    pub profile: Option<Profile>,
    /// The session whose key is tried; `None` where there is none for this server.
    pub session: Option<Generation>,
}

/// Which file to read, and how; what is not given is detected.
#[derive(Debug, Clone)]
pub struct ReadPlan {
    /// Returned with the answer.
    pub ticket: u64,
    /// The file.
    pub path: PathBuf,
    /// How to decode it.
    pub encoding: Option<Encoding>,
    /// How to cut it.
    pub delimiter: Option<Delimiter>,
    /// Which of its first rows holds the names of the columns; `None` to look for it.
    pub header_row: Option<usize>,
    /// Which kinds of damage to repair.
    pub repairs: Repairs,
}

/// What to create.
#[derive(Debug)]
pub struct RunPlan {
    /// What is imported, and what became of it in earlier sessions.
    pub journal: Journal,
    /// The rows to send, by their index in the sheet.
    pub rows: Vec<usize>,
    /// The file.
    pub sheet: Arc<Sheet>,
    /// Entity types by which names in the file are understood.
    pub taught: TaughtTypes,
    /// Whether notes of it may be left on disk.
    pub leaves_trace: bool,
    /// Where times of day are told.
    pub zone: TimeZone,
}

/// Which notes of a profile's imports are removed. Meanwhile a new run may have written its own in their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForgottenNotes {
    /// Whatever there is.
    All,
    /// Those of the run that began then.
    OfRun(Timestamp),
    /// Those that this version cannot continue.
    Unusable,
}

/// What a run is to do from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Steer {
    /// Send.
    Go,
    /// Send nothing more for now; what is on its way is waited for.
    Pause,
    /// Send nothing more at all; what is on its way is waited for.
    Stop,
}

/// What is written to a file.
#[derive(Debug)]
pub enum Contents {
    /// A file to begin with.
    Sample,
    /// Entries of the history, the newest first.
    History(Vec<HistoryEntry>, Format),
    /// A calendar file.
    Calendar(Vec<u8>),
    /// Rows of an imported file: place in the sheet and reason.
    FailedRows {
        /// The file.
        sheet: Arc<Sheet>,
        /// How it was cut.
        delimiter: Delimiter,
        /// Which rows.
        rows: Vec<(usize, String)>,
    },
}
