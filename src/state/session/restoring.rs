//! Restores what a lock set aside.

use super::open::Open;
use crate::state::AppState;
use crate::state::create::form_input::FormPhase;
use crate::state::cx::Cx;
use crate::state::list::messages::ListEffect;
use crate::state::shell::toasts::Toast;

/// Ends the lock, once a profile has signed in, and resumes what its workspace was waiting for.
pub(super) fn signed_in(state: &mut AppState, cx: &mut Cx) {
    state.lock.touched = Some(cx.now);
    state.lock.locked = None;
    let Some(Open {
        generation,
        workspace,
        ..
    }) = &mut state.open
    else {
        return;
    };
    if let Some(id) = workspace.reread() {
        cx.push(ListEffect::ReadBusiness(*generation, id));
    }
    if let Some(editing) = &mut workspace.editing
        && editing.input.sent_at().is_some()
    {
        editing.input.phase = FormPhase::Typing;
        let body = "The console locked before the server answered. Saving them again is safe.";
        let title = "The changes may or may not have been saved";
        cx.toast(Toast::failed(title, body));
    }
}
