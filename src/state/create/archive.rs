//! Archiving: what the command and its outcome change.

use crate::domain::business::BusinessId;
use crate::domain::failure::FailureKind;
use crate::domain::time::Now;
use crate::domain::write::WriteFailure;
use crate::state::AppState;
use crate::state::create::messages::EditEffect;
use crate::state::create::saving::told;
use crate::state::effect::Effect;
use crate::state::list::messages::ListEffect;
use crate::state::shell::toasts::{ToastAction, ToastKind};

/// Puts a business into the archive or takes it out, unless that is being done already.
pub(in crate::state) fn set(
    state: &mut AppState,
    business: BusinessId,
    is_archived: bool,
) -> Vec<Effect> {
    let generation = state.generation;
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    if !workspace.archiving.insert(business) {
        return Vec::new();
    }
    state
        .toasts
        .dismiss_action(ToastAction::Unarchive(business));
    vec![Effect::Edit(EditEffect::SetArchived(
        generation,
        business,
        is_archived,
    ))]
}

/// An attempt has ended.
pub(in crate::state) fn archived(
    state: &mut AppState,
    id: BusinessId,
    is_archived: bool,
    result: Result<(), WriteFailure>,
    now: Now,
) -> Vec<Effect> {
    let generation = state.generation;
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    workspace.archiving.remove(&id);
    match result {
        Ok(()) => {
            let environment = workspace.profile.environment.name();
            let (title, undo) = if is_archived {
                workspace.archived.insert(id);
                let undo = ToastAction::Unarchive(id);
                (format!("Archived in {environment}"), Some(undo))
            } else {
                workspace.archived.remove(&id);
                (format!("Taken out of the archive in {environment}"), None)
            };
            let row = workspace.list.book().get(id);
            let name = state
                .share
                .name(id, row.as_ref().and_then(|row| row.title()));
            let body = name.map_or_else(String::new, |name| name.into_owned());
            state.toasts.push(now, ToastKind::Done, title, body, undo);
            workspace
                .reread_if_selected(id)
                .map(|id| Effect::List(ListEffect::ReadBusiness(generation, id)))
                .into_iter()
                .collect()
        }
        Err(failure) => {
            workspace.note_sign_in(Some(&failure.failure));
            workspace.offers_archive &= failure.failure.kind != FailureKind::NotOffered;
            let words = failure.explain(&state.zone);
            let body = told(workspace, id, &words.body, state.share);
            state
                .toasts
                .push(now, ToastKind::Refused, words.title, body, None);
            Vec::new()
        }
    }
}
