//! Refuses secrets pasted where they would be shown and saved.

use egui::{Context, Event};

use super::Screen;
use crate::state::AppState;
use crate::state::shell::messages::ShellCommand;

/// Shown when a secret is pasted where it would be displayed and stored.
pub(super) const NOT_SEARCHED: &str =
    "This looks like a key or a token, so it was not searched for";

/// Removes a pasted secret from the events of this frame. Returns whether there was one.
pub(super) fn reject_secret(ctx: &Context, state: &AppState) -> bool {
    ctx.input_mut(|input| {
        let before = input.events.len();
        input
            .events
            .retain(|event| !matches!(event, Event::Paste(text) if state.is_secret(text)));
        input.events.len() < before
    })
}

/// Refuses pasted secrets while a dialog is open whose fields are shown and saved.
pub(super) fn reject_secret_in_dialog(ctx: &Context, screen: &mut Screen<'_>) {
    if reject_secret(ctx, screen.state) {
        screen.send(ShellCommand::ShowUnavailable(NOT_PASTED));
    }
}

const NOT_PASTED: &str = "This looks like a key or a token, so it was not pasted";
