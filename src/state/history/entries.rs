//! Helpers that build entries of the history.

use crate::domain::history::{HistoryAction, HistoryCounts, HistoryEntry, HistoryProfile};
use crate::domain::import::Tally;
use crate::domain::profile::Profile;
use crate::domain::time::Now;
use crate::domain::token::Fingerprint;

/// An entry with the profile it is about. The entry itself has only a short form of that, which is not enough to decide
/// whether it may be saved.
pub(super) struct NotedEntry {
    pub(super) profile: Option<Profile>,
    pub(super) entry: HistoryEntry,
}

impl NotedEntry {
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

pub(super) fn counts(tally: Tally) -> HistoryCounts {
    HistoryCounts {
        done: tally.created as u64,
        existed: tally.existed as u64,
        failed: (tally.rejected + tally.open) as u64,
    }
}

pub(super) fn rotated(profile: &Profile, new: Option<Fingerprint>, now: Now) -> HistoryEntry {
    let mut entry = entry(Some(profile), HistoryAction::Rotated, now);
    entry.fingerprint = new;
    entry
}
