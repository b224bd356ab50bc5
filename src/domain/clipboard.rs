//! Outcomes and errors of the clipboard.

/// What clearing the clipboard found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClearOutcome {
    /// Our secret was there and has been removed.
    Cleared,
    /// It holds something else, which was left unchanged.
    OtherContent,
    /// No secret was copied since the last time it was cleared.
    NothingCopied,
}

/// Why the clipboard could not be used. Never contains clipboard content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClipboardProblem {
    /// There is no display server, or it has gone away.
    #[error("the system clipboard is unavailable ({detail})")]
    Unavailable {
        /// The system's error message, for the support block.
        detail: String,
    },
    /// Another program is using the clipboard; retrying may help.
    #[error("another program is using the clipboard")]
    Busy,
    #[error("the clipboard reports: {detail}")]
    Other {
        /// The system's error message, for the support block.
        detail: String,
    },
}
