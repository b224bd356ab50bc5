//! Creating and changing: what each command and each outcome changes.

use std::time::Duration;

use jiff::tz::TimeZone;
use serde_json::Value;

use crate::domain::business::{Business, BusinessDetail, BusinessId};
use crate::domain::draft::{
    Context, Differences, Stored, TaughtTypes, blocks, check, check_changes, read_lesson,
};
use crate::domain::failure::{FailureKind, Operation};
use crate::domain::share::Share;
use crate::domain::time::Now;
use crate::domain::write::{CreateAnswer, CreateOutcome, WriteFailure, WriteOutcome};
use crate::state::app_state::live_ends;
use crate::state::create::creating::{Creating, Phase};
use crate::state::create::editing::{EditPhase, Editing};
use crate::state::create::messages::{CreateCommand, CreateEffect, EditCommand, EditEffect};
use crate::state::effect::Effect;
use crate::state::list::messages::ListEffect;
use crate::state::session::workspace::{Remote, Workspace};
use crate::state::shell::toasts::{ToastAction, ToastKind};
use crate::state::{AppState, create};

/// How long the row of a new business is marked.
const FRESH_FOR: Duration = Duration::from_secs(2);

/// The commands of the create form.
pub(in crate::state) fn create(
    state: &mut AppState,
    command: CreateCommand,
    now: Now,
) -> Vec<Effect> {
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    let creating = &mut workspace.creating;
    match command {
        CreateCommand::Open => creating.is_open = true,
        CreateCommand::Close => {
            creating.is_open = false;
            if matches!(creating.phase, Phase::Arming) {
                creating.phase = Phase::Typing;
            }
        }
        CreateCommand::Change(draft) => creating.edit(*draft, now.boot),
        CreateCommand::Discard if creating.is_editable() => {
            creating.discard();
            state.toasts.push(
                now,
                ToastKind::Info,
                "Draft discarded",
                "",
                Some(ToastAction::UndoDiscard),
            );
            return save_drafts(state);
        }
        CreateCommand::UndoDiscard => {
            creating.undo_discard();
            state.toasts.dismiss_action(ToastAction::UndoDiscard);
            return save_drafts(state);
        }
        CreateCommand::Submit | CreateCommand::ConfirmProduction => {
            return submit(
                state,
                matches!(command, CreateCommand::ConfirmProduction),
                now,
            );
        }
        CreateCommand::CheckOutcome if matches!(creating.phase, Phase::Unknown(_)) => {
            return send(state, now);
        }
        CreateCommand::Cancel if matches!(creating.phase, Phase::Sending { .. }) => {
            return cancel(state, now);
        }
        CreateCommand::BackToDraft => {
            creating.back();
            return save_drafts(state);
        }
        CreateCommand::AcceptExisting if matches!(creating.phase, Phase::Existed(_)) => {
            if let Phase::Existed(stored) = std::mem::take(&mut creating.phase) {
                creating.finish();
                show(workspace, *stored, &state.zone, now);
                return save_drafts(state);
            }
        }
        _ => {}
    }
    Vec::new()
}

/// The commands of the edit form.
pub(in crate::state) fn change(
    state: &mut AppState,
    command: EditCommand,
    now: Now,
) -> Vec<Effect> {
    let generation = state.generation;
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    match (command, &mut workspace.editing) {
        (
            EditCommand::SetArchived {
                business,
                is_archived,
            },
            _,
        ) => return create::archive::set(state, business, is_archived),
        (EditCommand::Open, _) => {
            workspace.editing = workspace.selected_detail().map(Editing::new);
        }
        (EditCommand::Close, editing) => *editing = None,
        (EditCommand::Change(draft), Some(editing)) => editing.edit(*draft),
        (EditCommand::Preview, Some(editing)) => {
            let findings = check_changes(&editing.base.draft, &editing.draft, &state.drafts.taught);
            if editing.is_editable() && !editing.changes().is_empty() && !blocks(&findings) {
                editing.phase = EditPhase::Preview;
            }
        }
        (EditCommand::Back, Some(editing)) if matches!(editing.phase, EditPhase::Preview) => {
            editing.phase = EditPhase::Typing;
        }
        (EditCommand::Submit, Some(editing)) => {
            let can_send = matches!(editing.phase, EditPhase::Preview | EditPhase::Unknown(_));
            if let (true, Ok(Value::Object(body))) = (can_send, editing.changes().to_request_json())
            {
                editing.phase = EditPhase::Sending { since: now.boot };
                return vec![Effect::Edit(EditEffect::Update(
                    generation,
                    editing.business,
                    body,
                ))];
            }
        }
        (EditCommand::Cancel, Some(editing))
            if matches!(editing.phase, EditPhase::Sending { .. }) =>
        {
            editing.phase = EditPhase::Unknown(None);
            let id = editing.business;
            workspace.clear_retry(Operation::UpdateBusiness);
            return vec![Effect::Edit(EditEffect::Cancel(id))];
        }
        _ => {}
    }
    Vec::new()
}

fn submit(state: &mut AppState, is_confirmed: bool, now: Now) -> Vec<Effect> {
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    let creating = &mut workspace.creating;
    let may_send = match creating.phase {
        Phase::Arming => is_confirmed,
        Phase::Typing | Phase::Failed(_) => true,
        Phase::Sending { .. } | Phase::Existed(_) | Phase::Unknown(_) => false,
    };
    let context = Context {
        taught: &state.drafts.taught,
        known: &workspace.list,
    };
    if !may_send || blocks(&check(&creating.draft, &context)) {
        return Vec::new();
    }
    state.production_is_armed |= is_confirmed;
    if workspace.profile.environment.is_production() && !state.production_is_armed {
        creating.phase = Phase::Arming;
        return Vec::new();
    }
    send(state, now)
}

/// Sends the draft; the same draft once more is the same request.
fn send(state: &mut AppState, now: Now) -> Vec<Effect> {
    let generation = state.generation;
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    let Ok(Value::Object(body)) = workspace.creating.draft.to_request_json() else {
        return Vec::new();
    };
    workspace.creating.phase = Phase::Sending { since: now.boot };
    // Written first: the runtime sends the request once it is on disk.
    let mut effects = save_drafts(state);
    effects.push(Effect::Create(CreateEffect::Send(generation, body)));
    effects
}

/// Stops waiting for the answer to a create. The request may have arrived, unless it waits to be sent again.
fn cancel(state: &mut AppState, now: Now) -> Vec<Effect> {
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    let was_not_sent = workspace.waits_to_repeat(Operation::CreateBusiness, now);
    workspace.clear_retry(Operation::CreateBusiness);
    workspace.creating.stop_waiting(was_not_sent);
    if matches!(workspace.creating.phase, Phase::Typing) {
        let title = format!("Not created in {}", workspace.profile.environment.name());
        let body = "It was refused and waited to be sent again. That was cancelled.";
        state.toasts.push(now, ToastKind::Info, title, body, None);
    }
    let mut effects = vec![Effect::Create(CreateEffect::Cancel)];
    effects.extend(save_drafts(state));
    effects
}

/// An attempt to create has ended.
pub(in crate::state) fn created(
    state: &mut AppState,
    result: Result<Box<CreateAnswer>, WriteFailure>,
    now: Now,
) -> Vec<Effect> {
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    let environment = workspace.profile.environment.name();
    match result {
        Ok(answer) => {
            let CreateAnswer { detail, outcome } = *answer;
            add(workspace, &detail, now);
            let outcome = if workspace.creating.is_check() && is_as_typed(workspace, &detail) {
                // What a lost answer left behind.
                CreateOutcome::Created
            } else {
                outcome
            };
            match outcome {
                CreateOutcome::Created => {
                    workspace.creating.finish();
                    let id = detail.business.id;
                    let name = name_of(&detail, state.share);
                    show(workspace, detail, &state.zone, now);
                    workspace.fresh = Some((id, now.boot.saturating_add(FRESH_FOR)));
                    let action = Some(ToastAction::CopyToken(id));
                    let title = format!("Created in {environment}");
                    state.toasts.push(now, ToastKind::Done, title, name, action);
                }
                CreateOutcome::Existed => {
                    workspace.creating.phase = Phase::Existed(Box::new(detail))
                }
            }
        }
        Err(failure) => {
            workspace.note_sign_in(Some(&failure.failure));
            learn(
                &mut state.drafts.taught,
                &failure,
                &workspace.creating.draft.country,
            );
            workspace.creating.fail(failure);
        }
    }
    save_drafts(state)
}

/// Whether everything that was typed is what is stored.
fn is_as_typed(workspace: &Workspace, detail: &BusinessDetail) -> bool {
    let stored = Stored::from_detail(detail);
    let differences = Differences::between(&workspace.creating.draft, &stored);
    differences.different.is_empty()
}

/// An attempt to change has ended.
pub(in crate::state) fn updated(
    state: &mut AppState,
    id: BusinessId,
    result: Result<Box<BusinessDetail>, WriteFailure>,
    now: Now,
) -> Vec<Effect> {
    let generation = state.generation;
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    match result {
        Ok(detail) => {
            workspace.editing.take_if(|editing| editing.business == id);
            add(workspace, &detail, now);
            let name = name_of(&detail, state.share);
            if workspace.selected == Some(id) {
                workspace.detail = Remote {
                    value: Some(*detail),
                    ..Remote::default()
                };
            }
            state
                .toasts
                .push(now, ToastKind::Done, "Changes saved", name, None);
            Vec::new()
        }
        Err(failure) => {
            workspace.note_sign_in(Some(&failure.failure));
            let Some(editing) = workspace
                .editing
                .as_mut()
                .filter(|editing| editing.business == id)
            else {
                return Vec::new();
            };
            learn(&mut state.drafts.taught, &failure, &editing.draft.country);
            match failure.outcome {
                WriteOutcome::NotDone => editing.fail(failure),
                WriteOutcome::Unknown => {
                    editing.phase = EditPhase::Unknown(Some(Box::new(failure)))
                }
                WriteOutcome::Done => {
                    let body = told(
                        workspace,
                        id,
                        &failure.explain(&state.zone).body,
                        state.share,
                    );
                    workspace.editing = None;
                    state
                        .toasts
                        .push(now, ToastKind::Done, "Changes saved", body, None);
                    return workspace
                        .reread_if_selected(id)
                        .map(|id| Effect::List(ListEffect::ReadBusiness(generation, id)))
                        .into_iter()
                        .collect();
                }
            }
            save_drafts(state)
        }
    }
}

/// Entity types that the server lists when it refuses one become choices.
pub(in crate::state) fn learn(taught: &mut TaughtTypes, failure: &WriteFailure, country: &str) {
    let FailureKind::Invalid { fields } = &failure.failure.kind else {
        return;
    };
    let messages = fields.iter().flat_map(|(_, messages)| messages);
    let lesson = messages
        .chain(&failure.failure.detail)
        .find_map(|text| read_lesson(text));
    if let Some(lesson) = lesson {
        taught.learn(lesson, country);
    }
}

/// What is told of a business, without its name in share mode: servers quote what they were asked.
pub(in crate::state) fn told(
    workspace: &Workspace,
    id: BusinessId,
    text: &str,
    share: Share,
) -> String {
    let row = workspace.list.book().get(id);
    let personal = row.as_ref().map(Business::personal);
    share.scrub(text, &personal.unwrap_or_default())
}

fn name_of(detail: &BusinessDetail, share: Share) -> String {
    let business = &detail.business;
    share
        .name(business.id, business.title())
        .map(std::borrow::Cow::into_owned)
        .unwrap_or_default()
}

/// Writes the drafts if they have changed.
pub(in crate::state) fn save_drafts(state: &mut AppState) -> Vec<Effect> {
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    workspace.creating.unsaved_since = None;
    let (profile, kept) = (workspace.profile.clone(), workspace.creating.kept());
    // One that an earlier session has left is kept up to date.
    if state.leaves_trace(&profile) || state.drafts.has(&profile) {
        state.drafts.keep(&profile, kept);
    }
    if state.written_drafts.as_ref() == Some(&state.drafts) {
        return Vec::new();
    }
    state.written_drafts = Some(state.drafts.clone());
    vec![Effect::Create(CreateEffect::SaveDrafts(
        state.drafts.clone(),
    ))]
}

/// Puts a business into the list; one that came to be while that is loading stays in it.
fn add(workspace: &mut Workspace, detail: &BusinessDetail, now: Now) {
    let Workspace { list, tokens, .. } = workspace;
    list.add(vec![detail.business.clone()], &live_ends(tokens, now));
}

/// Selects a business that was just read, and scrolls to it.
fn show(workspace: &mut Workspace, detail: BusinessDetail, zone: &TimeZone, now: Now) {
    let id = detail.business.id;
    workspace.detail = Remote {
        value: Some(detail),
        ..Remote::default()
    };
    workspace.selected = Some(id);
    workspace.show(id, zone, now);
}

impl Creating {
    /// Whether the moment to write the draft has come.
    pub(in crate::state) fn is_due(&self, now: Now) -> bool {
        self.save_deadline()
            .is_some_and(|deadline| deadline <= now.boot)
    }
}
