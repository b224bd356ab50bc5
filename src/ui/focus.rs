//! Restores the focus after a dialog closes.

use egui::{Context, Id};

use crate::state::shell::messages::Page;
use crate::widgets::{focus_on, is_focus_moving};

/// Remembers the focus below dialogs and restores it when the last dialog has closed.
#[derive(Default)]
pub(super) struct FocusKeeper {
    was_over: bool,
    /// The focused widget while no dialog is open, and its page.
    below: Option<(Id, Option<Page>)>,
}

impl FocusKeeper {
    /// Call it before drawing anything in a frame. `is_over` says whether a dialog is open.
    pub(super) fn follow(&mut self, ctx: &Context, is_over: bool, page: Option<Page>) {
        let was_over = std::mem::replace(&mut self.was_over, is_over);
        // A command run from the palette may have moved the focus.
        if is_over || is_focus_moving(ctx) {
            return;
        }
        if !was_over {
            let focused = ctx.memory(|memory| memory.focused());
            self.below = focused.map(|id| (id, page));
        } else if let Some((id, _)) = self.below.filter(|(_, below)| *below == page) {
            focus_on(ctx, id);
        }
    }
}

/// The focused field of a form, remembered while a question is shown in it.
#[derive(Default)]
pub(super) struct FormFocus(Option<Id>);

impl FormFocus {
    /// Call it on every frame without a question.
    pub(super) fn follow(&mut self, ctx: &Context) {
        self.0 = ctx.memory(|memory| memory.focused()).or(self.0);
    }

    /// Restores the focus after the question has been answered.
    pub(super) fn go_back(&self, ctx: &Context) {
        if let Some(id) = self.0 {
            focus_on(ctx, id);
        }
    }
}
