//! Keys as a keyboard sends them: separate press and release, logical and physical key, and the typed text.

use egui::{Event, Key, Modifiers};

use super::Console;

/// One key of a layout.
#[derive(Clone, Copy)]
pub struct Stroke {
    /// The key held down meanwhile, and its modifier.
    held: Option<(Key, Modifiers)>,
    /// The logical key while that key is held down, and after its release.
    means: (Key, Key),
    place: Key,
    types: &'static str,
}

impl Stroke {
    /// A key that types nothing.
    pub const fn plain(key: Key) -> Self {
        Self {
            held: None,
            means: (key, key),
            place: key,
            types: "",
        }
    }

    /// `/` on a German keyboard: Shift+7.
    pub const GERMAN_SLASH: Self = Self::with_shift(Key::Slash, Key::Num7, "/");
    /// `?` on a German keyboard: Shift+ß, at the position of the US minus key.
    pub const GERMAN_QUESTION: Self = Self::with_shift(Key::Questionmark, Key::Minus, "?");
    /// `€` on a German keyboard.
    pub const EURO: Self = Self::with_alt_gr(Key::E, Key::E, "€");
    /// `[` on a German keyboard.
    pub const GERMAN_BRACKET: Self = Self::with_alt_gr(Key::OpenBracket, Key::Num8, "[");
    /// `ü`, at the position of the US `[`: egui has only the physical key.
    pub const U_UMLAUT: Self = Self {
        types: "ü",
        ..Self::plain(Key::OpenBracket)
    };
    /// `е` on a Russian keyboard, at the position of the US T.
    pub const CYRILLIC_E: Self = Self {
        types: "е",
        ..Self::plain(Key::T)
    };
    /// The space bar, which activates a button and types a space.
    pub const SPACE: Self = Self {
        types: " ",
        ..Self::plain(Key::Space)
    };
    /// The older shortcut for pasting.
    pub const SHIFT_INSERT: Self = Self::with_shift(Key::Insert, Key::Insert, "");
    /// T on a Latin keyboard.
    pub const T: Self = Self {
        types: "t",
        ..Self::plain(Key::T)
    };

    const fn with_shift(means: Key, place: Key, types: &'static str) -> Self {
        Self {
            held: Some((Key::ShiftLeft, Modifiers::SHIFT)),
            means: (means, place),
            place,
            types,
        }
    }

    /// On Linux, egui reports AltGr as a key that is down, not as a modifier.
    const fn with_alt_gr(means: Key, place: Key, types: &'static str) -> Self {
        Self {
            held: Some((Key::AltRight, Modifiers::NONE)),
            means: (means, place),
            place,
            types,
        }
    }

    fn event(self, key: Key, pressed: bool, modifiers: Modifiers) -> Event {
        let is_other = self.held.is_some_and(|(held, _)| held == key);
        Event::Key {
            key,
            physical_key: Some(if is_other { key } else { self.place }),
            pressed,
            repeat: false,
            modifiers,
        }
    }
}

impl Console {
    /// Presses a key and releases it. Shift or AltGr is released before the key itself, as most people type.
    pub fn strike(&mut self, stroke: Stroke) {
        self.hold(stroke);
        self.settle();
        self.release(stroke);
    }

    /// Presses a key and holds it, with the key that must be held down for it.
    pub fn hold(&mut self, stroke: Stroke) {
        let (means, _) = stroke.means;
        let modifiers = stroke
            .held
            .map_or(Modifiers::NONE, |(_, modifiers)| modifiers);
        if let Some((held, _)) = stroke.held {
            self.at_once([
                Event::ModifiersChanged(modifiers),
                stroke.event(held, true, modifiers),
            ]);
        }
        self.at_once([stroke.event(means, true, modifiers)]);
        if !stroke.types.is_empty() {
            self.at_once([Event::Text(stroke.types.to_owned())]);
        }
        self.frame();
    }

    /// Releases the key.
    pub fn release(&mut self, stroke: Stroke) {
        let (_, means) = stroke.means;
        if let Some((held, _)) = stroke.held {
            self.at_once([
                Event::ModifiersChanged(Modifiers::NONE),
                stroke.event(held, false, Modifiers::NONE),
            ]);
            self.frame();
        }
        self.at_once([stroke.event(means, false, Modifiers::NONE)]);
        self.settle();
    }

    /// Repeats a key that is held down.
    pub fn repeat(&mut self, stroke: Stroke) {
        let (means, _) = stroke.means;
        let modifiers = stroke
            .held
            .map_or(Modifiers::NONE, |(_, modifiers)| modifiers);
        self.at_once([stroke.event(means, true, modifiers)]);
        self.settle();
    }
}
