//! A text field without a box.

use egui::{Align2, Frame, Id, Response, RichText, TextEdit, Ui};

use crate::theme::{self, Type};
use crate::widgets::fields::field::MAX_TYPED_LEN;

/// A text field that fills `ui` and draws only its text: the input of the command palette. `name` is for screen readers.
pub fn bare_field(
    ui: &mut Ui,
    id: Id,
    name: &str,
    text: &mut String,
    placeholder: &str,
    style: Type,
) -> Response {
    edit(ui, id, name, text, placeholder, style, false)
}

pub(in crate::widgets) fn edit(
    ui: &mut Ui,
    id: Id,
    name: &str,
    text: &mut String,
    placeholder: &str,
    style: Type,
    is_hidden: bool,
) -> Response {
    let p = theme::palette(ui.ctx());
    let size = ui.available_size();
    let edit = TextEdit::singleline(text)
        .id(id)
        .password(is_hidden)
        .char_limit(MAX_TYPED_LEN)
        .frame(Frame::NONE)
        .font(style.font())
        .text_color(p.strong)
        .hint_text(RichText::new(placeholder).font(style.font()).color(p.muted))
        .align(Align2::LEFT_CENTER)
        .desired_width(size.x)
        .min_size(size);
    ui.add(edit).accessible_name(name)
}
