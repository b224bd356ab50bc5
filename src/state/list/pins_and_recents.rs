//! The pinned and the recently opened businesses. They are identified by id, since names can change.

use serde::{Deserialize, Serialize};

use crate::domain::business::BusinessId;

/// More would push the rest of the list out of sight.
pub(in crate::state) const MAX_PINNED: usize = 20;
/// How many recently opened businesses are remembered.
const MAX_RECENT: usize = 5;

/// The pinned and the recently opened businesses of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PinsAndRecents {
    /// First pinned first.
    pub pinned: Vec<BusinessId>,
    /// Last opened first.
    pub recent: Vec<BusinessId>,
}

impl PinsAndRecents {
    pub fn is_empty(&self) -> bool {
        self.pinned.is_empty() && self.recent.is_empty()
    }

    pub fn is_pinned(&self, id: BusinessId) -> bool {
        self.pinned.contains(&id)
    }

    /// Pins or unpins a business. Returns `false` if there are too many to pin another.
    pub(in crate::state) fn toggle(&mut self, id: BusinessId) -> bool {
        if self.is_pinned(id) {
            self.pinned.retain(|pinned| *pinned != id);
        } else if self.pinned.len() < MAX_PINNED {
            self.pinned.push(id);
        } else {
            return false;
        }
        true
    }

    /// Records that a business was opened. Returns whether that changed anything.
    pub(in crate::state) fn opened(&mut self, id: BusinessId) -> bool {
        if self.recent.first() == Some(&id) {
            return false;
        }
        self.recent.retain(|recent| *recent != id);
        self.recent.insert(0, id);
        self.recent.truncate(MAX_RECENT);
        true
    }

    /// Forgets businesses that no longer exist. Returns whether there were any.
    pub(in crate::state) fn forget_unknown(&mut self, exists: impl Fn(BusinessId) -> bool) -> bool {
        let before = self.pinned.len() + self.recent.len();
        self.pinned.retain(|id| exists(*id));
        self.recent.retain(|id| exists(*id));
        before != self.pinned.len() + self.recent.len()
    }

    /// Removes duplicates and enforces the limits, because the file may have been edited by hand.
    #[must_use]
    pub fn repaired(mut self) -> Self {
        for ids in [&mut self.pinned, &mut self.recent] {
            let mut seen = Vec::new();
            ids.retain(|id| {
                let is_first = !seen.contains(id);
                seen.push(*id);
                is_first
            });
        }
        self.pinned.truncate(MAX_PINNED);
        self.recent.truncate(MAX_RECENT);
        self
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(number: usize) -> BusinessId {
        BusinessId(Uuid::from_u128(number as u128))
    }

    #[test]
    fn a_pin_comes_and_goes_and_there_is_room_for_so_many() {
        let mut list = PinsAndRecents::default();
        assert!(list.toggle(id(1)) && list.is_pinned(id(1)));
        assert!(list.toggle(id(1)) && !list.is_pinned(id(1)));
        for number in 0..MAX_PINNED {
            assert!(list.toggle(id(number)));
        }
        assert!(!list.toggle(id(MAX_PINNED)));
        assert!(list.toggle(id(0)), "one can always be taken away");
    }

    #[test]
    fn the_last_one_opened_is_on_top_and_none_is_there_twice() {
        let mut list = PinsAndRecents::default();
        for number in [1, 2, 3, 1, 4, 5, 6] {
            assert!(list.opened(id(number)));
        }
        assert!(!list.opened(id(6)), "no news");
        assert_eq!(list.recent, [6, 5, 4, 1, 3].map(id));
    }

    #[test]
    fn what_does_not_exist_is_forgotten_and_a_file_is_brought_into_limits() {
        let mut list = PinsAndRecents {
            pinned: (0..2 * MAX_PINNED).map(|at| id(at / 2)).collect(),
            recent: (0..20).map(id).collect(),
        }
        .repaired();
        assert_eq!(
            (list.pinned.len(), list.recent.len()),
            (MAX_PINNED, MAX_RECENT)
        );
        assert!(list.forget_unknown(|known| known != id(3)));
        assert!(!list.pinned.contains(&id(3)) && !list.recent.contains(&id(3)));
        assert!(!list.forget_unknown(|_| true));
    }
}
