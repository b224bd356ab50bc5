//! The window of a second start, shown instead of the console.

use egui::{CentralPanel, Frame, Key, Margin, Modifiers, ScrollArea, Ui};

use crate::theme::{self, Icon, Type, size, space};
use crate::widgets::{Button, offer_focus, paragraph, settle_focus};

/// Draws the page. Returns whether the user wants to quit.
pub fn show(ui: &mut Ui, sentence: &str) -> bool {
    let p = theme::palette(ui.ctx());
    let frame = Frame::new()
        .fill(p.base)
        .inner_margin(Margin::same(space::XXL as i8));
    let page = CentralPanel::default().frame(frame).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add(Icon::Info.image(size::icon::HUGE, p.muted));
            ui.add_space(space::S);
            paragraph(ui, Type::Heading, p.strong, "The console is already open");
            ui.add_space(space::S);
            paragraph(ui, Type::Body, p.text, sentence);
            ui.add_space(space::L);
            let quit = Button::filled("Quit").show(ui);
            offer_focus(&quit);
            quit.clicked()
        })
    });
    settle_focus(ui.ctx());
    let by_key = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    page.inner.inner || by_key
}
