//! Column widths of a table, and the header edges for dragging them.

use egui::{CursorIcon, Id, Rect, Sense, Ui, vec2};

use crate::theme::{self, row, stroke, widget_sizes};
use crate::widgets::paint;
use crate::widgets::table::{ColumnWidth, TableColumn};

/// The column edge being dragged.
#[derive(Clone, Copy, Default)]
struct HeldEdge {
    column: usize,
    /// Column width and pointer position at the start of the drag, in px.
    width: f32,
    pointer: f32,
    /// 1 if the right edge of the column moves, -1 if the left edge does.
    sign: f32,
    most: f32,
}

impl HeldEdge {
    fn width_at(self, pointer: f32) -> f32 {
        let width = self.width + self.sign * (pointer - self.pointer);
        width.clamp(
            widget_sizes::COLUMN_MIN,
            self.most.max(widget_sizes::COLUMN_MIN),
        )
    }
}

/// Widths of the columns, computed before drawing.
pub(super) struct ColumnWidths<'a> {
    columns: &'a [TableColumn<'a>],
    gutter: f32,
    /// Widths including gutters, in px.
    widths: Vec<f32>,
    /// The column that takes the remaining width, and how far it exceeds its minimum. `None` if no column gives way.
    spare: Option<(usize, f32)>,
    room: f32,
}

impl<'a> ColumnWidths<'a> {
    pub(super) fn of(
        ui: &Ui,
        table: Id,
        columns: &'a [TableColumn<'a>],
        gutter: f32,
        room: f32,
    ) -> Self {
        let held = ui.data(|data| data.get_temp::<HeldEdge>(table));
        let pointer = ui.input(|input| input.pointer.interact_pos());
        let held = held.zip(pointer);
        let mut all = Self {
            columns,
            gutter,
            widths: Vec::new(),
            spare: None,
            room,
        };
        all.widths = (0..columns.len())
            .map(|index| {
                let width = match held {
                    Some((held, pointer)) if held.column == index => held.width_at(pointer.x),
                    _ => columns[index].width.least(),
                };
                width + all.gutter_of(index)
            })
            .collect();
        let left = (room - all.total()).max(0.0);
        let rest = columns.iter().position(|column| {
            let width = column.width;
            matches!(width, ColumnWidth::Rest(_) | ColumnWidth::RestUpTo(..))
        });
        if let Some(rest) = rest {
            let more = match columns[rest].width {
                ColumnWidth::RestUpTo(least, most) => left.min(most - least).max(0.0),
                _ => left,
            };
            all.widths[rest] += more;
            // A column at its maximum leaves space free, and then does not give way when another is dragged.
            all.spare = (more == left && room >= all.total()).then_some((rest, more));
        }
        all
    }

    pub(super) fn each(&self) -> &[f32] {
        &self.widths
    }

    /// Total width, in px.
    pub(super) fn total(&self) -> f32 {
        self.widths.iter().sum()
    }

    /// Whether the columns do not fit, so that the table scrolls sideways.
    pub(super) fn scrolls_sideways(&self) -> bool {
        self.total() > self.room + 1.0
    }

    /// The gutters that a column includes in addition to its own width.
    fn gutter_of(&self, index: usize) -> f32 {
        let ends = [index == 0, index + 1 == self.columns.len()];
        ends.iter().filter(|end| **end).count() as f32 * self.gutter
    }

    /// Which column changes when the edge after column `index` is dragged, and in which direction. If the column that takes the remaining
    /// width lies left of the edge, that column gives way and the column right of the edge changes. Otherwise the edge would not stay under
    /// the pointer.
    fn held_by(&self, index: usize) -> Option<(usize, f32)> {
        let (column, sign) = match self.spare {
            Some((rest, _)) if rest <= index => (index + 1, -1.0),
            Some(_) | None => (index, 1.0),
        };
        let can_be = matches!(self.columns.get(column)?.width, ColumnWidth::Dragged(_));
        can_be.then_some((column, sign))
    }

    /// Draws the edges, which are only in the header: below it, they would take clicks from the rows. Returns the column whose edge was
    /// released, with its new width.
    pub(super) fn handles(
        &self,
        ui: &Ui,
        table: Id,
        edges: &[f32],
        area: Rect,
    ) -> Option<(usize, f32)> {
        let p = theme::palette(ui.ctx());
        let mut changed = None;
        for (index, x) in edges.iter().enumerate() {
            let Some((column, sign)) = self.held_by(index) else {
                continue;
            };
            let center = egui::pos2(*x, area.top() + row::HEAD / 2.0);
            let strip = Rect::from_center_size(center, vec2(widget_sizes::COLUMN_EDGE, row::HEAD));
            let edge = ui.interact(
                strip.intersect(area),
                table.with(("edge", index)),
                Sense::DRAG,
            );
            let pointer = edge.interact_pointer_pos();
            if edge.drag_started()
                && let Some(pointer) = pointer
            {
                let width = self.widths[column] - self.gutter_of(column);
                let more = self.spare.map_or(f32::INFINITY, |(_, spare)| spare);
                let held = HeldEdge {
                    column,
                    width,
                    pointer: pointer.x,
                    sign,
                    most: width + more,
                };
                ui.data_mut(|data| data.insert_temp(table, held));
            }
            if edge.drag_stopped() {
                let held = ui.data_mut(|data| data.remove_temp::<HeldEdge>(table));
                let width = held.zip(pointer.or(ui.input(|i| i.pointer.latest_pos())));
                changed = width.map(|(held, at)| (held.column, held.width_at(at.x)));
            }
            if edge.hovered() || edge.dragged() {
                ui.ctx().set_cursor_icon(CursorIcon::ResizeColumn);
                let color = if edge.dragged() { p.focus } else { p.control };
                let line = Rect::from_center_size(center, vec2(stroke::BAR, row::HEAD));
                paint::clipped_to(ui, area).rect_filled(line, 0, color);
            }
        }
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(columns: &[TableColumn<'_>], room: f32) -> (Vec<f32>, Vec<Option<(usize, f32)>>) {
        let mut found = (Vec::new(), Vec::new());
        let mut output = egui::Context::default().run_ui(egui::RawInput::default(), |ui| {
            let all = ColumnWidths::of(ui, Id::unique("widths"), columns, 16.0, room);
            let held = (0..columns.len()).map(|index| all.held_by(index)).collect();
            found = (all.each().to_vec(), held);
        });
        output.textures_delta.clear();
        found
    }

    fn columns(first: ColumnWidth) -> [TableColumn<'static>; 3] {
        [
            TableColumn::new("Name", first),
            TableColumn::new("Middle", ColumnWidth::Dragged(80.0)),
            TableColumn::new("Last", ColumnWidth::Dragged(60.0)),
        ]
    }

    #[test]
    fn one_column_takes_what_the_others_leave() {
        let (widths, held) = widths(&columns(ColumnWidth::Rest(200.0)), 600.0);
        assert_eq!(widths, [600.0 - 80.0 - 76.0, 80.0, 76.0]);
        assert_eq!(held, [Some((1, -1.0)), Some((2, -1.0)), None]);
    }

    #[test]
    fn it_takes_no_more_than_it_may() {
        let (widths, held) = widths(&columns(ColumnWidth::RestUpTo(200.0, 300.0)), 600.0);
        assert_eq!(widths, [316.0, 80.0, 76.0]);
        assert_eq!(held, [None, Some((1, 1.0)), Some((2, 1.0))]);
    }

    #[test]
    fn without_room_the_columns_keep_their_widths() {
        let (widths, held) = widths(&columns(ColumnWidth::Rest(200.0)), 300.0);
        assert_eq!(widths, [216.0, 80.0, 76.0]);
        assert_eq!(held, [None, Some((1, 1.0)), Some((2, 1.0))]);
    }
}
