//! What is copied to the clipboard, and its outcomes and errors.

use std::fmt;

use crate::domain::text::{counted, grouped};

/// What a copied text is, for the toast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopiedText {
    /// A single text: "id", "external_id".
    One(&'static str),
    /// One line for each of several businesses.
    Several {
        /// What each line is: "id", "external_id".
        what: &'static str,
        copied: usize,
        /// How many of the businesses have none.
        missing: usize,
    },
}

impl CopiedText {
    /// How many of several businesses have no such text. Empty if all of them have one.
    pub fn missing(self) -> String {
        match self {
            Self::One(_) | Self::Several { missing: 0, .. } => String::new(),
            Self::Several { missing: 1, .. } => "1 business has none.".to_owned(),
            Self::Several { missing, .. } => {
                format!("{} businesses have none.", grouped(missing as u64))
            }
        }
    }
}

impl From<&'static str> for CopiedText {
    fn from(what: &'static str) -> Self {
        Self::One(what)
    }
}

impl fmt::Display for CopiedText {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(what) => out.write_str(what),
            Self::Several { what, copied, .. } => {
                let many = format!("{what}s");
                out.write_str(&counted(*copied as u64, what, &many))
            }
        }
    }
}

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
