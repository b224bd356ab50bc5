//! The edges by which columns are dragged. egui_extras makes them stops for the keyboard, where they
//! have no name and do nothing; here the keyboard passes them by.

use egui::{FocusDirection, Id, Ui};

use super::table::{ColumnWidth, TableColumn};

/// The edges of one table.
pub(super) struct Handles {
    ids: Vec<Id>,
    /// The keyboard was on one before the table was drawn: it came from behind.
    is_backwards: bool,
}

impl Handles {
    /// Those of the table with this id in `ui`.
    pub(super) fn of(ui: &Ui, table: Id, columns: &[TableColumn<'_>]) -> Self {
        let state = ui.scope_id().with(table);
        let is_dragged = |column: &TableColumn<'_>| matches!(column.width, ColumnWidth::Dragged(_));
        let ids: Vec<Id> = (0..columns.len())
            .filter(|index| is_dragged(&columns[*index]))
            .map(|index| state.with("resize_column").with(index))
            .collect();
        let is_backwards = is_on(ui, &ids);
        Self { ids, is_backwards }
    }

    /// Moves the keyboard on, or back to the last head.
    pub(super) fn pass_by(self, ui: &Ui, last_head: Option<Id>) {
        if !is_on(ui, &self.ids) {
            return;
        }
        ui.memory_mut(|memory| {
            memory.stop_text_input();
            match last_head.filter(|_| self.is_backwards) {
                Some(head) => memory.request_focus(head),
                None => memory.move_focus(FocusDirection::Next),
            }
        });
        ui.ctx().request_repaint();
    }
}

fn is_on(ui: &Ui, ids: &[Id]) -> bool {
    ui.memory(|memory| memory.focused().is_some_and(|id| ids.contains(&id)))
}
