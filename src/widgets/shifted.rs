//! Shift as it was when a key went down.

use egui::{Context, Event, Key};

/// Whether such a key was pressed with Shift in this frame. `InputState::modifiers` tells what is down at the end of the
/// frame, and a quick hand has let go of Shift by then.
pub fn pressed_with_shift(ctx: &Context, is_such: impl Fn(Key) -> bool) -> bool {
    let is_press = |event: &Event| matches!(event, Event::Key { key, pressed: true, modifiers, .. } if modifiers.shift && is_such(*key));
    ctx.input(|input| input.events.iter().any(is_press))
}
