//! What can be asked of the window around the pages, what happens to it, and what it wants done.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::domain::connection::{Check, ConnectionFinding};
use crate::domain::environment::Environment;
use crate::domain::export::Format;
use crate::domain::failure::Failure;
use crate::domain::history::HistoryEntry;
use crate::domain::import::{Delimiter, Sheet};
use crate::domain::network::{CaFile, CaProblem, Network};
use crate::domain::profile::Profile;
use crate::domain::session_signal::SessionSignal;
use crate::domain::settings::{Settings, WindowSize};
use crate::state::generation::Generation;
use crate::state::shell::saved::Saved;
use crate::state::shell::toasts::ToastId;
/// What can be asked of the window around the pages.
#[derive(Debug)]
pub enum ShellCommand {
    /// Go to a page.
    ShowPage(Page),
    /// Put a text on the clipboard that is no secret.
    CopyText {
        /// What it is, for the toast: "id", "external_id".
        what: &'static str,
        /// The text.
        text: String,
    },
    /// Say why a key does nothing now.
    SayObstacle(&'static str),
    /// Say that no font has this character.
    SayMissingFont(char),
    /// Close a toast.
    DismissToast(ToastId),
    /// The pointer or the focus is on the toasts, or has left them.
    HoldToasts(bool),
    /// Close the banner about the clock.
    DismissSkew,
    /// Show stand-ins for names and ids, or the names again.
    ToggleShare,
}

/// What can be asked of the page of settings besides changing them.
#[derive(Debug)]
pub enum SettingsCommand {
    /// Ask for a file of certificates by the system's dialog.
    ChooseCaFile,
    /// Trust only the system's authorities.
    RemoveCaFile,
    /// Check the way to this server.
    TestConnection(Environment),
    /// Stop checking; what was found stays.
    StopTest,
    /// The window has this size now.
    WindowSized(WindowSize),
    /// Use these settings from now on.
    Change(Box<Settings>),
}

/// The pages of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Page {
    /// The list.
    #[default]
    Businesses,
    /// The tokens of this session.
    Tokens,
    /// Businesses from a file.
    Import,
    /// The API key and its replacement.
    Key,
    /// What was done, in this session and before.
    History,
    /// What the list is made of.
    Overview,
    /// What the user can set.
    Settings,
}

/// What can happen around the pages.
#[derive(Debug)]
pub enum ShellEvent {
    /// The system locks its session, or the computer goes to sleep.
    SystemSession(SessionSignal),
    /// The computer has come to another time zone, or was set to one.
    ZoneChanged(TimeZone),
    /// A list was written to a file, or was not.
    Exported {
        /// Whose.
        profile: Profile,
        /// How many businesses.
        count: usize,
        /// In which form.
        format: Format,
        /// Where; `None` if the user thought better of it.
        result: Result<Option<PathBuf>, FileTrouble>,
    },
    /// Another file was written, or was not.
    FileSaved {
        /// Who was signed in when it was asked for.
        profile: Option<Profile>,
        /// What.
        what: SavedFile,
        /// Where; `None` if the user thought better of it.
        result: Result<Option<PathBuf>, FileTrouble>,
    },
    /// One of our own files could not be written.
    NotSaved {
        /// Which.
        file: OwnFile,
        /// Where the console keeps it.
        folder: PathBuf,
        /// Why; a sentence without its full stop.
        why: String,
    },
    /// The drafts are on disk, after they could not be written.
    DraftsSavedAgain,
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
        finding: ConnectionFinding,
    },
    /// Nothing more will be found.
    TestEnded(u64),
}

/// A file that the console keeps for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnFile {
    /// The preferences.
    Preferences,
    /// The drafts.
    Drafts,
}

/// A file that is offered to be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SavedFile {
    /// A file to begin with.
    Sample,
    /// So many entries of the history.
    History(usize, Format),
    /// The due day of a key, for a calendar.
    Calendar,
    /// So many rows with the reasons for which they did not become businesses.
    FailedRows(usize),
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

/// What the window around the pages wants done.
#[derive(Debug)]
pub enum ShellEffect {
    /// Put a harmless text on the clipboard; answers `TextCopied`.
    CopyText {
        /// Returned with the answer.
        what: &'static str,
        /// What to copy.
        text: String,
    },
    /// Ask where to, then write; answers `Saved`.
    SaveFile {
        /// Who was signed in.
        profile: Option<Profile>,
        /// Proposed to the user.
        file_name: String,
        /// What to write.
        contents: Contents,
    },
    /// Write the preferences; answers only on failure.
    SavePreferences(Saved),
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
