//! Handles the outcomes of creating and editing businesses.

use std::time::Duration;

use crate::domain::business::{Business, BusinessDetail, BusinessId};
use crate::domain::draft::{Differences, Field, Stored};
use crate::domain::failure::{Failure, FailureKind, Operation};
use crate::domain::request_failure::RequestFailure;
use crate::domain::share_mode::ShareMode;
use crate::domain::text::fold_letters;
use crate::domain::time::Now;
use crate::domain::write_outcome::{CreateOutcome, CreateResponse, WriteOutcome};
use crate::state::AppState;
use crate::state::create::archive;
use crate::state::create::drafts::{learn, save_drafts};
use crate::state::create::form_input::{FormPhase, UnknownOutcome};
use crate::state::create::messages::ChangeEvent;
use crate::state::cx::Cx;
use crate::state::event::{Event, SessionEvent};
use crate::state::list::messages::ListEffect;
use crate::state::session::open::Open;
use crate::state::session::workspace::{DetailState, Workspace};
use crate::state::shell::toasts::{Toast, ToastAction};

/// How long the row of a new business is highlighted.
const FRESH_FOR: Duration = Duration::from_secs(2);

pub(in crate::state) fn event(state: &mut AppState, event: ChangeEvent, cx: &mut Cx) {
    match event {
        ChangeEvent::Created(result) => created(state, result, cx),
        ChangeEvent::Updated(id, result) => updated(state, id, result, cx),
        ChangeEvent::Archived {
            business,
            is_archived,
            result,
        } => archive::archived(state, business, is_archived, result, cx),
    }
}

/// An answer to a create request with the id of a business that the list has under another `external_id` contradicts the list. It counts as an
/// unknown outcome, so that it neither replaces the row of that business nor offers its token.
pub(in crate::state) fn without_contradiction(state: &AppState, event: Event, now: Now) -> Event {
    let Event::Session(generation, SessionEvent::Change(ChangeEvent::Created(Ok(answer)))) = event
    else {
        return event;
    };
    let answered = &answer.detail.business;
    let workspace = state.workspace();
    let known = workspace.and_then(|workspace| workspace.list.businesses().get(answered.id));
    let is_contradiction = known.is_some_and(|known| contradicts(&known, answered));
    let result = match workspace.filter(|_| is_contradiction) {
        None => Ok(answer),
        Some(workspace) => {
            let environment = &workspace.profile.environment;
            Err(RequestFailure::unknown(Failure {
                kind: FailureKind::UnexpectedResponse,
                operation: Operation::CreateBusiness,
                server: environment.in_sentence(),
                host: environment.host(),
                status: None,
                detail: Some("the id of a business with another external_id".to_owned()),
                request: 0,
                at: now.wall,
            }))
        }
    };
    Event::Session(generation, ChangeEvent::Created(result).into())
}

/// Whether an answer with the id of this known business has another `external_id`.
pub(in crate::state) fn contradicts(known: &Business, answered: &Business) -> bool {
    let id = |business: &Business| {
        let id = business.external_id.as_ref();
        id.map(|id| fold_letters(id.raw()))
    };
    let known = id(known);
    known.is_some() && known != id(answered)
}

fn created(state: &mut AppState, result: Result<Box<CreateResponse>, RequestFailure>, cx: &mut Cx) {
    let Some(Open { workspace, .. }) = &mut state.open else {
        return;
    };
    let environment = workspace.profile.environment.in_sentence();
    match result {
        Ok(answer) => {
            let CreateResponse { detail, outcome } = *answer;
            workspace.note_sign_in(None);
            add(workspace, &detail, cx.now);
            let outcome = if workspace.creating.is_check() && is_as_typed(workspace, &detail) {
                // The earlier request, whose answer was lost, has created it.
                CreateOutcome::Created
            } else {
                outcome
            };
            match outcome {
                CreateOutcome::Created => {
                    let id = detail.business.id;
                    let name = name_of(&detail, state.share);
                    let changed = changed_fields(workspace, &detail);
                    workspace.creating.finish();
                    workspace.show_read(detail, &state.zone, cx.now);
                    workspace.highlighted = Some((id, cx.now.boot.saturating_add(FRESH_FOR)));
                    let toast = if changed.is_empty() {
                        Toast::done(format!("Created in {environment}"), name)
                    } else {
                        let differs = format!(
                            "The server stored other values for: {changed}. Compare them in the details."
                        );
                        let title = format!("Created in {environment} with differences");
                        let body = format!("{name}\n{differs}");
                        Toast::warning(title, body.trim_start())
                    };
                    let copy = ToastAction::CopyToken(id);
                    cx.toast(toast.offering(copy));
                }
                CreateOutcome::Existed => {
                    workspace.creating.input.phase = FormPhase::Typing;
                    workspace.creating.existed = Some(Box::new(detail));
                }
            }
        }
        Err(failure) => {
            workspace.note_sign_in(Some(&failure.failure));
            learn(
                &mut state.drafts.learned_types,
                &failure,
                &workspace.creating.input.draft[Field::Country],
            );
            workspace.creating.fail(failure);
        }
    }
    save_drafts(state, cx);
}

/// The fields for which a new business has other values than the user entered, joined with commas.
fn changed_fields(workspace: &Workspace, detail: &BusinessDetail) -> String {
    let stored = Stored::from_detail(detail);
    let differences = Differences::between(&workspace.creating.input.draft, &stored);
    Field::list(differences.stored_otherwise())
}

/// Whether the stored business has everything that the user entered.
fn is_as_typed(workspace: &Workspace, detail: &BusinessDetail) -> bool {
    let stored = Stored::from_detail(detail);
    let differences = Differences::between(&workspace.creating.input.draft, &stored);
    differences.different.is_empty()
}

fn updated(
    state: &mut AppState,
    id: BusinessId,
    result: Result<Box<BusinessDetail>, RequestFailure>,
    cx: &mut Cx,
) {
    let Some(open) = &mut state.open else {
        return;
    };
    let (generation, workspace) = (open.generation, &mut open.workspace);
    let is_done = |failure: &RequestFailure| failure.outcome == WriteOutcome::Done;
    if result.as_ref().err().is_none_or(is_done) {
        state.drafts.edits.forget(&workspace.profile, id);
    }
    match result {
        Ok(detail) => {
            workspace.note_sign_in(None);
            workspace.editing.take_if(|editing| editing.business == id);
            add(workspace, &detail, cx.now);
            let name = name_of(&detail, state.share);
            if workspace.selected == Some(id) {
                // An answer that was requested before the change would show the old values again.
                cx.push(ListEffect::StopReading);
                workspace.detail = DetailState {
                    value: Some(*detail),
                    ..DetailState::default()
                };
            }
            cx.toast(Toast::done("Changes saved", name));
        }
        Err(failure) => {
            workspace.note_sign_in(Some(&failure.failure));
            let Some(editing) = workspace
                .editing
                .as_mut()
                .filter(|editing| editing.business == id)
            else {
                return save_drafts(state, cx);
            };
            learn(
                &mut state.drafts.learned_types,
                &failure,
                &editing.input.draft[Field::Country],
            );
            match failure.outcome {
                WriteOutcome::NotDone => editing.input.fail(failure),
                WriteOutcome::Unknown => {
                    let why = UnknownOutcome::AnswerLost(Box::new(failure));
                    editing.input.phase = FormPhase::Unknown(why);
                }
                WriteOutcome::Done => {
                    let words = failure.explain(&state.zone);
                    let body = workspace.without_personal(id, &words.body, state.share);
                    workspace.editing = None;
                    cx.toast(Toast::done("Changes saved", body));
                    if let Some(id) = workspace.reread_if_selected(id) {
                        cx.push(ListEffect::ReadBusiness(generation, id));
                    }
                }
            }
        }
    }
    save_drafts(state, cx);
}

fn name_of(detail: &BusinessDetail, share: ShareMode) -> String {
    let business = &detail.business;
    share
        .name(business.id, business.title())
        .map(std::borrow::Cow::into_owned)
        .unwrap_or_default()
}

/// Adds a business to the list. It stays even if a load that is under way does not return it.
fn add(workspace: &mut Workspace, detail: &BusinessDetail, now: Now) {
    let Workspace { list, tokens, .. } = workspace;
    list.add(vec![detail.business.clone()], &tokens.live_expiries(now));
}
