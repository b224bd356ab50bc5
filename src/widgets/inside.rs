//! Rows laid out from left to right at a given place.

use egui::{Align, Layout, Rect, Ui, UiBuilder, vec2};

/// Opens `rect` for a row of widgets, centred vertically.
pub fn row_in(ui: &mut Ui, rect: Rect) -> Ui {
    let layout = Layout::left_to_right(Align::Center);
    ui.new_child(UiBuilder::new().max_rect(rect).layout(layout))
}

/// Takes a row `high` px high over the available width, and opens it except for `beside` px at both ends.
pub fn row_of(ui: &mut Ui, high: f32, beside: f32) -> Ui {
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), high));
    row_in(ui, rect.shrink2(vec2(beside, 0.0)))
}
