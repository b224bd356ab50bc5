//! Where the keyboard was before a dialog took it.

use egui::{Context, Id};

/// Gives the keyboard back when the last dialog has closed.
#[derive(Default)]
pub(super) struct FocusKeeper {
    was_over: bool,
    /// What has it while no dialog is open.
    below: Option<Id>,
}

impl FocusKeeper {
    /// To be called before anything of a frame is drawn. `is_over`: a dialog is.
    pub(super) fn follow(&mut self, ctx: &Context, is_over: bool) {
        match (std::mem::replace(&mut self.was_over, is_over), is_over) {
            (false, false) => self.below = ctx.memory(|memory| memory.focused()),
            (true, false) => match self.below {
                Some(id) => ctx.memory_mut(|memory| memory.request_focus(id)),
                None => ctx.memory_mut(|memory| memory.stop_text_input()),
            },
            (_, true) => {}
        }
    }
}
