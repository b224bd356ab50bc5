//! The footer of a list that is operated with keys.

use egui::{Align, Layout, Ui, UiBuilder, vec2};

use crate::theme::{self, Icon, Type, size::icon, space, widget_sizes};

/// Says what the arrow keys, Enter (`enter`: "Open") and `others` ("Esc closes") do. `end` is laid out from right to left at the other end.
pub fn key_footer(ui: &mut Ui, enter: &str, others: &[&str], end: impl FnOnce(&mut Ui)) {
    let p = theme::palette(ui.ctx());
    let size = vec2(ui.available_width(), widget_sizes::PALETTE_FOOT);
    let (_, rect) = ui.allocate_space(size);
    let builder = UiBuilder::new()
        .id_salt("foot")
        .max_rect(rect.shrink2(vec2(space::L, 0.0)))
        .layout(Layout::left_to_right(Align::Center));
    let mut ui = ui.new_child(builder);
    ui.spacing_mut().item_spacing.x = space::XS;
    let key = |ui: &mut Ui, icons: &[Icon], text: &str| {
        for mark in icons {
            ui.add(mark.image(icon::TINY, p.muted));
        }
        ui.label(Type::Small.rich(text).color(p.muted));
        ui.add_space(space::M);
    };
    key(&mut ui, &[Icon::ArrowUp, Icon::ArrowDown], "Choose");
    key(&mut ui, &[Icon::Enter], enter);
    for text in others {
        key(&mut ui, &[], text);
    }
    ui.with_layout(Layout::right_to_left(Align::Center), end);
}
