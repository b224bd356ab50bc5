//! Creating a business: the draft, the server's errors, and whether the outcome is known.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::business::BusinessDetail;
use crate::domain::draft::{Draft, Field, LearnedTypes};
use crate::domain::failure::FailureKind;
use crate::domain::profile::Profile;
use crate::domain::request_failure::RequestFailure;
use crate::domain::time::{BootInstant, Now};
use crate::domain::write_outcome::WriteOutcome;
use crate::state::create::edit_drafts::EditDrafts;
use crate::state::create::form_input::{FormInput, FormPhase, RestoredDraft, UnknownOutcome};

/// The form for a new business. It outlives its dialog: closing the dialog keeps the draft.
#[derive(Debug, Default)]
pub struct CreateForm {
    pub input: FormInput,
    pub is_open: bool,
    /// The business that the server already has with this `external_id`. Nothing was changed.
    pub existed: Option<Box<BusinessDetail>>,
    /// A request with an unknown outcome, as it was sent. Sending its `external_id` again reveals the outcome,
    /// whatever else in the draft has changed since.
    pub(in crate::state) unresolved: Option<Box<Draft>>,
    /// When the draft was last changed, if known.
    changed_at: Option<Timestamp>,
    /// The draft that was discarded last, for undo.
    pub(in crate::state) discarded: Option<Draft>,
    /// When the first change was made that has not been saved yet.
    pub(in crate::state) unsaved_since: Option<BootInstant>,
}

/// What is saved on disk about creating a business, per profile. Contains no secrets.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedDraft {
    pub draft: Draft,
    /// Whether it was sent as a request whose outcome is unknown.
    pub outcome_is_unknown: bool,
    /// An earlier request with an unknown outcome, even if the user has changed the draft since.
    pub unresolved: Option<Box<Draft>>,
    /// When it was last changed.
    pub at: Option<Timestamp>,
    /// Whether it was set aside in this run of the console, not in an earlier one.
    #[serde(skip)]
    pub(in crate::state) is_of_this_run: bool,
}

/// How long after its first unsaved change a draft is saved.
const SAVE_AFTER: Duration = Duration::from_millis(700);

impl CreateForm {
    /// Resumes what an earlier session left.
    pub fn resume(kept: SavedDraft) -> Self {
        let mut creating = Self {
            input: FormInput {
                draft: kept.draft,
                ..FormInput::default()
            },
            unresolved: kept.unresolved,
            changed_at: kept.at,
            ..Self::default()
        };
        if kept.outcome_is_unknown {
            creating.mark_unknown(if kept.is_of_this_run {
                UnknownOutcome::SessionEnded
            } else {
                UnknownOutcome::ConsoleEnded
            });
        }
        creating
    }

    /// What to save; `None` if nothing is worth saving.
    pub fn to_save(&self) -> Option<SavedDraft> {
        let draft = &self.input.draft;
        let outcome_is_unknown = self.input.sent_at().is_some() || self.input.is_unknown();
        let is_worth_it = outcome_is_unknown || self.unresolved.is_some() || !draft.is_blank();
        is_worth_it.then(|| SavedDraft {
            draft: draft.clone(),
            outcome_is_unknown,
            unresolved: self.unresolved.clone(),
            at: self.changed_at,
            is_of_this_run: true,
        })
    }

    /// Whether sending the draft would reveal the outcome of an earlier request.
    pub fn is_check(&self) -> bool {
        let id = |draft: &Draft| draft.to_send(Field::ExternalId);
        self.unresolved
            .as_ref()
            .is_some_and(|unresolved| id(unresolved) == id(&self.input.draft))
    }

    pub fn is_editable(&self) -> bool {
        self.existed.is_none() && self.input.is_editable()
    }

    /// Opens the form with the draft, if there is one.
    pub(in crate::state) fn open(&mut self) {
        if !self.is_open {
            self.is_open = true;
            let at = self.changed_at;
            let input = &mut self.input;
            input.restored = (!input.draft.is_blank()).then_some(RestoredDraft { at });
            if matches!(input.phase, FormPhase::Failed(_)) {
                input.phase = FormPhase::Typing;
            }
        }
    }

    /// Applies an edit by the user. A failure does not stay if it is about another `external_id`.
    pub(in crate::state) fn edit(&mut self, draft: Draft, now: Now) {
        let id = self.input.draft.to_send(Field::ExternalId);
        if self.existed.is_some() || !self.input.edit(draft) {
            return;
        }
        if self.input.draft.to_send(Field::ExternalId) != id {
            self.input.phase = FormPhase::Typing;
        }
        self.changed_at = Some(now.wall);
        self.unsaved_since.get_or_insert(now.boot);
    }

    /// Returns to the draft, unless an answer is pending.
    pub(in crate::state) fn back(&mut self) {
        if self.input.sent_at().is_none() {
            self.input.phase = FormPhase::Typing;
            self.existed = None;
        }
    }

    /// Stops waiting for the answer. `was_not_sent` means that the request was waiting to be repeated.
    pub(in crate::state) fn stop_waiting(&mut self, was_not_sent: bool) {
        if was_not_sent && !self.is_check() {
            self.input.phase = FormPhase::Typing;
        } else {
            self.mark_unknown(UnknownOutcome::NotAwaited);
        }
    }

    /// Records that the outcome of the sent draft is unknown.
    fn mark_unknown(&mut self, why: UnknownOutcome) {
        if !self.is_check() {
            self.unresolved = Some(Box::new(self.input.draft.clone()));
        }
        self.input.phase = FormPhase::Unknown(why);
    }

    /// Stops waiting for an answer, which cannot arrive after the session has ended.
    pub(in crate::state) fn end_waiting(&mut self) {
        self.is_open = false;
        self.unsaved_since = None;
        match self.input.phase {
            FormPhase::Sending { .. } => self.mark_unknown(UnknownOutcome::SessionEnded),
            FormPhase::Confirming => self.input.phase = FormPhase::Typing,
            FormPhase::Typing | FormPhase::Unknown(_) | FormPhase::Failed(_) => {}
        }
    }

    /// Handles a failed request.
    pub(in crate::state) fn fail(&mut self, mut failure: RequestFailure) {
        // A repeated request that failed says nothing about the first one, and a conflict may be with what the
        // first one created.
        let is_validated = matches!(failure.failure.kind, FailureKind::Invalid { .. });
        if failure.outcome != WriteOutcome::NotDone || (self.is_check() && !is_validated) {
            self.mark_unknown(UnknownOutcome::AnswerLost(Box::new(failure)));
            return;
        }
        if self.unresolved.as_deref() == Some(&self.input.draft) {
            // The fields that are invalid now were also invalid in the earlier, identical request.
            self.unresolved = None;
        } else if self.is_check() {
            // The earlier request was different, so it may have been valid.
            failure.outcome = WriteOutcome::Unknown;
        }
        self.input.fail(failure);
    }

    /// Discards the draft, for one undo. Does nothing while a request is pending or its outcome unknown.
    pub(in crate::state) fn discard(&mut self) {
        if !self.is_editable() {
            return;
        }
        let unresolved = self.unresolved.take();
        self.discarded = Some(std::mem::take(&mut self.input.draft));
        self.finish();
        // Discarding the draft does not undo the request.
        self.unresolved = unresolved;
    }

    /// Restores the draft that was discarded last. A draft typed since then takes its place, so that neither is lost.
    pub(in crate::state) fn undo_discard(&mut self) {
        if let Some(draft) = self.discarded.take() {
            let typed_since = std::mem::replace(&mut self.input.draft, draft);
            self.discarded = Some(typed_since).filter(|draft| !draft.is_blank());
            self.input.phase = FormPhase::Typing;
            self.input.field_rejections.clear();
            self.is_open = true;
        }
    }

    /// Clears the form once the request has led to a result.
    pub(in crate::state) fn finish(&mut self) {
        self.input = FormInput::default();
        self.existed = None;
        self.changed_at = None;
        self.unresolved = None;
        self.is_open = false;
    }

    /// When the draft is due to be saved.
    pub(in crate::state) fn save_deadline(&self) -> Option<BootInstant> {
        self.unsaved_since
            .map(|since| since.saturating_add(SAVE_AFTER))
    }

    /// Whether the draft is due to be saved.
    pub(in crate::state) fn is_due(&self, now: Now) -> bool {
        self.save_deadline()
            .is_some_and(|deadline| deadline <= now.boot)
    }
}

/// Everything about drafts that is saved on disk.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Drafts {
    /// One draft per profile.
    creates: Vec<(Profile, SavedDraft)>,
    /// Unsent changes to stored businesses.
    pub(super) edits: EditDrafts,
    /// Entity types that servers have listed in their errors.
    pub learned_types: LearnedTypes,
}

impl Drafts {
    pub fn of(&self, profile: &Profile) -> SavedDraft {
        let kept = self.creates.iter().find(|(of, _)| of == profile);
        kept.map(|(_, kept)| kept.clone()).unwrap_or_default()
    }

    /// Whether none of the user's input would be saved to disk.
    pub(in crate::state) fn is_empty_on_disk(&self) -> bool {
        self.creates.is_empty() && self.edits.is_empty_on_disk()
    }

    pub(in crate::state) fn has(&self, profile: &Profile) -> bool {
        self.creates.iter().any(|(of, _)| of == profile)
    }

    /// Sets the draft of a profile, or removes it.
    pub(in crate::state) fn keep(&mut self, profile: &Profile, kept: Option<SavedDraft>) {
        self.creates.retain(|(of, _)| of != profile);
        self.creates
            .extend(kept.map(|kept| (profile.clone(), kept)));
    }

    /// Removes the drafts of a profile that was removed.
    pub(in crate::state) fn forget(&mut self, profile: &Profile) {
        self.keep(profile, None);
        self.edits.forget_all_of(profile);
    }
}
