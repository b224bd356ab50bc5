//! Handles the commands of the form for a new business.

use serde_json::Value;

use crate::domain::draft::{CheckContext, Differences, Stored, blocks, check};
use crate::domain::failure::Operation;
use crate::state::AppState;
use crate::state::create::drafts::save_drafts;
use crate::state::create::form_input::FormPhase;
use crate::state::create::messages::{ChangeEffect, CreateCommand};
use crate::state::cx::Cx;
use crate::state::session::open::Open;
use crate::state::shell::toasts::{Toast, ToastAction};

pub(in crate::state) fn command(state: &mut AppState, command: CreateCommand, cx: &mut Cx) {
    let Some(Open { workspace, .. }) = &mut state.open else {
        return;
    };
    let creating = &mut workspace.creating;
    match command {
        CreateCommand::Open => {
            creating.open();
            workspace.edit_wanted = None;
        }
        CreateCommand::Close => {
            creating.is_open = false;
            if matches!(creating.input.phase, FormPhase::Confirming) {
                creating.input.phase = FormPhase::Typing;
            }
        }
        CreateCommand::Change(draft) => creating.edit(*draft, cx.now),
        CreateCommand::Discard if creating.is_editable() => {
            creating.discard();
            let undo = ToastAction::UndoDiscard;
            cx.toast(Toast::info("Draft discarded", "").offering(undo));
            save_drafts(state, cx);
        }
        CreateCommand::UndoDiscard if creating.is_editable() => {
            creating.undo_discard();
            // Only one form is on screen at a time.
            let is_hidden = workspace.editing.is_some();
            creating.is_open &= !is_hidden;
            let has_replaced = creating.discarded.is_some();
            state.toasts.dismiss_action(ToastAction::UndoDiscard);
            if is_hidden {
                let body = "Choose New business to continue.";
                let undo = has_replaced.then_some(ToastAction::UndoDiscard);
                cx.toast(Toast::info("Draft restored", body).offering(undo));
            } else if has_replaced {
                let undo = ToastAction::UndoDiscard;
                let title = "Discarded draft restored";
                let body = "It replaced the draft you typed since.";
                cx.toast(Toast::info(title, body).offering(undo));
            }
            save_drafts(state, cx);
        }
        CreateCommand::Submit => submit(state, false, cx),
        CreateCommand::ConfirmProduction => submit(state, true, cx),
        CreateCommand::CheckOutcome if creating.input.is_unknown() => send(state, cx),
        CreateCommand::Cancel if creating.input.sent_at().is_some() => cancel(state, cx),
        CreateCommand::BackToDraft => {
            creating.back();
            save_drafts(state, cx);
        }
        CreateCommand::AcceptExisting => {
            if let Some(stored) = creating.existed.take() {
                let stored_fields = Stored::from_detail(&stored);
                let differences = Differences::between(&creating.input.draft, &stored_fields);
                let is_stored = differences.different.is_empty();
                // The outcome of the earlier request is known now.
                creating.unresolved = None;
                if is_stored {
                    creating.finish();
                } else {
                    creating.is_open = false;
                    let body = "Choose New business to continue.";
                    cx.toast(Toast::info("Draft kept", body));
                }
                workspace.show_read(*stored, &state.zone, cx.now);
                save_drafts(state, cx);
            }
        }
        // The button is out of date: the form has moved on since it was shown.
        CreateCommand::Discard
        | CreateCommand::UndoDiscard
        | CreateCommand::CheckOutcome
        | CreateCommand::Cancel => {}
    }
}

fn submit(state: &mut AppState, is_confirmed: bool, cx: &mut Cx) {
    let Some(Open { workspace, .. }) = &mut state.open else {
        return;
    };
    let creating = &mut workspace.creating;
    let is_waiting = matches!(creating.input.phase, FormPhase::Confirming);
    let may_send = creating.is_editable() || (is_confirmed && is_waiting);
    let context = CheckContext {
        learned_types: &state.drafts.learned_types,
        known: &workspace.list,
    };
    if !may_send || blocks(&check(&creating.input.draft, &context)) {
        return;
    }
    state.is_production_confirmed |= is_confirmed;
    if workspace.profile.environment.is_production() && !state.is_production_confirmed {
        creating.input.phase = FormPhase::Confirming;
        return;
    }
    send(state, cx);
}

/// Sends the draft. Sending an unchanged draft again repeats the same request.
fn send(state: &mut AppState, cx: &mut Cx) {
    let Some(open) = &mut state.open else {
        return;
    };
    let (generation, workspace) = (open.generation, &mut open.workspace);
    let Ok(Value::Object(body)) = workspace.creating.input.draft.to_request_json() else {
        return;
    };
    workspace.creating.input.phase = FormPhase::Sending { since: cx.now.boot };
    // Saved first: the runtime sends the request once the draft is on disk.
    save_drafts(state, cx);
    cx.push(ChangeEffect::Create(generation, body));
}

/// Stops waiting for the answer to a create. The request may have arrived, unless it was waiting to be repeated.
fn cancel(state: &mut AppState, cx: &mut Cx) {
    let Some(Open { workspace, .. }) = &mut state.open else {
        return;
    };
    // A wait during an import is that of a row.
    let was_not_sent = workspace.import.running().is_none()
        && workspace.waits_to_repeat(Operation::CreateBusiness, cx.now);
    workspace.clear_retry(Operation::CreateBusiness);
    workspace.creating.stop_waiting(was_not_sent);
    if workspace.creating.is_editable() {
        let title = format!(
            "Not created in {}",
            workspace.profile.environment.in_sentence()
        );
        let body =
            "The server rejected the request, and you cancelled before the console tried again.";
        cx.toast(Toast::info(title, body));
    }
    cx.push(ChangeEffect::CancelCreate);
    save_drafts(state, cx);
}
