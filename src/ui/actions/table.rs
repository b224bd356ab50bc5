//! The table of actions: what a line says, and its sections.

mod appearance;
mod businesses;
mod console;
mod keys;
mod pages;
mod tokens;

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::theme::Icon;

use super::{Action, written};

/// One line of the table.
pub(in crate::ui) struct ActionEntry {
    pub(in crate::ui) action: Action,
    /// In help and menus.
    pub(in crate::ui) text: &'static str,
    /// What else people call it, for the search of the palette.
    pub(in crate::ui) synonyms: &'static str,
    /// None for what only the palette and a button do.
    pub(in crate::ui) shortcut: Option<KeyboardShortcut>,
    /// How the key is written; empty where there is none.
    pub(in crate::ui) key: &'static str,
    /// Another key for the same, which acts also while something is typed, and how it is written.
    also: Option<(KeyboardShortcut, &'static str)>,
    /// In the palette.
    pub(in crate::ui) icon: Icon,
    /// Acts also while a text field has the focus.
    pub(in crate::ui) in_text: bool,
    /// It is done to the selected business.
    pub(in crate::ui) is_about_subject: bool,
    /// It removes something, or leaves: last in the palette.
    pub(in crate::ui) is_destructive: bool,
}

/// Lines that belong together.
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
        entries: keys::ENTRIES,
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

/// All lines.
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

/// A line without a key.
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

    /// How its key is written on this system.
    pub(in crate::ui) fn written_key(&self) -> String {
        written(self.key)
    }

    /// How all its keys are written, with a space between them.
    pub(in crate::ui) fn written_keys(&self) -> String {
        match self.also {
            Some((_, also)) => written(&format!("{} {also}", self.key)),
            None => self.written_key(),
        }
    }

    /// Whether this key stands for it. Without `takes_letters`, only one that acts also while something is typed.
    pub(in crate::ui) fn is_bound_to(
        &self,
        key: Key,
        modifiers: Modifiers,
        takes_letters: bool,
    ) -> bool {
        let is = |bound: KeyboardShortcut| {
            // Signs and digits need Shift on some keyboards; letters mean another thing with it.
            let is_letter = key.name().chars().all(|c| c.is_ascii_uppercase());
            bound.logical_key == key
                && bound.modifiers.command == modifiers.command
                && bound.modifiers.alt == modifiers.alt
                // On a Mac Ctrl is a key of its own, with which no action is bound.
                && (cfg!(not(target_os = "macos")) || !modifiers.ctrl)
                && (bound.modifiers.shift == modifiers.shift || (modifiers.shift && !is_letter))
        };
        let usual = self.shortcut.filter(|_| self.in_text || takes_letters);
        usual.is_some_and(is) || self.also.is_some_and(|(also, _)| is(also))
    }
}
