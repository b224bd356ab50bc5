//! Handles the commands of the window around the pages.

use crate::state::cx::Cx;
use crate::state::session::workspace::Workspace;
use crate::state::shell::messages::{Page, ShellCommand, ShellEffect};
use crate::state::shell::toasts::Toast;
use crate::state::{AppState, history};

pub(in crate::state) fn command(state: &mut AppState, command: ShellCommand, cx: &mut Cx) {
    match command {
        ShellCommand::ShowPage(page) => show(state, page, cx),
        ShellCommand::CopyText { what, text } => cx.push(ShellEffect::CopyText { what, text }),
        ShellCommand::ShowUnavailable(why) => {
            cx.toast(Toast::info(why, ""));
        }
        ShellCommand::ReportMissingFont(c) => {
            let body = format!(
                "No installed font has the character U+{:04X}. Install a font for its script, then restart the console.",
                u32::from(c)
            );
            let title = "Some characters can’t be displayed";
            cx.toast(Toast::info(title, body));
        }
        ShellCommand::DismissToast(id) => state.toasts.dismiss(id),
        ShellCommand::HoldToasts(is_held) => state.toasts.hold(is_held, cx.now),
        ShellCommand::ToggleShare => {
            state.share = state.share.toggled();
            // Earlier messages may contain names.
            state.toasts.dismiss_all();
            state.announcements.clear();
        }
        ShellCommand::DismissSkew => {
            if let Some(workspace) = shown(state) {
                workspace.is_skew_dismissed = true;
            }
        }
    }
}

fn show(state: &mut AppState, page: Page, cx: &mut Cx) {
    let Some(workspace) = shown(state) else {
        return;
    };
    workspace.page = page;
    if page == Page::Businesses {
        workspace.reveal_selected();
    }
    if page == Page::History {
        history::commands::opened(state, cx);
    }
}

/// The workspace on screen, never that of a session behind a sign-in.
fn shown(state: &mut AppState) -> Option<&mut Workspace> {
    let open = state.open.as_mut().filter(|_| state.attempt.is_none())?;
    Some(&mut open.workspace)
}
