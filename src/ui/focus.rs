//! Where the keyboard was before a dialog took it.

use egui::{Context, Id};

/// Gives the keyboard back when the last dialog has closed.
#[derive(Default)]
pub(super) struct FocusKeeper {
    was_over: bool,
    is_returning: bool,
    /// What has it while no dialog is open.
    below: Option<Id>,
}

impl FocusKeeper {
    /// To be called before anything of a frame is drawn. `is_over`: a dialog is. Returns whether the
    /// keyboard is about to go back, so that nothing takes it that was not asked to.
    ///
    /// For one frame after a dialog egui still takes the keyboard from whatever lies below it.
    pub(super) fn follow(&mut self, ctx: &Context, is_over: bool) -> bool {
        let focused = ctx.memory(|memory| memory.focused());
        match (std::mem::replace(&mut self.was_over, is_over), is_over) {
            (true, false) => {
                self.is_returning = true;
                ctx.request_repaint();
            }
            (false, false) if std::mem::take(&mut self.is_returning) => {
                // What had it may be gone; then the table takes it with another frame.
                ctx.request_repaint();
                // What was run from the palette may have led it elsewhere.
                if let Some(id) = self.below.filter(|_| focused.is_none()) {
                    ctx.memory_mut(|memory| memory.request_focus(id));
                }
            }
            (false, false) => self.below = focused,
            (_, true) => self.is_returning = false,
        }
        self.is_returning
    }
}
