//! The commands, events and effects of the forms that write businesses.

use serde_json::{Map, Value};

use crate::domain::business::{BusinessDetail, BusinessId};
use crate::domain::draft::Draft;
use crate::domain::request_failure::RequestFailure;
use crate::domain::write_outcome::CreateResponse;
use crate::state::create::creating::Drafts;
use crate::state::generation::Generation;

/// Commands of the form for a new business.
#[derive(Debug)]
pub enum CreateCommand {
    /// Open the form for a new business.
    Open,
    /// Close the form. The draft stays.
    Close,
    /// Replace the draft with this one, after the user has edited it.
    Change(Box<Draft>),
    /// Discard the draft.
    Discard,
    /// Restore the draft that was discarded last.
    UndoDiscard,
    /// Send the form.
    Submit,
    /// Confirm that the business is to be created in Production.
    ConfirmProduction,
    /// Stop waiting for the answer.
    Cancel,
    /// Repeat the same request to find out whether the business was created.
    CheckOutcome,
    /// Return to the draft.
    BackToDraft,
    /// Close the form and show the business that existed already. The draft stays if it differs from it.
    AcceptExisting,
}

/// Commands of the form for a stored business, and of the archive.
#[derive(Debug)]
pub enum EditCommand {
    /// Open the form for the selected business.
    Open,
    /// Close the form. The changes stay as a draft.
    Close,
    /// Close the form and discard the changes.
    Discard,
    /// Return to the stored values, if the form was opened with an earlier draft.
    DiscardRestored,
    /// Replace the draft with this one, after the user has edited it.
    Change(Box<Draft>),
    /// Preview the changes.
    Preview,
    /// Return to the draft.
    Back,
    /// Send the changes.
    Submit,
    /// Stop waiting for the answer.
    Cancel,
    /// Select a business, and open the form for it once it has been read.
    OpenOnceRead(BusinessId),
    /// Archive or unarchive a business.
    SetArchived {
        business: BusinessId,
        /// `true` to archive, `false` to unarchive.
        is_archived: bool,
    },
}

/// Events of creating, editing or archiving a business.
#[derive(Debug)]
pub enum ChangeEvent {
    /// A create request has succeeded or failed.
    Created(Result<Box<CreateResponse>, RequestFailure>),
    /// An update request has succeeded or failed.
    Updated(BusinessId, Result<Box<BusinessDetail>, RequestFailure>),
    /// A request to archive or unarchive a business has succeeded or failed.
    Archived {
        business: BusinessId,
        /// Whether the request was to archive.
        is_archived: bool,
        result: Result<(), RequestFailure>,
    },
}

/// Effects of the two forms and of the archive.
#[derive(Debug)]
pub enum ChangeEffect {
    /// Create a business. Answered with `Created`.
    Create(Generation, Map<String, Value>),
    /// Stop waiting for the answer. None arrives, but the business may still be created.
    CancelCreate,
    /// Save the drafts. Answered only on failure, or on the first success after one.
    SaveDrafts(Drafts),
    /// Update a business, then read it again. Answered with `Updated`.
    Update(Generation, BusinessId, Map<String, Value>),
    /// Stop waiting for the answer. None arrives, but the business may still be updated.
    CancelUpdate(BusinessId),
    /// Archive or unarchive a business. Answered with `Archived`.
    SetArchived(Generation, BusinessId, bool),
}
