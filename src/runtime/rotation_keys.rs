//! The keys of a rotation, in memory only.

use crate::domain::credentials::ApiKey;

/// The keys of a rotation besides the session's own.
#[derive(Default)]
pub(super) struct RotationKeys {
    /// The new key, before the switch.
    pub(super) new: Option<ApiKey>,
    /// The old key, after the switch.
    pub(super) old: Option<ApiKey>,
}

impl RotationKeys {
    /// Whether this is the new key; if so, it is dropped here, because the session now uses it.
    pub(super) fn take_if_new(&mut self, key: &ApiKey) -> bool {
        self.new.take_if(|new| new.is_same_as(key)).is_some()
    }

    /// Holds the old key until it has been checked.
    pub(super) fn hold_old_key(&mut self, old: ApiKey) {
        self.old = Some(old);
    }
}
