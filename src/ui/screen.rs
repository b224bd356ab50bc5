//! The context that a screen gets for one frame, and what it can request.

use egui::Response;

use super::dialog::Dialog;
use crate::domain::profile::Profile;
use crate::domain::time::Now;
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::shell::messages::ShellCommand;
use crate::widgets::offer_focus;

/// Everything a screen needs to draw one frame.
pub(crate) struct Screen<'a> {
    pub(super) state: &'a AppState,
    /// The time of this frame.
    pub(super) now: Now,
    /// Commands that the screens send.
    pub(super) out: &'a mut Vec<Command>,
    /// A request to the window, such as opening a dialog.
    pub(super) request: Option<UiRequest>,
    /// Whether an open dialog owns the focus.
    pub(super) is_focus_taken: bool,
    /// How much to widen the side pane, in px.
    pub(super) pane_step: f32,
    /// Width of the side pane, in px.
    pub(super) pane_width: f32,
}

/// A request that a screen cannot carry out itself.
pub(super) enum UiRequest {
    /// A dialog over the page.
    Dialog(Dialog),
    /// The command palette.
    Palette,
    /// The settings, opened from the sign-in screen.
    Settings,
    /// The sign-in form for this profile.
    Form(Profile),
}

impl Screen<'_> {
    /// Sends a command to the state.
    pub(super) fn send(&mut self, command: impl Into<Command>) {
        self.out.push(command.into());
    }

    /// Copies a text that is not secret. `what` names it in the toast.
    pub(super) fn copy(&mut self, what: &'static str, text: impl Into<String>) {
        let (what, text) = (what.into(), text.into());
        self.send(ShellCommand::CopyText { what, text });
    }

    /// Makes a request to the window.
    pub(super) fn request(&mut self, request: UiRequest) {
        self.request = Some(request);
    }

    /// Gives the focus to the main widget of a page, unless something has it or is about to get it.
    pub(super) fn offer_focus(&self, main: &Response) {
        if !self.is_focus_taken {
            offer_focus(main);
        }
    }
}
