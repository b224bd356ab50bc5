//! What a user does with the keyboard alone.

use egui::{Event, ImeEvent, Key, Modifiers, Role};
use egui_kittest::kittest::NodeT as _;

use super::Console;
use super::view::{is_text, without_hosts};

/// Upper limit for the Tab stops of a screen.
const MAX_STOPS: usize = 120;

impl Console {
    /// The name of the focused control.
    pub fn focused(&self) -> String {
        let mut nodes = self.nodes();
        let focused = nodes.find(|node| node.is_focused());
        // A list reports its active row as focused, but the keyboard focus is on the list or its input.
        match focused.as_ref().map(|node| node.accesskit_node().role()) {
            Some(Role::Row) => "Businesses".to_owned(),
            Some(Role::ListBoxOption) => "Find a business or run a command".to_owned(),
            Some(_) | None => focused
                .and_then(|node| node.accesskit_node().label())
                .map(|label| without_hosts(&label))
                .unwrap_or_default(),
        }
    }

    /// Presses Tab until this control has the focus.
    #[track_caller]
    pub fn tab_to(&mut self, name: &str) {
        self.go_to(name, Modifiers::NONE, Key::Tab);
    }

    /// Presses a key until this control has the focus.
    #[track_caller]
    pub fn go_to(&mut self, name: &str, modifiers: Modifiers, key: Key) {
        let mut passed = Vec::new();
        while self.focused() != name {
            assert!(
                passed.len() < MAX_STOPS,
                "“{name}” is not reached; passed were {passed:?}; on screen:\n{}",
                self.screen()
            );
            passed.push(self.focused());
            self.press_with(modifiers, key);
        }
    }

    /// All Tab stops in order, from the next one until Tab returns to it.
    pub fn stops(&mut self) -> Vec<String> {
        self.press(Key::Tab);
        let mut stops = vec![self.focused()];
        for _ in 0..MAX_STOPS {
            self.press(Key::Tab);
            if self.focused() == stops[0] {
                break;
            }
            stops.push(self.focused());
        }
        stops
    }

    /// Holds a key down and draws exactly one frame.
    pub fn hold_for_a_frame(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_down_modifiers(modifiers, key);
        self.frame();
    }

    /// Releases a key.
    pub fn let_go(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_up_modifiers(modifiers, key);
        self.settle();
    }

    /// Gives the focus to another window and back.
    pub fn lose_window_focus(&mut self) {
        for has_focus in [false, true] {
            self.harness.input_mut().focused = has_focus;
            self.harness.event(Event::WindowFocused(has_focus));
            self.settle();
        }
    }

    /// Whether the last frame requested a paste from the system.
    pub fn asks_for_paste(&self) -> bool {
        let window = &self.harness.output().viewport_output[&egui::ViewportId::ROOT];
        window
            .commands
            .contains(&egui::ViewportCommand::RequestPaste)
    }

    /// Types a text at once and draws exactly one frame.
    pub fn type_for_a_frame(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.frame();
    }

    /// Turns the wheel by this many points while the pointer is at `place`. Positive scrolls up.
    pub fn turn_wheel(&mut self, place: egui::Pos2, points: f32) {
        let turn = Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, points),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        };
        self.at_once([Event::PointerMoved(place), turn]);
        self.settle();
    }

    /// Types into whatever has the focus.
    pub fn type_text(&mut self, text: &str) {
        for letter in text.chars() {
            self.harness.event(Event::Text(letter.to_string()));
        }
        self.settle();
    }

    /// Enters a text as an input method does once it is composed.
    pub fn compose(&mut self, text: &str) {
        let commit = ImeEvent::Commit(text.to_owned());
        self.harness.event(Event::Ime(commit));
        self.settle();
    }

    /// Pastes into whatever has the focus, as the system does on Ctrl+V.
    pub fn paste_text(&mut self, text: &str) {
        self.harness.event(Event::Paste(text.to_owned()));
        self.settle();
    }
}

impl Console {
    /// The entry of the command palette that Enter would run.
    #[track_caller]
    pub fn chosen_option(&self) -> String {
        let mut nodes = self.nodes();
        let chosen = nodes.find(|node| {
            let node = node.accesskit_node();
            node.role() == egui::Role::ListBoxOption && node.is_selected() == Some(true)
        });
        let name = chosen.and_then(|node| node.accesskit_node().label());
        name.unwrap_or_else(|| panic!("nothing is chosen:\n{}", self.screen()))
    }

    /// The bounds of the button with this name.
    #[track_caller]
    pub fn position_of(&self, name: &str) -> egui::Rect {
        self.place(egui::Role::Button, name)
    }

    /// The bounds of a text.
    #[track_caller]
    pub fn place_of_text(&self, name: &str) -> egui::Rect {
        self.place(egui::Role::Label, name)
    }

    #[track_caller]
    fn place(&self, role: egui::Role, name: &str) -> egui::Rect {
        let mut nodes = self.nodes();
        let found = nodes.find(|node| {
            let node = node.accesskit_node();
            let text = node.label().or_else(|| node.value());
            node.role() == role && is_text(text.as_deref(), name)
        });
        found.unwrap_or_else(|| panic!("no {name}")).rect()
    }
}
