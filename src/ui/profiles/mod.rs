//! Dialogs for opening, renaming and removing profiles.

mod entries;
mod remove;
mod rename;
mod switcher;

use egui::Context;

use crate::domain::profile::Profile;
use crate::state::AppState;

use super::Screen;
use super::dialogs::Dialog;
pub(super) use entries::{ProfileEntry, ProfileStatus, entries, tools};
use rename::Rename;
use switcher::ProfileSwitcher;

pub(super) enum ProfilesDialog {
    /// Choose a profile to open.
    Switch(ProfileSwitcher),
    /// Rename a profile.
    Rename(Rename),
    /// Confirm removing a profile.
    Remove(Profile),
}

impl ProfilesDialog {
    /// The switcher, with the previous profile preselected.
    pub(super) fn switch(ctx: &Context) -> Dialog {
        Dialog::Profiles(Self::Switch(ProfileSwitcher::open(ctx)))
    }

    /// The dialog that renames a profile.
    pub(super) fn rename(profile: &Profile, state: &AppState) -> Dialog {
        Dialog::Profiles(Self::Rename(Rename::of(profile, state)))
    }

    /// The dialog that confirms removing a profile.
    pub(super) fn remove(profile: &Profile) -> Dialog {
        Dialog::Profiles(Self::Remove(profile.clone()))
    }

    /// Draws the dialog. Returns whether it should close.
    pub(super) fn show(&mut self, ctx: &Context, screen: &mut Screen<'_>) -> bool {
        match self {
            Self::Switch(switcher) => switcher.show(ctx, screen),
            Self::Rename(rename) => rename.show(ctx, screen),
            Self::Remove(profile) => remove::show(ctx, profile, screen),
        }
    }
}
