//! Handles the commands about the list.

use crate::domain::business::BusinessId;
use crate::domain::failure::Operation;
use crate::state::AppState;
use crate::state::cx::Cx;
use crate::state::generation::Generation;
use crate::state::list::messages::{ListCommand, ListEffect};
use crate::state::list::{pins, saved_filter};
use crate::state::session::workspace::{DetailState, Workspace};
use crate::state::shell;

/// Ignored without a session.
pub(in crate::state) fn command(state: &mut AppState, command: ListCommand, cx: &mut Cx) {
    let Some(open) = &mut state.open else {
        return;
    };
    let (generation, workspace) = (open.generation, &mut open.workspace);
    match command {
        ListCommand::SetFilter(typed) => {
            if let Some(id) = workspace.look_up_pasted_id(&typed) {
                cx.push(ListEffect::LookUp(generation, id));
            }
            workspace.selected_rows.clear();
            workspace
                .list
                .set_filter(typed, &state.zone, &workspace.tokens.live_expiries(cx.now));
            read(generation, workspace.jump_to_exact_match(), cx);
            workspace.reveal_selected();
            load_archived(generation, workspace, cx);
            saved_filter::changed(state, cx);
        }
        ListCommand::SetTyping(is_typing) => {
            let tokens = workspace.tokens.live_expiries(cx.now);
            workspace.list.set_typing(is_typing, &state.zone, &tokens);
        }
        ListCommand::SortBy(column) => {
            workspace.layout.sort = workspace.list.sort().clicked(column);
            workspace.list.set_sort(
                workspace.layout.sort,
                &workspace.tokens.live_expiries(cx.now),
            );
            record_layout(state);
        }
        ListCommand::Export(format) => shell::files::export(state, format, cx),
        ListCommand::SetLayout(layout) => {
            workspace.layout = layout.repaired();
            record_layout(state);
        }
        ListCommand::Select(id) => read(generation, select(workspace, id), cx),
        ListCommand::ToggleSelected(id) => {
            let ids = workspace.toggle_row(id);
            // If the selected row was deselected, select another one.
            let next = if ids.contains(&id) {
                Some(id)
            } else {
                ids.iter().next().copied()
            };
            read(generation, select(workspace, next), cx);
            workspace.select_rows(ids);
        }
        ListCommand::SelectTo(id) => {
            let ids = workspace.rows_to(id);
            read(generation, select(workspace, Some(id)), cx);
            workspace.select_rows(ids);
        }
        ListCommand::SelectAll => {
            let (selected, ids) = workspace.all_rows();
            read(generation, select(workspace, selected), cx);
            workspace.select_rows(ids);
        }
        ListCommand::SelectOne => workspace.selected_rows.clear(),
        ListCommand::MoveSelection(step) => {
            let target = workspace.neighbour(step);
            workspace.reveal = target;
            let to_read = target.and_then(|id| select(workspace, Some(id)));
            read(generation, to_read, cx);
        }
        ListCommand::ShowDetail(is_open) => {
            workspace.is_detail_open = is_open;
            read(generation, workspace.read_if_needed(), cx);
            if let Some(id) = workspace.selected.filter(|_| is_open) {
                pins::opened(state, id);
            }
        }
        ListCommand::Reveal(id) => {
            workspace.show(id, &state.zone, cx.now);
            read(generation, select(workspace, Some(id)), cx);
            pins::opened(state, id);
        }
        ListCommand::TogglePin(id) => pins::toggle(state, id, cx),
        ListCommand::RevealDone => workspace.reveal = None,
        ListCommand::Refresh => {
            if !workspace.list.loading.is_running() {
                let load = workspace.list.loading.begin(cx.now);
                cx.push(ListEffect::Load(generation, load));
                workspace.list.archive_reading.reset();
                load_archived(generation, workspace, cx);
                read(generation, workspace.reread(), cx);
            }
        }
        ListCommand::StopLoading => {
            workspace.list.loading.stop();
            workspace.list.archive_reading.reset();
            workspace.clear_retry(Operation::ListBusinesses);
            cx.push(ListEffect::StopLoading);
        }
        ListCommand::ReadBusiness(id) => read(generation, workspace.reread_if_selected(id), cx),
    }
}

/// Requests the archived businesses, once, if the filter asks for them.
pub(super) fn load_archived(generation: Generation, workspace: &mut Workspace, cx: &mut Cx) {
    let list = &mut workspace.list;
    if list.query().asks_for_archived()
        && let Some(number) = list.archive_reading.begin(false)
    {
        cx.push(ListEffect::LoadArchived(generation, number));
    }
}

/// Reads the business, if there is one to read.
fn read(generation: Generation, business: Option<BusinessId>, cx: &mut Cx) {
    if let Some(id) = business {
        cx.push(ListEffect::ReadBusiness(generation, id));
    }
}

/// Records the layout in the preferences, if that is allowed.
pub(in crate::state) fn record_layout(state: &mut AppState) {
    let Some(open) = &state.open else {
        return;
    };
    let (profile, layout) = (open.profile(), &open.workspace.layout);
    // The demo has one layout, whatever its port.
    let may_be = profile.is_demo() || state.may_persist(profile);
    if may_be && state.saved.layout(profile) != *layout {
        state.saved.set_layout(profile, layout.clone());
    }
}

/// Selects a business. Returns it if the open side pane needs it to be read.
pub(in crate::state) fn select(
    workspace: &mut Workspace,
    id: Option<BusinessId>,
) -> Option<BusinessId> {
    workspace.selected_rows.clear();
    if workspace.selected != id {
        workspace.selected = id;
        workspace.edit_wanted = None;
        workspace.detail = DetailState::default();
    }
    workspace.read_if_needed()
}
