//! The shortcut of a form's main button.

use egui::{Context, Key, Modifiers};

use super::super::actions::written;

/// The shortcut as written on this system's keyboards.
pub(in crate::ui) fn submit_key() -> String {
    written("Ctrl+Enter")
}

/// Takes the shortcut from the input. Called before the fields are drawn: Enter would also open the focused select or press the focused
/// button.
pub(in crate::ui) fn takes_submit_key(ctx: &Context) -> bool {
    ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter))
}
