//! A keyboard key drawn as a box.

use egui::{Atom, Color32, Rect, Ui, vec2};

use crate::theme::{Type, radius, space, widget_sizes};
use crate::widgets::paint;

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

/// The box as a part of a control.
pub(in crate::widgets) fn atom(ui: &Ui, key: &str, edge: Color32, label: Color32) -> Atom<'static> {
    let text = paint::whole_line(ui, key, Type::Caption, label);
    let wide = (text.size().x + 2.0 * (space::XS + 1.0)).ceil();
    let size = vec2(wide.max(widget_sizes::KEY_HINT), widget_sizes::KEY_HINT);
    Atom::paint(size, move |ui, args| {
        let rect = Rect::from_min_size(args.rect.min.round(), size);
        paint::boxed(ui, rect, radius::SMALL, Color32::TRANSPARENT, edge);
        let start = rect.center().x - text.size().x / 2.0;
        paint::put_line(ui, text.clone(), start, rect.center().y);
    })
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
