//! The dialog that renames a profile.

use egui::{Context, Id, Key};

use super::super::pasted_secret::reject_secret_in_dialog;
use super::super::{Screen, words};
use crate::domain::profile::{LABEL_MAX, Profile};
use crate::state::AppState;
use crate::state::session::messages::SessionCommand;
use crate::theme::dialog;
use crate::widgets::{Button, Message, Modal, TextField, at_end, focus_on};

/// Buffers of the dialog.
pub(in super::super) struct Rename {
    profile: Profile,
    label: String,
    had_focus: bool,
}

fn field_id() -> Id {
    Id::unique("profile label")
}

impl Rename {
    pub(in super::super) fn of(profile: &Profile, state: &AppState) -> Self {
        Self {
            profile: profile.clone(),
            label: state.label(profile).to_owned(),
            had_focus: false,
        }
    }

    pub(in super::super) fn show(&mut self, ctx: &Context, screen: &mut Screen<'_>) -> bool {
        reject_secret_in_dialog(ctx, screen);
        let environment = &self.profile.environment;
        let modal = Modal::new(Id::unique("rename profile"), "Rename profile")
            .width(dialog::SMALL)
            .top(dialog::TOP_LOW)
            .chip(words::hue(environment), environment.in_sentence());
        let by_enter = ctx.memory(|memory| memory.has_focus(field_id()))
            && ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Enter));
        let shown = modal.show(ctx, |parts| {
            parts.body(|ui| {
                let hint = format!(
                    "Leave empty to use {}.",
                    screen.state.share.profile_name(&self.profile, "")
                );
                let field = TextField::new("Label", &mut self.label)
                    .id(field_id())
                    .placeholder("Northwind Payments")
                    .char_limit(LABEL_MAX)
                    .message(Some(Message::Hint(&hint)))
                    .show(ui);
                if !std::mem::replace(&mut self.had_focus, true) {
                    focus_on(ui.ctx(), field.id);
                }
            });
            parts.footer(|ui| {
                at_end(ui, |ui| {
                    let is_cancelled = Button::plain("Cancel").show(ui).clicked();
                    let is_done = Button::filled("Rename").show(ui).clicked();
                    (is_done, is_cancelled)
                })
            })
        });
        let (is_done, is_cancelled) = shown.inner;
        if is_done || by_enter {
            let command = SessionCommand::RenameProfile(self.profile.clone(), self.label.clone());
            screen.send(command);
            return true;
        }
        is_cancelled || shown.escape || shown.close_clicked
    }
}
