//! The commands, events and effects of the history.

use std::path::PathBuf;

use crate::domain::export::Format;
use crate::domain::history::{ActionGroup, HistoryEntry, ReadLines};
/// Commands of the history page.
#[derive(Debug)]
pub enum HistoryCommand {
    /// Show only entries that contain these words.
    SetFilter(String),
    ShowOnly(ActionGroup),
    /// Show the entry in this row in full, or none.
    Select(Option<usize>),
    /// Export what is shown to a file.
    Export(Format),
}

/// Events of the history's files.
#[derive(Debug)]
pub enum HistoryEvent {
    /// The files were read, with a sentence about what could not be read.
    Read {
        read: ReadLines,
        /// Why something could not be read.
        problem: Option<String>,
    },
    /// The history file was not an ordinary file or was too large. It was renamed to this path, and the entry was saved.
    SetAside(PathBuf),
    /// An entry could not be saved, for this reason: a sentence without its full stop.
    NotWritten(String),
}

/// Effects of the history.
#[derive(Debug)]
pub enum HistoryEffect {
    /// Append an entry to the history. Answered only if there is something to report.
    Record(Box<HistoryEntry>),
    Read,
}
