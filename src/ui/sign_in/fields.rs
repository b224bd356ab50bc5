//! The fields of the form.

use egui::{Key, Ui, ViewportCommand};

use super::form::{
    CUSTOM, FormErrors, environment_id, environment_rows, key_id, label_id, partner_id, url_id,
};
use super::problem::FormKey;
use super::{KEY_WIPED, SignInScreen};
use crate::domain::profile::LABEL_MAX;
use crate::domain::share_mode::ShareMode;
use crate::theme::size::sign_in::{HEIGHT_OF_LIST, HEIGHT_OF_LIST_BELOW_MORE};
use crate::theme::{self, Type, space};
use crate::widgets::{
    Message, Row, SecretField, Select, TextField, focus_on, pick_from, radio_list, was_activated,
};

impl SignInScreen {
    /// Draws the fields. Returns whether Enter was pressed in one of them.
    pub(super) fn fields(
        &mut self,
        ui: &mut Ui,
        share: ShareMode,
        has_more_above: bool,
        has_problem: bool,
    ) -> bool {
        let mut has_left_field = false;
        self.environment(ui, has_more_above, has_problem);
        let complaints = if self.form.was_submitted {
            self.form.read().err().unwrap_or_default()
        } else {
            self.form.early_errors()
        };
        if self.form.environment == CUSTOM {
            ui.add_space(space::M);
            let look_alike = self.form.look_alike();
            let wrong = complaints.url.as_deref().map(Message::Wrong);
            let url = TextField::new("Custom URL", &mut self.form.url)
                .id(url_id())
                .placeholder("https://thred.example.com")
                .message(wrong.or(look_alike.as_deref().map(Message::Warning)))
                .mono()
                .large()
                .show(ui);
            has_left_field |= url.lost_focus();
        }
        ui.add_space(space::M);
        let is_external = self.source.is_open();
        if is_external {
            let takes_focus = !std::mem::replace(&mut self.had_focus, true);
            has_left_field |= self.source.show(ui, takes_focus);
            ui.add_space(space::M);
        }
        let has_partner = self.form.has_partner();
        let partner_is_wrong =
            complaints.partner.is_some() && !(is_external && self.form.partner.trim().is_empty());
        let mut partner = TextField::new("Partner UUID", &mut self.form.partner)
            .id(partner_id())
            .placeholder("00000000-0000-0000-0000-000000000000")
            .message(
                complaints
                    .partner
                    .as_deref()
                    .filter(|_| partner_is_wrong)
                    .map(Message::Wrong),
            )
            .ticked(has_partner)
            .mono()
            .large();
        if share.is_on() {
            partner = partner.hidden();
        }
        if is_external {
            partner = partner.label_hint("optional if the secret holds it");
        }
        let partner = partner.show(ui);
        has_left_field |= partner.lost_focus();
        if !is_external {
            has_left_field |= self.key(ui, &complaints, has_partner);
        }
        if self.form.has_label {
            ui.add_space(space::M);
            let label = TextField::new("Label", &mut self.form.label)
                .id(label_id())
                .label_hint("optional")
                .placeholder("Northwind Payments")
                .char_limit(LABEL_MAX)
                .large()
                .show(ui);
            has_left_field |= label.lost_focus();
        }
        has_left_field && ui.input(|input| input.key_pressed(Key::Enter))
    }

    /// The environment: a list where the window has room for the whole form below it, otherwise a select of one line.
    fn environment(&mut self, ui: &mut Ui, has_more_above: bool, has_problem: bool) {
        let p = theme::palette(ui.ctx());
        let rows = environment_rows();
        // Not by what is chosen or entered, so that the list does not collapse under the pointer.
        let needed = match has_more_above {
            true => HEIGHT_OF_LIST_BELOW_MORE,
            false => HEIGHT_OF_LIST,
        };
        let is_cramped = ui.ctx().content_rect().height() < needed || has_problem;
        if self.source.is_open() || is_cramped {
            let chosen = &rows[self.form.environment.min(CUSTOM)];
            let (_, picked) = Select::new("Environment", chosen.name, chosen.detail)
                .id(environment_id())
                .show(ui, |ui| {
                    let picked = pick_from(ui, rows.iter().enumerate(), |ui, (at, row)| {
                        let line = Row::item(row.name).ticked(*at == self.form.environment);
                        let line = match row.mono {
                            true => line.hint_mono(row.detail),
                            false => line.hint(row.detail),
                        };
                        line.show(ui)
                    });
                    picked.map(|(at, _)| at)
                });
            if let Some(chosen) = picked {
                self.choose_environment(ui, chosen);
            }
            return;
        }
        ui.label(Type::SmallStrong.rich("Environment").color(p.strong));
        ui.add_space(space::XS);
        match radio_list(ui, self.form.environment, &rows) {
            Some(chosen) if was_activated(ui) => self.choose_environment(ui, chosen),
            Some(chosen) => self.form.environment = chosen,
            None => {}
        }
    }

    /// Chooses the environment and focuses the next missing field.
    fn choose_environment(&mut self, ui: &Ui, chosen: usize) {
        self.form.environment = chosen;
        let next = if chosen == CUSTOM {
            url_id()
        } else if self.source.is_open() {
            environment_id()
        } else if self.form.has_partner() {
            key_id()
        } else {
            partner_id()
        };
        focus_on(ui.ctx(), next);
    }

    /// The key field. Returns whether it has lost the focus.
    fn key(&mut self, ui: &mut Ui, complaints: &FormErrors, has_partner: bool) -> bool {
        ui.add_space(space::M);
        let gone = (self.key_in_form() == FormKey::Wiped).then_some(Message::Warning(KEY_WIPED));
        let mut wants_paste = false;
        let key = SecretField::new(key_id(), "API key", &mut self.form.key)
            .message(complaints.key.as_deref().map(Message::Wrong).or(gone))
            .large()
            .paste_button(&mut wants_paste)
            .show(ui);
        if wants_paste {
            focus_on(ui.ctx(), key_id());
            ui.ctx().send_viewport_cmd(ViewportCommand::RequestPaste);
        }
        if !std::mem::replace(&mut self.had_focus, true) {
            if has_partner {
                focus_on(ui.ctx(), key_id())
            } else {
                focus_on(ui.ctx(), partner_id())
            }
        }
        key.lost_focus()
    }
}
