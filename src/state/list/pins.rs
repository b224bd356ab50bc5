//! Changes the shortlist of a profile, and saves it.

use crate::domain::business::{Business, BusinessId};
use crate::state::AppState;
use crate::state::cx::Cx;
use crate::state::list::pins_and_recents::MAX_PINNED;
use crate::state::session::open::Open;
use crate::state::shell::toasts::Toast;

/// Pins or unpins a business, and shows a toast, because nothing else is visible on other pages.
pub(in crate::state) fn toggle(state: &mut AppState, id: BusinessId, cx: &mut Cx) {
    let Some(Open { workspace, .. }) = &mut state.open else {
        return;
    };
    let (title, body) = if workspace.list.toggle_pin(id) {
        workspace.reveal = Some(id);
        let row = workspace.list.businesses().get(id);
        let name = state.share.name(id, row.as_ref().and_then(Business::title));
        let name = name.unwrap_or("a business without a name".into());
        match workspace.list.shortlist.is_pinned(id) {
            true => (format!("Pinned {name}"), ""),
            false => (format!("Unpinned {name}"), ""),
        }
    } else {
        let title = format!("{MAX_PINNED} businesses are pinned already");
        (title, "Unpin another one first.")
    };
    cx.toast(Toast::info(title, body));
    record(state);
}

/// Records that a business was opened or its token copied.
pub(in crate::state) fn opened(state: &mut AppState, id: BusinessId) {
    if let Some(Open { workspace, .. }) = &mut state.open
        && workspace.list.shortlist.opened(id)
    {
        record(state);
    }
}

/// Forgets businesses that are neither in the list nor in the archive, once both were read: they no longer exist.
pub(in crate::state) fn forget_gone(state: &mut AppState) {
    if let Some(Open { workspace, .. }) = &mut state.open
        && workspace.list.is_read()
        && workspace.list.forget_gone()
    {
        record(state);
    }
}

/// Records the shortlist in the preferences, if its profile is saved.
fn record(state: &mut AppState) {
    if let Some(Open { workspace, .. }) = &state.open
        && let Some(known) = state.saved.known_mut(&workspace.profile)
    {
        known.shortlist.clone_from(&workspace.list.shortlist);
    }
}
