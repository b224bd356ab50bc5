//! Helpers that build entries of the history.

use crate::domain::history::{
    HistoryAction, HistoryCounts, HistoryEntry, HistoryOutcome, HistoryProfile,
};
use crate::domain::import::{Journal, Tally};
use crate::domain::profile::Profile;
use crate::domain::text::ServerText;
use crate::domain::time::Now;
use crate::domain::token::Fingerprint;
use crate::state::import::open_file::file_of;
use crate::state::import::run::ImportRun;

/// An entry with the profile it is about. The entry itself has only a short form of that, which is not enough to decide
/// whether it may be saved.
pub(super) struct PendingEntry {
    pub(super) profile: Option<Profile>,
    pub(super) entry: HistoryEntry,
}

impl PendingEntry {
    pub(super) fn of(profile: &Profile, entry: HistoryEntry) -> Self {
        Self {
            profile: Some(profile.clone()),
            entry,
        }
    }
}

pub(super) fn entry(profile: Option<&Profile>, action: HistoryAction, now: Now) -> HistoryEntry {
    HistoryEntry::new(now.wall, profile.map(HistoryProfile::from), action)
}

/// An import, from which its entries are made.
pub(super) struct ImportResults {
    /// Name of the file.
    file: String,
    tally: Tally,
    /// The results that earlier entries count.
    recorded: Option<Tally>,
    /// Number of rows without a final result, including those that were sent.
    left: usize,
    /// Number of rows that the dry run found to exist, and that were not sent.
    existing: usize,
    /// Number of rows that the dry run found to be invalid, and that were not sent.
    invalid: usize,
}

impl From<&ImportRun> for ImportResults {
    fn from(run: &ImportRun) -> Self {
        Self {
            file: file_of(&run.journal).1,
            tally: run.tally(),
            recorded: run.journal.recorded,
            left: run.left(),
            existing: run.existing(),
            invalid: run.invalid(),
        }
    }
}

impl From<&Journal> for ImportResults {
    fn from(journal: &Journal) -> Self {
        Self {
            file: file_of(journal).1,
            tally: journal.tally(),
            recorded: journal.recorded,
            left: journal.left(),
            existing: 0,
            invalid: 0,
        }
    }
}

impl ImportResults {
    /// These results, of which earlier entries already count `recorded`.
    pub(super) fn since(self, recorded: Option<Tally>) -> Self {
        Self { recorded, ..self }
    }

    /// The results without those that an entry may still count.
    pub(super) fn settled(&self) -> Tally {
        self.tally.settled()
    }

    /// The counts since the last entry of an import that can be resumed. Rows without a result are left.
    pub(super) fn so_far(&self) -> HistoryCounts {
        let new = self.tally.since(self.recorded);
        HistoryCounts {
            done: new.created as u64,
            existed: new.existed as u64,
            failed: new.rejected as u64,
            left: self.left as u64,
            ..HistoryCounts::default()
        }
    }

    /// The counts since the last entry of an import that is over, as on the page of its result.
    pub(super) fn at_end(&self) -> HistoryCounts {
        let so_far = self.so_far();
        let open = self.tally.unknown as u64;
        HistoryCounts {
            existed: so_far.existed + self.existing as u64,
            invalid: self.invalid as u64,
            unknown: open,
            left: so_far.left - open,
            ..so_far
        }
    }

    /// The entry for an action on the whole import.
    pub(super) fn entry_in_all(self, entry: HistoryEntry) -> HistoryEntry {
        let whole = self.since(None);
        whole.naming_file(entry).counting(whole.so_far())
    }

    /// Names the file.
    pub(super) fn naming_file(&self, entry: HistoryEntry) -> HistoryEntry {
        entry.named(&ServerText::from(self.file.as_str()))
    }
}

/// The entry for an import that was interrupted.
pub(super) fn interrupted(profile: &Profile, results: &ImportResults, now: Now) -> PendingEntry {
    let entry = results.naming_file(entry(Some(profile), HistoryAction::Imported, now));
    let entry = entry.counting(results.so_far());
    PendingEntry::of(profile, entry.ended(HistoryOutcome::Interrupted))
}

pub(super) fn rotated(profile: &Profile, new: Option<Fingerprint>, now: Now) -> HistoryEntry {
    let mut entry = entry(Some(profile), HistoryAction::Rotated, now);
    entry.fingerprint = new;
    entry
}
