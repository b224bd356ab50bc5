//! The table of actions and its sections.

mod api_key;
mod appearance;
mod businesses;
mod console;
mod pages;
mod tokens;

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::theme::Icon;

use super::{Action, written};

/// An entry of the table.
pub(in crate::ui) struct ActionEntry {
    pub(in crate::ui) action: Action,
    /// Text in help and menus.
    pub(in crate::ui) text: &'static str,
    /// Other names for the action, matched by the palette's search.
    pub(in crate::ui) synonyms: &'static str,
    /// `None` if only the palette and a button run the action.
    pub(in crate::ui) shortcut: Option<KeyboardShortcut>,
    /// The shortcut in writing; empty if there is none.
    pub(in crate::ui) key: &'static str,
    /// A second shortcut that also works while typing, and its text.
    also: Option<(KeyboardShortcut, &'static str)>,
    /// Icon in the palette.
    pub(in crate::ui) icon: Icon,
    /// Whether the shortcut also works while a text field has the focus.
    pub(in crate::ui) in_text: bool,
    /// Whether the action applies to the selected business.
    pub(in crate::ui) is_about_subject: bool,
    /// Whether the action removes something or leaves; the palette lists it last.
    pub(in crate::ui) is_destructive: bool,
}

/// A group of related actions.
pub(in crate::ui) struct ActionSection {
    pub(in crate::ui) name: &'static str,
    pub(in crate::ui) entries: &'static [ActionEntry],
}

/// All actions, in the order of help and palette.
pub(in crate::ui) const SECTIONS: &[ActionSection] = &[
    ActionSection {
        name: "Token",
        entries: tokens::ENTRIES,
    },
    ActionSection {
        name: "Businesses",
        entries: businesses::ENTRIES,
    },
    ActionSection {
        name: "Token formats",
        entries: tokens::FORMATS,
    },
    ActionSection {
        name: "Pages",
        entries: pages::ENTRIES,
    },
    ActionSection {
        name: "API key",
        entries: api_key::ENTRIES,
    },
    ActionSection {
        name: "Appearance",
        entries: appearance::ENTRIES,
    },
    ActionSection {
        name: "Console",
        entries: console::ENTRIES,
    },
];

pub(in crate::ui) fn entries() -> impl Iterator<Item = &'static ActionEntry> {
    SECTIONS.iter().flat_map(|section| section.entries)
}

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn with(modifiers: Modifiers, key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(modifiers, key)
}

const fn entry(
    action: Action,
    text: &'static str,
    shortcut: KeyboardShortcut,
    key: &'static str,
) -> ActionEntry {
    ActionEntry {
        shortcut: Some(shortcut),
        key,
        ..keyless(action, text)
    }
}

/// An entry without a shortcut.
const fn keyless(action: Action, text: &'static str) -> ActionEntry {
    ActionEntry {
        action,
        text,
        synonyms: "",
        shortcut: None,
        key: "",
        also: None,
        icon: Icon::Command,
        in_text: false,
        is_about_subject: false,
        is_destructive: false,
    }
}

impl ActionEntry {
    const fn icon(self, icon: Icon) -> Self {
        Self { icon, ..self }
    }

    const fn also(self, shortcut: KeyboardShortcut, key: &'static str) -> Self {
        Self {
            also: Some((shortcut, key)),
            ..self
        }
    }

    const fn synonyms(self, synonyms: &'static str) -> Self {
        Self { synonyms, ..self }
    }

    const fn anywhere(self) -> Self {
        Self {
            in_text: true,
            ..self
        }
    }

    const fn about_subject(self) -> Self {
        Self {
            is_about_subject: true,
            ..self
        }
    }

    const fn destructive(self) -> Self {
        Self {
            is_destructive: true,
            ..self
        }
    }

    /// The shortcut as written on this operating system.
    pub(in crate::ui) fn written_key(&self) -> String {
        written(self.key)
    }

    /// All shortcuts as written on this operating system, separated by spaces.
    pub(in crate::ui) fn written_keys(&self) -> String {
        match self.also {
            Some((_, also)) => written(&format!("{} {also}", self.key)),
            None => self.written_key(),
        }
    }

    /// Whether this key triggers the action. Without `takes_letters`, only shortcuts that also work while typing count.
    pub(in crate::ui) fn is_bound_to(
        &self,
        key: Key,
        modifiers: Modifiers,
        takes_letters: bool,
    ) -> bool {
        let is = |bound: KeyboardShortcut| {
            // Shift is ignored for symbols and digits, which need it on some keyboards. With letters it makes a different shortcut.
            let is_letter = key.name().chars().all(|c| c.is_ascii_uppercase());
            bound.logical_key == key
                && bound.modifiers.command == modifiers.command
                && bound.modifiers.alt == modifiers.alt
                // On a Mac, Ctrl is a separate key that no action uses.
                && (cfg!(not(target_os = "macos")) || !modifiers.ctrl)
                && (bound.modifiers.shift == modifiers.shift || (modifiers.shift && !is_letter))
        };
        let usual = self.shortcut.filter(|_| self.in_text || takes_letters);
        usual.is_some_and(is) || self.also.is_some_and(|(also, _)| is(also))
    }
}
