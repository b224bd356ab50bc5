//! What each command of the form for a stored business changes.

use serde_json::Value;

use crate::domain::draft::{blocks, check_changes};
use crate::domain::failure::Operation;
use crate::state::AppState;
use crate::state::create::archive;
use crate::state::create::editing::{EditPhase, Editing};
use crate::state::create::messages::{EditCommand, EditEffect};
use crate::state::cx::Cx;

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
                editing.phase = EditPhase::Sending { since: cx.now.boot };
                cx.push(EditEffect::Update(generation, editing.business, body));
            }
        }
        (EditCommand::Cancel, Some(editing))
            if matches!(editing.phase, EditPhase::Sending { .. }) =>
        {
            editing.phase = EditPhase::Unknown(None);
            let id = editing.business;
            workspace.clear_retry(Operation::UpdateBusiness);
            cx.push(EditEffect::Cancel(id));
        }
        // The form is closed, or has moved on since the button was shown.
        (
            EditCommand::Change(_)
            | EditCommand::Preview
            | EditCommand::Back
            | EditCommand::Submit
            | EditCommand::Cancel,
            _,
        ) => {}
    }
}
