//! A row of a table.

use egui::{Color32, Id, Pos2, Rangef, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo};

use crate::theme::{self, Palette, Type, space, stroke};
use crate::widgets::paint;
use crate::widgets::truncated;
use crate::widgets::words::line;

/// A visible row, to be filled cell by cell.
///
/// Call [`Self::name`] and [`Self::fresh`] before adding the first cell.
pub struct TableRow<'a, 'b> {
    inner: egui_extras::TableRow<'a, 'b>,
    look: RowLook,
    columns: usize,
    name: String,
    /// The row in the accessibility tree, once its first cell has been added.
    node: Option<Response>,
    /// Truncated texts of the focused row.
    cut: Vec<String>,
}

/// What determines the background of a row.
pub(super) struct RowLook {
    /// The table of the row.
    pub table: Id,
    /// From the left to the right end of the row, which may be wider than the page.
    pub x_range: Rangef,
    /// From the left to the right end of the page.
    pub seen: Rangef,
    /// Left and right padding, in px.
    pub gutter: f32,
    pub selected: bool,
    pub table_focused: bool,
    pub fresh: bool,
    /// Whether the row is one of several selected rows.
    pub in_selection: bool,
}

/// A row that was drawn.
pub(super) struct DrawnRow {
    pub response: Response,
    /// Its id in the accessibility tree.
    pub node: Id,
    /// Truncated texts of the row.
    pub cut: Vec<String>,
}

impl<'a, 'b> TableRow<'a, 'b> {
    pub(super) fn new(inner: egui_extras::TableRow<'a, 'b>, look: RowLook, columns: usize) -> Self {
        Self {
            inner,
            look,
            columns,
            name: String::new(),
            node: None,
            cut: Vec::new(),
        }
    }

    /// Index of the row, from 0.
    #[must_use]
    pub fn index(&self) -> usize {
        self.inner.index()
    }

    /// The row's name for screen readers.
    pub fn name(&mut self, name: impl Into<String>) {
        self.name = name.into();
    }

    /// Highlights a row that was just created, for a moment.
    pub fn fresh(&mut self, fresh: bool) {
        self.look.fresh = fresh;
    }

    /// Marks the row as one of several selected rows.
    pub fn in_selection(&mut self, in_selection: bool) {
        self.look.in_selection = in_selection;
    }

    /// Makes the row a heading for the rows below it: `text` across all columns, followed by `quiet` in grey.
    pub fn heading(&mut self, text: &str, quiet: &str) {
        let across = Rangef::new(
            self.look.x_range.min.max(self.look.seen.min) + self.look.gutter,
            self.look.x_range.max.min(self.look.seen.max) - self.look.gutter,
        );
        let look = &self.look;
        let (node, name, index) = (&mut self.node, &self.name, self.inner.index());
        self.inner.col(|ui| {
            paint_ground(ui, look);
            *node = Some(row_node(ui, look, Role::RowHeader, name, index));
            let p = theme::palette(ui.ctx());
            let clip = Rect::from_x_y_ranges(across, ui.clip_rect().y_range());
            let mid_y = ui.max_rect().center().y;
            let mut left = across.min;
            for (text, style, color) in [
                (text, Type::SmallSemi, p.strong),
                (quiet, Type::Small, p.muted),
            ] {
                let galley = paint::line(ui, text, style, color, across.max - left);
                let place = Pos2::new(left, mid_y - galley.size().y / 2.0);
                left += galley.size().x + space::S;
                paint::clipped_to(ui, clip).galley(place, galley, color);
            }
        });
    }

    /// Adds the next cell. Its `Ui` is laid out from left to right, centred vertically, and truncates text.
    pub fn cell(&mut self, add: impl FnOnce(&mut Ui)) {
        let column = self.inner.col_index();
        let (left, right) = cell_padding(column, self.columns, self.look.gutter);
        let look = &self.look;
        let has_keyboard = look.selected && look.table_focused;
        let cut = &mut self.cut;
        let (node, name, index) = (&mut self.node, &self.name, self.inner.index());
        self.inner.col(|ui| {
            if column == 0 {
                paint_ground(ui, look);
                *node = Some(row_node(ui, look, Role::Row, name, index));
            }
            let all = ui.max_rect();
            let start = all.left() + left;
            let rect = Rect::from_min_max(
                Pos2::new(start, all.top()),
                Pos2::new((all.right() - right).max(start), all.bottom()),
            );
            let mut builder = UiBuilder::new()
                .max_rect(rect)
                .accessibility_role(Role::Cell);
            if let Some(node) = node {
                builder = builder.accessibility_parent(node.id);
            }
            let mut inner = ui.new_child(builder);
            ui.ctx().accesskit_node_builder(inner.unique_id(), |node| {
                node.set_column_index(column);
            });
            inner.shrink_clip_rect(rect.expand2(egui::vec2(left.min(space::XS), 0.0)));
            inner.spacing_mut().item_spacing.x = space::SM;
            if has_keyboard {
                cut.extend(truncated::collect(&mut inner, add));
            } else {
                add(&mut inner);
            }
        });
    }

    /// Adds a cell with one line of text.
    pub fn text(&mut self, style: Type, color: impl FnOnce(&Palette) -> Color32, text: &str) {
        self.cell(|ui| {
            let color = color(theme::palette(ui.ctx()));
            line(ui, style, color, text);
        });
    }

    /// The finished row, or `None` if it has no cells.
    pub(super) fn finish(self) -> Option<DrawnRow> {
        let node = self.node?;
        let id = node.id;
        // A screen reader presses this node.
        let response = self.inner.response().union(node);
        let rect = Rect::from_x_y_ranges(
            self.look.x_range.intersection(self.look.seen),
            response.rect.y_range(),
        );
        paint::place_node(&response.ctx, id, rect);
        Some(DrawnRow {
            response,
            node: id,
            cut: self.cut,
        })
    }
}

/// An accessibility node for the row, inside the table; egui itself only has nodes for cells.
fn row_node(ui: &mut Ui, look: &RowLook, role: Role, name: &str, index: usize) -> Response {
    let place = Rect::from_min_size(ui.max_rect().min, egui::Vec2::ZERO);
    let builder = UiBuilder::new()
        .id_salt("row")
        .max_rect(place)
        .sense(Sense::CLICK)
        .accessibility_parent(look.table);
    let node = ui.new_child(builder).response();
    node.widget_info(|| WidgetInfo::labeled(role, true, name));
    node.ctx.accesskit_node_builder(node.id, |node| {
        node.set_selected(look.selected || look.in_selection);
        node.set_row_index(index);
    });
    node
}

/// Left and right padding of a cell, in px: 12 after every column, and the gutter at both ends of the row.
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
    // The first cell is clipped to its column, but the background spans the page.
    let seen = look.x_range.intersection(look.seen);
    let clip = Rect::from_x_y_ranges(seen, ui.clip_rect().y_range());
    let hovered = ui
        .ctx()
        .rect_contains_pointer(ui.layer_id(), rect.intersect(clip));
    let (ground, bar) = match (look.selected, look.table_focused) {
        (true, true) => (p.selected, p.focus),
        (true, false) => (p.hover, p.control),
        (false, _) if look.fresh || look.in_selection => (p.selected, Color32::TRANSPARENT),
        (false, _) if hovered => (p.highlight(), Color32::TRANSPARENT),
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
