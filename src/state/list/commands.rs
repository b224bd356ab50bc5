//! What each command about the list changes.

use crate::domain::business::BusinessId;
use crate::domain::failure::Operation;
use crate::domain::time::Now;
use crate::state::app_state::{AppState, live_ends};
use crate::state::effect::Effect;
use crate::state::list::messages::{ListCommand, ListEffect};
use crate::state::session::workspace::{Remote, Workspace};
use crate::state::shell::messages::ShellEffect;
use crate::state::{session, shell};

/// Without a session they mean nothing.
pub(in crate::state) fn command(
    state: &mut AppState,
    command: ListCommand,
    now: Now,
) -> Vec<Effect> {
    let generation = state.generation;
    let zone = state.zone.clone();
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    match command {
        ListCommand::SetFilter(typed) => {
            let effects = workspace
                .look_up_pasted_id(&typed)
                .map(|id| Effect::List(ListEffect::LookUp(generation, id)));
            workspace
                .list
                .set_filter(typed, &zone, &live_ends(&workspace.tokens, now));
            let jumped = workspace
                .jump_to_exact_match()
                .map(|id| Effect::List(ListEffect::ReadBusiness(generation, id)));
            let effects = effects.into_iter().chain(jumped).collect();
            session::profiles::filter_changed(state, now);
            return effects;
        }
        ListCommand::SortBy(column) => {
            workspace.layout.sort = workspace.list.sort().clicked(column);
            workspace
                .list
                .set_sort(workspace.layout.sort, &live_ends(&workspace.tokens, now));
            return save_layout(state);
        }
        ListCommand::Export(format) => return shell::files::export(state, format, now),
        ListCommand::SetLayout(layout) => {
            workspace.layout = layout.repaired();
            return save_layout(state);
        }
        ListCommand::Select(id) => {
            return select(workspace, id)
                .map(|id| Effect::List(ListEffect::ReadBusiness(generation, id)))
                .into_iter()
                .collect();
        }
        ListCommand::MoveSelection(step) => {
            let target = workspace.neighbour(step);
            workspace.reveal = target;
            return target
                .and_then(|id| select(workspace, Some(id)))
                .map(|id| Effect::List(ListEffect::ReadBusiness(generation, id)))
                .into_iter()
                .collect();
        }
        ListCommand::ShowDetail(is_open) => {
            workspace.is_detail_open = is_open;
            return workspace
                .read_if_needed()
                .map(|id| Effect::List(ListEffect::ReadBusiness(generation, id)))
                .into_iter()
                .collect();
        }
        ListCommand::Reveal(id) => {
            workspace.show(id, &zone, now);
            return select(workspace, Some(id))
                .map(|id| Effect::List(ListEffect::ReadBusiness(generation, id)))
                .into_iter()
                .collect();
        }
        ListCommand::RevealDone => workspace.reveal = None,
        ListCommand::Refresh => {
            workspace.sign_in_failure = None;
            if !workspace.list.loading.is_running() {
                workspace.list.loading.begin(now);
                let detail = workspace
                    .reread()
                    .map(|id| Effect::List(ListEffect::ReadBusiness(generation, id)));
                return [Effect::List(ListEffect::Load(generation))]
                    .into_iter()
                    .chain(detail)
                    .collect();
            }
        }
        ListCommand::StopLoading => {
            workspace.list.loading.stop();
            workspace.clear_retry(Operation::ListBusinesses);
            return vec![Effect::List(ListEffect::StopLoading)];
        }
        ListCommand::ReadBusiness(id) => {
            if workspace.selected == Some(id) {
                workspace.detail.is_reading = true;
                return vec![Effect::List(ListEffect::ReadBusiness(generation, id))];
            }
        }
    }
    Vec::new()
}

fn save_layout(state: &mut AppState) -> Vec<Effect> {
    if keep_layout(state) {
        vec![Effect::Shell(ShellEffect::SavePreferences(
            state.saved.clone(),
        ))]
    } else {
        Vec::new()
    }
}

/// Remembers how the table is arranged, where that may be. Says whether it was news.
pub(in crate::state) fn keep_layout(state: &mut AppState) -> bool {
    let Some(workspace) = &state.workspace else {
        return false;
    };
    let (profile, layout) = (&workspace.profile, &workspace.layout);
    // The demo has one table, whatever its port.
    let may_be = profile.is_demo() || state.leaves_trace(profile);
    let is_news = may_be && state.saved.layout(profile) != *layout;
    if is_news {
        state.saved.set_layout(profile, layout.clone());
    }
    is_news
}

/// Selects a business; returns it if it has to be read for the open detail pane.
pub(super) fn select(workspace: &mut Workspace, id: Option<BusinessId>) -> Option<BusinessId> {
    if workspace.selected != id {
        workspace.selected = id;
        workspace.detail = Remote::default();
    }
    workspace.read_if_needed()
}
