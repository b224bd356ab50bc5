//! What can be asked of the forms that write businesses, what happens to them, and what they want done.

use serde_json::{Map, Value};

use crate::domain::business::{BusinessDetail, BusinessId};
use crate::domain::draft::Draft;
use crate::domain::write::{CreateAnswer, WriteFailure};
use crate::state::create::creating::Drafts;
use crate::state::generation::Generation;
/// What can be asked of the form for a new business.
#[derive(Debug)]
pub enum CreateCommand {
    /// Open the form for a new business.
    Open,
    /// Close it; what was typed is kept.
    Close,
    /// The user has typed into it.
    Change(Box<Draft>),
    /// Empty the form.
    Discard,
    /// Bring back what was discarded last.
    UndoDiscard,
    /// Send the form.
    Submit,
    /// Yes, in Production.
    ConfirmProduction,
    /// Stop waiting for the answer.
    Cancel,
    /// Ask again, by the same request, whether it was created.
    CheckOutcome,
    /// Go on typing.
    BackToDraft,
    /// The business that existed already is enough: leave the form and show it.
    AcceptExisting,
}

/// What can be asked of the form for a stored business, and of the archive.
#[derive(Debug)]
pub enum EditCommand {
    /// Open the form for the selected business.
    Open,
    /// Close it; what was typed is kept.
    Close,
    /// Close it; what was typed is dropped.
    Discard,
    /// Back to what is stored, where the form began with an earlier draft.
    DiscardRestored,
    /// The user has typed into it.
    Change(Box<Draft>),
    /// Show what would be changed.
    Preview,
    /// Go on typing.
    Back,
    /// Send the changes.
    Submit,
    /// Stop waiting for the answer.
    Cancel,
    /// Select a business, and open the form for it once it has been read.
    OpenOnceRead(BusinessId),
    /// Archive a business, or take it back.
    SetArchived {
        /// Which.
        business: BusinessId,
        /// Into the archive or out of it.
        is_archived: bool,
    },
}

/// What can happen to a create.
#[derive(Debug)]
pub enum CreateEvent {
    /// An attempt to create a business has come to an end.
    Created(Result<Box<CreateAnswer>, WriteFailure>),
}

/// What can happen to a change of a stored business.
#[derive(Debug)]
pub enum EditEvent {
    /// An attempt to change a business has come to an end.
    Updated(BusinessId, Result<Box<BusinessDetail>, WriteFailure>),
    /// An attempt to archive a business, or to take it back, has come to an end.
    Archived {
        /// Which.
        business: BusinessId,
        /// What was asked for.
        is_archived: bool,
        /// How it went.
        result: Result<(), WriteFailure>,
    },
}

/// What the form for a new business wants done.
#[derive(Debug)]
pub enum CreateEffect {
    /// Create a business; answers `Created`.
    Send(Generation, Map<String, Value>),
    /// Stop waiting for it; nothing more of it arrives, and it may be done all the same.
    Cancel,
    /// Write the drafts; answers only on failure.
    SaveDrafts(Drafts),
}

/// What a change of a stored business wants done.
#[derive(Debug)]
pub enum EditEffect {
    /// Change a business, then read it again; answers `Updated`.
    Update(Generation, BusinessId, Map<String, Value>),
    /// Stop waiting for it; nothing more of it arrives, and it may be done all the same.
    Cancel(BusinessId),
    /// Archive a business or take it back; answers `Archived`.
    SetArchived(Generation, BusinessId, bool),
}
