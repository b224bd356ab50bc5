//! What the forms for a new and for a stored business have in common: the input, and the progress of its request.

use jiff::Timestamp;

use crate::domain::draft::{Draft, Field, read_listed_types};
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::request_failure::RequestFailure;
use crate::domain::time::BootInstant;

/// The input of a form, and the progress of its request.
#[derive(Debug, Default)]
pub struct FormInput {
    pub draft: Draft,
    /// The progress of the request.
    pub phase: FormPhase,
    /// The server's errors, each for the field it is about.
    pub field_rejections: Vec<FieldRejection>,
    /// Set if the form was opened with an earlier draft.
    pub restored: Option<RestoredDraft>,
}

/// The progress of creating or editing a business.
#[derive(Debug, Default)]
pub enum FormPhase {
    /// The user edits the draft.
    #[default]
    Typing,
    /// The user has to confirm: the first create in Production in this run, or the changes to a business, field by field.
    Confirming,
    /// The request was sent and the answer is pending.
    Sending {
        /// When it was sent.
        since: BootInstant,
    },
    /// The request may or may not have been carried out.
    Unknown(UnknownOutcome),
    /// The request was not carried out.
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

impl FormInput {
    pub fn is_editable(&self) -> bool {
        matches!(self.phase, FormPhase::Typing | FormPhase::Failed(_))
    }

    pub fn is_unknown(&self) -> bool {
        matches!(self.phase, FormPhase::Unknown(_))
    }

    /// When the request was sent whose answer is pending.
    pub fn sent_at(&self) -> Option<BootInstant> {
        match self.phase {
            FormPhase::Sending { since } => Some(since),
            FormPhase::Typing
            | FormPhase::Confirming
            | FormPhase::Unknown(_)
            | FormPhase::Failed(_) => None,
        }
    }

    /// Applies an edit by the user, and returns whether it changes anything. A failure stays, so that its notice does not leave and move the
    /// field that is being edited.
    pub(in crate::state) fn edit(&mut self, draft: Draft) -> bool {
        let is_edit = self.is_editable() && draft != self.draft;
        if is_edit {
            self.field_rejections
                .retain(|rejection| rejection.is_still_about(&draft));
            self.draft = draft;
        }
        is_edit
    }

    /// Handles a rejected request.
    pub(in crate::state) fn fail(&mut self, failure: RequestFailure) {
        self.field_rejections = field_rejections(&failure.failure, &self.draft);
        self.phase = FormPhase::Failed(failure);
    }
}

impl FieldRejection {
    /// Whether the draft still has the rejected value. What the form does not have cannot be changed.
    fn is_still_about(&self, draft: &Draft) -> bool {
        self.field.is_none_or(|field| draft[field] == self.value)
    }
}

/// The field errors of a rejected request, assigned to the fields of the form.
fn field_rejections(failure: &Failure, draft: &Draft) -> Vec<FieldRejection> {
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
