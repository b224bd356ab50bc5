//! The clipboard in words: what became of it, and how it can fail.

/// What clearing found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cleared {
    /// It still held our token and is empty now.
    Ours,
    /// It held something else, which was left alone.
    NotOurs,
}

/// Why the clipboard could not be used. The text holds nothing of its content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ClipboardProblem(pub String);
