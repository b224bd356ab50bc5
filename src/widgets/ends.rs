//! What stands at the right end of a line, in the order in which it is read and reached by the keyboard.
//!
//! A layout that runs from right to left would be shorter, but it also makes Tab run backwards. So what stands at the
//! end is laid out from left to right, from where its width of the last pass lets it begin; a pass that finds another
//! width is drawn again before anyone sees it.

use egui::{Align, Id, Layout, Rect, Ui, UiBuilder};

use crate::theme::space;

/// Adds `end` at the right end of what is left of the line, its parts 8 px apart.
pub fn at_end<R>(ui: &mut Ui, end: impl FnOnce(&mut Ui) -> R) -> R {
    with_end(ui, |_| (), end).1
}

/// Adds `rest` to what `end` leaves of the line, and `end` at its right end, its parts 8 px apart.
pub fn with_end<L, R>(
    ui: &mut Ui,
    rest: impl FnOnce(&mut Ui) -> L,
    end: impl FnOnce(&mut Ui) -> R,
) -> (L, R) {
    let id = ui.next_auto_id().with("end");
    ui.skip_ahead_auto_ids(1);
    let area = ui.available_rect_before_wrap();
    let known: f32 = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let middle = (area.right() - known).max(area.left());

    let gap = if known > 0.0 { space::S } else { 0.0 };
    let mut before = part(
        ui,
        id.with("rest"),
        area.with_max_x((middle - gap).max(area.left())),
    );
    let left = rest(&mut before);

    let mut after = part(ui, id, area.with_min_x(middle));
    after.spacing_mut().item_spacing.x = space::S;
    let right = end(&mut after);

    let width = after.min_rect().width();
    if (width - known).abs() > 0.01 {
        ui.data_mut(|data| data.insert_temp(id, width));
        ui.ctx()
            .request_discard("what stands at the end of a line has another width");
    }
    let used = before.min_rect().union(after.min_rect());
    ui.advance_cursor_after_rect(used.with_max_x(area.right()));
    (left, right)
}

fn part(ui: &mut Ui, id: Id, rect: Rect) -> Ui {
    let builder = UiBuilder::new()
        .scope_id(id)
        .max_rect(rect)
        .layout(Layout::left_to_right(Align::Center));
    ui.new_child(builder)
}
