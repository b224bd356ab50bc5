//! The box in the band that opens the command palette.

use egui::accesskit::HasPopup;
use egui::{Atom, AtomExt as _, Color32, Response, Role, Sense, Ui, WidgetInfo};

use crate::theme::{HueColors, Icon, Type, height, size::icon, space, stroke, widget_sizes};
use crate::widgets::control::{Control, Skin, gap, text};

/// A button that looks like a field: magnifier, text, and the shortcut at the right end. `name` is for screen readers.
pub fn search_box(
    ui: &mut Ui,
    width: f32,
    colors: &HueColors,
    name: &str,
    words: &str,
    key: &str,
) -> Response {
    let words = text(ui, Type::Body, words).atom_shrink(true);
    let key_text = text(ui, Type::Small, key);
    let icon = Icon::Search.atom(icon::NORMAL, None);
    let atoms = (
        icon,
        gap(space::S),
        words,
        Atom::grow(),
        gap(space::S),
        key_text,
    );
    let control = Control::new(atoms, height::SMALL)
        .width(width)
        .padding(space::S, space::S - stroke::EDGE)
        .bordered();
    let response = control.show(ui, Sense::click(), |response| {
        let (text, fill) = if response.hovered() {
            let highlight = colors
                .band_strong
                .gamma_multiply(widget_sizes::HIGHLIGHT_ON_HUE);
            (colors.band_strong, highlight)
        } else {
            (colors.band_muted, Color32::TRANSPARENT)
        };
        let edge = colors.band_control;
        Skin { fill, edge, text }
    });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_has_popup(HasPopup::Dialog);
        node.set_keyboard_shortcut(key);
    });
    response
}
