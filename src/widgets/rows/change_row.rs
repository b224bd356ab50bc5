//! A row that shows an old and a new value.

use egui::{Role, Sense, Ui, WidgetInfo, vec2};

use crate::theme::{self, Icon, Type, layout, size::icon, space};
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
    let mid_y = rect.center().y;
    let name = paint::line(ui, label, Type::Body, p.muted, layout::KEY_WIDE - space::S);
    paint::put_line(ui, name, rect.left(), mid_y);
    let left = rect.left() + layout::KEY_WIDE;
    let between = icon::NORMAL + 2.0 * space::S;
    // The old value may take half of the width; the new one gets the rest.
    let half = (rect.right() - left - between) / 2.0;
    let was = paint::line(ui, &or_not_set(old), Type::Body, p.muted, half);
    let is_cut = was.elided;
    let end = paint::put_line(ui, was, left, mid_y);
    let arrow = egui::pos2(end + between / 2.0, mid_y);
    Icon::ArrowRight.paint(ui, arrow, icon::NORMAL, p.muted);
    let start = end + between;
    let (style, color) = match new.is_empty() {
        true => (Type::Body, p.muted),
        false => (Type::BodyStrong, p.strong),
    };
    let becomes = paint::line(ui, &or_not_set(new), style, color, rect.right() - start);
    let is_cut = is_cut || becomes.elided;
    paint::put_line(ui, becomes, start, mid_y);
    if is_cut {
        paint::tooltip(&row, &spoken);
    }
}
