//! What has happened outside. An event of an ended session carries an old generation and is dropped.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;

use crate::domain::business::{Business, BusinessDetail, BusinessId};
use crate::domain::clipboard::{Cleared, ClipboardProblem};
use crate::domain::connection::{Check, Finding};
use crate::domain::credentials::{ApiKey, Credentials};
use crate::domain::failure::{Failure, Operation};
use crate::domain::filter::SearchableBusiness;
use crate::domain::history::ReadLines;
use crate::domain::import::{
    Delimiter, Encoding, FileFingerprint, Guess, Journal, JournalEntry, JournalProblem, Progress,
    Repairs, Sheet,
};
use crate::domain::keychain::KeychainProblem;
use crate::domain::network::{CaFile, CaProblem};
use crate::domain::profile::Profile;
use crate::domain::token::BusinessToken;
use crate::domain::write::{CreateAnswer, WriteFailure};

use super::effect::Generation;
use super::rotation::RotationEvent;

/// Everything the runtime can report.
#[derive(Debug)]
pub enum Event {
    /// The computer has come to another time zone, or was set to one.
    ZoneChanged(TimeZone),
    /// Belongs to one sign-in.
    Session(Generation, SessionEvent),
    /// The key of a profile was deleted from the keychain.
    KeyDeleted(Profile, Result<bool, KeychainProblem>),
    /// The key of a profile that is to be forgotten was deleted from the keychain, or was not.
    KeyRemoved(Profile, Removal),
    /// A token was put on the clipboard, or was not.
    HandoutCopied {
        /// Which of the copies.
        ticket: u64,
        /// How it went.
        result: Result<(), ClipboardProblem>,
    },
    /// A harmless text was put on the clipboard, or was not.
    TextCopied {
        /// What it is.
        what: &'static str,
        /// How it went.
        result: Result<(), ClipboardProblem>,
    },
    /// The clipboard was looked at and, if it held our token, cleared.
    ClipboardCleared(Result<Cleared, ClipboardProblem>),
    /// A list was written to a file, or was not.
    Exported {
        /// Whose.
        profile: Profile,
        /// How many businesses.
        count: usize,
        /// Where; `None` if the user thought better of it.
        result: Result<Option<PathBuf>, FileTrouble>,
    },
    /// Another file was written, or was not.
    Saved {
        /// Who was signed in when it was asked for.
        profile: Option<Profile>,
        /// What.
        what: SavedFile,
        /// Where; `None` if the user thought better of it.
        result: Result<Option<PathBuf>, FileTrouble>,
    },
    /// Something about the way to the network.
    Settings(SettingsEvent),
    /// Something of the history's files.
    History(HistoryEvent),
    /// One of our own files could not be written.
    NotSaved {
        /// Which.
        file: OwnFile,
        /// Why; a sentence without its full stop.
        why: String,
    },
}

/// A file that the console keeps for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnFile {
    /// The preferences.
    Preferences,
    /// The drafts.
    Drafts,
}

/// What the page of settings has set going.
#[derive(Debug)]
pub enum SettingsEvent {
    /// The dialog for a file of certificates was answered; `None` if the user closed it.
    CaChosen(Result<Option<PathBuf>, FileTrouble>),
    /// A file of certificates was read, and is right or not.
    CaRead(PathBuf, Result<Arc<CaFile>, CaProblem>),
    /// The session could not take the new way to the network.
    NetworkRefused(Failure),
    /// A check has found something.
    Checked {
        /// Of which test.
        ticket: u64,
        /// Which.
        check: Check,
        /// What.
        finding: Finding,
    },
    /// Nothing more will be found.
    TestEnded(u64),
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

/// Why a file was not read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileTrouble {
    /// The system shows no file dialogs.
    NoDialog,
    /// The session ended while the dialog was open.
    SessionEnded,
    /// The file system refused; a sentence.
    Refused(String),
}

/// What can happen during or before a session.
#[derive(Debug)]
pub enum SessionEvent {
    /// The embedded server runs, or could not be started.
    DemoReady(Result<Credentials, String>),
    /// The keychain answered.
    KeyRead(Result<Option<ApiKey>, KeychainProblem>),
    /// The variables that the console was started with were read again.
    EnvironmentRead(Option<Credentials>),
    /// The credentials were proved, or refused.
    SignedIn(Result<(), Failure>),
    /// The key was stored, or was not.
    KeyStored(Result<(), KeychainProblem>),
    /// A page of the list.
    Rows {
        /// Businesses of the page.
        rows: Vec<SearchableBusiness>,
        /// How many there are in all, as far as the server says.
        total: Option<u64>,
    },
    /// Businesses that arrived before and that the server no longer lists.
    Gone(Vec<BusinessId>),
    /// The list is complete, or will not be.
    ListEnded(Result<ListOutcome, Failure>),
    /// One business was read.
    BusinessRead(BusinessId, Result<Box<BusinessDetail>, Failure>),
    /// A token was fetched and passed the guard, or not.
    TokenFetched(BusinessId, Result<BusinessToken, Failure>),
    /// An attempt to create a business has come to an end.
    Created(Result<Box<CreateAnswer>, WriteFailure>),
    /// An attempt to change a business has come to an end.
    Updated(BusinessId, Result<Box<BusinessDetail>, WriteFailure>),
    /// An attempt to archive a business, or to take it back, has come to an end.
    Archived {
        /// Which.
        business: BusinessId,
        /// What was asked for.
        is_archived: bool,
        /// How it went.
        result: Result<(), WriteFailure>,
    },
    /// Something of an import.
    Import(ImportEvent),
    /// Something of the replacement of the key.
    Rotation(RotationEvent),
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

/// What can happen to the history's files.
#[derive(Debug)]
pub enum HistoryEvent {
    /// They were read; the sentence says what could not be.
    Read {
        /// What they say.
        read: ReadLines,
        /// What is in the way.
        problem: Option<String>,
    },
    /// What had the name of the file and was none of ours lies here now; the entry is written.
    SetAside(PathBuf),
    /// An entry could not be written; a sentence.
    NotWritten(String),
}

/// A file that is offered to be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SavedFile {
    /// A file to begin with.
    Sample,
    /// So many entries of the history.
    History(usize),
    /// The due day of a key, for a calendar.
    Calendar,
    /// So many rows with the reasons for which they did not become businesses.
    FailedRows(usize),
}

/// What can happen to an import.
#[derive(Debug)]
pub enum ImportEvent {
    /// The dialog was answered; `None` if the user closed it.
    Chosen(Result<Option<PathBuf>, FileTrouble>),
    /// So much of the file is read.
    Progress {
        /// Of which reading.
        ticket: u64,
        /// How far.
        progress: Progress,
    },
    /// The file is read, or cannot be; the sentence says why.
    Read {
        /// Which reading.
        ticket: u64,
        /// How it went.
        result: Result<Box<ReadFile>, String>,
    },
    /// A run of an earlier session broke off.
    Unfinished(Result<Box<Journal>, JournalProblem>),
    /// More is known of these rows.
    Rows(Vec<RowNews>),
    /// The server wants all requests to wait.
    Waiting {
        /// How long, from now.
        resumes_in: Duration,
        /// Its words.
        failure: Failure,
    },
    /// The run has paused by itself: what stands in the way concerns every row.
    Halted(Halt),
    /// Nothing more will be sent.
    Ended,
}

/// A file that was read.
#[derive(Debug)]
pub struct ReadFile {
    /// Where it is.
    pub path: PathBuf,
    /// What it held.
    pub fingerprint: FileFingerprint,
    /// How it was decoded.
    pub encoding: Encoding,
    /// Whether that was guessed.
    pub guess: Option<Guess>,
    /// Whether it began with a byte-order mark.
    pub has_mark: bool,
    /// Whether some bytes make no sense in this encoding.
    pub has_replaced: bool,
    /// How it was cut.
    pub delimiter: Delimiter,
    /// Which kinds of damage were repaired.
    pub repairs: Repairs,
    /// What is in it.
    pub sheet: Arc<Sheet>,
}

/// What is known of a row from now on.
#[derive(Debug)]
pub struct RowNews {
    /// As it stands in the journal.
    pub entry: JournalEntry,
    /// The business as it is stored, where the server told.
    pub business: Option<Box<Business>>,
    /// What it taught, if it refused the row.
    pub failure: Option<Box<WriteFailure>>,
}

/// Why a run paused by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Halt {
    /// What happened.
    pub title: String,
    /// To what, what was not done, and what helps.
    pub body: String,
    /// The key was refused: only another one helps.
    pub is_about_the_key: bool,
}

/// How complete a loaded list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ListOutcome {
    /// How many businesses the server says there are.
    pub stated: Option<u64>,
    /// How many different ones arrived.
    pub received: u64,
    /// Whether what arrived is the list as it stands: it did not change while it was read, or was
    /// read again until it agreed with the server's own count.
    pub is_exact: bool,
}
