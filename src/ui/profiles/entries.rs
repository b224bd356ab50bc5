//! The profiles as they are listed, on the sign-in screen and in the switcher.

use egui::Ui;

use super::super::dialogs::Dialog;
use super::super::words;
use super::ProfilesDialog;
use crate::domain::profile::Profile;
use crate::domain::text::fold;
use crate::state::AppState;
use crate::state::session::open::Open;
use crate::theme::{self, Icon};
use crate::widgets::{IconButton, PickRow};

/// What a click on a profile leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Standing {
    /// It is open.
    Open,
    /// The keychain has its key, or the place where the team keeps it.
    Ready,
    /// The key has to be typed.
    NoKey,
}

/// A profile in a list.
pub(in super::super) struct ProfileEntry {
    pub(in super::super) profile: Profile,
    /// Its label, or the short form of its id.
    pub(in super::super) name: String,
    pub(in super::super) standing: Standing,
    /// It is remembered, so there is something to remove.
    pub(in super::super) is_known: bool,
    /// Host and id, as much as tells it from others.
    detail: String,
    spoken: String,
    /// What a search looks at.
    folded: String,
}

/// All profiles: the open one, then the others with the one used last first.
pub(in super::super) fn entries(state: &AppState) -> Vec<ProfileEntry> {
    let open = state.open().or(state.background()).map(Open::profile);
    let known = state.saved.profiles.iter().map(|known| &known.profile);
    let parked = state.parked.profiles().map(|parked| &parked.profile);
    let mut all: Vec<&Profile> = Vec::new();
    for profile in open.into_iter().chain(known).chain(parked) {
        if !all.contains(&profile) {
            all.push(profile);
        }
    }
    all.into_iter()
        .map(|profile| ProfileEntry::new(profile, open == Some(profile), state))
        .collect()
}

impl ProfileEntry {
    fn new(profile: &Profile, is_open: bool, state: &AppState) -> Self {
        let known = state.saved.known(profile);
        let standing = match known {
            _ if is_open => Standing::Open,
            Some(known) if known.is_ready() => Standing::Ready,
            _ => Standing::NoKey,
        };
        let label = state.label(profile);
        let name = state.share.profile_name(profile, label);
        let host = words::host(&profile.environment);
        let detail = if label.is_empty() {
            host.clone()
        } else {
            format!("{host} · {}", state.share.plain(&profile.partner.short()))
        };
        let source = known.and_then(|known| known.source.as_ref());
        let detail = match source {
            Some(source) => format!("{detail} · {}", source.place.name()),
            None => detail,
        };
        let environment = profile.environment.name();
        let note = match standing {
            Standing::Open => ", open",
            Standing::Ready => "",
            Standing::NoKey => ", no key",
        };
        Self {
            spoken: format!("{name}, {environment}, {host}{note}"),
            folded: fold(&format!(
                "{name} {label} {environment} {host} {}",
                profile.partner
            )),
            profile: profile.clone(),
            is_known: known.is_some(),
            name,
            standing,
            detail,
        }
    }

    /// Whether each of the words is part of it.
    pub(in super::super) fn matches(&self, typed: &str) -> bool {
        fold(typed)
            .split_whitespace()
            .all(|word| self.folded.contains(word))
    }

    /// Shows it as a row, or in two lines; `tools` adds buttons at its right end.
    pub(in super::super) fn show(
        &self,
        ui: &mut Ui,
        is_lit: bool,
        is_stacked: bool,
        tools: impl FnOnce(&mut Ui),
    ) -> egui::Response {
        let hue = words::hue(&self.profile.environment);
        let environment = self.profile.environment.name();
        let name = format!("{environment} · {}", self.name);
        let note = match self.standing {
            Standing::Open => "open",
            Standing::Ready => "",
            Standing::NoKey => "no key",
        };
        PickRow::new(hue.icon(), &name)
            .spoken(&self.spoken)
            .tint(theme::palette(ui.ctx()).hue(hue).mark)
            .detail(&self.detail)
            .note(note)
            .lit(is_lit)
            .stacked(is_stacked)
            .show(ui, tools)
    }
}

/// The buttons that name and remove a profile.
pub(in super::super) fn tools(
    ui: &mut Ui,
    entry: &ProfileEntry,
    state: &AppState,
) -> Option<Dialog> {
    let mut asked = None;
    let name = format!("Rename {}…", entry.name);
    if IconButton::new(Icon::Edit, &name)
        .small()
        .show(ui)
        .clicked()
    {
        asked = Some(ProfilesDialog::rename(&entry.profile, state));
    }
    if entry.is_known {
        let name = format!("Remove {}…", entry.name);
        let busy = (state.parked.removing.as_ref() == Some(&entry.profile))
            .then_some("The keychain has not answered yet");
        let button = IconButton::new(Icon::Trash, &name)
            .small()
            .disabled_if(busy);
        if button.show(ui).clicked() {
            asked = Some(ProfilesDialog::remove(&entry.profile));
        }
    }
    asked
}
