//! Creating a business: the draft, the server's errors, and whether the outcome is known.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::business::BusinessDetail;
use crate::domain::draft::{Draft, Field, LearnedTypes, read_listed_types};
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::profile::Profile;
use crate::domain::request_failure::RequestFailure;
use crate::domain::time::{BootInstant, Now};
use crate::domain::write_outcome::WriteOutcome;
use crate::state::create::edit_drafts::EditDrafts;

/// The form for a new business. It outlives its dialog: closing the dialog keeps the draft.
#[derive(Debug, Default)]
pub struct CreateForm {
    pub draft: Draft,
    pub is_open: bool,
    /// The progress of the request.
    pub phase: CreatePhase,
    /// The server's errors, each for the field it is about.
    pub field_rejections: Vec<FieldRejection>,
    /// A request with an unknown outcome, as it was sent. Sending its `external_id` again reveals the outcome,
    /// whatever else in the draft has changed since.
    pub(in crate::state) unresolved: Option<Box<Draft>>,
    /// Set if the form was opened with an earlier draft.
    pub restored: Option<RestoredDraft>,
    /// When the draft was last changed, if known.
    changed_at: Option<Timestamp>,
    /// The draft that was discarded last, for undo.
    pub(in crate::state) discarded: Option<Draft>,
    /// When the first change was made that has not been saved yet.
    pub(in crate::state) unsaved_since: Option<BootInstant>,
}

/// The progress of creating a business.
#[derive(Debug, Default)]
pub enum CreatePhase {
    /// The user edits the draft.
    #[default]
    Typing,
    /// The user has to confirm, because it is the first write to Production in this run.
    Confirming,
    /// The request was sent and the answer is pending.
    Sending {
        /// When it was sent.
        since: BootInstant,
    },
    /// The server already has a business with this `external_id` and has changed nothing.
    Existed(Box<BusinessDetail>),
    /// The business may or may not have been created.
    Unknown(UnknownOutcome),
    /// The business was not created.
    Failed(RequestFailure),
}

/// Why the outcome is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnknownOutcome {
    /// The answer was lost.
    AnswerLost(Box<RequestFailure>),
    /// The session ended before the server answered.
    SessionEnded,
    /// The console closed before the server answered.
    ConsoleEnded,
    /// The user stopped waiting for the answer.
    NotAwaited,
}

/// An earlier draft that a form was opened with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RestoredDraft {
    /// When it was typed, if known.
    pub at: Option<Timestamp>,
}

/// An error from the server about a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldRejection {
    /// The field; `None` if the server named none, or one that the form does not have.
    pub field: Option<Field>,
    /// The server's message.
    pub message: String,
    /// The rejected value. Once the user changes it, the error disappears.
    value: String,
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
            draft: kept.draft,
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
        let outcome_is_unknown = matches!(
            self.phase,
            CreatePhase::Sending { .. } | CreatePhase::Unknown(_)
        );
        let is_worth_it = outcome_is_unknown || self.unresolved.is_some() || !self.draft.is_blank();
        is_worth_it.then(|| SavedDraft {
            draft: self.draft.clone(),
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
            .is_some_and(|unresolved| id(unresolved) == id(&self.draft))
    }

    pub fn is_editable(&self) -> bool {
        matches!(self.phase, CreatePhase::Typing | CreatePhase::Failed(_))
    }

    /// Opens the form with the draft, if there is one.
    pub(in crate::state) fn open(&mut self) {
        if !self.is_open {
            self.is_open = true;
            let at = self.changed_at;
            self.restored = (!self.draft.is_blank()).then_some(RestoredDraft { at });
            if matches!(self.phase, CreatePhase::Failed(_)) {
                self.phase = CreatePhase::Typing;
            }
        }
    }

    /// Applies an edit by the user. A failure stays, so that its notice does not leave and move the field that is being edited, but what it says about
    /// one `external_id` is not known of another.
    pub(in crate::state) fn edit(&mut self, draft: Draft, now: Now) {
        if !self.is_editable() || draft == self.draft {
            return;
        }
        let id = self.draft.to_send(Field::ExternalId);
        self.draft = draft;
        if self.draft.to_send(Field::ExternalId) != id {
            self.phase = CreatePhase::Typing;
        }
        let current = &self.draft;
        self.field_rejections
            .retain(|refusal| refusal.is_still_about(current));
        self.changed_at = Some(now.wall);
        self.unsaved_since.get_or_insert(now.boot);
    }

    /// Returns to the draft, unless an answer is pending.
    pub(in crate::state) fn back(&mut self) {
        if !matches!(self.phase, CreatePhase::Sending { .. }) {
            self.phase = CreatePhase::Typing;
        }
    }

    /// Stops waiting for the answer. `was_not_sent` means that the request was waiting to be repeated.
    pub(in crate::state) fn stop_waiting(&mut self, was_not_sent: bool) {
        if was_not_sent && !self.is_check() {
            self.phase = CreatePhase::Typing;
        } else {
            self.mark_unknown(UnknownOutcome::NotAwaited);
        }
    }

    /// Records that the outcome of the sent draft is unknown.
    fn mark_unknown(&mut self, why: UnknownOutcome) {
        if !self.is_check() {
            self.unresolved = Some(Box::new(self.draft.clone()));
        }
        self.phase = CreatePhase::Unknown(why);
    }

    /// Stops waiting for an answer, which cannot arrive after the session has ended.
    pub(in crate::state) fn end_waiting(&mut self) {
        self.is_open = false;
        self.unsaved_since = None;
        match self.phase {
            CreatePhase::Sending { .. } => self.mark_unknown(UnknownOutcome::SessionEnded),
            CreatePhase::Confirming => self.phase = CreatePhase::Typing,
            CreatePhase::Typing
            | CreatePhase::Existed(_)
            | CreatePhase::Unknown(_)
            | CreatePhase::Failed(_) => {}
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
        if self.unresolved.as_deref() == Some(&self.draft) {
            // The fields that are invalid now were also invalid in the earlier, identical request.
            self.unresolved = None;
        } else if self.is_check() {
            // The earlier request was different, so it may have been valid.
            failure.outcome = WriteOutcome::Unknown;
        }
        self.field_rejections = field_rejections(&failure.failure, &self.draft);
        self.phase = CreatePhase::Failed(failure);
    }

    /// Discards the draft, for one undo. Does nothing while a request is pending or its outcome unknown.
    pub(in crate::state) fn discard(&mut self) {
        if !self.is_editable() {
            return;
        }
        let unresolved = self.unresolved.take();
        self.discarded = Some(std::mem::take(&mut self.draft));
        self.finish();
        // Discarding the draft does not undo the request.
        self.unresolved = unresolved;
    }

    /// Restores the draft that was discarded last. A draft typed since then takes its place, so that neither is lost.
    pub(in crate::state) fn undo_discard(&mut self) {
        if let Some(draft) = self.discarded.take() {
            let typed_since = std::mem::replace(&mut self.draft, draft);
            self.discarded = Some(typed_since).filter(|draft| !draft.is_blank());
            self.phase = CreatePhase::Typing;
            self.field_rejections.clear();
            self.is_open = true;
        }
    }

    /// Clears the form once the request has led to a result.
    pub(in crate::state) fn finish(&mut self) {
        self.draft = Draft::default();
        self.restored = None;
        self.changed_at = None;
        self.phase = CreatePhase::Typing;
        self.unresolved = None;
        self.field_rejections.clear();
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

impl FieldRejection {
    /// Whether the draft still has the rejected value. What the form does not have cannot be changed.
    pub(in crate::state) fn is_still_about(&self, draft: &Draft) -> bool {
        self.field.is_none_or(|field| draft[field] == self.value)
    }
}

/// The field errors of a rejected request, assigned to the fields of the form.
pub(in crate::state) fn field_rejections(failure: &Failure, draft: &Draft) -> Vec<FieldRejection> {
    let FailureKind::Invalid { fields } = &failure.kind else {
        return Vec::new();
    };
    let mut field_rejections: Vec<FieldRejection> = fields
        .iter()
        .flat_map(|(name, messages)| messages.iter().map(move |message| (name, message)))
        .map(|(name, message)| {
            let field = Field::from_api_name(name);
            FieldRejection {
                field,
                message: if field.is_some() {
                    message.clone()
                } else {
                    format!("{name}: {message}")
                },
                value: field.map(|field| draft[field].clone()).unwrap_or_default(),
            }
        })
        .collect();
    // Some servers list the accepted entity types without naming the field.
    let lists_types = failure
        .detail
        .as_deref()
        .and_then(read_listed_types)
        .is_some();
    let is_named = |refusal: &FieldRejection| refusal.field == Some(Field::EntityType);
    if lists_types && !field_rejections.iter().any(is_named) {
        field_rejections.push(FieldRejection {
            field: Some(Field::EntityType),
            message: "The server does not accept this type in this country. It listed the types it accepts."
                .to_owned(),
            value: draft[Field::EntityType].clone(),
        });
    }
    field_rejections
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
