//! The header of a table.

use std::ops::Range;

use egui::{
    CursorIcon, Id, Key, Modifiers, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2,
};

use crate::theme::{self, Icon, Type, height, radius, row, size::icon, space, stroke};
use crate::widgets::focus::focus_on;
use crate::widgets::marks::progress;
use crate::widgets::paint;
use crate::widgets::table::TableColumn;
use crate::widgets::table::row::cell_padding;

/// The column headers of a table, drawn one after another.
pub(super) struct TableHeads<'a> {
    columns: &'a [TableColumn<'a>],
    gutter: f32,
    can_reorder: bool,
    drawn: Vec<Response>,
    /// Right ends of the columns.
    edges: Vec<f32>,
}

impl<'a> TableHeads<'a> {
    pub(super) fn new(columns: &'a [TableColumn<'a>], gutter: f32, can_reorder: bool) -> Self {
        Self {
            columns,
            gutter,
            can_reorder,
            drawn: Vec::new(),
            edges: Vec::new(),
        }
    }

    /// Draws the next header.
    pub(super) fn show(&mut self, ui: &mut Ui) {
        let index = self.drawn.len();
        let Some(column) = self.columns.get(index) else {
            return;
        };
        let padding = cell_padding(index, self.columns.len(), self.gutter);
        self.edges.push(ui.max_rect().right());
        self.drawn
            .push(head_cell(ui, column, padding, self.can_reorder));
    }

    /// Moves the focus with the arrow keys: sideways to the next header, down to the rows.
    pub(super) fn keyboard(&self, ui: &Ui, rows: Id) {
        let Some(at) = self.drawn.iter().position(Response::has_focus) else {
            return;
        };
        let heads = |range: Range<usize>| self.drawn[range].iter();
        let can_be_reached = |head: &&Response| head.sense.is_focusable();
        let to = ui.input_mut(|input| {
            let mut key = |key| input.consume_key(Modifiers::NONE, key);
            if key(Key::ArrowDown) {
                Some(rows)
            } else if key(Key::ArrowRight) {
                let next = heads(at + 1..self.drawn.len()).find(can_be_reached);
                next.map(|head| head.id)
            } else if key(Key::ArrowLeft) {
                let previous = heads(0..at).rfind(can_be_reached);
                previous.map(|head| head.id)
            } else {
                None
            }
        });
        if let Some(to) = to {
            focus_on(ui.ctx(), to);
        }
    }

    pub(super) fn edges(&self) -> &[f32] {
        &self.edges
    }

    /// The sortable column whose header was clicked.
    pub(super) fn clicked(&self) -> Option<usize> {
        let clicked = self.drawn.iter().position(Response::clicked)?;
        self.columns[clicked].sortable.then_some(clicked)
    }

    /// The header that was dropped, and the column before which it was dropped. Shows the target position while dragging.
    pub(super) fn reordered(&self, ui: &Ui, area: Rect) -> Option<(usize, usize)> {
        let is_moving = |head: &Response| head.dragged() || head.drag_stopped();
        let from = self.drawn.iter().position(is_moving)?;
        let head = &self.drawn[from];
        let pointer = ui.input(|input| input.pointer.latest_pos())?;
        let middle = |head: &&Response| head.rect.center().x < pointer.x;
        let to = self.drawn.iter().filter(middle).count();
        if to == from || to == from + 1 {
            return None;
        }
        if head.drag_stopped() {
            return Some((from, to));
        }
        let p = theme::palette(ui.ctx());
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        let before = self.drawn.get(to).map(|head| head.rect.left() - space::XS);
        let x = before.or_else(|| self.edges.last().copied())?;
        let line = Rect::from_min_size(
            Pos2::new(x - stroke::BAR, area.top()),
            vec2(stroke::BAR, area.height()),
        );
        paint::clipped_to(ui, area).rect_filled(line, 0, p.focus);
        None
    }
}

/// Draws a column header. A click sorts; a drag moves the column.
fn head_cell(
    ui: &mut Ui,
    column: &TableColumn<'_>,
    (left, right): (f32, f32),
    can_be_moved: bool,
) -> Response {
    let p = theme::palette(ui.ctx());
    let all = ui.max_rect();
    let rect = Rect::from_min_max(
        Pos2::new(all.left() + left, all.top()),
        Pos2::new((all.right() - right).max(all.left() + left), all.bottom()),
    );
    let mut sense = if column.sortable {
        Sense::click()
    } else {
        Sense::hover()
    };
    if can_be_moved {
        sense |= Sense::DRAG;
    }
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
            Some(false) => node.set_sort_direction(SortDirection::Ascending),
            Some(true) => node.set_sort_direction(SortDirection::Descending),
            None => {}
        }
    });
    let is_highlighted = column.sortable && response.hovered();
    if is_highlighted {
        ui.painter().rect_filled(rect, radius::SMALL, p.highlight());
    }
    let color = if column.sorted.is_some() || is_highlighted {
        p.strong
    } else {
        p.muted
    };
    let mark = column.sorted.map(|mark| match mark {
        false => Icon::ArrowUp,
        true => Icon::ArrowDown,
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

/// The line below the header, or the loading progress bar.
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
