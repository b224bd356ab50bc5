//! Handles the commands of the form for a stored business.

use crate::domain::draft::{blocks, check_changes, patch_body};
use crate::domain::failure::Operation;
use crate::state::AppState;
use crate::state::create::archive;
use crate::state::create::drafts::save_drafts;
use crate::state::create::editing::EditForm;
use crate::state::create::form_input::{FormPhase, UnknownOutcome};
use crate::state::create::messages::{ChangeEffect, EditCommand};
use crate::state::cx::Cx;
use crate::state::list::commands::select;
use crate::state::list::messages::ListEffect;
use crate::state::shell::messages::Page;
use crate::state::shell::toasts::Toast;

/// Opens the form for the selected business, if it has been read.
fn begin(state: &mut AppState) {
    let Some(open) = &mut state.open else {
        return;
    };
    let (workspace, edits) = (&mut open.workspace, &state.drafts.edits);
    workspace.editing = workspace.selected_detail().map(|detail| {
        let kept = edits.of(&workspace.profile, detail.business.id);
        EditForm::new(detail, kept)
    });
}

/// Opens the form once the business that the user wants to edit has been read. If the user has moved on meanwhile, to
/// another page or the form for a new business, it does not open at all.
pub(in crate::state) fn begin_if_wanted(state: &mut AppState) {
    let Some(open) = &mut state.open else {
        return;
    };
    let workspace = &mut open.workspace;
    let read = workspace.selected_detail().map(|detail| detail.business.id);
    let wanted = workspace
        .edit_wanted
        .take_if(|wanted| Some(*wanted) == read);
    let is_here = workspace.page == Page::Businesses && !workspace.creating.is_open;
    if wanted.is_some() && is_here {
        begin(state);
    }
}

pub(in crate::state) fn command(state: &mut AppState, command: EditCommand, cx: &mut Cx) {
    let Some(open) = &mut state.open else {
        return;
    };
    let (generation, workspace) = (open.generation, &mut open.workspace);
    match (command, &mut workspace.editing) {
        (
            EditCommand::SetArchived {
                business,
                is_archived,
            },
            _,
        ) => archive::set(state, business, is_archived, cx),
        (EditCommand::Open, _) => begin(state),
        (EditCommand::OpenOnceRead(id), _) => {
            workspace.is_detail_open = true;
            if let Some(id) = select(workspace, Some(id)) {
                cx.push(ListEffect::ReadBusiness(generation, id));
            }
            workspace.edit_wanted = Some(id);
            begin_if_wanted(state);
        }
        (EditCommand::Close, Some(_)) => close(state, cx),
        (EditCommand::Discard, Some(editing)) => {
            editing.input.draft.clone_from(&editing.base.draft);
            save_drafts(state, cx);
            if let Some(open) = &mut state.open {
                open.workspace.editing = None;
            }
        }
        (EditCommand::DiscardRestored, Some(editing)) => {
            editing.discard_restored();
            save_drafts(state, cx);
        }
        (EditCommand::Change(draft), Some(editing)) => {
            editing.input.edit(*draft);
            // Both kinds of drafts are saved together.
            workspace.creating.unsaved_since.get_or_insert(cx.now.boot);
        }
        (EditCommand::Preview, Some(editing)) => {
            let findings = check_changes(
                &editing.base.draft,
                &editing.input.draft,
                &state.drafts.learned_types,
            );
            if editing.input.is_editable() && !editing.changes().is_empty() && !blocks(&findings) {
                editing.input.phase = FormPhase::Confirming;
            }
        }
        (EditCommand::Back, Some(editing))
            if matches!(editing.input.phase, FormPhase::Confirming) =>
        {
            editing.input.phase = FormPhase::Typing;
        }
        (EditCommand::Submit, Some(editing)) => {
            let can_send = matches!(
                editing.input.phase,
                FormPhase::Confirming | FormPhase::Unknown(_)
            );
            if let (true, Ok(body)) = (can_send, patch_body(&editing.changes())) {
                editing.input.phase = FormPhase::Sending { since: cx.now.boot };
                cx.push(ChangeEffect::Update(generation, editing.business, body));
            }
        }
        (EditCommand::Cancel, Some(editing)) if editing.input.sent_at().is_some() => {
            editing.input.phase = FormPhase::Unknown(UnknownOutcome::NotAwaited);
            let id = editing.business;
            workspace.clear_retry(Operation::UpdateBusiness);
            cx.push(ChangeEffect::CancelUpdate(id));
        }
        // The button is out of date: the form is closed or has moved on since it was shown.
        (
            EditCommand::Change(_)
            | EditCommand::Preview
            | EditCommand::Back
            | EditCommand::Submit
            | EditCommand::Close
            | EditCommand::Discard
            | EditCommand::DiscardRestored
            | EditCommand::Cancel,
            _,
        ) => {}
    }
}

/// Closes the form. Its changes stay as a draft, and a toast says so.
fn close(state: &mut AppState, cx: &mut Cx) {
    save_drafts(state, cx);
    let Some(open) = &mut state.open else {
        return;
    };
    let closed = open.workspace.editing.take();
    if closed.is_some_and(|editing| !editing.changes().is_empty()) {
        let body = "Edit this business again to continue.";
        cx.toast(Toast::info("Changes kept as a draft", body));
    }
}
