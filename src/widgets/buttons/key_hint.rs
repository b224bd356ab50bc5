//! A keyboard key drawn as a box.

use egui::{Color32, Pos2, Rect, Response, Sense, Ui, vec2};

use crate::theme::{self, Type, radius, space, widget_sizes};
use crate::widgets::paint;

/// Shows `key` in a box, in secondary colours.
pub fn key_hint(ui: &mut Ui, key: &str) -> Response {
    let p = theme::palette(ui.ctx());
    let (rect, response) =
        ui.allocate_exact_size(vec2(width(ui, key), widget_sizes::KEY_HINT), Sense::hover());
    paint(ui, rect.left_center(), key, p.line2, p.muted);
    response
}

/// Splits a shortcut such as "Ctrl+K" or "/ Ctrl+F" into keys. In "Ctrl++", the last key is the plus itself.
pub(in crate::widgets) fn keys(text: &str) -> Vec<&str> {
    let words = text.split(' ').filter(|word| !word.is_empty());
    words
        .flat_map(|word| {
            let (before, plus) = match word.strip_suffix('+') {
                Some(before) => (before.strip_suffix('+').unwrap_or(before), Some("+")),
                None => (word, None),
            };
            let before = before.split('+').filter(|key| !key.is_empty());
            before.chain(plus).collect::<Vec<_>>()
        })
        .collect()
}

/// Width of the box, in px.
pub(in crate::widgets) fn width(ui: &Ui, key: &str) -> f32 {
    let text = paint::whole_line(ui, key, Type::Caption, Color32::PLACEHOLDER);
    (text.size().x + 2.0 * (space::XS + 1.0))
        .ceil()
        .max(widget_sizes::KEY_HINT)
}

/// Paints the box with the centre of its left side at `left`.
pub(in crate::widgets) fn paint(ui: &Ui, left: Pos2, key: &str, edge: Color32, label: Color32) {
    let text = paint::whole_line(ui, key, Type::Caption, label);
    let x = left.x.round();
    let rect = Rect::from_min_size(
        Pos2::new(x, (left.y - widget_sizes::KEY_HINT / 2.0).round()),
        vec2(width(ui, key), widget_sizes::KEY_HINT),
    );
    paint::boxed(ui, rect, radius::SMALL, Color32::TRANSPARENT, edge);
    let start = rect.center().x - text.size().x / 2.0;
    paint::put_line(ui, text, start, rect.center().y);
}

#[cfg(test)]
mod tests {
    use super::keys;

    #[test]
    fn a_plus_parts_keys_and_is_one_at_the_end() {
        assert_eq!(keys("Ctrl+Shift+C"), ["Ctrl", "Shift", "C"]);
        assert_eq!(keys("/ Ctrl+F"), ["/", "Ctrl", "F"]);
        assert_eq!(keys("Ctrl++"), ["Ctrl", "+"]);
        assert_eq!(keys("Ctrl+-"), ["Ctrl", "-"]);
        assert_eq!(keys("+"), ["+"]);
        assert_eq!(keys(""), [] as [&str; 0]);
    }
}
