//! The table of actions and its sections.

mod api_key;
mod appearance;
mod businesses;
mod console;
mod pages;
mod tokens;

use super::action::Action;
use super::entry::ActionEntry;

/// All actions by section, in the order of help and palette.
pub(in crate::ui) const SECTIONS: &[(&str, &[ActionEntry])] = &[
    ("Token", tokens::ENTRIES),
    ("Businesses", businesses::ENTRIES),
    ("Token formats", tokens::FORMATS),
    ("Pages", pages::ENTRIES),
    ("API key", api_key::ENTRIES),
    ("Appearance", appearance::ENTRIES),
    ("Console", console::ENTRIES),
];

pub(in crate::ui) fn entries() -> impl Iterator<Item = &'static ActionEntry> {
    SECTIONS.iter().flat_map(|(_, entries)| *entries)
}

impl Action {
    /// The table entry of this action.
    pub(in crate::ui) fn entry(self) -> &'static ActionEntry {
        // A test checks that every action has an entry.
        entries()
            .find(|entry| entry.action == self)
            .unwrap_or(&SECTIONS[0].1[0])
    }

    /// The shortcut as written on this operating system.
    pub(in crate::ui) fn key(self) -> String {
        self.entry().written_key()
    }
}
