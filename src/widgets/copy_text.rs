//! Text that a click copies, and that can be selected by dragging.

use egui::{Color32, Label, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo};

use crate::theme::{Type, radius};
use crate::widgets::missing_glyphs::drawable;
use crate::widgets::paint;

/// One line that is a button of its own, cut at the room there is. `name` is what it does: "Copy name".
pub fn copy_text(ui: &mut Ui, style: Type, color: Color32, text: &str, name: &str) -> Response {
    copy_cut_text(ui, style, color, text, name, "Click to copy")
}

/// The same of a text that is a cut form of what is copied; `tip` says the whole.
pub fn copy_cut_text(
    ui: &mut Ui,
    style: Type,
    color: Color32,
    text: &str,
    name: &str,
    tip: &str,
) -> Response {
    let drawn = drawable(ui.ctx(), style, text);
    let label = Label::new(style.rich(drawn).color(color)).truncate();
    let shown = ui.add(label.selectable(true).sense(Sense::click()));
    shown.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    ui.ctx()
        .accesskit_node_builder(shown.id, |node| node.set_value(text));
    if shown.has_focus() {
        paint::focus_ring(ui, shown.rect, radius::SMALL);
    }
    paint::tooltip(&shown, tip);
    shown
}

/// The value of a row that says itself what it is: no stop for the keyboard, which has the button beside it.
pub(super) fn value_text(
    ui: &mut Ui,
    place: Rect,
    style: Type,
    color: Color32,
    text: &str,
) -> Response {
    let builder = UiBuilder::new()
        .max_rect(place)
        .layout(egui::Layout::left_to_right(egui::Align::Center));
    let mut ui = ui.new_child(builder);
    let drawn = drawable(ui.ctx(), style, text);
    let label = Label::new(style.rich(drawn).color(color)).truncate();
    let label = label.selectable(true).show_tooltip_when_elided(false);
    let shown = ui.add(label.sense(Sense::CLICK));
    ui.ctx()
        .accesskit_node_builder(shown.id, |node| node.set_hidden());
    shown
}
