//! Saves the filter of each profile.

use std::time::Duration;

use crate::domain::time::Now;
use crate::state::AppState;
use crate::state::cx::Cx;
use crate::state::session::open::Open;

/// How long after its first unsaved change a filter is saved at the latest.
const SAVE_FILTER_AFTER: Duration = Duration::from_millis(700);

/// Schedules saving the filter after a change, if the profile is saved.
pub(in crate::state) fn changed(state: &mut AppState, cx: &Cx) {
    if let Some(Open { workspace, .. }) = &mut state.open
        && let Some(known) = state.saved.known(&workspace.profile)
    {
        let due = cx.now.boot.saturating_add(SAVE_FILTER_AFTER);
        let is_news = known.filter != workspace.list.filter();
        workspace.filter_due = is_news.then(|| workspace.filter_due.unwrap_or(due));
    }
}

/// Records the filter when it is due.
pub(in crate::state) fn tick(state: &mut AppState, now: Now) {
    let due = state
        .open
        .as_ref()
        .and_then(|open| open.workspace.filter_due);
    if due.is_some_and(|due| due <= now.boot) {
        record(state);
    }
}

/// Records the filter in the preferences, if the profile is saved.
pub(in crate::state) fn record(state: &mut AppState) {
    let Some(Open { workspace, .. }) = &mut state.open else {
        return;
    };
    workspace.filter_due = None;
    let filter = match workspace.list.query().depends_on_import() {
        // After a restart, the console no longer knows what the last import created.
        true => String::new(),
        false => workspace.list.filter().to_owned(),
    };
    if state.is_secret(&filter) {
        // Filtering by something that looks like a secret is possible, but it must not be written to disk.
        return;
    }
    let Some(Open { workspace, .. }) = &state.open else {
        return;
    };
    if let Some(known) = state.saved.known_mut(&workspace.profile) {
        known.filter = filter;
    }
}
