//! Keys as a keyboard sends them: press and release apart, what the key means beside where it is, and what it types.

use egui::{Event, Key, Modifiers};

use super::Console;

/// One key of a layout.
#[derive(Clone, Copy)]
pub struct Stroke {
    /// What is held down meanwhile.
    held: Option<(Key, Modifiers)>,
    /// What the key means while that is down, and once it has been let go of.
    means: (Key, Key),
    place: Key,
    types: &'static str,
}

impl Stroke {
    /// A key without a letter, or that has none with what is held down.
    pub const fn plain(key: Key) -> Self {
        Self {
            held: None,
            means: (key, key),
            place: key,
            types: "",
        }
    }

    /// `/` on a German keyboard: Shift and 7.
    pub const GERMAN_SLASH: Self = Self::with_shift(Key::Slash, Key::Num7, "/");
    /// `?` on a German keyboard: Shift and ß, which lies where the minus of the US layout is.
    pub const GERMAN_QUESTION: Self = Self::with_shift(Key::Questionmark, Key::Minus, "?");
    /// `€` on a German keyboard.
    pub const EURO: Self = Self::with_alt_gr(Key::E, Key::E, "€");
    /// `[` on a German keyboard.
    pub const GERMAN_BRACKET: Self = Self::with_alt_gr(Key::OpenBracket, Key::Num8, "[");
    /// `ü`, where the US layout has `[`: egui knows the key by its place only.
    pub const U_UMLAUT: Self = Self {
        types: "ü",
        ..Self::plain(Key::OpenBracket)
    };
    /// `е` on a Russian keyboard, where the US layout has T.
    pub const CYRILLIC_E: Self = Self {
        types: "е",
        ..Self::plain(Key::T)
    };
    /// The space bar, which presses a button and types a space.
    pub const SPACE: Self = Self {
        types: " ",
        ..Self::plain(Key::Space)
    };
    /// What pasted before Ctrl+V did.
    pub const SHIFT_INSERT: Self = Self::with_shift(Key::Insert, Key::Insert, "");
    /// T on all these keyboards.
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

    /// AltGr is no modifier on Linux, only a key that is down.
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
    /// Presses a key and lets go of it, of Shift or AltGr before the key itself: most people type so.
    pub fn strike(&mut self, stroke: Stroke) {
        self.hold(stroke);
        self.settle();
        self.release(stroke);
    }

    /// Presses a key, with whatever has to be held down for it.
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

    /// Lets go of it.
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

    /// The keyboard repeats a key that is down.
    pub fn repeat(&mut self, stroke: Stroke) {
        let (means, _) = stroke.means;
        let modifiers = stroke
            .held
            .map_or(Modifiers::NONE, |(_, modifiers)| modifiers);
        self.at_once([stroke.event(means, true, modifiers)]);
        self.settle();
    }
}
