//! What can be asked of the history, what happens to its files, and what it wants done.

use std::path::PathBuf;

use crate::domain::export::Format;
use crate::domain::history::{ActionGroup, HistoryEntry, ReadLines};
/// What can be asked of the page of the history.
#[derive(Debug)]
pub enum HistoryCommand {
    /// Show only entries with these words.
    SetFilter(String),
    /// Show only entries of this kind.
    ShowOnly(ActionGroup),
    /// Show this row in full, or none.
    Select(Option<usize>),
    /// Save what is shown to a file.
    Export(Format),
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

/// What the history wants done.
#[derive(Debug)]
pub enum HistoryEffect {
    /// Add an entry to the history; answers only on failure.
    Record(Box<HistoryEntry>),
    /// Read the history; answers `Read`.
    Read,
}
