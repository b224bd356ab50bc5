//! What each command about the window around the pages changes.

use crate::domain::time::Now;
use crate::state::effect::Effect;
use crate::state::shell::messages::{Page, ShellCommand, ShellEffect};
use crate::state::{AppState, history};

pub(in crate::state) fn command(
    state: &mut AppState,
    command: ShellCommand,
    now: Now,
) -> Vec<Effect> {
    match command {
        ShellCommand::ShowPage(page) => return show(state, page),
        ShellCommand::CopyText { what, text } => {
            return vec![ShellEffect::CopyText { what, text }.into()];
        }
        ShellCommand::DismissToast(id) => state.toasts.dismiss(id),
        ShellCommand::HoldToasts(is_held) => state.toasts.hold(is_held, now),
        ShellCommand::ToggleShare => {
            state.share = state.share.toggled();
            // What was said before may name somebody.
            state.toasts.dismiss_all();
            state.announcements.clear();
        }
        ShellCommand::DismissSkew => {
            if let Some(workspace) = &mut state.workspace {
                workspace.clock_skew_secs = None;
            }
        }
    }
    Vec::new()
}

fn show(state: &mut AppState, page: Page) -> Vec<Effect> {
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    workspace.page = page;
    if page == Page::History {
        history::commands::opened(state)
    } else {
        Vec::new()
    }
}
