//! Reading the archived businesses from the server.

use std::collections::{HashMap, HashSet};

use crate::domain::business::BusinessId;

/// Whether the archived businesses were read since the list was last refreshed.
#[derive(Debug, Default)]
pub(in crate::state) enum ArchiveReading {
    #[default]
    NotRequested,
    /// With what the user has archived (`true`) or unarchived meanwhile, which the answer may not have.
    UnderWay(HashMap<BusinessId, bool>),
    Read,
}

impl ArchiveReading {
    /// Returns whether to request them, which is then under way.
    pub(in crate::state) fn begin(&mut self) -> bool {
        let begins = matches!(self, Self::NotRequested);
        if begins {
            *self = Self::UnderWay(HashMap::new());
        }
        begins
    }

    /// Records that the user has archived or unarchived a business.
    pub(in crate::state) fn changed(&mut self, id: BusinessId, is_archived: bool) {
        if let Self::UnderWay(changes) = self {
            changes.insert(id, is_archived);
        }
    }

    /// Ends the reading with these ids, and returns them with what has changed meanwhile.
    pub(in crate::state) fn ended(&mut self, mut ids: HashSet<BusinessId>) -> HashSet<BusinessId> {
        if let Self::UnderWay(changes) = std::mem::replace(self, Self::Read) {
            for (id, is_archived) in changes {
                if is_archived {
                    ids.insert(id);
                } else {
                    ids.remove(&id);
                }
            }
        }
        ids
    }

    /// Stops the reading. The next filter about the archive requests it again.
    pub(in crate::state) fn stop(&mut self) {
        if matches!(self, Self::UnderWay(_)) {
            *self = Self::NotRequested;
        }
    }

    /// Lets the next filter about the archive request them again.
    pub(in crate::state) fn refresh(&mut self) {
        if matches!(self, Self::Read) {
            *self = Self::NotRequested;
        }
    }
}
