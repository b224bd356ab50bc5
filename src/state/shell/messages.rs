//! The commands, events and effects of the window around the pages and of the settings.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::business::CompactBusiness;
use crate::domain::clipboard::CopiedText;
use crate::domain::connection::{ConnectionCheck, ConnectionFinding};
use crate::domain::environment::Environment;
use crate::domain::export::Format;
use crate::domain::failure::Failure;
use crate::domain::history::HistoryEntry;
use crate::domain::import::{Delimiter, Sheet};
use crate::domain::network::{CaFile, CaProblem, NetworkSettings};
use crate::domain::profile::Profile;
use crate::domain::session_signal::SessionSignal;
use crate::domain::settings::{Settings, WindowSize};
use crate::state::generation::Generation;
use crate::state::shell::saved::Saved;
/// Commands of the window around the pages.
#[derive(Debug)]
pub enum ShellCommand {
    /// Go to a page.
    ShowPage(Page),
    /// Copy a text that is not secret to the clipboard.
    CopyText {
        /// What it is, for the toast.
        what: CopiedText,
        text: String,
    },
    /// Say why the pressed shortcut is not available now.
    ShowUnavailable(&'static str),
    /// Say that no font has this character.
    ReportMissingFont(char),
    DismissToast(ToastId),
    /// Whether the pointer or the focus is on the toasts.
    HoldToasts(bool),
    /// Close the banner about the difference between the clocks.
    DismissSkew,
    /// Turn share mode on or off: stand-ins for names and ids.
    ToggleShare,
}

/// Identifies a toast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ToastId(pub u64);

/// Commands of the settings page, and of the window size.
#[derive(Debug)]
pub enum SettingsCommand {
    /// Let the user choose a certificate file in the system's file dialog.
    ChooseCaFile,
    /// Trust only the system's certificate authorities.
    RemoveCaFile,
    /// Test the connection to this server.
    TestConnection(Environment),
    /// Stop the test. Findings so far stay.
    StopTest,
    WindowSized(WindowSize),
    /// Use these settings from now on, and save them.
    Change(Box<Settings>),
}

/// The pages of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Page {
    /// The list.
    #[default]
    Businesses,
    /// The tokens of this session.
    Tokens,
    /// Creating businesses from a file.
    Import,
    /// The API key and its replacement.
    Key,
    /// What was done in this session and earlier ones.
    History,
    /// Statistics of the list.
    Overview,
    Settings,
}

/// Events of the window around the pages.
#[derive(Debug)]
pub enum ShellEvent {
    /// The system's session was locked, or the computer is about to sleep.
    SystemSession(SessionSignal),
    /// The system's time zone has changed.
    ZoneChanged(TimeZone),
    /// Saving a file has ended.
    FileSaved {
        /// The profile that was signed in when the user requested the file.
        profile: Option<Profile>,
        what: SavedFile,
        /// How many businesses, entries or rows the file has.
        count: u64,
        /// Where the file is; `None` if the user closed the dialog.
        result: Result<Option<PathBuf>, FileFailure>,
    },
    /// One of the console's own files could not be written.
    NotSaved {
        file: OwnFile,
        /// The folder that has the file.
        folder: PathBuf,
        /// The reason, as a sentence without its full stop.
        why: String,
    },
    /// A file dialog was not opened, because another one is open.
    DialogIsOpen,
    /// The drafts were saved, after an earlier failure.
    DraftsSavedAgain,
}

/// Events of the settings page.
#[derive(Debug)]
pub enum SettingsEvent {
    /// The dialog for a certificate file was answered; `None` if the user closed it.
    CaChosen(Result<Option<PathBuf>, FileFailure>),
    /// A certificate file was read, in the reading with this number.
    CaRead(u64, PathBuf, Result<Arc<CaFile>, CaProblem>),
    /// The session could not apply the new network settings.
    NetworkRejected(Failure),
    /// A check of the connection test has ended.
    Checked {
        /// The number of the test.
        ticket: u64,
        check: ConnectionCheck,
        finding: ConnectionFinding,
    },
    /// The test with this number has ended, possibly with checks that never ran.
    TestEnded(u64),
}

/// A file that the console stores for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnFile {
    Preferences,
    Drafts,
}

/// A file that the user can save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SavedFile {
    /// The shown businesses of the list.
    List(Format),
    /// A sample file for the import.
    Sample,
    /// Entries of the history.
    History(Format),
    /// A calendar file with the due date of a key.
    Calendar,
    /// The rows that were not imported, with the reasons; after the run that started at this time, or before a run.
    FailedRows(Option<Timestamp>),
}

/// Why a file was not read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileFailure {
    /// The system shows no file dialogs.
    NoDialog,
    /// The system's dialog service did not respond.
    UnresponsiveDialog,
    /// The session ended while the dialog was open.
    SessionEnded,
    /// The file system returned this error, as a sentence.
    Io(String),
}

/// Effects of the window around the pages.
#[derive(Debug)]
pub enum ShellEffect {
    /// Copy a text that is not secret to the clipboard. Answered with `TextCopied`.
    CopyText {
        /// Returned with the answer.
        what: CopiedText,
        text: String,
    },
    /// Ask the user for a location, then write the file. Answered with `FileSaved`.
    SaveFile {
        /// The profile that is signed in.
        profile: Option<Profile>,
        /// The name that the dialog proposes.
        file_name: String,
        contents: FileContents,
    },
    /// Write the preferences. Answered only on failure.
    SavePreferences(Saved),
}

/// Effects of the settings page.
#[derive(Debug)]
pub enum SettingsEffect {
    /// Open the dialog for a certificate file. Answered with `CaChosen`.
    ChooseCaFile,
    /// Read and check a certificate file, in the reading with this number. Answered with `CaRead`.
    ReadCaFile(u64, PathBuf),
    /// Use these network settings from now on, also for the running session.
    UseNetwork(NetworkSettings),
    /// The extra certificates are in use, or can't be: what waited for them goes on.
    RunDeferred,
    /// Test the connection to a server. Answered with `Checked` for each check, then `TestEnded`.
    TestConnection(Box<TestPlan>),
    /// Stop the test. No more answers arrive.
    StopTest,
}

/// What a connection test needs.
#[derive(Debug, Clone)]
pub struct TestPlan {
    /// The number of the test, returned with its answers.
    pub ticket: u64,
    pub environment: Environment,
    /// The profile whose key the keychain should have; `None` if unknown.
    pub profile: Option<Profile>,
    /// The session whose key is tested; `None` if no session is open for this server.
    pub session: Option<Generation>,
    /// For times of day.
    pub zone: TimeZone,
}

/// What is written to a file.
#[derive(Debug)]
pub enum FileContents {
    /// Businesses of the list.
    List(Vec<CompactBusiness>, Format),
    /// A sample file for the import.
    Sample,
    /// Entries of the history, newest first.
    History(Vec<HistoryEntry>, Format),
    /// The bytes of a calendar file.
    Calendar(Vec<u8>),
    /// The rows of an imported file that failed, or that are invalid and will not be sent.
    FailedRows {
        /// `false` if all of them are invalid.
        are_sent: bool,
        /// When the run started; `None` before it has ended.
        run: Option<Timestamp>,
        sheet: Arc<Sheet>,
        /// The delimiter with which the file was read.
        delimiter: Delimiter,
        /// The index of each row in the sheet, and why it failed.
        rows: Vec<(usize, String)>,
    },
}
