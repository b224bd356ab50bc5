//! The state of Shift at the moment a key was pressed.

use egui::{Context, Event, Key};

/// Whether a matching key was pressed together with Shift in this frame. `InputState::modifiers` holds the state at the end of the frame, by
/// which a fast typist has released Shift.
pub fn pressed_with_shift(ctx: &Context, is_such: impl Fn(Key) -> bool) -> bool {
    let is_press = |event: &Event| matches!(event, Event::Key { key, pressed: true, modifiers, .. } if modifiers.shift && is_such(*key));
    ctx.input(|input| input.events.iter().any(is_press))
}
