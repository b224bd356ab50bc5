//! A text field without a box.

use egui::{Id, Response, Ui};

use crate::theme::{self, Type};
use crate::widgets::fields::field::edit;

/// A text field that fills `ui` and draws only its text: the input of the command palette. `name` is for screen readers.
pub fn bare_field(
    ui: &mut Ui,
    id: Id,
    name: &str,
    text: &mut String,
    placeholder: &str,
    style: Type,
) -> Response {
    let p = theme::palette(ui.ctx());
    let edit = edit(p, text, placeholder, style, ui.available_size());
    ui.add(edit.id(id)).accessible_name(name)
}
