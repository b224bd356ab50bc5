//! What can be asked for tokens, what happens to them and to the clipboard, and what they want done.

use crate::domain::business::BusinessId;
use crate::domain::clipboard::{Cleared, ClipboardProblem};
use crate::domain::failure::Failure;
use crate::domain::token::{BusinessToken, Handout, TokenFormat};
use crate::state::generation::Generation;
/// What can be asked for business tokens, and for the clipboard that holds one.
#[derive(Debug)]
pub enum TokenCommand {
    /// Copy a token, fetching it first unless a fresh one is at hand.
    Copy {
        /// Of this business.
        business: BusinessId,
        /// In this form, which then becomes the default; `None` for the default.
        format: Option<TokenFormat>,
    },
    /// Copy a token of the selected business, if the list shows it.
    CopySelected,
    /// Copy a note that goes with the live token of a business, without the token.
    CopyNote(BusinessId),
    /// Fetch a new token without copying it.
    Renew(BusinessId),
    /// Stop waiting for a token.
    CancelFetch(BusinessId),
    /// Drop a token from this session.
    Forget(BusinessId),
    /// Drop the tokens that no longer work.
    ForgetExpired,
    /// Drop every token from this session.
    ForgetAll,
    /// Clear the clipboard now if it still holds our token.
    ClearClipboard,
}

/// What can happen to a token.
#[derive(Debug)]
pub enum TokenEvent {
    /// A token was fetched and passed the guard, or not.
    Fetched(BusinessId, Result<BusinessToken, Failure>),
}

/// What can happen to the clipboard.
#[derive(Debug)]
pub enum ClipboardEvent {
    /// A token was put on the clipboard, or was not.
    HandoutCopied {
        /// Which of the copies.
        ticket: u64,
        /// How it went.
        result: Result<(), ClipboardProblem>,
    },
    /// A harmless text was put on the clipboard, or was not.
    TextCopied {
        /// What it is.
        what: &'static str,
        /// How it went.
        result: Result<(), ClipboardProblem>,
    },
    /// The clipboard was looked at and, if it held our token, cleared.
    Cleared(Result<Cleared, ClipboardProblem>),
}

/// What tokens and the clipboard want done.
#[derive(Debug)]
pub enum TokenEffect {
    /// Fetch a token; answers `TokenFetched`.
    Fetch(Generation, BusinessId),
    /// Stop fetching a token; nothing more of it arrives.
    CancelFetch(BusinessId),
    /// Put a token on the clipboard; answers `HandoutCopied`.
    CopyHandout {
        /// Returned with the answer.
        ticket: u64,
        /// What to copy.
        handout: Handout,
    },
    /// Clear the clipboard if it still holds our token; answers `ClipboardCleared`.
    ClearClipboard,
}
