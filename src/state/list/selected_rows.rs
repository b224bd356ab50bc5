//! Several rows marked together, to copy their ids or export them. Their tokens can never be copied together.

use std::collections::HashSet;

use crate::domain::business::BusinessId;

/// The marked rows. A single marked row counts as selected only.
#[derive(Debug, Default)]
pub struct SelectedRows {
    pub(super) ids: HashSet<BusinessId>,
}

impl SelectedRows {
    /// The number of marked rows, if there are several.
    pub fn several(&self) -> Option<usize> {
        (self.ids.len() > 1).then_some(self.ids.len())
    }

    /// Whether this row is one of several marked rows.
    pub fn contains(&self, id: BusinessId) -> bool {
        self.several().is_some() && self.ids.contains(&id)
    }

    /// Drops the rows that are no longer shown.
    pub(super) fn retain(&mut self, is_shown: impl Fn(BusinessId) -> bool) {
        self.ids.retain(|id| is_shown(*id));
    }

    pub(super) fn clear(&mut self) {
        self.ids.clear();
    }
}
