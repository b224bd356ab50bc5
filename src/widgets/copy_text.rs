//! Text that is copied by a click and can be selected by dragging.

use egui::{Color32, Label, Rect, Response, Role, Sense, Ui, WidgetInfo};

use crate::theme::{Type, radius};
use crate::widgets::missing_glyphs::drawable;
use crate::widgets::paint;
use crate::widgets::row_in;

/// One line of text that acts as a button, truncated to the available width. `name` is its action: "Copy name".
pub fn copy_text(ui: &mut Ui, style: Type, color: Color32, text: &str, name: &str) -> Response {
    let shown = text_button(ui, style, color, text, name);
    let tip = match shown.has_focus() && !shown.hovered() {
        true => "Press Enter to copy",
        false => "Click to copy",
    };
    paint::tooltip(&shown, tip);
    shown
}

/// The same for text that is a shortened form of the copied value; `tip` shows the full value.
pub fn copy_truncated_text(
    ui: &mut Ui,
    style: Type,
    color: Color32,
    text: &str,
    name: &str,
    tip: &str,
) -> Response {
    let shown = text_button(ui, style, color, text, name);
    paint::tooltip(&shown, tip);
    shown
}

fn text_button(ui: &mut Ui, style: Type, color: Color32, text: &str, name: &str) -> Response {
    let drawn = drawable(ui.ctx(), style, text);
    let label = Label::new(style.rich(drawn).color(color)).truncate();
    let shown = ui.add(label.selectable(true).sense(Sense::click()));
    shown.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    ui.ctx()
        .accesskit_node_builder(shown.id, |node| node.set_value(text));
    if shown.has_focus() {
        paint::focus_ring(ui, shown.rect, radius::SMALL);
    }
    shown
}

/// The value of a labelled row. Not a Tab stop, because the copy button beside it is one.
pub(super) fn value_text(
    ui: &mut Ui,
    place: Rect,
    style: Type,
    color: Color32,
    text: &str,
) -> Response {
    let mut ui = row_in(ui, place);
    let drawn = drawable(ui.ctx(), style, text);
    let label = Label::new(style.rich(drawn).color(color)).truncate();
    let label = label.selectable(true).show_tooltip_when_elided(false);
    let shown = ui.add(label.sense(Sense::CLICK));
    ui.ctx()
        .accesskit_node_builder(shown.id, |node| node.set_hidden());
    shown
}
