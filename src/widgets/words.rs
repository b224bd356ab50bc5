//! Words: one line of text, and ids cut in the middle.

use egui::{Color32, Label, Response, Ui};

use super::cut;
use crate::theme::Type;

/// One line, cut at the room there is; the whole text shows under the pointer.
pub fn line(ui: &mut Ui, style: Type, color: Color32, text: &str) -> Response {
    let response = ui.add(Label::new(style.rich(text).color(color)).truncate());
    let whole = response.intrinsic_size().map_or(0.0, |size| size.x);
    if whole > response.rect.width() + 0.5 {
        cut::note(ui, text);
    }
    response
}

/// A paragraph that wraps at the room there is.
pub fn paragraph(ui: &mut Ui, style: Type, color: Color32, text: &str) -> Response {
    ui.add(Label::new(style.rich(text).color(color)).wrap())
}

/// A long id as its first and last eight characters: "9f4c21d0…b07b63aa". Shorter ones stay whole.
#[must_use]
pub fn cut_middle(id: &str) -> String {
    let count = id.chars().count();
    if count <= 2 * ENDS + 1 {
        return id.to_owned();
    }
    let head = id.chars().take(ENDS);
    let tail = id.chars().skip(count - ENDS);
    head.chain(std::iter::once('…')).chain(tail).collect()
}

const ENDS: usize = 8;

#[cfg(test)]
mod tests {
    use super::cut_middle;

    #[test]
    fn long_ids_keep_both_ends() {
        let id = "9f4c21d0-05de-4b7e-8d14-61fab07b63aa";
        assert_eq!(cut_middle(id), "9f4c21d0…b07b63aa");
        assert_eq!(cut_middle("user-41162"), "user-41162");
        assert_eq!(cut_middle("12345678901234567"), "12345678901234567");
        assert_eq!(cut_middle("ααααααααβγγγγγγγγγ"), "αααααααα…γγγγγγγγ");
    }
}
