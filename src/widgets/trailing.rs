//! Content at the right end of a line, in the order in which it is read and reached with Tab.
//!
//! A right-to-left layout would be shorter, but Tab would run backwards too. The content is therefore laid out from left to right, starting
//! where its width in the previous pass allows. If that width changes, the pass is discarded and drawn again.

use egui::{Align, Id, Layout, Rect, Ui, UiBuilder};

use crate::theme::space;

/// Adds `end` at the right end of the available line, with gaps of 8 px.
pub fn at_end<R>(ui: &mut Ui, end: impl FnOnce(&mut Ui) -> R) -> R {
    with_end(ui, |_| (), end).1
}

/// Adds `end` at the right end of the line, with gaps of 8 px, and `rest` in the space left of it.
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
            .request_discard("the end of the line changed width");
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
