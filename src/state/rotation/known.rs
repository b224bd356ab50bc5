//! The record of a profile, saved or in memory only: its key and the rotation of that.

use jiff::Timestamp;

use crate::domain::key_record::KeyRecord;
use crate::domain::profile::Profile;
use crate::domain::rotation::{KeyAge, Rotation};
use crate::domain::time::Now;
use crate::domain::token::Fingerprint;
use crate::state::AppState;
use crate::state::shell::saved::RememberedProfile;

impl AppState {
    /// The record of a profile, in memory only or else saved.
    pub(in crate::state) fn known(&self, profile: &Profile) -> Option<&RememberedProfile> {
        let mut all = self.unsaved.iter().chain(&self.saved.profiles);
        all.find(|known| known.profile == *profile)
    }

    /// Takes the record of a profile that is in memory only.
    pub(in crate::state) fn take_unsaved(
        &mut self,
        profile: &Profile,
    ) -> Option<RememberedProfile> {
        let is_it = |known: &mut RememberedProfile| known.profile == *profile;
        self.unsaved.extract_if(.., is_it).next()
    }

    /// The record of the running session's profile.
    pub fn known_now(&self) -> Option<&RememberedProfile> {
        self.known(self.open.as_ref()?.profile())
    }

    /// Like `known_now`, for changes.
    pub(super) fn known_now_mut(&mut self) -> Option<&mut RememberedProfile> {
        let profile = self.open.as_ref()?.profile();
        let mut all = self.unsaved.iter_mut().chain(&mut self.saved.profiles);
        all.find(|known| known.profile == *profile)
    }

    /// The age of the session's key, if it is known.
    pub fn key_age(&self, now: Now) -> Option<KeyAge> {
        self.known_now()?.key.age(now.wall, &self.zone)
    }

    /// The rotation under way.
    pub fn rotation(&self) -> Option<&Rotation> {
        self.known_now()?.rotation.as_ref()
    }

    /// Like `rotation`, for changes.
    pub(super) fn rotation_mut(&mut self) -> Option<&mut Rotation> {
        self.known_now_mut()?.rotation.as_mut()
    }

    /// Records a new key for the session, added now or at the earlier date that its source states.
    pub(super) fn key_is_new(&mut self, fingerprint: Option<Fingerprint>, now: Timestamp) {
        let mut added = now;
        if let Some(open) = &mut self.open {
            open.keys.fingerprint = fingerprint;
            added = open.version.created.map_or(now, |created| created.min(now));
        }
        self.ages_checked_on = None;
        if let Some(known) = self.known_now_mut() {
            known.key = KeyRecord::added(fingerprint, added);
        }
    }
}
