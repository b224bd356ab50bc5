//! The commands, events and effects of the import.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::business::{Business, CompactBusiness};
use crate::domain::draft::{Field, LearnedTypes};
use crate::domain::failure::Failure;
use crate::domain::import::{
    ColumnTarget, DamageKind, DateOrder, Delimiter, DryRun, DryRunPlan, Encoding, EncodingGuess,
    FileFingerprint, Journal, JournalEntry, JournalProblem, Repairs, Sheet, Tally,
};
use crate::domain::profile::Profile;
use crate::domain::progress::Progress;
use crate::domain::request_failure::RequestFailure;
use crate::state::generation::Generation;
use crate::state::shell::messages::FileFailure;
/// Commands of the import page, in the order of its stages.
#[derive(Debug)]
pub enum ImportCommand {
    /// Let the user choose a file in the system's file dialog.
    Choose,
    /// Read these files, which were dropped on the window. Only a single file is accepted.
    Drop(Vec<PathBuf>),
    /// Save a sample file.
    SaveSample,
    /// Resume the interrupted run.
    Resume,
    /// Discard the interrupted run.
    Discard,
    ReadAs(Encoding, Delimiter),
    /// Read the open file again, with this row as the header row.
    ReadHeader(usize),
    /// Use this column for this field, or for nothing.
    Map(usize, ColumnTarget),
    /// Map the columns by their names, not like the previous file with this header row.
    ProposeMapping,
    /// The value for rows without a value in a required field; empty for none.
    SetDefault(Field, String),
    /// Turn the repair or acceptance of a kind of damage on or off.
    Repair(DamageKind, bool),
    /// Choose the order of day, month and year.
    SetDates(DateOrder),
    /// Replace cells of this row with these texts, by column. The file does not change.
    Correct(usize, BTreeMap<usize, String>),
    /// Start the dry run, which sends nothing.
    StartDryRun,
    /// Go back from the dry run to the columns.
    ToColumns,
    /// Show only some of the rows.
    Filter(RowFilter),
    /// Open the file again that was closed with corrections.
    Reopen,
    /// Start the run: create what the dry run found to be new. Has no effect while there is an interrupted run, whose journal it would replace.
    Start,
    /// Discard the interrupted run and start this one.
    DiscardAndStart,
    /// Confirm the run in Production.
    Confirm,
    /// Decline the run in Production.
    Decline,
    /// Pause, resume or stop the run.
    Control(RunControl),
    /// Save the rows that are invalid or failed, and those without a result.
    SaveFailed,
    /// Close the file, or stop reading one.
    Close,
}

/// The rows that the table shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RowFilter {
    #[default]
    All,
    /// To be sent: new according to the dry run, or without a result in the interrupted run.
    Create,
    /// Existing with the same values.
    Exist,
    /// Existing with different values.
    Differ,
    /// Invalid, so they cannot be sent.
    Invalid,
    /// New, but with a note.
    Noted,
    /// Containing a cell with this kind of damage.
    Shows(DamageKind),
    Created,
    /// Existing, according to the dry run or to the server's answer during the run.
    Existed,
    /// Rejected by the server.
    Failed,
    /// Rows that the run sent, without a usable answer.
    Unknown,
    /// Rows that the run left out because it was stopped.
    Unsent,
}

/// Events of an import.
#[derive(Debug)]
pub enum ImportEvent {
    /// The dialog was answered; `None` if the user closed it.
    Chosen(Result<Option<PathBuf>, FileFailure>),
    /// Reading a file has made progress.
    Progress {
        /// The number of the reading.
        ticket: u64,
        progress: Progress,
    },
    /// Reading a file has ended.
    Read {
        /// The number of the reading.
        ticket: u64,
        /// The file, or a sentence that says why it could not be read.
        result: Result<Box<ReadFile>, String>,
    },
    /// A dry run has made progress.
    Validating {
        /// The number of the dry run.
        ticket: u64,
        /// In rows.
        progress: Progress,
    },
    /// A dry run has ended.
    Validated {
        /// The number of the dry run.
        ticket: u64,
        dry: Box<DryRun>,
    },
    /// An interrupted run of an earlier session was found, or its journal is unusable.
    Unfinished(Result<Box<Journal>, JournalProblem>),
    /// The results of some rows have changed.
    Rows(Vec<RowUpdate>),
    /// The number of requests under way has changed.
    InFlight(usize),
    /// The run was stopped while this row waited for another try. It was certainly not created.
    Withdrawn(usize),
    /// The server requires a pause of all requests.
    Waiting {
        /// Time until requests are sent again.
        resumes_in: Duration,
        /// The server's response.
        failure: Failure,
    },
    /// The run has paused by itself, because of a problem that affects every row.
    AutoPaused(AutoPause),
    /// The run has ended. Nothing more will be sent.
    Ended,
}

/// A file that was read, and how.
#[derive(Debug)]
pub struct ReadFile {
    pub path: PathBuf,
    /// Identifies its contents.
    pub fingerprint: FileFingerprint,
    pub encoding: Encoding,
    /// Set if the encoding was guessed.
    pub guess: Option<EncodingGuess>,
    /// Whether it starts with a byte-order mark.
    pub has_mark: bool,
    /// Whether some bytes are invalid in this encoding.
    pub has_replaced: bool,
    pub delimiter: Delimiter,
    /// The kinds of damage that were repaired.
    pub repairs: Repairs,
    pub sheet: Arc<Sheet>,
}

/// The latest result of a row.
#[derive(Debug)]
pub struct RowUpdate {
    /// The entry as it is written to the journal.
    pub entry: JournalEntry,
    /// The stored business, if the server returned it.
    pub business: Option<Box<Business>>,
    /// The server's error if it rejected the row. It may list entity types.
    pub failure: Option<Box<RequestFailure>>,
}

/// Why a run has paused by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AutoPause {
    /// What happened.
    pub title: String,
    /// What it affected, what was not done, and what the user can do.
    pub body: String,
    /// Whether the server rejected the key, so that only another key helps.
    pub is_about_the_key: bool,
}

/// Effects of the import.
#[derive(Debug)]
pub enum ImportEffect {
    /// Open the dialog for a file to import. Answered with `Chosen`.
    Choose(Generation),
    /// Read a file. Answered with `Progress`, then `Read`. A reading that is under way ends without an answer.
    Read(Generation, ReadRequest),
    /// End the reading under way, without an answer.
    StopReading,
    /// Start a dry run. Answered with `Validating`, then `Validated`, both with this number. A dry run that is under way ends without an
    /// answer.
    Validate(Generation, u64, Box<DryRunPlan>),
    /// Look for an interrupted run. Answered with `Unfinished` if there is one.
    Find(Generation, Profile),
    /// Note in the journal of the run that started at this time that the history has these results.
    Recorded(Profile, Timestamp, Tally),
    /// Delete the journal of an interrupted run.
    Forget(Profile, ForgottenJournal),
    /// Create the businesses of a file. Answered with `Rows`, `InFlight`, `Withdrawn`, `Waiting` and `AutoPaused`, and finally `Ended`.
    Run(Generation, Box<RunPlan>),
    /// Pause, resume or stop the run.
    Control(RunControl),
}

/// Which file to read, and how. `None` means to detect the value.
#[derive(Debug, Clone)]
pub struct ReadRequest {
    /// Returned with the answer.
    pub ticket: u64,
    pub path: PathBuf,
    pub encoding: Option<Encoding>,
    pub delimiter: Option<Delimiter>,
    /// The index of the header row.
    pub header_row: Option<usize>,
    /// The kinds of damage to repair.
    pub repairs: Repairs,
}

/// What a run needs.
#[derive(Debug)]
pub struct RunPlan {
    /// What is imported, and the results of earlier sessions.
    pub journal: Journal,
    /// When the interrupted run started whose journal may be replaced.
    pub replaces: Option<Timestamp>,
    /// The indexes in the sheet of the rows to send.
    pub rows: Vec<usize>,
    pub sheet: Arc<Sheet>,
    /// The entity types known for names in the file.
    pub learned_types: LearnedTypes,
    /// The listed businesses. A row that is answered with the id of one of them was not created.
    pub listed: Vec<CompactBusiness>,
    /// Whether the journal may be written to disk.
    pub may_persist: bool,
    /// The time zone for times of day.
    pub zone: TimeZone,
}

/// Which journals of a profile are deleted. In the meantime, a new run may have written its own in their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForgottenJournal {
    /// Any journal.
    All,
    /// The journal of the run that started at this time.
    OfRun(Timestamp),
    /// A journal that this version cannot resume.
    Unusable,
}

/// What a run has to do from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunControl {
    /// Send rows.
    Go,
    /// Pause: send nothing more for now, but wait for pending answers.
    Pause,
    /// Stop: send nothing more, but wait for pending answers. Rows that were not sent are not created.
    Stop,
}
