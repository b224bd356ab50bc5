//! The profiles: the dialogs that open, name and remove one.

mod entries;
mod remove;
mod rename;
mod switcher;

use egui::Context;

use crate::domain::profile::Profile;
use crate::state::AppState;

use super::Screen;
use super::dialogs::Dialog;
pub(super) use entries::{ProfileEntry, Standing, entries, tools};
use rename::Rename;
use switcher::Switcher;

/// A dialog about profiles.
pub(super) enum ProfilesDialog {
    /// Which to open.
    Switch(Switcher),
    /// How to call one.
    Rename(Rename),
    /// Whether to remove one.
    Remove(Profile),
}

/// What becomes of a dialog after a frame.
pub(super) enum DialogOutcome {
    Stay,
    Close,
    Open(Dialog),
}

impl ProfilesDialog {
    /// The switcher, with the profile preselected that was open before.
    pub(super) fn switch(ctx: &Context) -> Dialog {
        Dialog::Profiles(Self::Switch(Switcher::open(ctx)))
    }

    /// How to call a profile.
    pub(super) fn rename(profile: &Profile, state: &AppState) -> Dialog {
        Dialog::Profiles(Self::Rename(Rename::of(profile, state)))
    }

    /// Whether to remove a profile.
    pub(super) fn remove(profile: &Profile) -> Dialog {
        Dialog::Profiles(Self::Remove(profile.clone()))
    }

    /// Draws the dialog.
    pub(super) fn show(&mut self, ctx: &Context, screen: &mut Screen<'_>) -> DialogOutcome {
        match self {
            Self::Switch(switcher) => switcher.show(ctx, screen),
            Self::Rename(rename) => rename.show(ctx, screen),
            Self::Remove(profile) => remove::show(ctx, profile, screen),
        }
    }
}
