//! Restores what a lock set aside.

use super::open::Open;
use super::workspace::Workspace;
use crate::state::AppState;
use crate::state::create::creating::CreateForm;
use crate::state::cx::Cx;
use crate::state::list::messages::ListEffect;
use crate::state::shell::toasts::Toast;

/// Restores what the lock set aside, once its profile has signed in. If another profile has, drops it.
pub(super) fn signed_in(state: &mut AppState, cx: &mut Cx) {
    state.lock.touched = Some(cx.now);
    state.lock.locked = None;
    let (Some(kept), Some(open)) = (state.lock.set_aside.take(), &mut state.open) else {
        return;
    };
    let Open {
        generation,
        workspace,
        ..
    } = open;
    if kept.profile != workspace.profile {
        return;
    }
    let kept = *kept;
    workspace.page = kept.page;
    workspace.import = kept.import;
    workspace.editing = kept.editing;
    workspace.shortlist = kept.shortlist;
    workspace.pins_changed();
    workspace.archived = kept.archived;
    workspace.offers_archive = kept.offers_archive;
    workspace.layout = kept.layout;
    workspace.is_detail_open = kept.is_detail_open;
    workspace.selected = kept.selected;
    workspace.reveal = kept.selected;
    if let Some(draft) = kept.draft {
        workspace.creating = CreateForm::resume(draft);
    }
    workspace.creating.is_open = kept.is_form_open;
    let Workspace {
        list,
        tokens,
        layout,
        import,
        ..
    } = workspace;
    list.set_imported(import.created.clone(), &tokens.live_expiries(cx.now));
    list.set_sort(layout.sort, &tokens.live_expiries(cx.now));
    list.set_filter(kept.filter, &state.zone, &tokens.live_expiries(cx.now));
    if let (Some(id), true) = (kept.selected, kept.is_detail_open) {
        workspace.detail.is_reading = true;
        cx.push(ListEffect::ReadBusiness(*generation, id));
    }
    if kept.edit_was_sent {
        let body = "The console locked before the server answered. Saving them again is safe.";
        let title = "The changes may or may not have been saved";
        state.toasts.push(cx.now, Toast::failed(title, body));
    }
}
