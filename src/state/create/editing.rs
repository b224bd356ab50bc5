//! Editing the writable fields of a stored business: input, preview, then the request.

use crate::domain::business::{BusinessDetail, BusinessId};
use crate::domain::draft::{EditBase, FieldChange, changed_fields};
use crate::state::create::edit_drafts::EditDraft;
use crate::state::create::form_input::{FormInput, FormPhase, RestoredDraft};

/// The form for a stored business.
#[derive(Debug)]
pub struct EditForm {
    pub business: BusinessId,
    /// The stored values at the time the form was opened.
    pub base: EditBase,
    pub input: FormInput,
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
            input: FormInput {
                draft,
                restored,
                ..FormInput::default()
            },
            base,
        }
    }

    /// The differences from the stored values.
    pub fn changes(&self) -> Vec<FieldChange> {
        changed_fields(&self.base.draft, &self.input.draft)
    }

    /// Returns to the stored values if an earlier draft was restored.
    pub(super) fn discard_restored(&mut self) {
        if self.input.restored.is_some() && self.input.is_editable() {
            self.input.restored = None;
            self.input.edit(self.base.draft.clone());
            self.input.phase = FormPhase::Typing;
        }
    }
}
