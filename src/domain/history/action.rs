//! What can be done, how it can go, and how that is sorted.

use serde::{Deserialize, Serialize};

/// What was done. A line of a newer console may hold others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HistoryAction {
    /// A session began.
    SignedIn,
    /// It ended, and the key was forgotten.
    SignedOut,
    /// Key and tokens were dropped until the way back.
    Locked,
    /// The way back.
    Unlocked,
    /// A token was fetched.
    TokenIssued,
    /// A token was put on the clipboard.
    TokenCopied,
    /// A token was printed, or given to a program, by the command line.
    TokenOnCommandLine,
    /// A token was dropped from the session; it works until it expires.
    TokenForgotten,
    /// A business was to be created by the form.
    Created,
    /// Fields of a business were changed.
    Edited,
    /// A business was put into the archive.
    Archived,
    /// A business was taken out of it.
    Unarchived,
    /// Businesses were created from a file.
    Imported,
    /// Businesses, or this history, were written to a file.
    Exported,
    /// The key of a profile was replaced by a new one.
    Rotated,
    /// It was checked whether the old key still works.
    OldKeyChecked,
    /// A profile and its key were removed.
    ProfileRemoved,
    /// Something that only a newer console knows.
    #[serde(other)]
    Other,
}

impl HistoryAction {
    /// All that this console does itself.
    pub const ALL: [Self; 17] = [
        Self::SignedIn,
        Self::SignedOut,
        Self::Locked,
        Self::Unlocked,
        Self::TokenIssued,
        Self::TokenCopied,
        Self::TokenOnCommandLine,
        Self::TokenForgotten,
        Self::Created,
        Self::Edited,
        Self::Archived,
        Self::Unarchived,
        Self::Imported,
        Self::Exported,
        Self::Rotated,
        Self::OldKeyChecked,
        Self::ProfileRemoved,
    ];

    /// Its name, which also fits where it failed.
    pub fn name(self) -> &'static str {
        match self {
            Self::SignedIn => "Sign-in",
            Self::SignedOut => "Sign-out",
            Self::Locked => "Lock",
            Self::Unlocked => "Unlock",
            Self::TokenIssued => "New token",
            Self::TokenCopied => "Token copied",
            Self::TokenOnCommandLine => "Token from command line",
            Self::TokenForgotten => "Token forgotten",
            Self::Created => "Create",
            Self::Edited => "Edit",
            Self::Archived => "Archive",
            Self::Unarchived => "Unarchive",
            Self::Imported => "Import",
            Self::Exported => "Export",
            Self::Rotated => "Key rotation",
            Self::OldKeyChecked => "Old key checked",
            Self::ProfileRemoved => "Profile removed",
            Self::Other => "Other (newer version)",
        }
    }

    /// What its counts are of.
    pub(super) fn counted(self) -> &'static str {
        match self {
            Self::Imported | Self::Created => "created",
            Self::Exported => "exported",
            Self::TokenForgotten => "forgotten",
            _ => "done",
        }
    }

    /// Where it belongs.
    pub fn group(self) -> ActionGroup {
        match self {
            Self::SignedIn | Self::SignedOut | Self::Locked | Self::Unlocked => {
                ActionGroup::SignIns
            }
            Self::TokenIssued
            | Self::TokenCopied
            | Self::TokenOnCommandLine
            | Self::TokenForgotten => ActionGroup::Tokens,
            Self::Created
            | Self::Edited
            | Self::Archived
            | Self::Unarchived
            | Self::Imported
            | Self::Exported => ActionGroup::Businesses,
            Self::Rotated | Self::OldKeyChecked | Self::ProfileRemoved => ActionGroup::Keys,
            Self::Other => ActionGroup::All,
        }
    }
}

/// What the history can be narrowed down to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ActionGroup {
    /// Everything.
    #[default]
    All,
    /// Sessions and locks.
    SignIns,
    /// Business tokens.
    Tokens,
    /// What was created, changed, imported and exported.
    Businesses,
    /// Keys and profiles.
    Keys,
    /// Failures of every kind.
    Failures,
}

impl ActionGroup {
    /// In the order of the menu.
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

    /// Whether an entry with this action and result is in it.
    pub(super) fn has(self, action: HistoryAction, result: HistoryOutcome) -> bool {
        match self {
            Self::All => true,
            Self::Failures => !matches!(result, HistoryOutcome::Done | HistoryOutcome::Existed),
            group => action.group() == group,
        }
    }
}

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HistoryOutcome {
    /// As it was meant.
    Done,
    /// It existed already, and nothing was changed.
    Existed,
    /// Nobody knows whether it was done.
    Unknown,
    /// It ended before its end.
    Stopped,
    /// It was not done.
    Failed,
    /// Something that only a newer console knows.
    #[serde(other)]
    Other,
}

impl HistoryOutcome {
    /// In a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "Done",
            Self::Existed => "Already existed",
            Self::Unknown => "Unknown",
            Self::Stopped => "Interrupted",
            Self::Failed => "Failed",
            Self::Other => "Other (newer version)",
        }
    }
}
