//! The commands, events and effects of tokens and the clipboard.

use crate::domain::business::BusinessId;
use crate::domain::clipboard::{ClearOutcome, ClipboardProblem, CopiedText};
use crate::domain::token::{Handout, TokenFormat};
use crate::state::generation::Generation;

/// Commands about business tokens, and about the clipboard that holds one.
#[derive(Debug)]
pub enum TokenCommand {
    /// Copy a token, fetching it first unless a fresh one is held.
    Copy {
        business: BusinessId,
        /// The format, which then becomes the default; `None` for the default.
        format: Option<TokenFormat>,
    },
    /// Copy a token of the selected business, if the list shows it.
    CopySelected,
    /// Copy a note that accompanies the live token of a business. It does not contain the token.
    CopyNote(BusinessId),
    /// Fetch a new token without copying it.
    FetchNew(BusinessId),
    /// Stop waiting for a token.
    CancelFetch(BusinessId),
    /// Drop a token from memory.
    Forget(BusinessId),
    /// Drop the expired tokens.
    ForgetExpired,
    /// Drop all tokens from memory.
    ForgetAll,
    /// Clear the clipboard now if it still holds a copied token.
    ClearClipboard,
}

/// Events of the clipboard.
#[derive(Debug)]
pub enum ClipboardEvent {
    /// Copying a token succeeded or failed.
    HandoutCopied {
        /// The number of the copy.
        ticket: u64,
        result: Result<(), ClipboardProblem>,
    },
    /// Copying a text that is not secret succeeded or failed.
    TextCopied {
        /// What it is, for the message.
        what: CopiedText,
        result: Result<(), ClipboardProblem>,
    },
    /// The clipboard was checked and, if it held a copied token, cleared.
    Cleared(Result<ClearOutcome, ClipboardProblem>),
}

/// Effects of tokens and the clipboard.
#[derive(Debug)]
pub enum TokenEffect {
    /// Fetch a token. Answered with `SessionEvent::TokenFetched`.
    Fetch(Generation, BusinessId),
    /// Stop fetching a token. No answer arrives.
    CancelFetch(BusinessId),
    /// Copy a token to the clipboard. Answered with `HandoutCopied`.
    CopyHandout {
        /// Returned with the answer.
        ticket: u64,
        handout: Handout,
    },
    /// Clear the clipboard if it still holds a copied token. Answered with `ClipboardEvent::Cleared`.
    ClearClipboard,
}
