//! One row of a table.

use egui::{Color32, Pos2, Rangef, Rect, Response, Role, Ui, UiBuilder, WidgetInfo};

use super::{cut, paint};
use crate::theme::{self, space, stroke};

/// A visible row, to be filled cell by cell.
///
/// Say what the row is ([`Self::name`], [`Self::fresh`]) before its first cell.
pub struct TableRow<'a, 'b> {
    inner: egui_extras::TableRow<'a, 'b>,
    look: RowLook,
    columns: usize,
    name: String,
    /// Texts of the row that has the keyboard, which had no room.
    cut: Vec<String>,
}

/// What the ground of a row depends on.
pub(super) struct RowLook {
    /// From the left to the right end of the row, which may be wider than the page.
    pub x_range: Rangef,
    /// From the left to the right end of the page.
    pub seen: Rangef,
    /// Free room at both sides, in px.
    pub gutter: f32,
    pub selected: bool,
    pub table_focused: bool,
    pub fresh: bool,
}

impl<'a, 'b> TableRow<'a, 'b> {
    pub(super) fn new(inner: egui_extras::TableRow<'a, 'b>, look: RowLook, columns: usize) -> Self {
        Self {
            inner,
            look,
            columns,
            name: String::new(),
            cut: Vec::new(),
        }
    }

    /// Which row this is, counted from 0.
    #[must_use]
    pub fn index(&self) -> usize {
        self.inner.index()
    }

    /// What a screen reader calls the row.
    pub fn name(&mut self, name: impl Into<String>) {
        self.name = name.into();
    }

    /// Just created: has the ground of a selected row for a moment.
    pub fn fresh(&mut self, fresh: bool) {
        self.look.fresh = fresh;
    }

    /// Fills the next cell. Its `Ui` runs from left to right, centred in height, and cuts text.
    pub fn cell(&mut self, add: impl FnOnce(&mut Ui)) {
        let column = self.inner.col_index();
        let (left, right) = cell_padding(column, self.columns, self.look.gutter);
        let look = &self.look;
        let has_keyboard = look.selected && look.table_focused;
        let cut = &mut self.cut;
        self.inner.col(|ui| {
            if column == 0 {
                paint_ground(ui, look);
            }
            let all = ui.max_rect();
            let start = all.left() + left;
            let rect = Rect::from_min_max(
                Pos2::new(start, all.top()),
                Pos2::new((all.right() - right).max(start), all.bottom()),
            );
            let mut inner = ui.new_child(UiBuilder::new().max_rect(rect));
            inner.shrink_clip_rect(rect.expand2(egui::vec2(left.min(space::XS), 0.0)));
            inner.spacing_mut().item_spacing.x = space::SM;
            if has_keyboard {
                cut.extend(cut::collect(&mut inner, add));
            } else {
                add(&mut inner);
            }
        });
    }

    /// Gives the row its node in the accessibility tree.
    pub(super) fn finish(self) -> Option<(Response, Vec<String>)> {
        if self.inner.col_index() == 0 {
            return None;
        }
        let response = self.inner.response();
        let (selected, name) = (self.look.selected, self.name);
        response.widget_info(|| WidgetInfo::labeled(Role::Row, true, &name));
        let index = self.inner.index();
        response.ctx.accesskit_node_builder(response.id, |node| {
            node.set_selected(selected);
            node.set_row_index(index);
        });
        Some((response, self.cut))
    }
}

/// Free room at the left and right of a cell, in px: 12 behind every column, the gutter at both
/// ends of the row.
pub(super) fn cell_padding(column: usize, columns: usize, gutter: f32) -> (f32, f32) {
    let left = if column == 0 { gutter } else { 0.0 };
    let right = if column + 1 == columns {
        gutter
    } else {
        space::M
    };
    (left, right)
}

fn paint_ground(ui: &Ui, look: &RowLook) {
    let p = theme::palette(ui.ctx());
    let rect = Rect::from_x_y_ranges(look.x_range, ui.max_rect().y_range());
    // The first cell is clipped to its own column; the ground is as wide as the page.
    let seen = look.x_range.intersection(look.seen);
    let clip = Rect::from_x_y_ranges(seen, ui.clip_rect().y_range());
    let hovered = ui
        .ctx()
        .rect_contains_pointer(ui.layer_id(), rect.intersect(clip));
    let (ground, bar) = match (look.selected, look.table_focused) {
        (true, true) => (p.selected, p.focus),
        (true, false) => (p.hover, p.control),
        (false, _) if look.fresh => (p.selected, Color32::TRANSPARENT),
        (false, _) if hovered => (p.hover, Color32::TRANSPARENT),
        (false, _) => (Color32::TRANSPARENT, Color32::TRANSPARENT),
    };
    let painter = paint::clipped_to(ui, clip);
    painter.rect_filled(rect, 0, ground);
    let line = Rect::from_min_max(
        Pos2::new(rect.left(), rect.bottom() - stroke::EDGE),
        rect.max,
    );
    painter.rect_filled(line, 0, p.row_line);
    let bar_rect = Rect::from_min_max(
        rect.min,
        Pos2::new(rect.left() + stroke::BAR, rect.bottom()),
    );
    painter.rect_filled(bar_rect, 0, bar);
}
