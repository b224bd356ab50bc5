//! Several rows selected together, to copy their ids or export them. Their tokens can never be copied together.

use std::collections::HashSet;

use crate::domain::business::BusinessId;

/// The rows selected together. A single one is only the selected row.
#[derive(Debug, Default)]
pub struct SelectedRows {
    pub(super) ids: HashSet<BusinessId>,
}

impl SelectedRows {
    /// The number of rows selected together, if there are several.
    pub fn several(&self) -> Option<usize> {
        (self.ids.len() > 1).then_some(self.ids.len())
    }

    /// Whether this row is one of several selected rows.
    pub fn contains(&self, id: BusinessId) -> bool {
        self.several().is_some() && self.ids.contains(&id)
    }

    /// Drops the rows that are no longer shown.
    pub(in crate::state) fn retain(&mut self, is_shown: impl Fn(BusinessId) -> bool) {
        self.ids.retain(|id| is_shown(*id));
    }

    pub(super) fn clear(&mut self) {
        self.ids.clear();
    }
}
