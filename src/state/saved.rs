//! What is remembered between runs. Nothing in it is secret.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::api_key::KeyRecord;
use crate::domain::environment::Environment;
use crate::domain::profile::Profile;
use crate::domain::rotation::{KeyFingerprint, Places, Rotation};
use crate::domain::settings::Settings;
use crate::domain::token::TokenFormat;

use super::listing::Layout;

/// The preferences as they are written to the settings file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Saved {
    /// Signed in to from the keychain at the next start.
    pub last_profile: Option<Profile>,
    /// The form in which tokens are copied.
    pub token_format: TokenFormat,
    /// What the user has set.
    pub settings: Settings,
    /// The profiles that were signed in to and kept.
    pub profiles: Vec<KnownProfile>,
    /// The table of businesses, per profile.
    pub layouts: Vec<(Profile, Layout)>,
}

/// A profile that the console remembers: everything about it but its key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KnownProfile {
    /// Where and who.
    pub profile: Profile,
    /// How its user calls it; empty for no name.
    #[serde(default)]
    pub label: String,
    /// What is known of its key.
    #[serde(default)]
    pub key: KeyRecord,
    /// The other places that use its key.
    #[serde(default)]
    pub places: Places,
    /// The replacement of its key, while one is under way.
    #[serde(default)]
    pub rotation: Option<Rotation>,
}

impl KnownProfile {
    /// A profile of which nothing more is known.
    pub fn new(profile: Profile, key: KeyRecord) -> Self {
        Self {
            profile,
            label: String::new(),
            key,
            places: Places::default(),
            rotation: None,
        }
    }
}

impl Saved {
    /// What is remembered of a profile.
    pub fn known(&self, profile: &Profile) -> Option<&KnownProfile> {
        self.profiles.iter().find(|known| known.profile == *profile)
    }

    /// What is remembered of a profile, to change it.
    pub fn known_mut(&mut self, profile: &Profile) -> Option<&mut KnownProfile> {
        self.profiles
            .iter_mut()
            .find(|known| known.profile == *profile)
    }

    /// Remembers that a key of this profile was stored just now. The same key once more is as old as it was.
    pub fn key_was_stored(
        &mut self,
        profile: &Profile,
        fingerprint: Option<KeyFingerprint>,
        now: Timestamp,
    ) {
        self.last_profile = Some(profile.clone());
        let key = KeyRecord::added(fingerprint, now);
        match self.known_mut(profile) {
            Some(known) if known.key.fingerprint.is_some() && known.key.fits(fingerprint) => {}
            Some(known) => known.key = key,
            None => self.profiles.push(KnownProfile::new(profile.clone(), key)),
        }
    }

    /// The table of a profile.
    pub fn layout(&self, profile: &Profile) -> Layout {
        self.layouts
            .iter()
            .find(|(of, _)| is_same(of, profile))
            .map(|(_, layout)| layout.clone())
            .unwrap_or_default()
            .repaired()
    }

    /// Remembers the table of a profile.
    pub fn set_layout(&mut self, profile: &Profile, layout: Layout) {
        match self.layouts.iter_mut().find(|(of, _)| is_same(of, profile)) {
            Some((_, known)) => *known = layout,
            None => self.layouts.push((profile.clone(), layout)),
        }
    }
}

/// The embedded server has another port each time, but it is one place to the user.
fn is_same(one: &Profile, other: &Profile) -> bool {
    let is_demo = |profile: &Profile| matches!(profile.environment, Environment::Demo(_));
    one == other || (is_demo(one) && is_demo(other))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::credentials::PartnerId;
    use crate::domain::environment::BaseUrl;

    fn demo(port: u16) -> Profile {
        let base = BaseUrl::parse(&format!("http://127.0.0.1:{port}")).unwrap();
        let partner = PartnerId(Uuid::from_u128(1));
        Profile {
            environment: Environment::Demo(base),
            partner,
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
}
