//! The question shown before closing when drafts could not be saved and would be lost.

use egui::{Context, ViewportCommand};

use super::Question;
use crate::widgets::Button;

/// State of the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum CloseQuestion {
    #[default]
    NotAsked,
    Open,
    /// The user agreed to lose the drafts, or a signal ends the program.
    Agreed,
}

impl CloseQuestion {
    pub(super) fn is_open(self) -> bool {
        self == Self::Open
    }

    /// Cancels the closing of the window until the user has answered.
    pub(super) fn ask(&mut self, ctx: &Context) {
        if *self == Self::Agreed {
            return;
        }
        *self = Self::Open;
        ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        // The window may be minimised if it was closed from the taskbar.
        ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
        ctx.send_viewport_cmd(ViewportCommand::Focus);
        ctx.request_repaint();
    }

    /// Shows the question. `why` is the reason why drafts would be lost.
    pub(super) fn show(&mut self, ctx: &Context, why: Option<&str>) {
        if !self.is_open() {
            return;
        }
        let Some(why) = why else {
            *self = Self::NotAsked;
            return;
        };
        let text = format!(
            "Your drafts could not be saved ({why}). They are lost if you close the console now. Make room on \
             the disk or make the folder writable; the next change to a draft saves them."
        );
        let question = Question {
            id: "close question",
            title: "Close without saving drafts?",
            environment: None,
            paragraphs: vec![&text],
            no: "Keep open",
            yes: Button::destructive("Close and lose drafts"),
        };
        match question.show(ctx) {
            Some(true) => {
                *self = Self::Agreed;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Some(false) => *self = Self::NotAsked,
            None => {}
        }
    }
}
