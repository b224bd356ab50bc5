//! The arrows in a menu: egui's own lead to whatever lies in their direction, out of the menu too.

use egui::{Context, EventFilter, Id, Key, Modifiers, Response, Ui};

use super::focus::focus_on;

/// The rows of the menu that is being drawn.
#[derive(Clone, Default)]
pub(super) struct MenuKeys {
    rows: Vec<Id>,
    chosen: Option<Id>,
    takes_focus: bool,
    menu: Option<Id>,
}

impl MenuKeys {
    /// A menu has just opened. Its first or chosen row takes the keyboard with the next frame, unless
    /// a pointer has opened it.
    pub(super) fn opened(ctx: &Context, menu: Id) {
        if !ctx.input(|input| input.pointer.any_released()) {
            ctx.data_mut(|data| data.insert_temp(menu.with("takes focus"), ()));
        }
    }

    /// To be called before the rows.
    pub(super) fn begin(ui: &Ui, menu: Id) -> Self {
        let takes_focus = ui
            .data_mut(|data| data.remove_temp::<()>(menu.with("takes focus")))
            .is_some();
        ui.data_mut(|data| data.insert_temp(rows_id(), Self::default()));
        Self {
            takes_focus,
            menu: Some(menu),
            ..Self::default()
        }
    }

    /// A row that can be chosen; outside of a menu it is none of ours.
    pub(super) fn note(row: &Response, is_chosen: bool) {
        let is_in_menu = row.ctx.data_mut(|data| {
            let Some(mut keys) = data.get_temp::<Self>(rows_id()) else {
                return false;
            };
            keys.rows.push(row.id);
            if is_chosen {
                keys.chosen = Some(row.id);
            }
            data.insert_temp(rows_id(), keys);
            true
        });
        if !is_in_menu {
            return;
        }
        if row.has_focus() {
            let filter = EventFilter {
                vertical_arrows: true,
                ..EventFilter::default()
            };
            row.ctx
                .memory_mut(|memory| memory.set_focus_lock_filter(row.id, filter));
        }
        if row.gained_focus() {
            row.scroll_to_me(None);
        }
    }

    /// To be called after the rows: moves the keyboard.
    pub(super) fn end(self, ui: &Ui) {
        let keys = ui.data_mut(|data| data.remove_temp::<Self>(rows_id()));
        let Some(Self { rows, chosen, .. }) = keys else {
            return;
        };
        if self.takes_focus {
            // While a menu is measured, its rows cannot have the keyboard yet.
            if let Some(menu) = self.menu.filter(|_| rows.is_empty()) {
                ui.data_mut(|data| data.insert_temp(menu.with("takes focus"), ()));
                ui.ctx().request_repaint();
            }
            if let Some(id) = chosen.or(rows.first().copied()) {
                focus_on(ui.ctx(), id);
            }
            return;
        }
        let focused = ui.memory(|memory| memory.focused());
        let Some(at) = rows.iter().position(|id| Some(*id) == focused) else {
            return;
        };
        let last = rows.len() - 1;
        let to = ui.input_mut(|input| {
            let mut key = |key| input.consume_key(Modifiers::NONE, key);
            if key(Key::ArrowDown) {
                Some(if at == last { 0 } else { at + 1 })
            } else if key(Key::ArrowUp) {
                Some(at.checked_sub(1).unwrap_or(last))
            } else if key(Key::Home) {
                Some(0)
            } else if key(Key::End) {
                Some(last)
            } else {
                None
            }
        });
        if let Some(id) = to.and_then(|to| rows.get(to)) {
            focus_on(ui.ctx(), *id);
        }
    }
}

fn rows_id() -> Id {
    Id::unique("rows of the menu")
}
