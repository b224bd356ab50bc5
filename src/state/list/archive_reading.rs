//! Reading the archived businesses from the server.

use std::collections::{HashMap, HashSet};

use crate::domain::business::BusinessId;

/// Whether the archived businesses were read since the list was last refreshed.
#[derive(Debug, Default)]
pub(in crate::state) enum ArchiveReading {
    #[default]
    NotRequested,
    UnderWay {
        /// What the user has archived (`true`) or unarchived meanwhile, which the answer may not have.
        changes: HashMap<BusinessId, bool>,
        /// Whether only the status of the listed businesses needs it. Then a failure is not reported.
        is_quiet: bool,
    },
    Read,
}

impl ArchiveReading {
    /// Returns whether to request them, which is then under way. A request that the user waits for replaces a quiet one.
    pub(in crate::state) fn begin(&mut self, is_quiet: bool) -> bool {
        let changes = match self {
            Self::NotRequested => HashMap::new(),
            Self::UnderWay {
                changes,
                is_quiet: true,
            } if !is_quiet => std::mem::take(changes),
            Self::UnderWay { .. } | Self::Read => return false,
        };
        *self = Self::UnderWay { changes, is_quiet };
        true
    }

    pub(in crate::state) fn is_under_way(&self) -> bool {
        matches!(self, Self::UnderWay { .. })
    }

    /// Whether they are being read without the user waiting for them.
    pub(in crate::state) fn is_quiet(&self) -> bool {
        matches!(self, Self::UnderWay { is_quiet: true, .. })
    }

    /// Whether they were read, and their rows are wanted.
    pub(in crate::state) fn is_read(&self) -> bool {
        matches!(self, Self::Read)
    }

    /// Records that the user has archived or unarchived a business.
    pub(in crate::state) fn changed(&mut self, id: BusinessId, is_archived: bool) {
        if let Self::UnderWay { changes, .. } = self {
            changes.insert(id, is_archived);
        }
    }

    /// Ends the reading with these ids, and returns them with what has changed meanwhile. If it was quiet and not all of
    /// them `are_listed`, a filter about the archive has to read them again, to get their rows.
    pub(in crate::state) fn ended(
        &mut self,
        mut ids: HashSet<BusinessId>,
        are_listed: impl FnOnce(&HashSet<BusinessId>) -> bool,
    ) -> HashSet<BusinessId> {
        let is_read = !self.is_quiet() || are_listed(&ids);
        let next = match is_read {
            true => Self::Read,
            false => Self::NotRequested,
        };
        if let Self::UnderWay { changes, .. } = std::mem::replace(self, next) {
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

    /// Stops the reading. The next load, or filter about the archive, requests it again.
    pub(in crate::state) fn stop(&mut self) {
        if self.is_under_way() {
            *self = Self::NotRequested;
        }
    }

    /// Lets the end of the next load, or a filter about the archive, request them again.
    pub(in crate::state) fn refresh(&mut self) {
        if matches!(self, Self::Read) {
            *self = Self::NotRequested;
        }
    }
}
