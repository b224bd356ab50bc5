//! Reading the archived businesses from the server.

use std::collections::HashMap;

use crate::domain::business::BusinessId;
use crate::state::list::messages::LoadNumber;

/// Whether the archived businesses were read since the list was last refreshed.
#[derive(Debug, Default)]
pub(in crate::state) struct ArchiveReading {
    /// The number of the latest reading.
    number: LoadNumber,
    step: ArchiveStep,
}

#[derive(Debug, Default)]
enum ArchiveStep {
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
    /// Returns the number of the reading that is now to be requested, if any. One that the user waits for replaces a quiet one.
    pub(in crate::state) fn begin(&mut self, is_quiet: bool) -> Option<LoadNumber> {
        let changes = match &mut self.step {
            ArchiveStep::NotRequested => HashMap::new(),
            ArchiveStep::UnderWay {
                changes,
                is_quiet: true,
            } if !is_quiet => std::mem::take(changes),
            ArchiveStep::UnderWay { .. } | ArchiveStep::Read => return None,
        };
        self.step = ArchiveStep::UnderWay { changes, is_quiet };
        self.number.0 += 1;
        Some(self.number)
    }

    pub(in crate::state) fn is_under_way(&self) -> bool {
        matches!(self.step, ArchiveStep::UnderWay { .. })
    }

    /// Whether this reading is under way.
    pub(in crate::state) fn is_current(&self, number: LoadNumber) -> bool {
        self.is_under_way() && self.number == number
    }

    /// Whether they are being read without the user waiting for them.
    pub(in crate::state) fn is_quiet(&self) -> bool {
        matches!(self.step, ArchiveStep::UnderWay { is_quiet: true, .. })
    }

    /// Whether this reading has told which businesses are archived.
    pub(in crate::state) fn has_read(&self, number: LoadNumber) -> bool {
        matches!(self.step, ArchiveStep::Read) && self.number == number
    }

    /// Records that the user has archived or unarchived a business.
    pub(in crate::state) fn changed(&mut self, id: BusinessId, is_archived: bool) {
        if let ArchiveStep::UnderWay { changes, .. } = &mut self.step {
            changes.insert(id, is_archived);
        }
    }

    /// Ends the reading, and returns what the user has changed meanwhile.
    pub(in crate::state) fn ended(&mut self) -> HashMap<BusinessId, bool> {
        match std::mem::replace(&mut self.step, ArchiveStep::Read) {
            ArchiveStep::UnderWay { changes, .. } => changes,
            ArchiveStep::NotRequested | ArchiveStep::Read => HashMap::new(),
        }
    }

    /// Ignores the answer of a running reading, and lets the end of the next load, or a filter about the archive, request another.
    pub(in crate::state) fn reset(&mut self) {
        self.step = ArchiveStep::NotRequested;
    }
}
