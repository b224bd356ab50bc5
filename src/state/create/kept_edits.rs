//! What was typed into the form of a stored business: it outlives the form, as a draft of a new business does.

use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};

use crate::domain::business::BusinessId;
use crate::domain::draft::{Draft, Field};
use crate::domain::profile::Profile;

/// The changes to one business that were not sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptEdit {
    profile: Profile,
    business: BusinessId,
    /// What was stored when they were typed.
    before: Draft,
    typed: Draft,
    /// When they were typed; `None` where an older console has kept them.
    #[serde(default)]
    pub(super) at: Option<Timestamp>,
    /// Of a profile that leaves no trace on disk.
    #[serde(skip)]
    is_memory_only: bool,
}

/// So many are kept; the oldest goes first.
const MOST: usize = 50;

impl KeptEdit {
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
            at: Some(at),
            is_memory_only,
        }
    }

    fn is_of(&self, profile: &Profile, business: BusinessId) -> bool {
        self.business == business && self.profile == *profile
    }

    /// Puts the changes into a form that begins with what is stored now: a field that somebody else has changed meanwhile
    /// stays as it is, unless it was changed here too.
    pub(super) fn apply(&self, draft: &mut Draft, unknown: &[Field]) {
        let fields = Field::ALL.into_iter();
        let open = fields.filter(|field| field.is_writable() && !unknown.contains(field));
        for field in open.filter(|field| self.before.get(*field) != self.typed.get(*field)) {
            self.typed.get(field).clone_into(draft.get_mut(field));
        }
    }
}

/// All of them, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct KeptEdits(Vec<KeptEdit>);

impl KeptEdits {
    pub(super) fn of(&self, profile: &Profile, business: BusinessId) -> Option<&KeptEdit> {
        self.0.iter().find(|edit| edit.is_of(profile, business))
    }

    /// Whether none of them goes to the disk.
    pub(super) fn is_empty_on_disk(&self) -> bool {
        self.0.iter().all(|edit| edit.is_memory_only)
    }

    pub(super) fn forget(&mut self, profile: &Profile, business: BusinessId) {
        self.0.retain(|edit| !edit.is_of(profile, business));
    }

    pub(super) fn forget_all_of(&mut self, profile: &Profile) {
        self.0.retain(|edit| edit.profile != *profile);
    }

    /// Keeps an edit in the place of an earlier one of the same business. What is typed already keeps its time.
    pub(super) fn keep(&mut self, mut edit: KeptEdit) {
        let known = self.of(&edit.profile, edit.business);
        if let Some(known) = known.filter(|known| known.typed == edit.typed) {
            edit.at = known.at;
        }
        self.forget(&edit.profile, edit.business);
        self.0.push(edit);
        let surplus = self.0.len().saturating_sub(MOST);
        self.0.drain(..surplus);
    }
}

/// Without those that leave no trace.
impl Serialize for KeptEdits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().filter(|edit| !edit.is_memory_only))
    }
}
