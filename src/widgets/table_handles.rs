//! The edges by which columns are dragged. egui_extras makes them stops for the keyboard, where they
//! have no name and do nothing; here the keyboard passes them by.

use egui::{FocusDirection, Id, IdSalt, Ui};

use super::focus::focus_on;
use super::table::{ColumnWidth, TableColumn};

/// The edges of one table.
pub(super) struct Handles {
    ids: Vec<Id>,
    /// Whether the keyboard is on its way over them, from the last frame to this one.
    passing: Id,
    /// The keyboard was on one before the table was drawn: it came from behind.
    is_backwards: bool,
}

impl Handles {
    /// Those of the table with this id in `ui`, which is about to be drawn.
    pub(super) fn of(ui: &Ui, table: Id, columns: &[TableColumn<'_>]) -> Self {
        let state = ui.scope_id().with(IdSalt::new(table));
        let is_dragged = |column: &TableColumn<'_>| matches!(column.width, ColumnWidth::Dragged(_));
        let ids: Vec<Id> = (0..columns.len())
            .filter(|index| is_dragged(&columns[*index]))
            .map(|index| state.with("resize_column").with(index))
            .collect();
        let passing = table.with("passing");
        let is_passing = ui
            .data_mut(|data| data.remove_temp::<()>(passing))
            .is_some();
        let is_on = is_on(ui, &ids);
        if is_on && is_passing {
            // The last one gives it to whatever is drawn next, be it at the top of the window again.
            ui.memory_mut(|memory| memory.move_focus(FocusDirection::Next));
        }
        Self {
            ids,
            passing,
            is_backwards: is_on && !is_passing,
        }
    }

    /// Moves the keyboard on, or back to the last head.
    pub(super) fn pass_by(self, ui: &Ui, last_head: Option<Id>) {
        if !is_on(ui, &self.ids) {
            return;
        }
        match last_head.filter(|_| self.is_backwards) {
            Some(head) => focus_on(ui.ctx(), head),
            None => {
                if let Some(last) = self.ids.last() {
                    focus_on(ui.ctx(), *last);
                    ui.data_mut(|data| data.insert_temp(self.passing, ()));
                }
            }
        }
        ui.ctx().request_repaint();
    }
}

fn is_on(ui: &Ui, ids: &[Id]) -> bool {
    ui.memory(|memory| memory.focused().is_some_and(|id| ids.contains(&id)))
}
