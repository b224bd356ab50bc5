//! Unsent changes to stored businesses. They outlive their form, as the draft of a new business does.

use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};

use crate::domain::business::BusinessId;
use crate::domain::draft::{Draft, Field};
use crate::domain::profile::Profile;

/// The unsent changes to one business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct EditDraft {
    profile: Profile,
    business: BusinessId,
    /// The stored values when the changes were typed.
    before: Draft,
    typed: Draft,
    /// When they were typed.
    pub(super) at: Timestamp,
    /// Whether the profile leaves no trace on disk.
    #[serde(skip)]
    is_memory_only: bool,
}

/// How many are saved at most; the oldest is dropped first.
pub(super) const MAX: usize = 50;

impl EditDraft {
    pub(super) fn new(
        (profile, business): (&Profile, BusinessId),
        before: &Draft,
        typed: &Draft,
        at: Timestamp,
        is_memory_only: bool,
    ) -> Self {
        Self {
            profile: profile.clone(),
            business,
            before: before.clone(),
            typed: typed.clone(),
            at,
            is_memory_only,
        }
    }

    fn is_of(&self, profile: &Profile, business: BusinessId) -> bool {
        self.business == business && self.profile == *profile
    }

    /// Applies the changes to a form with the values stored now. A field that somebody else has changed in the meantime keeps
    /// that value, unless it was changed here as well.
    pub(super) fn apply(&self, draft: &mut Draft, unknown: &[Field]) {
        let fields = Field::ALL.into_iter();
        let open = fields.filter(|field| field.is_writable() && !unknown.contains(field));
        for field in open.filter(|field| self.before[*field] != self.typed[*field]) {
            self.typed[field].clone_into(&mut draft[field]);
        }
    }
}

/// All unsent changes, least recently typed first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct EditDrafts(Vec<EditDraft>);

impl EditDrafts {
    pub(super) fn of(&self, profile: &Profile, business: BusinessId) -> Option<&EditDraft> {
        self.0.iter().find(|edit| edit.is_of(profile, business))
    }

    /// Whether none of them is saved to disk.
    pub(super) fn is_empty_on_disk(&self) -> bool {
        self.0.iter().all(|edit| edit.is_memory_only)
    }

    pub(super) fn forget(&mut self, profile: &Profile, business: BusinessId) {
        self.0.retain(|edit| !edit.is_of(profile, business));
    }

    pub(super) fn forget_all_of(&mut self, profile: &Profile) {
        self.0.retain(|edit| edit.profile != *profile);
    }

    /// Adds an edit in place of an earlier one of the same business. If nothing was typed since, the time stays the same. Returns the latest edit that
    /// had to be dropped.
    #[must_use]
    pub(super) fn keep(&mut self, mut edit: EditDraft) -> Option<EditDraft> {
        let known = self.of(&edit.profile, edit.business);
        if let Some(known) = known.filter(|known| known.typed == edit.typed) {
            edit.at = known.at;
        }
        self.forget(&edit.profile, edit.business);
        self.0.push(edit);
        let surplus = self.0.len().saturating_sub(MAX);
        self.0.drain(..surplus).next_back()
    }
}

/// Skips edits whose profile leaves no trace.
impl Serialize for EditDrafts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().filter(|edit| !edit.is_memory_only))
    }
}
