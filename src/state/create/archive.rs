//! Archives and unarchives businesses.

use crate::domain::business::BusinessId;
use crate::domain::failure::FailureKind;
use crate::domain::request_failure::RequestFailure;
use crate::state::AppState;
use crate::state::create::messages::ChangeEffect;
use crate::state::cx::Cx;
use crate::state::list::messages::ListEffect;
use crate::state::shell::toasts::{Toast, ToastAction};

/// Archives or unarchives a business, unless a request for that is under way.
pub(super) fn set(state: &mut AppState, business: BusinessId, is_archived: bool, cx: &mut Cx) {
    let Some(open) = &mut state.open else {
        return;
    };
    if open.workspace.archiving.insert(business) {
        let undo = ToastAction::Unarchive(business);
        state.toasts.dismiss_action(undo);
        cx.push(ChangeEffect::SetArchived(
            open.generation,
            business,
            is_archived,
        ));
    }
}

/// Handles the outcome of archiving or unarchiving.
pub(super) fn archived(
    state: &mut AppState,
    id: BusinessId,
    is_archived: bool,
    result: Result<(), RequestFailure>,
    cx: &mut Cx,
) {
    let Some(open) = &mut state.open else {
        return;
    };
    let (generation, workspace) = (open.generation, &mut open.workspace);
    workspace.archiving.remove(&id);
    match result {
        Ok(()) => {
            workspace.note_sign_in(None);
            let environment = workspace.profile.environment.in_sentence();
            let (title, undo) = if is_archived {
                let undo = ToastAction::Unarchive(id);
                (format!("Archived in {environment}"), Some(undo))
            } else {
                (format!("Unarchived in {environment}"), None)
            };
            workspace
                .list
                .set_archived(id, is_archived, &workspace.tokens.live_expiries(cx.now));
            workspace.deselect_hidden();
            let row = workspace.list.businesses().get(id);
            let name = state
                .share
                .name(id, row.as_ref().and_then(|row| row.title()));
            let body = name.map_or_else(String::new, |name| name.into_owned());
            cx.toast(Toast::done(title, body).offering(undo));
            if let Some(id) = workspace.reread_if_selected(id) {
                cx.push(ListEffect::ReadBusiness(generation, id));
            }
        }
        Err(failure) => {
            workspace.note_sign_in(Some(&failure.failure));
            workspace.offers_archive &= failure.failure.kind != FailureKind::NotSupported;
            let words = failure.explain(&state.zone);
            let body = workspace.without_personal(id, &words.body, state.share);
            cx.toast(Toast::failed(words.title, body));
        }
    }
}
