//! A table of many rows, of which only the visible ones cost anything.

use std::ops::Range;

use egui::{
    Align, Color32, EventFilter, Id, Key, Layout, Modifiers, NumExt as _, Rangef, Rect, Response,
    Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo,
};
use egui_extras::{Column, TableBuilder};

use super::cut;
use super::focus::focus_on;
use super::menu::open_context_menu;
use super::table_handles::Handles;
use super::table_head::{self, head_cell};
use super::table_row::{RowLook, TableRow, cell_padding};
use crate::theme::{self, part, row, space};

/// How wide a column is, in px, the 12 px of free room at its right included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ColumnWidth {
    /// What the others leave, never less than this. One column should be like that.
    Rest(f32),
    /// This wide, and not to be changed.
    Fixed(f32),
    /// This wide at first; can be dragged.
    Dragged(f32),
}

impl ColumnWidth {
    /// The width that it has or, where it takes what the others leave, its least one.
    #[must_use]
    pub const fn least(self) -> f32 {
        match self {
            Self::Rest(width) | Self::Fixed(width) | Self::Dragged(width) => width,
        }
    }
}

/// The order a column is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortMark {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// A column of a [`DataTable`].
#[derive(Clone, Copy, Debug)]
pub struct TableColumn<'a> {
    /// The head's word.
    pub name: &'a str,
    /// How wide.
    pub width: ColumnWidth,
    /// A click on the head sorts.
    pub sortable: bool,
    /// The rows are sorted by this column.
    pub sorted: Option<SortMark>,
}

impl<'a> TableColumn<'a> {
    /// A column that cannot be sorted.
    #[must_use]
    pub const fn new(name: &'a str, width: ColumnWidth) -> Self {
        Self {
            name,
            width,
            sortable: false,
            sorted: None,
        }
    }

    /// A column whose head can be clicked, with the mark it bears now.
    #[must_use]
    pub const fn sortable(mut self, sorted: Option<SortMark>) -> Self {
        self.sortable = true;
        self.sorted = sorted;
        self
    }
}

/// The table. Its name is heard by screen readers; its id keeps column widths apart.
#[must_use = "a table does nothing until it is shown"]
pub struct DataTable<'a> {
    id: Id,
    name: &'a str,
    columns: &'a [TableColumn<'a>],
    row_height: Option<f32>,
    gutter: f32,
    selected: Option<usize>,
    scroll_to: Option<usize>,
    loading: Option<f32>,
}

/// What became of a [`DataTable`].
pub struct TableResponse {
    /// The table as a focus stop: its id and `has_focus()`.
    pub response: Response,
    /// A row that was clicked, or that the keyboard moved to.
    pub chosen: Option<usize>,
    /// A row that was double-clicked, or on which Enter was pressed.
    pub opened: Option<usize>,
    /// A row that was clicked with the other button; its response can bear a context menu.
    pub row_with_menu: Option<(usize, Response)>,
    /// The head of this column was clicked.
    pub sort_clicked: Option<usize>,
    /// A column was dragged to this width, in px. To be given back as its width from then on.
    pub dragged: Option<(usize, f32)>,
    /// Rows that are on screen.
    pub visible: Range<usize>,
}

impl<'a> DataTable<'a> {
    /// A table with rows as high as the density in force says.
    pub fn new(id: Id, name: &'a str, columns: &'a [TableColumn<'a>]) -> Self {
        Self {
            id,
            name,
            columns,
            row_height: None,
            gutter: space::L,
            selected: None,
            scroll_to: None,
            loading: None,
        }
    }

    /// Height of every row, in px.
    pub fn row_height(mut self, height: f32) -> Self {
        self.row_height = Some(height);
        self
    }

    /// Free room at both sides, in px.
    pub fn gutter(mut self, gutter: f32) -> Self {
        self.gutter = gutter;
        self
    }

    /// The selected row.
    pub fn selected(mut self, row: Option<usize>) -> Self {
        self.selected = row;
        self
    }

    /// Brings this row into view, once.
    pub fn scroll_to(mut self, row: Option<usize>) -> Self {
        self.scroll_to = row;
        self
    }

    /// More is being fetched: a thin bar under the head, filled to this fraction.
    pub fn loading(mut self, fraction: Option<f32>) -> Self {
        self.loading = fraction;
        self
    }

    /// Shows `total` rows, asking `draw` for each visible one.
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
        let mut chosen = self.keyboard(ui, &response, total, page.saturating_sub(2));
        let moved = chosen;
        if moved.is_some() {
            cut::moved(ui.ctx(), self.id, true);
        }
        let mut opened = self
            .selected
            .filter(|_| response.has_focus() && ui.input(|i| i.key_pressed(Key::Enter)));
        let mut row_with_menu = None;
        let mut sort_clicked = None;
        let mut visible: Option<Range<usize>> = None;
        let mut active = None;
        let mut widths = Vec::new();
        let reset_id = self.id.with("reset");
        let reset = ui
            .data_mut(|data| data.remove_temp::<()>(reset_id))
            .is_some();

        let mut inner = ui.new_child(UiBuilder::new().id_salt(self.id).max_rect(area));
        prepare_style(&mut inner);
        // Columns that were dragged wider than the page keep their widths: it scrolls sideways.
        let wide_id = self.id.with("wide");
        let wide = inner.data(|data| data.get_temp::<f32>(wide_id));
        let sideways = wide.is_some_and(|wide| wide > area.width() + 1.0);
        let mut heads = 0.0;
        let whole = egui::ScrollArea::new([sideways, false])
            .id_salt("sideways")
            .auto_shrink(false);
        whole.show(&mut inner, |ui| {
            let left = ui.max_rect().left();
            let x_range = Rangef::new(left, left + wide.unwrap_or(0.0).max(area.width()));
            let handles = Handles::of(ui, self.id, self.columns);
            let mut last_head = None;
            let table = self.builder(ui, moved.or(self.scroll_to));
            if reset {
                table.reset();
            }
            let table = table.header(row::HEAD, |mut head| {
                for (index, column) in self.columns.iter().enumerate() {
                    let (left, right) = cell_padding(index, self.columns.len(), self.gutter);
                    head.col(|ui| {
                        heads += ui.max_rect().width();
                        let head = head_cell(ui, column, left, right);
                        if head.clicked() {
                            sort_clicked = Some(index);
                        }
                        if column.sortable {
                            last_head = Some(head.id);
                        }
                    });
                }
            });
            table.body(|body| {
                widths = body.widths().to_vec();
                body.rows(row_height, total, |row| {
                    let index = row.index();
                    visible.get_or_insert(index..index).end = index + 1;
                    let look = RowLook {
                        x_range,
                        seen: area.x_range(),
                        gutter: self.gutter,
                        selected: self.selected == Some(index),
                        table_focused: response.has_focus(),
                        fresh: false,
                    };
                    let mut row = TableRow::new(row, look, self.columns.len());
                    draw(&mut row);
                    let Some((shown, texts)) = row.finish() else {
                        return;
                    };
                    cut::show(&shown.ctx, self.id, &shown, &texts);
                    if shown.clicked() {
                        cut::moved(&shown.ctx, self.id, false);
                        chosen = Some(index);
                        focus_on(&shown.ctx, response.id);
                    }
                    if shown.double_clicked() {
                        opened = Some(index);
                    }
                    if self.selected == Some(index) {
                        active = Some(shown.id);
                    }
                    let by_key = self.selected == Some(index)
                        && response.has_focus()
                        && menu_key_pressed(&shown.ctx);
                    if by_key {
                        open_context_menu(&shown);
                    }
                    if by_key || shown.secondary_clicked() || shown.context_menu_opened() {
                        if shown.secondary_clicked() {
                            chosen = Some(index);
                        }
                        row_with_menu = Some((index, shown));
                    }
                });
            });
            handles.pass_by(ui, last_head);
        });
        ui.data_mut(|data| data.insert_temp(wide_id, heads));
        let is_rest = |column: &TableColumn<'_>| matches!(column.width, ColumnWidth::Rest(_));
        let rest = self.columns.iter().position(is_rest);
        if let Some(width) = rest.and_then(|index| widths.get(index)) {
            ui.data_mut(|data| data.insert_temp(self.rest_id(), *width));
        }
        let dragged = self.changed_width(&widths).filter(|_| {
            let (is_down, is_released) =
                ui.input(|i| (i.pointer.any_down(), i.pointer.any_released()));
            if !is_down && !is_released {
                // Not by hand: the caller asks for another width than the table remembers.
                ui.data_mut(|data| data.insert_temp(reset_id, ()));
            }
            is_released
        });
        table_head::paint_under_head(ui, area, self.loading);
        if let Some(active) = active {
            ui.ctx().accesskit_node_builder(response.id, |node| {
                node.set_active_descendant(active.accesskit_id());
            });
        }
        TableResponse {
            response,
            chosen,
            opened,
            row_with_menu,
            sort_clicked,
            dragged,
            visible: visible.unwrap_or_default(),
        }
    }

    fn rest_id(&self) -> Id {
        self.id.with("rest")
    }

    /// The first column whose width is not the one it was given, less its gutters.
    fn changed_width(&self, widths: &[f32]) -> Option<(usize, f32)> {
        let columns = self.columns.iter().zip(widths).enumerate();
        columns.into_iter().find_map(|(index, (column, width))| {
            let width = width - self.gutter_of(index);
            match column.width {
                ColumnWidth::Dragged(given) if (width - given).abs() > 0.5 => Some((index, width)),
                _ => None,
            }
        })
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
        // Up and down select rows instead of leaving the table.
        ui.memory_mut(|memory| {
            memory.set_focus_lock_filter(
                id,
                EventFilter {
                    vertical_arrows: true,
                    ..EventFilter::default()
                },
            );
        });
        response
    }

    /// The row that the keys lead to.
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

    fn builder<'ui>(&self, ui: &'ui mut Ui, scroll_to: Option<usize>) -> TableBuilder<'ui> {
        // While a head is being dragged, the column that takes the rest stands still: if it gave way,
        // the dragged edge would run away from the pointer.
        let is_dragging = ui.input(|i| i.pointer.any_down());
        let standing = ui.data(|data| data.get_temp::<f32>(self.rest_id()));
        let standing = standing.filter(|_| is_dragging);
        let mut builder = TableBuilder::new(ui)
            .id_salt(self.id)
            .striped(false)
            .sense(Sense::CLICK)
            .auto_shrink(false)
            // In a small window a few rows are enough; they must not cover what is below.
            .min_scrolled_height(0.0)
            .animate_scrolling(false)
            .cell_layout(Layout::left_to_right(Align::Center));
        for (index, column) in self.columns.iter().enumerate() {
            // A column's own width counts the usual room behind it, but no gutter.
            let beside = self.gutter_of(index);
            builder = builder.column(
                match column.width {
                    ColumnWidth::Rest(least) => match standing {
                        Some(width) => Column::exact(width),
                        None => Column::remainder().at_least(least + beside),
                    },
                    ColumnWidth::Fixed(width) => Column::exact(width + beside),
                    ColumnWidth::Dragged(width) => Column::initial(width + beside)
                        .at_least(part::COLUMN_LEAST)
                        .resizable(true),
                }
                .clip(true),
            );
        }
        match scroll_to {
            // No alignment: scroll no further than needed.
            Some(row) => builder.scroll_to_row(row, None),
            None => builder,
        }
    }

    /// The gutters that a column bears beside its own width.
    fn gutter_of(&self, index: usize) -> f32 {
        let ends = [index == 0, index + 1 == self.columns.len()];
        ends.iter().filter(|end| **end).count() as f32 * self.gutter
    }
}

/// The menu key, or what stands for it on keyboards without one.
fn menu_key_pressed(ctx: &egui::Context) -> bool {
    ctx.input(|input| {
        input.key_pressed(Key::Menu) || (input.modifiers.shift && input.key_pressed(Key::F10))
    })
}

/// Takes egui's own row grounds and column lines away; `TableRow` paints ours.
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
