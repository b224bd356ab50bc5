//! What happens around the pages, and what that changes.

use jiff::tz::TimeZone;

use crate::domain::time::Now;
use crate::state::app_state::{AppState, live_ends};
use crate::state::effect::Effect;
use crate::state::session::workspace::Workspace;
use crate::state::shell;
use crate::state::shell::messages::ShellEvent;

pub(in crate::state) fn event(state: &mut AppState, event: ShellEvent, now: Now) -> Vec<Effect> {
    match event {
        ShellEvent::ZoneChanged(zone) => zone_changed(state, zone, now),
        ShellEvent::Exported { count, result, .. } => {
            shell::files::exported(state, count, result, now)
        }
        ShellEvent::FileSaved { what, result, .. } => shell::files::saved(state, what, result, now),
        ShellEvent::NotSaved { file, why } => shell::files::not_saved(state, file, &why, now),
    }
    Vec::new()
}

/// Days begin at another moment: keys may be another day old, and a filter by days may find others.
fn zone_changed(state: &mut AppState, zone: TimeZone, now: Now) {
    state.zone = zone;
    state.looked_on = None;
    if let Some(Workspace { list, tokens, .. }) = &mut state.workspace {
        list.set_zone(&state.zone, &live_ends(tokens, now));
    }
}
