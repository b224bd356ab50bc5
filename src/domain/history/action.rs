//! The actions and outcomes recorded in the history.

use serde::{Deserialize, Serialize};

/// What was done. Files of newer versions may contain other actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HistoryAction {
    /// A session started.
    SignedIn,
    /// A session ended, and its key was discarded.
    SignedOut,
    /// Key and tokens were discarded until unlocking.
    Locked,
    Unlocked,
    /// A token was fetched.
    TokenIssued,
    /// A token was copied to the clipboard.
    TokenCopied,
    /// A token was printed or passed to a program by the command line.
    TokenOnCommandLine,
    /// A token was discarded from the session. It stays valid until it expires.
    TokenForgotten,
    /// A business was created with the form.
    Created,
    /// Fields of a business were changed.
    Edited,
    Archived,
    Unarchived,
    Imported,
    /// An interrupted import was discarded, so its remaining rows are not sent.
    ImportDiscarded,
    /// Businesses or the history were written to a file.
    Exported,
    Rotated,
    /// The old key was tested to see whether it still works.
    OldKeyChecked,
    /// A profile and its key were removed.
    ProfileRemoved,
    /// An action that only newer versions know.
    #[serde(other)]
    Other,
}

impl HistoryAction {
    /// Its name, whatever the outcome.
    pub fn name(self) -> &'static str {
        self.name_and_group().0
    }

    pub fn group(self) -> ActionGroup {
        self.name_and_group().1
    }

    fn name_and_group(self) -> (&'static str, ActionGroup) {
        use ActionGroup::{All, Businesses, Keys, SignIns, Tokens};
        match self {
            Self::SignedIn => ("Sign-in", SignIns),
            Self::SignedOut => ("Sign-out", SignIns),
            Self::Locked => ("Lock", SignIns),
            Self::Unlocked => ("Unlock", SignIns),
            Self::TokenIssued => ("New token", Tokens),
            Self::TokenCopied => ("Token copied", Tokens),
            Self::TokenOnCommandLine => ("Token from command line", Tokens),
            Self::TokenForgotten => ("Token forgotten", Tokens),
            Self::Created => ("Create", Businesses),
            Self::Edited => ("Edit", Businesses),
            Self::Archived => ("Archive", Businesses),
            Self::Unarchived => ("Unarchive", Businesses),
            Self::Imported => ("Import", Businesses),
            Self::ImportDiscarded => ("Import discarded", Businesses),
            Self::Exported => ("Export", Businesses),
            Self::Rotated => ("Key rotation", Keys),
            Self::OldKeyChecked => ("Old key checked", Keys),
            Self::ProfileRemoved => ("Profile removed", Keys),
            Self::Other => ("Other (newer version)", All),
        }
    }

    /// Whether the name in its entries is that of a file, not of a business.
    pub(super) fn names_file(self) -> bool {
        matches!(self, Self::Imported | Self::ImportDiscarded)
    }

    /// What its counts refer to.
    pub(super) fn counted(self) -> &'static str {
        match self {
            Self::Imported | Self::Created => "created",
            // The entries of the import itself count the same rows.
            Self::ImportDiscarded => "created before",
            Self::Exported => "exported",
            Self::TokenForgotten => "forgotten",
            _ => "done",
        }
    }
}

/// The groups by which the history can be filtered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ActionGroup {
    #[default]
    All,
    /// Sessions and locks.
    SignIns,
    /// Business tokens.
    Tokens,
    /// Businesses created, changed, imported and exported.
    Businesses,
    /// Keys and profiles.
    Keys,
    /// Failures of every kind.
    Failures,
}

impl ActionGroup {
    /// In menu order.
    pub const ALL: [Self; 6] = [
        Self::All,
        Self::SignIns,
        Self::Tokens,
        Self::Businesses,
        Self::Keys,
        Self::Failures,
    ];

    /// Its name in the menu.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "All actions",
            Self::SignIns => "Sign-ins and locks",
            Self::Tokens => "Tokens",
            Self::Businesses => "Businesses",
            Self::Keys => "Keys and profiles",
            Self::Failures => "Failures",
        }
    }

    /// Whether an entry with this action and outcome belongs to the group.
    pub(super) fn has(self, action: HistoryAction, result: HistoryOutcome) -> bool {
        match self {
            Self::All => true,
            Self::Failures => !matches!(result, HistoryOutcome::Done | HistoryOutcome::Existed),
            group => action.group() == group,
        }
    }
}

/// The outcome of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HistoryOutcome {
    /// Successful.
    Done,
    /// It already existed, and nothing was changed.
    Existed,
    /// Whether it was done is unknown.
    Unknown,
    /// Some rows of an import failed. Derived from its counts, see [`HistoryEntry::outcome`](super::HistoryEntry::outcome).
    PartlyFailed,
    /// The user stopped it.
    Stopped,
    /// It was interrupted, for example by a lock or the end of the program.
    Interrupted,
    /// It was not done.
    Failed,
    /// An outcome that only newer versions know.
    #[serde(other)]
    Other,
}

impl HistoryOutcome {
    /// Its display name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "Done",
            Self::Existed => "Already existed",
            Self::Unknown => "Unknown",
            Self::PartlyFailed => "Partly failed",
            Self::Stopped => "Stopped",
            Self::Interrupted => "Interrupted",
            Self::Failed => "Failed",
            Self::Other => "Other (newer version)",
        }
    }
}
