//! The question shown before closing when drafts could not be saved and would be lost.

use egui::{Context, Id, ViewportCommand};

use crate::theme::{self, Type, dialog};
use crate::widgets::{Button, Modal, ModalUi, at_end, paragraph};

/// State of the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum CloseQuestion {
    #[default]
    NotAsked,
    Open,
    /// The user agreed to lose the drafts.
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
        let modal = Modal::new(Id::unique("close question"), "Close without saving drafts?")
            .width(dialog::SMALL)
            .top(dialog::TOP_LOW);
        let shown = modal.show(ctx, |parts| choice(parts, why));
        if shown.inner == Some(true) {
            *self = Self::Agreed;
            ctx.send_viewport_cmd(ViewportCommand::Close);
        } else if shown.inner.is_some() || shown.escape || shown.close_clicked {
            *self = Self::NotAsked;
        }
    }
}

/// Draws the question. Returns whether to close, once the user has answered.
fn choice(parts: &mut ModalUi<'_>, why: &str) -> Option<bool> {
    let text = format!(
        "Your drafts could not be saved ({why}). They are lost if you close the console now. Make room on the disk or \
         make the folder writable; the next change to a draft saves them."
    );
    parts.body(|ui| {
        let p = theme::palette(ui.ctx());
        paragraph(ui, Type::Body, p.text, &text);
    });
    parts.foot(|ui| {
        at_end(ui, |ui| {
            let stays = Button::plain("Keep open").takes_focus().show(ui).clicked();
            let closes = Button::destructive("Close and lose drafts")
                .show(ui)
                .clicked();
            (stays || closes).then_some(closes)
        })
    })
}
