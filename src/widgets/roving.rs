//! A group of controls with one Tab stop, in which the arrow keys move the focus.

use egui::{EventFilter, Id, Key, Modifiers, Rect, Response, Sense, Ui};

use crate::widgets::focus::focus_on;

/// The controls of a group, collected while they are drawn.
pub(super) struct RovingFocus {
    group: Id,
    /// Index of the control that Tab reaches.
    stop: usize,
    drawn: Vec<Id>,
    focused: Option<usize>,
}

impl RovingFocus {
    /// A group of `count` controls. Tab reaches the control that last had the focus, initially `stop`.
    pub(super) fn begin(ui: &Ui, group: Id, count: usize, stop: usize) -> Self {
        let stop: usize = ui.data(|data| data.get_temp(group)).unwrap_or(stop);
        Self {
            group,
            stop: stop.min(count.saturating_sub(1)),
            drawn: Vec::with_capacity(count),
            focused: None,
        }
    }

    /// Adds the next control, which can be clicked.
    pub(super) fn control(&mut self, ui: &Ui, rect: Rect) -> Response {
        let place = self.drawn.len();
        let sense = if place == self.stop {
            Sense::click()
        } else {
            Sense::CLICK
        };
        let response = ui.interact(rect, self.group.with(place), sense);
        self.drawn.push(response.id);
        if response.has_focus() {
            self.focused = Some(place);
            let arrows = EventFilter {
                vertical_arrows: true,
                horizontal_arrows: true,
                ..EventFilter::default()
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        }
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        response
    }

    /// Index of the control that Tab reaches.
    pub(super) const fn stop(&self) -> usize {
        self.stop
    }

    /// Call after drawing all controls. Moves the focus.
    pub(super) fn end(self, ui: &Ui) {
        let Some(at) = self.focused else {
            return;
        };
        let last = self.drawn.len() - 1;
        let to = ui.input_mut(|input| {
            let mut key = |key| input.consume_key(Modifiers::NONE, key);
            if key(Key::ArrowDown) || key(Key::ArrowRight) {
                (at + 1).min(last)
            } else if key(Key::ArrowUp) || key(Key::ArrowLeft) {
                at.saturating_sub(1)
            } else if key(Key::Home) {
                0
            } else if key(Key::End) {
                last
            } else {
                at
            }
        });
        ui.data_mut(|data| data.insert_temp(self.group, to));
        if to != at {
            focus_on(ui.ctx(), self.drawn[to]);
        }
    }
}
