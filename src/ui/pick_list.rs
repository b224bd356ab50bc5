//! A field that searches the list below it, from which the keys pick a row.

use egui::{Context, Id, Key, Modifiers, Response, Ui};

use crate::theme::{self, Icon, Type, height, size, space};
use crate::widgets::{bare_field, focus_on, row_of, with_end};

/// What is typed and picked.
pub(super) struct PickList {
    pub(super) typed: String,
    /// Index of the row that Enter picks.
    pub(super) chosen: usize,
    /// Whether the choice has moved and must be scrolled into view.
    has_moved: bool,
    /// Whether the field has been given the focus.
    has_begun: bool,
}

impl PickList {
    /// Nothing is typed yet, and this row is chosen.
    pub(super) const fn at(chosen: usize) -> Self {
        Self {
            typed: String::new(),
            chosen,
            has_moved: true,
            has_begun: false,
        }
    }

    /// Moves the choice among this number of rows. Returns whether Enter was pressed.
    pub(super) fn keys(&mut self, ctx: &Context, rows: usize) -> bool {
        let last = rows.saturating_sub(1);
        let now = self.chosen.min(last);
        let (to, is_entered) = ctx.input_mut(|input| {
            let mut key = |key| input.consume_key(Modifiers::NONE, key);
            let to = if key(Key::ArrowDown) {
                Some(if now == last { 0 } else { now + 1 })
            } else if key(Key::ArrowUp) {
                Some(now.checked_sub(1).unwrap_or(last))
            } else if key(Key::PageDown) {
                Some((now + PAGE).min(last))
            } else if key(Key::PageUp) {
                Some(now.saturating_sub(PAGE))
            } else if key(Key::Home) {
                Some(0)
            } else if key(Key::End) {
                Some(last)
            } else {
                None
            };
            (to, key(Key::Enter))
        });
        self.has_moved |= to.is_some();
        self.chosen = to.unwrap_or(now);
        is_entered
    }

    /// Draws a magnifier, the field and `end`, with this margin at both ends. The field gets the focus when it appears.
    pub(super) fn field(
        &mut self,
        ui: &mut Ui,
        beside: f32,
        (id, name): (Id, &str),
        style: Type,
        end: impl FnOnce(&mut Ui),
    ) -> Response {
        let p = theme::palette(ui.ctx());
        let mut row = row_of(ui, height::TOOLBAR, beside);
        row.spacing_mut().item_spacing.x = space::M;
        row.add(Icon::Search.image(size::icon::NORMAL, p.muted));
        let field = |ui: &mut Ui| bare_field(ui, id, name, &mut self.typed, name, style);
        let (response, ()) = with_end(&mut row, field, end);
        if !std::mem::replace(&mut self.has_begun, true) {
            focus_on(ui.ctx(), response.id);
        }
        if response.changed() {
            (self.chosen, self.has_moved) = (0, true);
        }
        response
    }

    /// Scrolls to the row if it is the chosen one and was chosen just now.
    pub(super) fn follow(&mut self, at: usize, row: &Response) {
        if at == self.chosen && std::mem::take(&mut self.has_moved) {
            row.scroll_to_me(None);
        }
    }
}

/// Rows moved by Page Up and Page Down.
const PAGE: usize = 8;
