//! Handles the events of the window around the pages.

use jiff::tz::TimeZone;

use crate::domain::time::Now;
use crate::state::AppState;
use crate::state::cx::Cx;
use crate::state::session::locking;
use crate::state::session::open::Open;
use crate::state::session::workspace::Workspace;
use crate::state::shell;
use crate::state::shell::messages::ShellEvent;
use crate::state::shell::toasts::Toast;

pub(in crate::state) fn event(state: &mut AppState, event: ShellEvent, cx: &mut Cx) {
    match event {
        ShellEvent::SystemSession(signal) => locking::system_session(state, signal, cx),
        ShellEvent::ZoneChanged(zone) => zone_changed(state, zone, cx.now),
        ShellEvent::FileSaved {
            profile,
            what,
            count,
            result,
        } => {
            shell::files::saved(state, profile.as_ref(), (what, count), result, cx);
        }
        ShellEvent::NotSaved { file, folder, why } => {
            shell::files::not_saved(state, file, folder, &why, cx);
        }
        ShellEvent::DialogIsOpen => cx.toast(Toast::info(
            "Another file dialog is open",
            "Choose a file there or close it first.",
        )),
        ShellEvent::DraftsSavedAgain => state.unsaved_drafts = None,
    }
}

/// Days begin at another moment: keys may be a day older or younger, and a filter by date may match other rows.
fn zone_changed(state: &mut AppState, zone: TimeZone, now: Now) {
    state.zone = zone;
    state.ages_checked_on = None;
    state.history.arrange(&state.zone);
    if let Some(Open { workspace, .. }) = &mut state.open {
        let Workspace { list, tokens, .. } = workspace;
        list.set_zone(&state.zone, &tokens.live_expiries(now));
    }
}
