//! The line below the form that says whether the key is saved.

use egui::Ui;

use super::SignInScreen;
use super::form::label_id;
use crate::state::AppState;
use crate::theme::{self, Icon, Type, size, space};
use crate::widgets::{focus_on, link_styled};

impl SignInScreen {
    /// Where the key will be saved, and links to change that.
    pub(super) fn storage_line(&mut self, ui: &mut Ui, state: &AppState) {
        let p = theme::palette(ui.ctx());
        let (sentence, other) = if self.source.is_open() {
            let filled = self.source.filled_from().unwrap_or_default();
            let sentence = "The key stays in memory. It is fetched again after each lock.";
            (
                format!("{filled} {sentence}").trim().to_owned(),
                "Enter the key here",
            )
        } else if self.form.only_this_session {
            (
                "The key stays in memory until the console locks or closes.".to_owned(),
                "Save it",
            )
        } else {
            let store = state.keychain.phrase();
            let environment = self.form.environment_name();
            let environment = environment.as_deref().unwrap_or("the server");
            (
                format!("The key is saved in {store} once {environment} accepts it."),
                "Don’t save it",
            )
        };
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing = egui::vec2(space::SM, 0.0);
            ui.add(Icon::Shield.image(size::icon::SMALL, p.muted));
            ui.vertical(|ui| {
                ui.label(Type::Small.rich(sentence).color(p.muted));
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = space::M;
                    ui.spacing_mut().interact_size.y = 0.0;
                    if link_styled(ui, other, Type::Small).clicked() {
                        if self.source.is_open() {
                            self.source.close();
                        } else {
                            self.form.only_this_session = !self.form.only_this_session;
                        }
                    }
                    if !self.source.is_open()
                        && link_styled(ui, "Get the key from…", Type::Small).clicked()
                    {
                        self.source.open();
                        self.had_focus = false;
                    }
                    if !self.form.has_label && link_styled(ui, "Add a label", Type::Small).clicked()
                    {
                        self.form.has_label = true;
                        focus_on(ui.ctx(), label_id());
                    }
                });
            });
        });
    }
}
