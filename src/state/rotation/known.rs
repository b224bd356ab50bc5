//! The record of the running session's profile: its key and the rotation of that.

use jiff::Timestamp;

use crate::domain::key_record::KeyRecord;
use crate::domain::rotation::{KeyAge, Rotation};
use crate::domain::time::Now;
use crate::domain::token::Fingerprint;
use crate::state::AppState;
use crate::state::shell::saved::RememberedProfile;

impl AppState {
    /// The record of the running session's profile, saved or in memory only.
    pub fn known_now(&self) -> Option<&RememberedProfile> {
        let open = self.open.as_ref()?;
        open.keys
            .unsaved_record
            .as_ref()
            .or_else(|| self.saved.known(open.profile()))
    }

    /// Like `known_now`, for changes.
    pub(super) fn known_now_mut(&mut self) -> Option<&mut RememberedProfile> {
        let open = self.open.as_mut()?;
        match &mut open.keys.unsaved_record {
            Some(unsaved_record) => Some(unsaved_record),
            None => self.saved.known_mut(&open.workspace.profile),
        }
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
