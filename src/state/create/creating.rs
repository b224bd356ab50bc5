//! Creating a business: the draft, what the server said of it, and whether the outcome is known.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::domain::business::BusinessDetail;
use crate::domain::draft::{Draft, Field, TaughtTypes, read_lesson};
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::profile::Profile;
use crate::domain::time::{BootInstant, Now};
use crate::domain::write::{WriteFailure, WriteOutcome};
use crate::state::create::kept_edits::KeptEdits;

/// The form for a new business. It outlives its dialog: closing keeps what was typed.
#[derive(Debug, Default)]
pub struct Creating {
    /// What was typed.
    pub draft: Draft,
    /// Whether the dialog is open.
    pub is_open: bool,
    /// Where the attempt stands.
    pub phase: CreatePhase,
    /// What the server refused, beside the field it is about.
    pub refusals: Vec<Refusal>,
    /// A request whose outcome is not known, as it was sent. To send its `external_id` again is to ask what became of it,
    /// whatever else was changed in between.
    pub(in crate::state) doubted: Option<Box<Draft>>,
    /// What was discarded last, so that it can be brought back.
    pub(in crate::state) discarded: Option<Draft>,
    /// When the first change was made that is not on disk yet.
    pub(in crate::state) unsaved_since: Option<BootInstant>,
}

/// Where creating stands.
#[derive(Debug, Default)]
pub enum CreatePhase {
    /// The user types.
    #[default]
    Typing,
    /// The first create of this run in Production waits to be confirmed.
    Arming,
    /// The request is on its way.
    Sending {
        /// Since when.
        since: BootInstant,
    },
    /// The server has one with this `external_id` and changed nothing.
    Existed(Box<BusinessDetail>),
    /// The request may or may not have been carried out.
    Unknown(UnknownOutcome),
    /// It was not carried out.
    Failed(WriteFailure),
}

/// Why the outcome is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnknownOutcome {
    /// The answer was lost.
    AnswerLost(Box<WriteFailure>),
    /// The session ended before the server answered.
    SessionEnded,
    /// The console closed before the server answered.
    ConsoleEnded,
    /// The user did not want to wait for it any longer.
    NotAwaited,
}

/// A message of the server about a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The field; `None` where the server named none that the form has.
    pub field: Option<Field>,
    /// What it said.
    pub message: String,
    /// The value that was refused: once it is changed the message goes.
    value: String,
}

/// What of creating is kept on disk, per profile. No secret is in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptDraft {
    /// What was typed.
    pub draft: Draft,
    /// A request with it was sent and its outcome is not known.
    pub outcome_is_unknown: bool,
    /// An earlier request of which the same is true, although the user went on typing.
    pub doubted: Option<Box<Draft>>,
    /// It was kept in this run of the console, not in an earlier one.
    #[serde(skip)]
    pub(in crate::state) is_of_this_run: bool,
}

/// A draft is on disk at most this long after a key was pressed, with room for the disk itself.
const SAVE_AFTER: Duration = Duration::from_millis(700);

impl Creating {
    /// Takes up what an earlier session left.
    pub fn resume(kept: KeptDraft) -> Self {
        let mut creating = Self {
            draft: kept.draft,
            doubted: kept.doubted,
            ..Self::default()
        };
        if kept.outcome_is_unknown {
            creating.doubt(if kept.is_of_this_run {
                UnknownOutcome::SessionEnded
            } else {
                UnknownOutcome::ConsoleEnded
            });
        }
        creating
    }

    /// What to keep on disk; `None` where there is nothing worth keeping.
    pub fn kept(&self) -> Option<KeptDraft> {
        let outcome_is_unknown = matches!(
            self.phase,
            CreatePhase::Sending { .. } | CreatePhase::Unknown(_)
        );
        let is_worth_it = outcome_is_unknown || self.doubted.is_some() || !self.draft.is_blank();
        is_worth_it.then(|| KeptDraft {
            draft: self.draft.clone(),
            outcome_is_unknown,
            doubted: self.doubted.clone(),
            is_of_this_run: true,
        })
    }

    /// Whether to send the draft is to ask what became of an earlier request.
    pub fn is_check(&self) -> bool {
        let id = |draft: &Draft| draft.to_send(Field::ExternalId);
        self.doubted
            .as_ref()
            .is_some_and(|doubted| id(doubted) == id(&self.draft))
    }

    /// Whether the draft can be changed now.
    pub fn is_editable(&self) -> bool {
        matches!(self.phase, CreatePhase::Typing | CreatePhase::Failed(_))
    }

    /// The messages of the server about a field.
    pub fn refusals_of(&self, field: Field) -> impl Iterator<Item = &Refusal> {
        self.refusals
            .iter()
            .filter(move |refusal| refusal.field == Some(field))
    }

    /// The user has typed.
    pub(in crate::state) fn edit(&mut self, draft: Draft, now: BootInstant) {
        if !self.is_editable() || draft == self.draft {
            return;
        }
        self.draft = draft;
        self.phase = CreatePhase::Typing;
        let current = &self.draft;
        self.refusals
            .retain(|refusal| refusal.is_still_about(current));
        self.unsaved_since.get_or_insert(now);
    }

    /// Goes on typing, unless the answer is still awaited.
    pub(in crate::state) fn back(&mut self) {
        if !matches!(self.phase, CreatePhase::Sending { .. }) {
            self.phase = CreatePhase::Typing;
        }
    }

    /// The answer is not waited for any longer. `was_not_sent`: the request waited to be sent again, after a refusal.
    pub(in crate::state) fn stop_waiting(&mut self, was_not_sent: bool) {
        if was_not_sent && !self.is_check() {
            self.phase = CreatePhase::Typing;
        } else {
            self.doubt(UnknownOutcome::NotAwaited);
        }
    }

    /// It is not known what became of the draft that was sent.
    fn doubt(&mut self, why: UnknownOutcome) {
        if !self.is_check() {
            self.doubted = Some(Box::new(self.draft.clone()));
        }
        self.phase = CreatePhase::Unknown(why);
    }

    /// The session has ended: what was sent will not be answered.
    pub(in crate::state) fn end_waiting(&mut self) {
        self.is_open = false;
        self.unsaved_since = None;
        match self.phase {
            CreatePhase::Sending { .. } => self.doubt(UnknownOutcome::SessionEnded),
            CreatePhase::Arming => self.phase = CreatePhase::Typing,
            CreatePhase::Typing
            | CreatePhase::Existed(_)
            | CreatePhase::Unknown(_)
            | CreatePhase::Failed(_) => {}
        }
    }

    /// An attempt has failed.
    pub(in crate::state) fn fail(&mut self, mut failure: WriteFailure) {
        // A repetition that did not get through says nothing of the first request, and a conflict
        // may well be one with what the first has made.
        let is_judged = matches!(failure.failure.kind, FailureKind::Invalid { .. });
        if failure.outcome != WriteOutcome::NotDone || (self.is_check() && !is_judged) {
            self.doubt(UnknownOutcome::AnswerLost(Box::new(failure)));
            return;
        }
        if self.doubted.as_deref() == Some(&self.draft) {
            // The same fields that are found wrong now were wrong then.
            self.doubted = None;
        } else if self.is_check() {
            // What is wrong now need not have been wrong then.
            failure.outcome = WriteOutcome::Unknown;
        }
        self.refusals = refusals(&failure.failure, &self.draft);
        self.phase = CreatePhase::Failed(failure);
    }

    /// Puts the draft aside, for one undo. What was sent is no draft that could be forgotten.
    pub(in crate::state) fn discard(&mut self) {
        if !self.is_editable() {
            return;
        }
        let doubted = self.doubted.take();
        self.discarded = Some(std::mem::take(&mut self.draft));
        self.finish();
        // To forget what was typed does not undo what was sent.
        self.doubted = doubted;
    }

    /// Brings back what was discarded last.
    pub(in crate::state) fn undo_discard(&mut self) {
        if let Some(draft) = self.discarded.take().filter(|_| self.draft.is_blank()) {
            self.draft = draft;
            self.is_open = true;
        }
    }

    /// The attempt is over and leaves nothing behind.
    pub(in crate::state) fn finish(&mut self) {
        self.draft = Draft::default();
        self.phase = CreatePhase::Typing;
        self.doubted = None;
        self.refusals.clear();
        self.is_open = false;
    }

    /// When the draft has to be on disk.
    pub(in crate::state) fn save_deadline(&self) -> Option<BootInstant> {
        self.unsaved_since
            .map(|since| since.saturating_add(SAVE_AFTER))
    }

    /// Whether that moment has come.
    pub(in crate::state) fn is_due(&self, now: Now) -> bool {
        self.save_deadline()
            .is_some_and(|deadline| deadline <= now.boot)
    }
}

impl Refusal {
    /// Whether the value that was refused is still there.
    pub(in crate::state) fn is_still_about(&self, draft: &Draft) -> bool {
        self.field
            .is_some_and(|field| draft.get(field) == self.value)
    }
}

/// The field errors of a refused request, beside the fields of the form.
pub(in crate::state) fn refusals(failure: &Failure, draft: &Draft) -> Vec<Refusal> {
    let FailureKind::Invalid { fields } = &failure.kind else {
        return Vec::new();
    };
    let mut refusals: Vec<Refusal> = fields
        .iter()
        .flat_map(|(name, messages)| messages.iter().map(move |message| (name, message)))
        .map(|(name, message)| {
            let field = Field::from_api_name(name);
            Refusal {
                field,
                message: if field.is_some() {
                    message.clone()
                } else {
                    format!("{name}: {message}")
                },
                value: field
                    .map(|field| draft.get(field).to_owned())
                    .unwrap_or_default(),
            }
        })
        .collect();
    // Servers teach their entity types without a word of the field.
    let teaches = failure.detail.as_deref().and_then(read_lesson).is_some();
    let is_named = |refusal: &Refusal| refusal.field == Some(Field::EntityType);
    if teaches && !refusals.iter().any(is_named) {
        refusals.push(Refusal {
            field: Some(Field::EntityType),
            message: "The server does not accept this type in this country. It listed the types it accepts."
                .to_owned(),
            value: draft.get(Field::EntityType).to_owned(),
        });
    }
    refusals
}

/// Everything of drafts that is kept on disk.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Drafts {
    /// A draft per profile.
    creates: Vec<(Profile, KeptDraft)>,
    /// What was typed into the forms of stored businesses.
    pub(super) edits: KeptEdits,
    /// Entity types that servers have taught.
    pub taught: TaughtTypes,
}

impl Drafts {
    /// The draft of a profile.
    pub fn of(&self, profile: &Profile) -> KeptDraft {
        let kept = self.creates.iter().find(|(of, _)| of == profile);
        kept.map(|(_, kept)| kept.clone()).unwrap_or_default()
    }

    /// Whether nothing that was typed goes to the disk.
    pub(in crate::state) fn is_empty_on_disk(&self) -> bool {
        self.creates.is_empty() && self.edits.is_empty_on_disk()
    }

    /// Whether there is a draft of this profile.
    pub(in crate::state) fn has(&self, profile: &Profile) -> bool {
        self.creates.iter().any(|(of, _)| of == profile)
    }

    /// Keeps the draft of a profile, or forgets it.
    pub(in crate::state) fn keep(&mut self, profile: &Profile, kept: Option<KeptDraft>) {
        self.creates.retain(|(of, _)| of != profile);
        self.creates
            .extend(kept.map(|kept| (profile.clone(), kept)));
    }

    /// The profile is gone.
    pub(in crate::state) fn forget(&mut self, profile: &Profile) {
        self.keep(profile, None);
        self.edits.forget_all_of(profile);
    }
}
