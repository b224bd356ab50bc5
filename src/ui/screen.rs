//! What a screen is given for one frame, and what it may ask for.

use egui::Response;

use super::dialogs::Dialog;
use crate::domain::profile::Profile;
use crate::domain::time::Now;
use crate::state::AppState;
use crate::state::command::Command;
use crate::widgets::offer_focus;

/// What a screen needs to draw one frame.
pub(crate) struct Screen<'a> {
    /// What the console knows.
    pub(super) state: &'a AppState,
    /// The moment that is drawn.
    pub(super) now: Now,
    /// What the user asks for.
    pub(super) out: &'a mut Vec<Command>,
    /// What the user asks of the window itself.
    pub(super) wish: Option<Wish>,
    /// The keyboard is a dialog’s.
    pub(super) is_focus_spoken_for: bool,
    /// How much wider the pane at the right is to become, in px.
    pub(super) pane_step: f32,
    /// How wide the pane at the right is, in px.
    pub(super) pane_width: f32,
}

/// What a screen cannot open by itself.
pub(super) enum Wish {
    /// A dialog over the page.
    Dialog(Dialog),
    /// The command palette.
    Palette,
    /// The settings in front of the sign-in.
    Settings,
    /// The sign-in form, about this profile.
    Form(Profile),
}

impl Screen<'_> {
    /// Asks the state for something.
    pub(super) fn ask(&mut self, command: impl Into<Command>) {
        self.out.push(command.into());
    }

    /// Asks the window for something.
    pub(super) fn wish(&mut self, wish: Wish) {
        self.wish = Some(wish);
    }

    /// Gives the keyboard to what a page is about, unless something has it or is about to.
    pub(super) fn offer_focus(&self, main: &Response) {
        if !self.is_focus_spoken_for {
            offer_focus(main);
        }
    }
}
