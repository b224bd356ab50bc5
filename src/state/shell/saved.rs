//! The preferences, which persist between runs. They hold no secrets.

use std::collections::HashSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::import::RememberedMappings;
use crate::domain::key_record::KeyRecord;
use crate::domain::key_source::{ExternalSource, KeySource, RememberedSource};
use crate::domain::profile::{Profile, tidy_label};
use crate::domain::rotation::{KeyConsumers, Rotation};
use crate::domain::settings::{Settings, WindowSize};
use crate::domain::token::Fingerprint;
use crate::domain::token::TokenFormat;
use crate::state::list::Layout;
use crate::state::list::pins_and_recents::PinsAndRecents;

/// The preferences as they are written to the settings file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Saved {
    /// The profile that the next start signs in to.
    pub last_profile: Option<Profile>,
    pub token_format: TokenFormat,
    pub settings: Settings,
    /// The window's size; `None` for the default size.
    pub window: Option<WindowSize>,
    /// The profiles that were signed in to and saved, most recently used first.
    pub profiles: Vec<RememberedProfile>,
    /// The layout of the list, per profile.
    pub layouts: Vec<(Profile, Layout)>,
    /// How the columns of imported files were used.
    #[serde(skip_serializing_if = "RememberedMappings::is_empty")]
    pub mappings: RememberedMappings,
}

/// A saved profile: everything about it except its key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RememberedProfile {
    /// Environment and partner.
    pub profile: Profile,
    /// The name that the user gave it; empty if none.
    #[serde(default)]
    pub label: String,
    /// The filter of its list when it was last open.
    #[serde(default)]
    pub filter: String,
    /// The pinned and the recent businesses of its list.
    #[serde(default, skip_serializing_if = "PinsAndRecents::is_empty")]
    pub shortlist: PinsAndRecents,
    /// Whether the user has signed out, or the keychain had no key for it when it was last read.
    #[serde(default)]
    pub is_signed_out: bool,
    /// Where the team stores its key; `None` for the keychain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<RememberedSource>,
    /// What the console knows about its key.
    #[serde(default)]
    pub key: KeyRecord,
    /// The other systems that use its key.
    #[serde(default)]
    pub consumers: KeyConsumers,
    /// The rotation of its key, if one is under way.
    #[serde(default)]
    pub rotation: Option<Rotation>,
}

/// In characters: more than anybody types. A longer filter would freeze the window.
const MAX_FILTER_LEN: usize = 4_096;

impl RememberedProfile {
    /// A profile about which nothing else is known.
    pub fn new(profile: Profile) -> Self {
        Self {
            profile,
            label: String::new(),
            filter: String::new(),
            shortlist: PinsAndRecents::default(),
            is_signed_out: false,
            source: None,
            key: KeyRecord::default(),
            consumers: KeyConsumers::default(),
            rotation: None,
        }
    }

    pub fn source(&self) -> KeySource {
        match &self.source {
            Some(remembered) => remembered.source.clone().into(),
            None => KeySource::Keychain,
        }
    }

    /// Whether a sign-in needs no typing.
    pub fn is_ready(&self) -> bool {
        match &self.source {
            Some(remembered) => remembered
                .source
                .prompt()
                .is_none_or(|prompt| prompt.is_saved),
            None => !self.is_signed_out,
        }
    }
}

impl Saved {
    /// Brings values back within their limits, because the file may have been edited by hand.
    #[must_use]
    pub fn repaired(mut self) -> Self {
        self.settings = self.settings.repaired();
        self.mappings = self.mappings.repaired();
        for known in &mut self.profiles {
            known.label = tidy_label(&known.label);
            if let Some((end, _)) = known.filter.char_indices().nth(MAX_FILTER_LEN) {
                known.filter.truncate(end);
            }
            known.consumers = std::mem::take(&mut known.consumers).repaired();
            known.shortlist = std::mem::take(&mut known.shortlist).repaired();
        }
        // The same address may occur in two spellings: only the most recently used profile stays.
        let mut seen = HashSet::new();
        self.profiles
            .retain(|known| seen.insert(known.profile.clone()));
        self
    }

    /// What is saved for a profile.
    pub fn known(&self, profile: &Profile) -> Option<&RememberedProfile> {
        self.profiles.iter().find(|known| known.profile == *profile)
    }

    /// What is saved for a profile, for changes.
    pub fn known_mut(&mut self, profile: &Profile) -> Option<&mut RememberedProfile> {
        self.profiles
            .iter_mut()
            .find(|known| known.profile == *profile)
    }

    /// Records that a key was just stored for this profile. Storing the same key again does not change its age.
    pub(in crate::state) fn key_was_stored(
        &mut self,
        profile: &Profile,
        fingerprint: Option<Fingerprint>,
        now: Timestamp,
    ) {
        self.was_opened(profile);
        if let Some(known) = self.known_mut(profile)
            && (known.key.fingerprint.is_none() || !known.key.fits(fingerprint))
        {
            known.key = KeyRecord::added(fingerprint, now);
        }
    }

    /// Records that the user just signed in to this profile, and that its key is stored: in the keychain or at its source.
    ///
    /// The other profiles keep their order, so the previous one becomes the second.
    pub fn was_opened(&mut self, profile: &Profile) {
        self.last_profile = Some(profile.clone());
        let place = self
            .profiles
            .iter()
            .position(|known| known.profile == *profile);
        let mut known = match place {
            Some(place) => self.profiles.remove(place),
            None => RememberedProfile::new(profile.clone()),
        };
        known.is_signed_out = false;
        self.profiles.insert(0, known);
    }

    /// Records where the team stores the key of this profile; `None` for the keychain.
    pub fn set_source(&mut self, profile: &Profile, place: Option<ExternalSource>) {
        if let Some(known) = self.known_mut(profile) {
            known.source = place.map(|place| RememberedSource::approved(place, profile));
        }
    }

    /// Records that the user signed out of this profile or that the keychain has no key for it. Everything else stays.
    pub(in crate::state) fn clear_stored_key(&mut self, profile: &Profile) {
        self.last_profile.take_if(|last| last == profile);
        if let Some(known) = self.known_mut(profile) {
            known.is_signed_out = true;
        }
    }

    /// Removes everything that is saved for this profile.
    pub(in crate::state) fn forget(&mut self, profile: &Profile) {
        self.last_profile.take_if(|last| last == profile);
        self.profiles.retain(|known| known.profile != *profile);
        self.layouts.retain(|(of, _)| of != profile);
    }

    /// The layout of a profile's list.
    pub fn layout(&self, profile: &Profile) -> Layout {
        self.layouts
            .iter()
            .find(|(of, _)| of.is_same_profile(profile))
            .map(|(_, layout)| layout.clone())
            .unwrap_or_default()
            .repaired()
    }

    /// Records the layout of a profile's list.
    pub(in crate::state) fn set_layout(&mut self, profile: &Profile, layout: Layout) {
        let mut layouts = self.layouts.iter_mut();
        match layouts.find(|(of, _)| of.is_same_profile(profile)) {
            Some((_, known)) => *known = layout,
            None => self.layouts.push((profile.clone(), layout)),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::credentials::PartnerId;
    use crate::domain::environment::{BaseUrl, Environment};
    use crate::domain::profile::LABEL_MAX;
    use crate::domain::rotation::KeyConsumer;

    fn demo(port: u16) -> Profile {
        let base = BaseUrl::parse(&format!("http://127.0.0.1:{port}")).unwrap();
        let partner = PartnerId(Uuid::from_u128(1));
        Profile {
            environment: Environment::Demo(base),
            partner,
        }
    }

    fn sandbox(partner: u128) -> Profile {
        Profile {
            environment: Environment::Sandbox,
            partner: PartnerId(Uuid::from_u128(partner)),
        }
    }

    #[test]
    fn the_demo_has_one_layout_whatever_its_port() {
        let mut saved = Saved::default();
        let mut layout = Layout::default();
        layout.columns[1].width = Some(100.0);
        saved.set_layout(&demo(1), Layout::default());
        saved.set_layout(&demo(2), layout.clone());
        assert_eq!(saved.layouts.len(), 1);
        assert_eq!(saved.layout(&demo(3)), layout);
    }

    #[test]
    fn the_profile_used_last_stands_first_and_the_one_before_second() {
        let mut saved = Saved::default();
        for partner in 1..=3 {
            saved.key_was_stored(&sandbox(partner), None, Timestamp::UNIX_EPOCH);
        }
        saved.was_opened(&sandbox(1));
        let order: Vec<_> = saved
            .profiles
            .iter()
            .map(|known| known.profile.clone())
            .collect();
        assert_eq!(order, [sandbox(1), sandbox(3), sandbox(2)]);
        assert_eq!(saved.last_profile, Some(sandbox(1)));
    }

    #[test]
    fn a_profile_of_an_earlier_version_has_what_it_lacked() {
        let mut saved = Saved::default();
        saved.key_was_stored(&sandbox(1), None, Timestamp::UNIX_EPOCH);
        let mut json = serde_json::to_value(&saved).unwrap();
        let known = json["profiles"][0].as_object_mut().unwrap();
        known.retain(|name, _| name == "profile");
        let read: Saved = serde_json::from_value(json).unwrap();
        assert_eq!(read.profiles, [RememberedProfile::new(sandbox(1))]);
    }

    #[test]
    fn a_label_that_was_written_into_the_file_is_as_tidy_as_one_that_was_typed() {
        let mut saved = Saved::default();
        saved.was_opened(&sandbox(1));
        saved.profiles[0].label = format!("\u{202E}{}", "x".repeat(10_000));
        saved.profiles[0].filter = "ä".repeat(10_000);
        saved.profiles[0].consumers.0.push(KeyConsumer {
            name: format!("till\u{202E}\n{}", "y".repeat(10_000)),
            is_done: true,
        });
        saved.settings.lock_minutes = Some(0);
        let saved = saved.repaired();
        assert_eq!(saved.profiles[0].filter.chars().count(), MAX_FILTER_LEN);
        let label = &saved.profiles[0].label;
        assert!(label.starts_with("[U+202E]xxx"), "{label}");
        assert_eq!(label.chars().count(), LABEL_MAX);
        let place = &saved.profiles[0].consumers.0[0];
        assert!(place.name.starts_with("till[U+202E] yyy") && place.name.len() < 200);
        assert!(place.is_done);
        assert_eq!(saved.settings.lock_minutes, Some(1));
    }

    #[test]
    fn one_host_written_in_two_ways_is_one_profile() {
        let mut saved = Saved::default();
        let production = Profile {
            environment: Environment::Production,
            ..sandbox(1)
        };
        saved.was_opened(&production);
        let mut json = serde_json::to_value(&saved).unwrap();
        let mut twin = json["profiles"][0].clone();
        twin["profile"]["environment"] = serde_json::json!({"custom": "https://api.thredfi.com"});
        json["profiles"].as_array_mut().unwrap().push(twin);
        let read: Saved = serde_json::from_value(json).unwrap();
        assert_eq!(read.repaired(), saved);
    }

    #[test]
    fn nothing_is_left_of_a_forgotten_profile() {
        let mut saved = Saved::default();
        saved.key_was_stored(&sandbox(7), None, Timestamp::UNIX_EPOCH);
        saved.set_layout(&sandbox(7), Layout::default());
        saved.forget(&sandbox(7));
        assert_eq!(saved, Saved::default());
    }
}
