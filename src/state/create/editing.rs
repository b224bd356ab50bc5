//! Changing the writable fields of a stored business: typed, looked over, then sent.

use jiff::Timestamp;

use crate::domain::business::{BusinessDetail, BusinessId};
use crate::domain::draft::{Changes, Draft, EditBase, Field};
use crate::domain::time::BootInstant;
use crate::domain::write::WriteFailure;
use crate::state::create::creating::{Refusal, refusals};
use crate::state::create::kept_edits::KeptEdit;

/// The form for a stored business.
#[derive(Debug)]
pub struct Editing {
    /// Which.
    pub business: BusinessId,
    /// What it began as.
    pub base: EditBase,
    /// What was typed.
    pub draft: Draft,
    /// Where the attempt stands.
    pub phase: EditPhase,
    /// What the server refused, beside the field it is about.
    pub refusals: Vec<Refusal>,
    /// The form began with a draft that was left earlier.
    pub restored: Option<RestoredDraft>,
}

/// A draft that a form began with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RestoredDraft {
    /// When it was typed, as far as is known.
    pub at: Option<Timestamp>,
}

/// Where an edit stands.
#[derive(Debug, Default)]
pub enum EditPhase {
    /// The user types.
    #[default]
    Typing,
    /// The changes are shown, field by field, before they are sent.
    Preview,
    /// The request is on its way.
    Sending {
        /// Since when.
        since: BootInstant,
    },
    /// It was not carried out.
    Failed(WriteFailure),
    /// The request may or may not have been carried out; without a failure, the user did not want to wait any longer.
    Unknown(Option<Box<WriteFailure>>),
}

impl Editing {
    /// Begins with what is stored, and with what was typed before.
    pub(super) fn new(detail: &BusinessDetail, kept: Option<&KeptEdit>) -> Self {
        let base = EditBase::new(detail);
        let mut draft = base.draft.clone();
        if let Some(kept) = kept {
            kept.apply(&mut draft, &base.unknown);
        }
        let restored = kept
            .filter(|_| draft != base.draft)
            .map(|kept| RestoredDraft { at: kept.at });
        Self {
            business: detail.business.id,
            restored,
            draft,
            base,
            phase: EditPhase::Typing,
            refusals: Vec::new(),
        }
    }

    /// What is different from what is stored.
    pub fn changes(&self) -> Changes {
        Changes::between(&self.base.draft, &self.draft)
    }

    /// Whether the form can be changed now.
    pub fn is_editable(&self) -> bool {
        matches!(self.phase, EditPhase::Typing | EditPhase::Failed(_))
    }

    /// The messages of the server about a field.
    pub fn refusals_of(&self, field: Field) -> impl Iterator<Item = &Refusal> {
        self.refusals
            .iter()
            .filter(move |refusal| refusal.field == Some(field))
    }

    /// The user has typed.
    pub(in crate::state) fn edit(&mut self, draft: Draft) {
        if self.is_editable() && draft != self.draft {
            self.draft = draft;
            self.phase = EditPhase::Typing;
            let current = &self.draft;
            self.refusals
                .retain(|refusal| refusal.is_still_about(current));
        }
    }

    /// Back to what is stored, where a draft was restored.
    pub(super) fn discard_restored(&mut self) {
        if self.restored.is_some() && self.is_editable() {
            self.restored = None;
            self.edit(self.base.draft.clone());
        }
    }

    /// It was not carried out.
    pub(in crate::state) fn fail(&mut self, failure: WriteFailure) {
        self.refusals = refusals(&failure.failure, &self.draft);
        self.phase = EditPhase::Failed(failure);
    }
}
