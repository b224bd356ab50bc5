//! Tracks which keys are down by their physical position.
//!
//! egui tracks keys by meaning. When Shift is released before the key, as on German, French and US layouts, a key pressed as `/` is released
//! as `7`. egui then considers `/` held forever and every further press a repeat.

use std::collections::HashSet;

use egui::{Context, Event, InputState, Key, ViewportCommand};

use super::actions::ActionEntry;

/// The keys that are currently down.
#[derive(Default)]
pub(super) struct KeysDown(HashSet<Key>);

impl KeysDown {
    /// Records presses and releases, and corrects which presses of this frame are repeats.
    pub(super) fn follow(&mut self, ctx: &Context) {
        let is_typing = ctx.text_edit_focused();
        ctx.input_mut(|input| {
            for event in &mut input.events {
                match event {
                    Event::Key {
                        key,
                        physical_key,
                        pressed,
                        repeat,
                        ..
                    } => {
                        let place = physical_key.unwrap_or(*key);
                        if *pressed {
                            *repeat = !self.0.insert(place);
                        } else {
                            self.0.remove(&place);
                        }
                    }
                    // Releases in another window are not reported here.
                    Event::WindowFocused(false) => self.0.clear(),
                    _ => {}
                }
            }
            // A held key must not press the button that gets the focus on the next screen, nor answer the question that it has opened.
            input
                .events
                .retain(|event| !is_held_press(event, is_typing));
        });
    }

    /// Whether the event is a press of the entry's shortcut. Repeats count only for actions that may be held. A letter key pressed with AltGr
    /// does not count.
    pub(super) fn is_press_of(&self, entry: &ActionEntry, input: &InputState, at: usize) -> bool {
        let Some(Event::Key {
            key,
            pressed: true,
            repeat,
            modifiers,
            ..
        }) = input.events.get(at)
        else {
            return false;
        };
        // Otherwise a held key would copy or fetch repeatedly.
        if *repeat && !entry.action.may_be_held() {
            return false;
        }
        if modifiers.command {
            return true;
        }
        let mut after = input.events[at + 1..].iter();
        let typed = after.find_map(|event| match event {
            Event::Text(text) => Some(Some(text)),
            Event::Key { pressed: true, .. } => Some(None),
            _ => None,
        });
        let is_meant = typed.flatten().is_none_or(|text| stands_for(*key, text));
        is_meant && !(is_letter(*key) && self.0.contains(&Key::AltRight))
    }
}

/// Whether the event is a held key that would press a button or close one thing after the other.
fn is_held_press(event: &Event, is_typing: bool) -> bool {
    match event {
        Event::Key {
            key,
            pressed: true,
            repeat: true,
            ..
        } => *key == Key::Escape || (!is_typing && matches!(key, Key::Enter | Key::Space)),
        _ => false,
    }
}

fn is_letter(key: Key) -> bool {
    let name = key.name().as_bytes();
    name.len() == 1 && name[0].is_ascii_uppercase()
}

/// Whether `text` typed with `key` still means `key`. On a layout of another script, egui names the key by its position, so its letters count.
/// A symbol or an accented Latin letter at that position does not.
fn stands_for(key: Key, text: &str) -> bool {
    let is_latin = |c: char| c < '\u{370}' || ('\u{1E00}'..'\u{1F00}').contains(&c);
    let sign = key.symbol_or_name();
    text.eq_ignore_ascii_case(sign) || text.chars().all(|c| c.is_alphabetic() && !is_latin(c))
}

/// Maps the legacy clipboard keys, which egui only knows on Windows.
pub(super) fn clipboard_keys(ctx: &Context) {
    if cfg!(target_os = "windows") {
        return;
    }
    let pastes = ctx.input_mut(|input| {
        let mut pastes = false;
        for event in &mut input.events {
            let Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } = event
            else {
                continue;
            };
            match (*key, modifiers.shift, modifiers.command) {
                (Key::Insert, true, false) => pastes = true,
                (Key::Insert, false, true) => *event = Event::Copy,
                (Key::Delete, true, false) => *event = Event::Cut,
                _ => {}
            }
        }
        pastes
    });
    if pastes {
        ctx.send_viewport_cmd(ViewportCommand::RequestPaste);
    }
}
