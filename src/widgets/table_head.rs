//! The head of a table.

use egui::{Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::paint;
use super::progress;
use super::table::{SortMark, TableColumn};
use crate::theme::{self, Icon, Type, height, radius, row, size::icon, space, stroke};

/// Draws the head of one column; a click on it sorts.
pub(super) fn head_cell(ui: &mut Ui, column: &TableColumn<'_>, left: f32, right: f32) -> Response {
    let p = theme::palette(ui.ctx());
    let all = ui.max_rect();
    let rect = Rect::from_min_max(
        Pos2::new(all.left() + left, all.top()),
        Pos2::new((all.right() - right).max(all.left() + left), all.bottom()),
    );
    let sense = if column.sortable {
        Sense::click()
    } else {
        Sense::hover()
    };
    let response = ui.allocate_rect(rect, sense);
    let spoken = if column.name.is_empty() {
        "Actions"
    } else {
        column.name
    };
    response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, spoken));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        use egui::accesskit::SortDirection;
        match column.sorted {
            Some(SortMark::Ascending) => node.set_sort_direction(SortDirection::Ascending),
            Some(SortMark::Descending) => node.set_sort_direction(SortDirection::Descending),
            None => {}
        }
    });
    let color = if column.sorted.is_some() || (column.sortable && response.hovered()) {
        p.strong
    } else {
        p.muted
    };
    let mark = column.sorted.map(|mark| match mark {
        SortMark::Ascending => Icon::ArrowUp,
        SortMark::Descending => Icon::ArrowDown,
    });
    let mark_room = mark.map_or(0.0, |_| space::XS + icon::TINY);
    let mid_y = rect.center().y - stroke::EDGE / 2.0;
    let room = rect.width() - mark_room;
    let galley = paint::line(ui, column.name, Type::SmallStrong, color, room);
    let x = paint::put_line(ui, galley, rect.left(), mid_y);
    if let Some(mark) = mark {
        let center = Pos2::new(x + space::XS + icon::TINY / 2.0, mid_y);
        mark.paint(ui, center, icon::TINY, color);
    }
    if response.has_focus() {
        paint::focus_ring_inside(ui, rect, radius::SMALL);
    }
    response
}

/// The line under the head, or the bar that shows how much has been fetched.
pub(super) fn paint_under_head(ui: &Ui, table: Rect, loading: Option<f32>) {
    let head = Rect::from_min_size(table.min, vec2(table.width(), row::HEAD));
    match loading {
        Some(fraction) => {
            let bar = Rect::from_min_max(
                Pos2::new(head.left(), head.bottom() - height::BAR),
                head.max,
            );
            progress::paint_bar(ui, bar, fraction.clamp(0.0, 1.0));
        }
        None => paint::bottom_line(ui, head, theme::palette(ui.ctx()).line),
    }
}
