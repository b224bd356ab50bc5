//! A key in a box.

use egui::{Color32, Pos2, Rect, Response, Sense, Ui, vec2};

use crate::theme::{self, Type, part, radius, space};
use crate::widgets::paint;

/// Shows `key` in its box, in the colours of quiet text.
pub fn key_hint(ui: &mut Ui, key: &str) -> Response {
    let p = theme::palette(ui.ctx());
    let (rect, response) =
        ui.allocate_exact_size(vec2(width(ui, key), part::KEY_HINT), Sense::hover());
    paint(ui, rect.left_center(), key, p.line2, p.muted);
    response
}

/// Width of the box, in px.
pub(in crate::widgets) fn width(ui: &Ui, key: &str) -> f32 {
    let text = paint::whole_line(ui, key, Type::Caption, Color32::PLACEHOLDER);
    (text.size().x + 2.0 * (space::XS + 1.0))
        .ceil()
        .max(part::KEY_HINT)
}

/// Paints the box with the middle of its left side at `left`.
pub(in crate::widgets) fn paint(ui: &Ui, left: Pos2, key: &str, edge: Color32, label: Color32) {
    let text = paint::whole_line(ui, key, Type::Caption, label);
    let x = left.x.round();
    let rect = Rect::from_min_size(
        Pos2::new(x, (left.y - part::KEY_HINT / 2.0).round()),
        vec2(width(ui, key), part::KEY_HINT),
    );
    paint::boxed(ui, rect, radius::SMALL, Color32::TRANSPARENT, edge);
    let start = rect.center().x - text.size().x / 2.0;
    paint::put_line(ui, text, start, rect.center().y);
}
