//! Profiles as listed on the sign-in screen and in the switcher.

use egui::Ui;

use super::super::dialog::Dialog;
use super::super::words;
use crate::domain::key_source::KeySource;
use crate::domain::profile::Profile;
use crate::domain::text::fold;
use crate::state::AppState;
use crate::state::session::open::Open;
use crate::theme::{self, Icon};
use crate::widgets::{Button, Row};

/// The state of a profile, which decides what a click on it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum ProfileStatus {
    /// It is open, so a click does nothing.
    Open,
    /// A click opens it: the keychain or the profile's key source has the key.
    Ready,
    /// A click asks for the key, which is not stored.
    NoKey,
}

/// A profile in a list.
pub(in super::super) struct ProfileEntry {
    pub(in super::super) profile: Profile,
    /// The label, or the short form of the partner's id.
    pub(in super::super) name: String,
    pub(in super::super) status: ProfileStatus,
    /// Whether the profile is saved, so that it can be removed.
    pub(in super::super) is_known: bool,
    /// As much of host and id as is needed to distinguish it from the others.
    detail: String,
    spoken: String,
    /// The text that a search looks in.
    folded: String,
}

/// All profiles: the open one first, then the others, most recently used first.
pub(in super::super) fn entries(state: &AppState) -> Vec<ProfileEntry> {
    let open = state.open().or(state.background()).map(Open::profile);
    let known = state.saved.profiles.iter().map(|known| &known.profile);
    let retained = state.retained.profiles().map(|retained| &retained.profile);
    let mut all: Vec<&Profile> = Vec::new();
    for profile in open.into_iter().chain(known).chain(retained) {
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
        let status = match known {
            _ if is_open => ProfileStatus::Open,
            Some(known) if known.is_ready() => ProfileStatus::Ready,
            None if state.source_of(profile) == KeySource::Variables => ProfileStatus::Ready,
            _ => ProfileStatus::NoKey,
        };
        let label = state.label(profile);
        let name = state.share.profile_name(profile, label);
        let host = profile.environment.host();
        let detail = if label.is_empty() {
            host.clone()
        } else {
            format!("{host} · {}", state.share.plain(&profile.partner.short()))
        };
        let source = known.and_then(|known| known.source.as_ref());
        let detail = match source {
            Some(source) => format!("{detail} · {}", source.source.name()),
            None => detail,
        };
        let environment = profile.environment.name();
        let note = match status {
            ProfileStatus::Open => ", open",
            ProfileStatus::Ready => "",
            ProfileStatus::NoKey => ", no key",
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
            status,
            detail,
        }
    }

    /// Whether each typed word occurs in the profile's text.
    pub(in super::super) fn matches(&self, typed: &str) -> bool {
        fold(typed)
            .split_whitespace()
            .all(|word| self.folded.contains(word))
    }

    /// Draws the profile as a row of one or two lines. `tools` adds buttons at its right end.
    pub(in super::super) fn show(
        &self,
        ui: &mut Ui,
        is_highlighted: bool,
        is_stacked: bool,
        tools: impl FnOnce(&mut Ui),
    ) -> egui::Response {
        let hue = words::hue(&self.profile.environment);
        let environment = self.profile.environment.name();
        let name = format!("{environment} · {}", self.name);
        let note = match self.status {
            ProfileStatus::Open => "open",
            ProfileStatus::Ready => "",
            ProfileStatus::NoKey => "no key",
        };
        Row::pick(hue.icon(), &name)
            .spoken(&self.spoken)
            .tint(theme::palette(ui.ctx()).hue(hue).mark)
            .detail(&self.detail)
            .hint(note)
            .selected(is_highlighted)
            .stacked(is_stacked)
            .show_with(ui, tools)
    }
}

/// The buttons for renaming and removing a profile.
pub(in super::super) fn tools(
    ui: &mut Ui,
    entry: &ProfileEntry,
    state: &AppState,
) -> Option<Dialog> {
    let mut asked = None;
    let name = format!("Rename {}…", entry.name);
    if Button::icon_only(Icon::Edit, &name)
        .small()
        .show(ui)
        .clicked()
    {
        asked = Some(Dialog::RenameProfile(entry.profile.clone()));
    }
    if entry.is_known {
        let name = format!("Remove {}…", entry.name);
        let busy = (state.retained.removing.as_ref() == Some(&entry.profile))
            .then_some("The keychain has not answered yet");
        let button = Button::icon_only(Icon::Trash, &name)
            .small()
            .disabled_if(busy);
        if button.show(ui).clicked() {
            asked = Some(Dialog::RemoveProfile(entry.profile.clone()));
        }
    }
    asked
}
