//! Everything around the card: the name above, the link to the demo, and the footer.

use egui::{Align, Layout, Ui};

use super::super::actions::Action;
use super::super::{Screen, help};
use crate::state::session::messages::SessionCommand;
use crate::state::shell::messages::Page;
use crate::theme::{self, Icon, Type, layout, size, space};
use crate::ui::areas::centered_row;
use crate::ui::screen::UiRequest;
use crate::widgets::{Button, app_mark, at_end, paragraph};

pub(super) fn head(ui: &mut Ui) {
    let p = theme::palette(ui.ctx());
    // In a short window, the *Sign in* button matters more than the mark.
    if ui.ctx().content_rect().height() >= size::sign_in::USUAL_HEIGHT {
        app_mark(ui);
        ui.add_space(space::M);
    }
    ui.label(Type::Product.rich("Thred Partner Console").color(p.strong));
    ui.add_space(space::XS);
    let sentence =
        "Copy business tokens, find and create businesses, and rotate your API key in time.";
    ui.label(Type::Body.rich(sentence).color(p.muted));
    ui.add_space(space::XL);
}

/// The header on one line, without the sentence.
pub(super) fn short_head(ui: &mut Ui) {
    let p = theme::palette(ui.ctx());
    let room = egui::vec2(layout::SIGN_IN, theme::widget_sizes::APP_MARK);
    ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        app_mark(ui);
        ui.label(Type::Product.rich("Thred Partner Console").color(p.strong));
    });
    ui.add_space(space::S);
}

pub(super) fn demo_line(ui: &mut Ui, screen: &mut Screen<'_>) {
    let p = theme::palette(ui.ctx());
    let room = egui::vec2(layout::SIGN_IN - 2.0 * space::XXL, theme::height::NORMAL);
    ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
        if Button::outlined("Explore the demo")
            .icon(Icon::Demo)
            .show(ui)
            .clicked()
        {
            screen.send(SessionCommand::ExploreDemo);
        }
        ui.add_space(space::L);
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            let text = "No key yet? Explore generated data without credentials.";
            paragraph(ui, Type::Small, p.muted, text);
        });
    });
}

pub(super) fn footer(ui: &mut Ui, screen: &mut Screen<'_>) {
    let p = theme::palette(ui.ctx());
    centered_row(ui, |ui| {
        let version = concat!("Version ", env!("CARGO_PKG_VERSION"), " · No telemetry");
        ui.label(Type::Small.rich(version).color(p.muted));
        at_end(ui, |ui| {
            let key = Action::ShowPage(Page::Settings).key();
            let settings = Button::plain("Settings").small().key_hint(&key);
            if settings.show(ui).clicked() {
                screen.request(UiRequest::Settings);
            }
            help::button(ui, screen);
        });
    });
}
