//! A row that shows an old and a new value.

use egui::{AtomExt as _, Role, Sense, Ui, WidgetInfo, vec2};

use crate::theme::{self, Icon, Type, layout, size::icon, space};
use crate::widgets::control::{column, gap, put, text};
use crate::widgets::paint;

/// Shown for an empty value.
const NOT_SET: &str = "Not set";

/// A row with label, old value in grey, arrow and new value. An empty value shows as "Not set".
pub fn change_row(ui: &mut Ui, label: &str, old: &str, new: &str) {
    let p = theme::palette(ui.ctx());
    let high = theme::rows(ui.ctx()).key_value;
    let size = vec2(ui.available_width(), high);
    let (rect, row) = ui.allocate_exact_size(size, Sense::hover());
    let or_not_set = |text: &str| match text.is_empty() {
        true => NOT_SET.to_owned(),
        false => text.to_owned(),
    };
    let spoken = format!("{label}: {} → {}", or_not_set(old), or_not_set(new));
    row.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    let arrow = Icon::ArrowRight.atom(icon::NORMAL, None);
    // The old value may take half of the width; the new one gets the rest.
    let between = icon::NORMAL + 2.0 * space::S;
    let half = (rect.width() - layout::KEY_WIDE - between) / 2.0;
    let (style, color) = match new.is_empty() {
        true => (Type::Body, p.muted),
        false => (Type::BodyStrong, p.strong),
    };
    let atoms = (
        column(ui, Type::Body, label, layout::KEY_WIDE - space::S),
        gap(space::S),
        text(ui, Type::Body, &or_not_set(old)).atom_max_width(half),
        (gap(space::S), arrow, gap(space::S)),
        text(ui, style, &or_not_set(new))
            .color(color)
            .atom_shrink(true),
    );
    if put(ui, rect, p.muted, atoms) {
        paint::tooltip(&row, &spoken);
    }
}
