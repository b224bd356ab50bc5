//! A dialog that asks the user to confirm something.

use egui::{Context, Id};

use super::{Screen, words};
use crate::domain::environment::Environment;
use crate::state::command::Command;
use crate::theme::{self, Type, dialog, space};
use crate::widgets::{Button, Modal, at_end, paragraph};

/// A question with two answers.
pub(super) struct Question<'a> {
    pub(super) id: &'static str,
    pub(super) title: &'a str,
    /// The environment that is affected, shown as a chip.
    pub(super) environment: Option<&'a Environment>,
    pub(super) paragraphs: Vec<&'a str>,
    /// The button that changes nothing. It takes the focus.
    pub(super) no: &'a str,
    pub(super) yes: Button<'a>,
}

impl Question<'_> {
    /// Shows the question. Returns the answer once the user has given it; closing the dialog is a no.
    pub(super) fn show(self, ctx: &Context) -> Option<bool> {
        let mut modal = Modal::new(Id::unique(self.id), self.title)
            .width(dialog::SMALL)
            .top(dialog::TOP_LOW);
        if let Some(environment) = self.environment {
            modal = modal.chip(words::hue(environment), environment.in_sentence());
        }
        let shown = modal.show(ctx, |parts| {
            parts.body(|ui| {
                let p = theme::palette(ui.ctx());
                for (at, text) in self.paragraphs.iter().enumerate() {
                    if at > 0 {
                        ui.add_space(space::M);
                    }
                    paragraph(ui, Type::Body, p.text, text);
                }
            });
            parts.footer(|ui| {
                at_end(ui, |ui| {
                    let is_no = Button::plain(self.no).takes_focus().show(ui).clicked();
                    let is_yes = self.yes.show(ui).clicked();
                    (is_no || is_yes).then_some(is_yes)
                })
            })
        });
        let is_closed = shown.escape || shown.close_clicked;
        shown.inner.or(is_closed.then_some(false))
    }

    /// Shows the question and sends the command if it is confirmed. Returns whether it was answered.
    pub(super) fn confirm(
        self,
        ctx: &Context,
        command: impl Into<Command>,
        screen: &mut Screen<'_>,
    ) -> bool {
        let answer = self.show(ctx);
        if answer == Some(true) {
            screen.send(command);
        }
        answer.is_some()
    }
}
