//! The forms that create and edit businesses, and the archive.

pub mod creating;
pub mod editing;
pub mod form_input;
pub mod messages;

pub(super) mod commands;
pub(super) mod drafts;
pub(super) mod edit_commands;
pub(super) mod events;

mod archive;
mod edit_drafts;

use crate::state::AppState;
use crate::state::cx::Cx;
use crate::state::session::open::Open;

/// Ends the highlight of a new row, and saves the drafts when that is due.
pub(super) fn tick(state: &mut AppState, cx: &mut Cx) {
    let Some(Open { workspace, .. }) = &mut state.open else {
        return;
    };
    workspace.highlighted = workspace
        .highlighted
        .filter(|(_, until)| *until > cx.now.boot);
    if workspace.creating.is_due(cx.now) {
        drafts::save_drafts(state, cx);
    }
}
