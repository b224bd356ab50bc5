//! The keys of a group of which one is chosen: one stop for Tab, with arrows inside.

use egui::{EventFilter, Key, Modifiers, Response, Sense, Ui};

use crate::widgets::focus::focus_on;

/// Whether one of a group was pressed, and not only come to by the arrows: then the keyboard may go on elsewhere.
pub fn was_pressed(ui: &Ui) -> bool {
    ui.input(|input| {
        let mut keys = [Key::Enter, Key::Space].into_iter();
        input.pointer.any_click() || keys.any(|key| input.key_pressed(key))
    })
}

/// What was drawn of the group so far.
pub(in crate::widgets) struct RadioGroup {
    selected: Option<usize>,
    drawn: Vec<Response>,
}

impl RadioGroup {
    pub(in crate::widgets) fn new(selected: Option<usize>) -> Self {
        Self {
            selected,
            drawn: Vec::new(),
        }
    }

    /// For the next one of the group: Tab leads to the chosen one, or to the first where none is.
    pub(in crate::widgets) fn sense(&self) -> Sense {
        if self.drawn.len() == self.selected.unwrap_or(0) {
            Sense::click()
        } else {
            Sense::CLICK
        }
    }

    /// Takes in the one that was just drawn.
    pub(in crate::widgets) fn add(&mut self, response: &Response) {
        self.drawn.push(response.clone());
    }

    /// The one that was clicked, or that the arrows have led to, which then has the keyboard.
    pub(in crate::widgets) fn chosen(self, ui: &Ui) -> Option<usize> {
        let clicked = self.drawn.iter().position(Response::clicked);
        let focused = self.drawn.iter().position(Response::has_focus);
        let (Some(at), None) = (focused, clicked) else {
            return clicked;
        };
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(self.drawn[at].id, filter));
        let count = self.drawn.len();
        let to = ui.input_mut(|input| {
            let mut key = |key| input.consume_key(Modifiers::NONE, key);
            if key(Key::ArrowDown) || key(Key::ArrowRight) {
                Some((at + 1) % count)
            } else if key(Key::ArrowUp) || key(Key::ArrowLeft) {
                Some((at + count - 1) % count)
            } else {
                None
            }
        })?;
        focus_on(ui.ctx(), self.drawn[to].id);
        Some(to)
    }
}
