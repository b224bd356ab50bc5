//! The filter that each profile remembers.

use std::time::Duration;

use crate::state::AppState;
use crate::state::cx::Cx;
use crate::state::session::open::Open;
use crate::state::shell::messages::ShellEffect;

/// A filter is on disk at most this long after it was typed.
const SAVE_FILTER_AFTER: Duration = Duration::from_millis(700);

/// The filter has changed; it is remembered for profiles that are.
pub(in crate::state) fn changed(state: &mut AppState, cx: &Cx) {
    if let Some(Open { workspace, .. }) = &mut state.open
        && let Some(known) = state.saved.known(&workspace.profile)
    {
        let due = cx.now.boot.saturating_add(SAVE_FILTER_AFTER);
        let is_news = known.filter != workspace.list.filter();
        workspace.filter_due = is_news.then(|| workspace.filter_due.unwrap_or(due));
    }
}

/// Writes the filter once the user has stopped typing for long enough.
pub(in crate::state) fn tick(state: &mut AppState, cx: &mut Cx) {
    let due = state
        .open
        .as_ref()
        .and_then(|open| open.workspace.filter_due);
    if due.is_some_and(|due| due <= cx.now.boot) {
        save(state, cx);
    }
}

/// Writes the filter if it is not as on disk.
pub(in crate::state) fn save(state: &mut AppState, cx: &mut Cx) {
    let Some(Open { workspace, .. }) = &mut state.open else {
        return;
    };
    workspace.filter_due = None;
    let filter = match workspace.list.query().looks_at_import() {
        // At the next start nobody knows any more what the last import has created.
        true => String::new(),
        false => workspace.list.filter().to_owned(),
    };
    if state.is_secret(&filter) {
        // It was typed, or has grown together: it is looked for, and not written down.
        return;
    }
    let Some(Open { workspace, .. }) = &state.open else {
        return;
    };
    if let Some(known) = state.saved.known_mut(&workspace.profile)
        && known.filter != filter
    {
        known.filter = filter;
        cx.push(ShellEffect::SavePreferences(state.saved.clone()));
    }
}
