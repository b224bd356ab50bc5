//! What a user does with pointer and keyboard, on controls found by their accessible names.

use egui::{Event, Key, Modifiers, Role, ViewportCommand, ViewportEvent, ViewportId};
use egui_kittest::{
    Node,
    kittest::{NodeT as _, Queryable as _, by},
};

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::Console;
use super::view::is_text;

/// A file that the user drops on the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// The events of pressing or releasing a key while `modifiers` are held down.
fn key(key: Key, pressed: bool, modifiers: Modifiers) -> [Event; 2] {
    let event = Event::Key {
        key,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers,
    };
    if pressed {
        [Event::ModifiersChanged(modifiers), event]
    } else {
        [event, Event::ModifiersChanged(Modifiers::NONE)]
    }
}

/// One input of [`Console::burst`].
pub enum Burst {
    Key(Key),
    /// With Ctrl, or Cmd on macOS.
    Shortcut(Key),
    /// Letters, each with its key.
    Text(&'static str),
}

impl Console {
    /// Gives all events to the next frame. The harness itself would draw a frame for each.
    pub(super) fn at_once(&mut self, events: impl IntoIterator<Item = Event>) {
        self.harness.input_mut().events.extend(events);
    }

    /// Presses and releases keys, and types text, while no frame is drawn.
    pub fn burst(&mut self, inputs: &[Burst]) {
        for input in inputs {
            match input {
                Burst::Key(which) => {
                    let none = Modifiers::NONE;
                    self.at_once([key(*which, true, none), key(*which, false, none)].concat());
                }
                Burst::Shortcut(which) => {
                    let command = Modifiers::COMMAND;
                    self.at_once(
                        [key(*which, true, command), key(*which, false, command)].concat(),
                    );
                }
                Burst::Text(text) => {
                    for letter in text.chars() {
                        let which = Key::from_name(&letter.to_uppercase().to_string()).unwrap();
                        let none = Modifiers::NONE;
                        self.at_once(key(which, true, none));
                        self.at_once([Event::Text(letter.to_string())]);
                        self.at_once(key(which, false, none));
                    }
                }
            }
        }
        self.settle();
    }

    /// Presses and releases a key and its modifiers so quickly that one frame gets all the events.
    pub fn flick(&mut self, modifiers: Modifiers, which: Key) {
        let (down, up) = (key(which, true, modifiers), key(which, false, modifiers));
        self.at_once(down.into_iter().chain(up));
        self.settle();
    }

    /// Presses and releases a key.
    pub fn press(&mut self, key: Key) {
        self.press_with(Modifiers::NONE, key);
    }

    /// Presses and releases a key with modifiers held down.
    pub fn press_with(&mut self, modifiers: Modifiers, pressed: Key) {
        self.at_once(key(pressed, true, modifiers));
        self.frame();
        self.at_once(key(pressed, false, modifiers));
        self.settle();
    }

    /// Clicks the control with exactly this name.
    #[track_caller]
    pub fn click(&mut self, name: &str) {
        self.named(name).scroll_to_me();
        self.settle();
        let place = self.named(name).rect().center();
        self.click_at(place);
    }

    /// Requests that the window close, as its close button does. Returns the console's commands to the window.
    pub fn request_close(&mut self) -> Vec<ViewportCommand> {
        let viewports = &mut self.harness.input_mut().viewports;
        let window = viewports.entry(ViewportId::ROOT).or_default();
        window.events.push(ViewportEvent::Close);
        self.frame();
        let asked = self.asked_of_window();
        self.settle();
        asked
    }

    /// Ends the program by a signal.
    pub fn terminate(&mut self) {
        let ctx = self.harness.ctx.clone();
        self.harness.state_mut().close_unasked(&ctx);
    }

    /// Clicks the control with exactly this name, and returns whether that closes the window.
    #[track_caller]
    pub fn click_closes_window(&mut self, name: &str) -> bool {
        self.named(name).click();
        let closes = (0..3).any(|_| {
            self.frame();
            self.asked_of_window().contains(&ViewportCommand::Close)
        });
        self.settle();
        closes
    }

    fn asked_of_window(&self) -> Vec<ViewportCommand> {
        let windows = &self.harness.output().viewport_output;
        windows[&ViewportId::ROOT].commands.clone()
    }

    /// Clicks twice before a frame is drawn.
    #[track_caller]
    pub fn click_twice(&mut self, name: &str) {
        self.named(name).scroll_to_me();
        self.settle();
        self.named(name).click();
        self.named(name).click();
        self.leave();
    }

    /// Ctrl+Enter twice before a frame is drawn.
    pub fn submit_twice(&mut self) {
        for _ in 0..2 {
            self.harness
                .key_press_modifiers(Modifiers::COMMAND, Key::Enter);
        }
        self.settle();
    }

    /// Presses keys one after another before a frame is drawn.
    pub fn press_quickly(&mut self, keys: &[(Modifiers, Key)]) {
        for (modifiers, key) in keys {
            self.harness.key_press_modifiers(*modifiers, *key);
        }
        self.settle();
    }

    /// Clicks at a position in the window.
    pub fn click_at(&mut self, place: egui::Pos2) {
        for pressed in [true, false] {
            let button = Event::PointerButton {
                pos: place,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            };
            self.at_once([Event::PointerMoved(place), button]);
            self.frame();
        }
        self.leave();
    }

    /// Whether the field has the focus.
    #[track_caller]
    pub fn is_focused(&self, field: &str) -> bool {
        self.field(field).is_focused()
    }

    /// Clicks the row of a business, which opens its details.
    #[track_caller]
    pub fn select(&mut self, name: &str) {
        let start = format!("{name}, row ");
        let rows: Vec<Node<'_>> = self.harness.query_all(by().role(Role::Row)).collect();
        let row = rows.into_iter().find(|row| {
            row.accesskit_node()
                .label()
                .is_some_and(|label| label.starts_with(&start))
        });
        let row = row.unwrap_or_else(|| panic!("no row of {name}; on screen:\n{}", self.screen()));
        let place = row.rect().center();
        self.click_at(place);
    }

    /// The bounds of a business's row.
    #[track_caller]
    pub fn row_rect(&self, name: &str) -> egui::Rect {
        let start = format!("{name}, row ");
        let mut rows = self.harness.query_all(by().role(Role::Row));
        let row = rows.find(|row| {
            let label = row.accesskit_node().label();
            label.is_some_and(|label| label.starts_with(&start))
        });
        row.unwrap_or_else(|| panic!("no row of {name}")).rect()
    }

    /// Clicks with the secondary button.
    pub fn right_click_at(&mut self, place: egui::Pos2) {
        self.press_button(place, egui::PointerButton::Secondary, Modifiers::NONE);
        self.leave();
    }

    /// Clicks with Ctrl held down.
    pub fn ctrl_click_at(&mut self, place: egui::Pos2) {
        self.press_button(place, egui::PointerButton::Primary, Modifiers::COMMAND);
        self.at_once([Event::ModifiersChanged(Modifiers::NONE)]);
        self.leave();
    }

    /// Double-clicks.
    pub fn double_click_at(&mut self, place: egui::Pos2) {
        // In one frame: a frame of the harness takes longer than the limit for a double-click.
        self.at_once([Event::PointerMoved(place)]);
        for pressed in [true, false, true, false] {
            self.at_once([Event::PointerButton {
                pos: place,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            }]);
        }
        self.frame();
        self.leave();
    }

    fn press_button(&mut self, pos: egui::Pos2, button: egui::PointerButton, modifiers: Modifiers) {
        self.at_once([Event::ModifiersChanged(modifiers)]);
        for pressed in [true, false] {
            let event = Event::PointerButton {
                pos,
                button,
                pressed,
                modifiers,
            };
            self.at_once([Event::PointerMoved(pos), event]);
            self.frame();
        }
    }

    /// Drops files on the window.
    pub fn drop_files(&mut self, paths: &[&Path]) {
        let files = paths
            .iter()
            .map(|path| Arc::new(Dropped((*path).to_owned())) as egui::DroppedFileHandle);
        self.harness.input_mut().dropped_files.extend(files);
        self.frame();
        self.settle();
    }

    /// Switches the system to dark or light.
    pub fn system_theme(&mut self, theme: egui::Theme) {
        self.harness.input_mut().system_theme = Some(theme);
        self.frame();
        self.settle();
    }

    /// Resizes the window.
    pub fn resize(&mut self, size: egui::Vec2) {
        self.harness.set_size(size);
        self.frame();
        self.settle();
    }

    /// Moves the window to a screen of this size, in points. Returns the console's commands to the window.
    pub fn move_to_screen(&mut self, size: egui::Vec2) -> Vec<ViewportCommand> {
        let viewports = &mut self.harness.input_mut().viewports;
        viewports.entry(ViewportId::ROOT).or_default().monitor_size = Some(size);
        self.frame();
        let asked = self.asked_of_window();
        self.settle();
        asked
    }

    /// The bounds of the control with exactly this name.
    #[track_caller]
    pub fn rect_of(&self, name: &str) -> egui::Rect {
        self.named(name).rect()
    }

    /// The bounds of a plain text.
    #[track_caller]
    pub fn text_rect(&self, text: &str) -> egui::Rect {
        let mut nodes = self.nodes();
        let found = nodes.find(|node| {
            let node = node.accesskit_node();
            node.role() == Role::Label && is_text(node.value().as_deref(), text)
        });
        found
            .unwrap_or_else(|| panic!("no “{text}”; on screen:\n{}", self.screen()))
            .rect()
    }

    /// The bounds of a message that is announced.
    #[track_caller]
    pub fn status_rect(&self, text: &str) -> egui::Rect {
        self.find(text, |role| role == Role::Status).rect()
    }

    /// Drags from one position to another.
    pub fn drag(&mut self, from: egui::Pos2, to: egui::Pos2) {
        self.drag_over(from, to);
        self.leave();
    }

    fn drag_over(&mut self, from: egui::Pos2, to: egui::Pos2) {
        for (place, pressed) in [(from, true), (to, false)] {
            // A real pointer also passes through positions in between.
            for place in [from.lerp(place, 0.5), place] {
                self.at_once([Event::PointerMoved(place)]);
                self.frame();
            }
            self.at_once([Event::PointerButton {
                pos: place,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            }]);
            self.frame();
        }
    }

    /// Drags from one position to another and presses Ctrl+C. Returns the text that egui copies.
    pub fn drag_and_copy(&mut self, from: egui::Pos2, to: egui::Pos2) -> Option<String> {
        self.drag_over(from, to);
        self.at_once([Event::Copy]);
        self.frame();
        let commands = &self.harness.output().platform_output.commands;
        let copied = commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        self.leave();
        copied
    }

    /// The bounds of the field with this name.
    #[track_caller]
    pub fn field_rect(&self, name: &str) -> egui::Rect {
        self.field(name).rect()
    }

    /// Types into the field with this name, after its current text.
    #[track_caller]
    pub fn type_into(&mut self, field: &str, text: &str) {
        self.focus(field);
        self.harness.event(Event::Text(text.to_owned()));
        self.settle();
    }

    /// Empties the field and types into it.
    #[track_caller]
    pub fn retype(&mut self, field: &str, text: &str) {
        self.focus(field);
        for pressed in [true, false] {
            self.at_once(key(Key::A, pressed, Modifiers::COMMAND));
        }
        for pressed in [true, false] {
            self.at_once(key(Key::Delete, pressed, Modifiers::NONE));
        }
        self.at_once([Event::Text(text.to_owned())]);
        self.settle();
    }

    /// Pastes into the field.
    #[track_caller]
    pub fn paste_into(&mut self, field: &str, text: &str) {
        self.focus(field);
        self.harness.event(Event::Paste(text.to_owned()));
        self.settle();
    }

    #[track_caller]
    pub fn focus(&mut self, field: &str) {
        self.field(field).focus();
        self.settle();
    }

    /// The field's text as a screen reader gets it.
    #[track_caller]
    pub fn field_value(&self, field: &str) -> String {
        self.field(field).value().unwrap_or_default()
    }

    /// The text of a field, or `None` if the field is not on screen.
    pub fn shown_value(&self, field: &str) -> Option<String> {
        let mut nodes = self.nodes();
        let found = nodes.find(|node| {
            let node = node.accesskit_node();
            let is_field = matches!(node.role(), Role::TextInput | Role::PasswordInput);
            is_field && node.label().as_deref() == Some(field)
        });
        found.map(|node| node.value().unwrap_or_default())
    }

    /// Whether the radio button or check box with this name is on.
    #[track_caller]
    pub fn is_on(&self, name: &str) -> bool {
        let node = self.named(name);
        node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
    }

    /// Whether the field is marked as invalid.
    #[track_caller]
    pub fn is_marked_wrong(&self, field: &str) -> bool {
        self.field(field)
            .accesskit_node()
            .data()
            .invalid()
            .is_some()
    }

    #[track_caller]
    fn field(&self, name: &str) -> Node<'_> {
        self.find(name, |role| {
            matches!(
                role,
                Role::TextInput | Role::PasswordInput | Role::MultilineTextInput
            )
        })
    }

    #[track_caller]
    fn named(&self, name: &str) -> Node<'_> {
        self.find(name, |role| role != Role::Label)
    }

    #[track_caller]
    fn find(&self, name: &str, has_role: impl Fn(Role) -> bool) -> Node<'_> {
        let mut nodes = self.nodes();
        let found = nodes.find(|node| {
            let node = node.accesskit_node();
            has_role(node.role()) && is_text(node.label().as_deref(), name)
        });
        found.unwrap_or_else(|| panic!("no “{name}”; on screen:\n{}", self.screen()))
    }

    /// Moves the pointer out of the window, so that nothing is hovered.
    fn leave(&mut self) {
        self.harness.remove_cursor();
        self.settle();
    }
}
