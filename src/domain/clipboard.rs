//! The clipboard in words: what became of it, and how it can fail.

/// What clearing found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cleared {
    /// Our secret was there and is gone.
    Cleared,
    /// Something else had taken its place; nothing was changed.
    NotOurs,
    /// No secret was copied since the last clearing.
    NothingCopied,
}

/// Why the clipboard could not be used. Holds nothing of its content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClipboardProblem {
    /// There is no display server to talk to, or it has gone.
    #[error("the system clipboard is unavailable ({detail})")]
    Unavailable {
        /// The system's own words, for the support block.
        detail: String,
    },
    /// Another program is using the clipboard; worth another try.
    #[error("another program is using the clipboard")]
    Busy,
    /// Anything else.
    #[error("the clipboard reports: {detail}")]
    Other {
        /// The system's own words, for the support block.
        detail: String,
    },
}
