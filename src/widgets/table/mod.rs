//! A table of any number of rows, which only does work for the visible ones.

mod column;
mod head;
mod row;
mod widths;

use std::ops::Range;

use egui::{
    Align, Color32, Id, Key, Layout, Modifiers, NumExt as _, Rangef, Rect, Response, Role, Sense,
    Stroke, Ui, UiBuilder, WidgetInfo,
};
use egui_extras::{Column, TableBuilder};

use crate::theme::{self, row as row_size, space};
use crate::widgets::focus::focus_on;
use crate::widgets::overlays::menu::open_context_menu;
use crate::widgets::shift_state::pressed_with_shift;
use crate::widgets::truncated;
pub use column::{ColumnWidth, TableColumn};
use head::TableHeads;
pub use row::TableRow;
use row::{DrawnRow, RowLook};
use widths::ColumnWidths;

/// A table. Its name is for screen readers; its id keeps the column widths of different tables apart.
#[must_use = "a table does nothing until it is shown"]
pub struct DataTable<'a> {
    id: Id,
    name: &'a str,
    columns: &'a [TableColumn<'a>],
    row_height: Option<f32>,
    gutter: f32,
    selected: Option<usize>,
    scroll_to: Option<usize>,
    is_centered: bool,
    loading: Option<f32>,
    can_reorder: bool,
}

/// How a click on a row changes the selection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowExtension {
    /// Selects only this row.
    #[default]
    Alone,
    /// Adds or removes this row: Ctrl.
    Toggled,
    /// Selects all rows up to this one: Shift.
    UpTo,
}

/// Result of showing a [`DataTable`].
pub struct TableResponse {
    /// The table as a Tab stop: its id and `has_focus()`.
    pub response: Response,
    /// The row that was clicked or reached by keyboard.
    pub chosen: Option<usize>,
    /// How `chosen` changes the selection.
    pub extends: RowExtension,
    /// The row that was double-clicked, or on which Enter was pressed.
    pub opened: Option<usize>,
    /// The row that was double-clicked.
    pub double_clicked: Option<usize>,
    /// The row whose context menu was opened by secondary click or key; attach the menu to its response.
    pub row_with_menu: Option<(usize, Response)>,
    /// The column whose header was clicked for sorting.
    pub sort_clicked: Option<usize>,
    /// A column dragged to a new width, in px. Pass it back as the column's width from then on.
    pub dragged: Option<(usize, f32)>,
    /// The column whose header was dropped, and the column before which it was dropped (or the number of columns for the end).
    pub moved: Option<(usize, usize)>,
    /// Rows on the screen.
    pub visible: Range<usize>,
}

impl<'a> DataTable<'a> {
    /// A table with rows as high as the current density requires.
    pub fn new(id: Id, name: &'a str, columns: &'a [TableColumn<'a>]) -> Self {
        Self {
            id,
            name,
            columns,
            row_height: None,
            gutter: space::L,
            selected: None,
            scroll_to: None,
            is_centered: false,
            loading: None,
            can_reorder: false,
        }
    }

    /// Lets the user reorder columns by dragging their headers.
    pub fn reorderable(mut self) -> Self {
        self.can_reorder = true;
        self
    }

    /// Height of every row, in px.
    pub fn row_height(mut self, height: f32) -> Self {
        self.row_height = Some(height);
        self
    }

    /// Left and right padding, in px.
    pub fn gutter(mut self, gutter: f32) -> Self {
        self.gutter = gutter;
        self
    }

    /// The selected row.
    pub fn selected(mut self, row: Option<usize>) -> Self {
        self.selected = row;
        self
    }

    /// Scrolls this row into view, once.
    pub fn scroll_to(mut self, row: Option<usize>) -> Self {
        self.scroll_to = row;
        self
    }

    /// Scrolls the row to the middle, if possible, so that nothing at the edge covers it.
    pub fn centered(mut self, is_centered: bool) -> Self {
        self.is_centered = is_centered;
        self
    }

    /// Shows a thin loading bar below the header, filled to this fraction.
    pub fn loading(mut self, fraction: Option<f32>) -> Self {
        self.loading = fraction;
        self
    }

    /// Draws the table with `total` rows, calling `draw` for each visible one.
    pub fn show(
        self,
        ui: &mut Ui,
        total: usize,
        mut draw: impl FnMut(&mut TableRow<'_, '_>),
    ) -> TableResponse {
        let area = ui.available_rect_before_wrap();
        let response = self.focus_stop(ui, area, total);
        let row_height = self
            .row_height
            .unwrap_or_else(|| theme::rows(ui.ctx()).table);
        let page = (area.height() / row_height) as usize;
        // Read before `keyboard` consumes the key.
        let by_key = match pressed_with_shift(ui.ctx(), |_| true) {
            true => RowExtension::UpTo,
            false => RowExtension::Alone,
        };
        let moved = self.keyboard(ui, &response, total, page.saturating_sub(2));
        if moved.is_some() {
            truncated::moved(ui.ctx(), self.id, true);
        }
        let by_enter = self
            .selected
            .filter(|_| response.has_focus() && ui.input(|i| i.key_pressed(Key::Enter)));
        let mut found = TableResponse {
            response: response.clone(),
            chosen: moved,
            extends: moved.map_or_else(RowExtension::default, |_| by_key),
            opened: by_enter,
            double_clicked: None,
            row_with_menu: None,
            sort_clicked: None,
            dragged: None,
            moved: None,
            visible: 0..0,
        };
        let mut visible: Option<Range<usize>> = None;
        let mut active = None;

        let builder = UiBuilder::new()
            .id_salt(self.id)
            .max_rect(area)
            // Makes headers and rows children of the table for screen readers.
            .accessibility_parent(response.id);
        let mut inner = ui.new_child(builder);
        prepare_style(&mut inner);
        let widths = ColumnWidths::of(ui, self.id, self.columns, self.gutter, area.width());
        // If columns were dragged wider than the page, they keep their widths and the table scrolls sideways.
        let whole = egui::ScrollArea::new([widths.scrolls_sideways(), false])
            .id_salt("sideways")
            .auto_shrink(false);
        whole.show(&mut inner, |ui| {
            let left = ui.max_rect().left();
            let x_range = Rangef::new(left, left + widths.total().max(area.width()));
            let table = self.builder(ui, &widths, moved.or(self.scroll_to));
            let mut heads = TableHeads::new(self.columns, self.gutter, self.can_reorder);
            let table = table.header(row_size::HEAD, |mut head| {
                for _ in self.columns {
                    head.col(|ui| heads.show(ui));
                }
            });
            table.body(|body| {
                body.rows(row_height, total, |row| {
                    let index = row.index();
                    visible.get_or_insert(index..index).end = index + 1;
                    let look = RowLook {
                        table: response.id,
                        x_range,
                        seen: area.x_range(),
                        gutter: self.gutter,
                        selected: self.selected == Some(index),
                        table_focused: response.has_focus(),
                        fresh: false,
                        in_selection: false,
                    };
                    let mut row = TableRow::new(row, look, self.columns.len());
                    draw(&mut row);
                    if let Some(drawn) = row.finish() {
                        if self.selected == Some(index) {
                            active = Some(drawn.node);
                        }
                        self.row_clicks(index, drawn, &mut found);
                    }
                });
            });
            heads.keyboard(ui, response.id);
            found.sort_clicked = heads.clicked();
            found.moved = heads.reordered(ui, area);
            found.dragged = widths.handles(ui, self.id, heads.edges(), area);
        });
        head::paint_under_head(ui, area, self.loading);
        if let Some(active) = active {
            ui.ctx().accesskit_node_builder(response.id, |node| {
                node.set_active_descendant(active.accesskit_id());
            });
        }
        found.visible = visible.unwrap_or_default();
        found
    }

    /// Handles clicks and keys on a row.
    fn row_clicks(&self, index: usize, drawn: DrawnRow, found: &mut TableResponse) {
        let DrawnRow { response, cut, .. } = drawn;
        let (ctx, table) = (response.ctx.clone(), &found.response);
        truncated::show(&ctx, self.id, &response, &cut);
        if response.clicked() {
            truncated::moved(&ctx, self.id, false);
            found.chosen = Some(index);
            found.extends = held(&ctx);
            focus_on(&ctx, table.id);
        }
        if response.double_clicked() {
            found.opened = Some(index);
            found.double_clicked = Some(index);
        }
        let by_key = self.selected == Some(index) && table.has_focus() && menu_key_pressed(&ctx);
        if by_key {
            open_context_menu(&response);
        }
        if by_key || response.secondary_clicked() || response.context_menu_opened() {
            if response.secondary_clicked() {
                found.chosen = Some(index);
            }
            found.row_with_menu = Some((index, response));
        }
    }

    fn focus_stop(&self, ui: &mut Ui, area: Rect, total: usize) -> Response {
        let id = self.id.with("focus");
        let response = ui.interact(area, id, Sense::focusable_noninteractive());
        ui.advance_cursor_after_rect(area);
        response.widget_info(|| WidgetInfo::labeled(Role::Table, true, self.name));
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_row_count(total);
            node.set_column_count(self.columns.len());
        });
        response
    }

    /// The row that the keyboard moves to.
    fn keyboard(&self, ui: &Ui, table: &Response, total: usize, page: usize) -> Option<usize> {
        if !table.has_focus() || total == 0 {
            return None;
        }
        let last = total - 1;
        let now = self.selected;
        ui.input_mut(|input| {
            let mut key = |key| input.consume_key(Modifiers::NONE, key);
            if key(Key::ArrowDown) {
                Some(now.map_or(0, |row| row + 1))
            } else if key(Key::ArrowUp) {
                Some(now.map_or(last, |row| row.saturating_sub(1)))
            } else if key(Key::PageDown) {
                Some(now.map_or(0, |row| row + page))
            } else if key(Key::PageUp) {
                Some(now.map_or(0, |row| row.saturating_sub(page)))
            } else if key(Key::Home) {
                Some(0)
            } else if key(Key::End) {
                Some(last)
            } else {
                None
            }
        })
        .map(|row| row.at_most(last))
    }

    fn builder<'ui>(
        &self,
        ui: &'ui mut Ui,
        widths: &ColumnWidths<'_>,
        scroll_to: Option<usize>,
    ) -> TableBuilder<'ui> {
        let mut builder = TableBuilder::new(ui)
            .id_salt(self.id)
            .striped(false)
            .sense(Sense::CLICK)
            .auto_shrink(false)
            // A few rows are enough in a small window; the table must not cover what is below it.
            .min_scrolled_height(0.0)
            .animate_scrolling(false)
            .cell_layout(Layout::left_to_right(Align::Center));
        for width in widths.each() {
            builder = builder.column(Column::exact(*width).clip(true));
        }
        match scroll_to {
            // Without an alignment, the table scrolls no further than needed.
            Some(row) => builder.scroll_to_row(row, self.is_centered.then_some(Align::Center)),
            None => builder,
        }
    }
}

/// How the held modifier keys extend the selection.
fn held(ctx: &egui::Context) -> RowExtension {
    let modifiers = ctx.input(|input| input.modifiers);
    if modifiers.shift {
        RowExtension::UpTo
    } else if modifiers.command {
        RowExtension::Toggled
    } else {
        RowExtension::Alone
    }
}

/// Whether the menu key or its equivalent, Shift+F10, was pressed.
fn menu_key_pressed(ctx: &egui::Context) -> bool {
    ctx.input(|input| input.key_pressed(Key::Menu))
        || pressed_with_shift(ctx, |key| key == Key::F10)
}

/// Removes egui's row backgrounds and column lines; `TableRow` paints ours.
fn prepare_style(ui: &mut Ui) {
    let p = theme::palette(ui.ctx());
    ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
    let visuals = ui.visuals_mut();
    visuals.selection.bg_fill = Color32::TRANSPARENT;
    visuals.widgets.noninteractive.bg_stroke = Stroke::NONE;
    visuals.widgets.hovered.bg_fill = Color32::TRANSPARENT;
    visuals.widgets.hovered.bg_stroke.color = p.control;
    visuals.widgets.active.bg_stroke.color = p.focus;
}
