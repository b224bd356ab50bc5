//! Dialogs for opening, renaming and removing profiles.

mod entries;
pub(super) mod remove;
mod rename;
pub(super) mod switcher;

pub(super) use entries::{ProfileEntry, ProfileStatus, entries, tools};
pub(super) use rename::Rename;
