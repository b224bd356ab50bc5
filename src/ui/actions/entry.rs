//! An entry of the table of actions.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::action::Action;
use crate::theme::Icon;

/// An entry of the table.
pub(in crate::ui) struct ActionEntry {
    pub(in crate::ui) action: Action,
    /// Text in help and menus.
    pub(in crate::ui) text: &'static str,
    /// Other names for the action, matched by the palette's search.
    pub(in crate::ui) synonyms: &'static str,
    /// `None` if only the palette and a button run the action.
    pub(in crate::ui) shortcut: Option<KeyboardShortcut>,
    /// A second shortcut that also works while typing.
    also: Option<KeyboardShortcut>,
    /// Icon in the palette.
    pub(in crate::ui) icon: Icon,
    /// Whether the shortcut also works while a text field has the focus.
    pub(in crate::ui) in_text: bool,
    /// Whether the action applies to the selected business.
    pub(in crate::ui) is_about_subject: bool,
    /// Whether the action removes something or leaves; the palette lists it last.
    pub(in crate::ui) is_destructive: bool,
}

pub(super) const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

pub(super) const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

pub(super) const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

pub(super) const fn entry(
    action: Action,
    text: &'static str,
    shortcut: KeyboardShortcut,
) -> ActionEntry {
    ActionEntry {
        shortcut: Some(shortcut),
        ..keyless(action, text)
    }
}

/// An entry without a shortcut.
pub(super) const fn keyless(action: Action, text: &'static str) -> ActionEntry {
    ActionEntry {
        action,
        text,
        synonyms: "",
        shortcut: None,
        also: None,
        icon: Icon::Command,
        in_text: false,
        is_about_subject: false,
        is_destructive: false,
    }
}

impl ActionEntry {
    pub(super) const fn icon(self, icon: Icon) -> Self {
        Self { icon, ..self }
    }

    pub(super) const fn also(self, shortcut: KeyboardShortcut) -> Self {
        Self {
            also: Some(shortcut),
            ..self
        }
    }

    pub(super) const fn synonyms(self, synonyms: &'static str) -> Self {
        Self { synonyms, ..self }
    }

    pub(super) const fn anywhere(self) -> Self {
        Self {
            in_text: true,
            ..self
        }
    }

    pub(super) const fn about_subject(self) -> Self {
        Self {
            is_about_subject: true,
            ..self
        }
    }

    pub(super) const fn destructive(self) -> Self {
        Self {
            is_destructive: true,
            ..self
        }
    }

    /// The shortcut as written on this operating system; empty if there is none.
    pub(in crate::ui) fn written_key(&self) -> String {
        self.shortcut.map(in_writing).unwrap_or_default()
    }

    /// All shortcuts as written on this operating system, separated by spaces.
    pub(in crate::ui) fn written_keys(&self) -> String {
        let shortcuts = self.shortcut.into_iter().chain(self.also);
        shortcuts.map(in_writing).collect::<Vec<_>>().join(" ")
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
        usual.is_some_and(is) || self.also.is_some_and(is)
    }
}

fn in_writing(shortcut: KeyboardShortcut) -> String {
    let Modifiers { command, shift, .. } = shortcut.modifiers;
    let key = match shortcut.logical_key {
        Key::Escape => "Esc",
        Key::Minus => "-",
        key => key.symbol_or_name(),
    };
    let ctrl = if command { "Ctrl+" } else { "" };
    let shift = if shift { "Shift+" } else { "" };
    written(&format!("{ctrl}{shift}{key}"))
}

/// A shortcut as written on this operating system.
pub(in crate::ui) fn written(key: &str) -> String {
    if cfg!(target_os = "macos") {
        key.replace("Ctrl", "Cmd")
    } else {
        key.to_owned()
    }
}
