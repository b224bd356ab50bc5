//! Editing the writable fields of a stored business: input, preview, then the request.

use crate::domain::business::{BusinessDetail, BusinessId};
use crate::domain::draft::{Draft, EditBase, FieldChange, changed_fields};
use crate::domain::request_failure::RequestFailure;
use crate::domain::time::BootInstant;
use crate::state::create::creating::{FieldRejection, RestoredDraft, field_rejections};
use crate::state::create::edit_drafts::EditDraft;

/// The form for a stored business.
#[derive(Debug)]
pub struct EditForm {
    pub business: BusinessId,
    /// The stored values at the time the form was opened.
    pub base: EditBase,
    pub draft: Draft,
    /// The progress of the request.
    pub phase: EditPhase,
    /// The server's errors, each for the field it is about.
    pub field_rejections: Vec<FieldRejection>,
    /// Set if the form was opened with an earlier draft.
    pub restored: Option<RestoredDraft>,
}

/// The progress of an edit.
#[derive(Debug, Default)]
pub enum EditPhase {
    /// The user edits the fields.
    #[default]
    Typing,
    /// The changes are shown field by field before they are sent.
    Preview,
    /// The request was sent and the answer is pending.
    Sending {
        /// When it was sent.
        since: BootInstant,
    },
    /// The changes were not saved.
    Failed(RequestFailure),
    /// The changes may or may not have been saved. Without a failure, the user stopped waiting for the answer.
    Unknown(Option<Box<RequestFailure>>),
}

impl EditForm {
    /// Opens the form with the stored values, and with the earlier draft if there is one.
    pub(super) fn new(detail: &BusinessDetail, kept: Option<&EditDraft>) -> Self {
        let base = EditBase::new(detail);
        let mut draft = base.draft.clone();
        if let Some(kept) = kept {
            kept.apply(&mut draft, &base.unknown);
        }
        let restored = kept
            .filter(|_| draft != base.draft)
            .map(|kept| RestoredDraft { at: Some(kept.at) });
        Self {
            business: detail.business.id,
            restored,
            draft,
            base,
            phase: EditPhase::Typing,
            field_rejections: Vec::new(),
        }
    }

    /// The differences from the stored values.
    pub fn changes(&self) -> Vec<FieldChange> {
        changed_fields(&self.base.draft, &self.draft)
    }

    pub fn is_editable(&self) -> bool {
        matches!(self.phase, EditPhase::Typing | EditPhase::Failed(_))
    }

    /// Applies an edit by the user. A failure stays, as in the form for a new business.
    pub(in crate::state) fn edit(&mut self, draft: Draft) {
        if self.is_editable() && draft != self.draft {
            self.draft = draft;
            let current = &self.draft;
            self.field_rejections
                .retain(|refusal| refusal.is_still_about(current));
        }
    }

    /// Returns to the stored values if an earlier draft was restored.
    pub(super) fn discard_restored(&mut self) {
        if self.restored.is_some() && self.is_editable() {
            self.restored = None;
            self.edit(self.base.draft.clone());
            self.phase = EditPhase::Typing;
        }
    }

    /// Handles a rejected request.
    pub(in crate::state) fn fail(&mut self, failure: RequestFailure) {
        self.field_rejections = field_rejections(&failure.failure, &self.draft);
        self.phase = EditPhase::Failed(failure);
    }
}
