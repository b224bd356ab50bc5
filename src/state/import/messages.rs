//! What can be asked of an import, what happens to it, and what it wants done.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::business::Business;
use crate::domain::draft::{Field, TaughtTypes};
use crate::domain::failure::Failure;
use crate::domain::import::{
    ColumnTarget, DateOrder, Delimiter, DryRun, DryRunPlan, Encoding, FileFingerprint, Guess,
    Journal, JournalEntry, JournalProblem, Oddity, Progress, Repairs, Sheet,
};
use crate::domain::profile::Profile;
use crate::domain::write::WriteFailure;
use crate::state::generation::Generation;
use crate::state::shell::messages::FileTrouble;
/// What can be asked of the page of imports, in the order of its stages.
#[derive(Debug)]
pub enum ImportCommand {
    /// Ask for a file by the system's dialog.
    Choose,
    /// Read these files, which were dropped on the window; only one at a time is taken.
    Drop(Vec<PathBuf>),
    /// Save a file to begin with.
    SaveSample,
    /// Go on with the run that broke off.
    Continue,
    /// Forget the run that broke off.
    Discard,
    /// Read the open file again in this encoding and with this delimiter.
    ReadAs(Encoding, Delimiter),
    /// Read the open file again with the names of its columns in this one of its first rows.
    ReadHeader(usize),
    /// Use a column for something.
    Map(usize, ColumnTarget),
    /// Map the columns by their names, not as the last file with this header row.
    ProposeMapping,
    /// What rows get that have no value for a required field; empty for nothing.
    SetDefault(Field, String),
    /// Repair or accept a kind of damage, or leave it.
    Repair(Oddity, bool),
    /// Which of the first two numbers of a date is the day.
    SetDates(DateOrder),
    /// Read these texts, by their columns, in place of the cells of this row. The file stays as it is.
    Correct(usize, BTreeMap<usize, String>),
    /// Look at every row; nothing is written.
    TryOut,
    /// Back from the dry run to the columns.
    ToColumns,
    /// Show only some of the rows.
    Filter(RowFilter),
    /// Create what the dry run says would be created.
    Start,
    /// Yes, in Production.
    Confirm,
    /// No, not in Production.
    Decline,
    /// Send nothing more for now.
    Pause,
    /// Go on sending.
    Resume,
    /// End the run; rows that were not sent stay out.
    Stop,
    /// Save the rows that did not become businesses.
    SaveFailed,
    /// Leave the file, and give up reading one.
    Leave,
}

/// Which rows are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RowFilter {
    /// All of them.
    #[default]
    All,
    /// The dry run says: would be created.
    Create,
    /// There with the same values.
    Exist,
    /// There with other values.
    Differ,
    /// Cannot be sent.
    Invalid,
    /// Would be created, with something to say about it.
    Noted,
    /// With a cell that shows this kind of damage.
    Shows(Oddity),
    /// Created by the run.
    Created,
    /// The run was told that it was there.
    Existed,
    /// Not created: invalid, refused, without an answer, not sent.
    Failed,
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
    /// So many rows were looked at.
    Judging {
        /// In which dry run.
        ticket: u64,
        /// How far.
        progress: Progress,
    },
    /// Every row was looked at.
    Judged {
        /// In which dry run.
        ticket: u64,
        /// What was found.
        dry: Box<DryRun>,
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

/// What an import wants done.
#[derive(Debug)]
pub enum ImportEffect {
    /// Ask for a file to import; answers `Chosen`.
    Choose(Generation),
    /// Read a file; answers `Progress`, then `Read`.
    Read(Generation, ReadPlan),
    /// Look at every row of a file; answers `Judging`, then `Judged`, both with this number. One that is under way
    /// ends without an answer.
    Judge(Generation, u64, Box<DryRunPlan>),
    /// Look for a run that broke off; answers `Unfinished` if there is one.
    Find(Generation, Profile),
    /// Forget a run that broke off.
    Forget(Profile, ForgottenNotes),
    /// Create the businesses of a file; answers `Rows`, and in the end `Ended`.
    Run(Generation, Box<RunPlan>),
    /// Hold, continue or end the run.
    Steer(Steer),
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
