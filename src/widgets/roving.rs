//! Keyboard control of a group of controls: a single Tab stop, with arrow keys inside.

use egui::{Key, Modifiers, Response, Sense, Ui};

use crate::widgets::focus::focus_on;

/// Whether a member was clicked or pressed, not just reached with the arrow keys. In that case the focus may move on.
pub fn was_activated(ui: &Ui) -> bool {
    ui.input(|input| {
        let mut keys = [Key::Enter, Key::Space].into_iter();
        input.pointer.any_click() || keys.any(|key| input.key_pressed(key))
    })
}

/// The members of the group drawn so far.
pub(super) struct RovingFocus {
    selected: Option<usize>,
    drawn: Vec<Response>,
}

impl RovingFocus {
    pub(super) fn new(selected: Option<usize>) -> Self {
        Self {
            selected,
            drawn: Vec::new(),
        }
    }

    /// How the next member reacts to input: Tab reaches the selected one, or the first if none is selected.
    pub(super) fn sense(&self) -> Sense {
        if self.drawn.len() == self.selected.unwrap_or(0) {
            Sense::click()
        } else {
            Sense::CLICK
        }
    }

    /// Adds the member that was just drawn.
    pub(super) fn add(&mut self, response: &Response) {
        self.drawn.push(response.clone());
    }

    /// The members, in the order of drawing.
    pub(super) fn into_members(self) -> Vec<Response> {
        self.drawn
    }

    /// The member that was clicked, or reached with the arrow keys and then focused.
    pub(super) fn chosen(self, ui: &Ui) -> Option<usize> {
        let clicked = self.drawn.iter().position(Response::clicked);
        clicked.or_else(|| self.moved(ui))
    }

    /// The member that was reached with the arrow keys, Home or End, and then focused.
    pub(super) fn moved(&self, ui: &Ui) -> Option<usize> {
        let at = self.drawn.iter().position(Response::has_focus)?;
        let count = self.drawn.len();
        let to = ui.input_mut(|input| {
            let mut key = |key| input.consume_key(Modifiers::NONE, key);
            if key(Key::ArrowDown) || key(Key::ArrowRight) {
                Some((at + 1) % count)
            } else if key(Key::ArrowUp) || key(Key::ArrowLeft) {
                Some((at + count - 1) % count)
            } else if key(Key::Home) {
                Some(0)
            } else if key(Key::End) {
                Some(count - 1)
            } else {
                None
            }
        })?;
        focus_on(ui.ctx(), self.drawn[to].id);
        Some(to)
    }
}
