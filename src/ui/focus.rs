//! Where the keyboard was before a dialog took it.

use egui::{Context, Id};

use crate::state::shell::messages::Page;
use crate::widgets::{focus_on, is_focus_moving};

/// Gives the keyboard back when the last dialog has closed.
#[derive(Default)]
pub(super) struct FocusKeeper {
    was_over: bool,
    /// What has it while no dialog is open, and on which page.
    below: Option<(Id, Option<Page>)>,
}

impl FocusKeeper {
    /// To be called before anything of a frame is drawn. `is_over`: a dialog is.
    pub(super) fn follow(&mut self, ctx: &Context, is_over: bool, page: Option<Page>) {
        let was_over = std::mem::replace(&mut self.was_over, is_over);
        // What was run from the palette may have led the keyboard elsewhere.
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

/// Where the keyboard was in a form before a question was asked in it.
#[derive(Default)]
pub(super) struct TypedIn(Option<Id>);

impl TypedIn {
    /// To be called in every frame in which nothing is asked.
    pub(super) fn follow(&mut self, ctx: &Context) {
        self.0 = ctx.memory(|memory| memory.focused()).or(self.0);
    }

    /// The question is answered: back to where it was.
    pub(super) fn go_back(&self, ctx: &Context) {
        if let Some(id) = self.0 {
            focus_on(ctx, id);
        }
    }
}
