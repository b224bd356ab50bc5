//! The journal file of a run.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use parking_lot::Mutex;
use sha2::{Digest as _, Sha256};

use crate::domain::import::{
    Journal, JournalEntry, JournalProblem, RowOutcome, Tally, recorded_line,
};
use crate::domain::profile::Profile;
use crate::domain::text::{excerpt, hex};
use crate::platform::files::{AppFolder, FilesError, LineFile, ReadError, is_in_use, read_limited};
use crate::state::import::messages::ForgottenJournal;

/// How many bytes of the hash are in the file name.
const NAMED_BYTES: usize = 8;

/// Why a journal is not written, if its path has that of another run.
const OTHER_IMPORT: &str = "It belongs to another import now";

/// The name of the journal file: one per profile, without revealing the profile.
pub(super) fn file_name(profile: &Profile) -> String {
    let base = profile.environment.base_url();
    // The scheme is part of the hash, because another scheme is another server.
    let whose = format!("{base}/{}", profile.partner.0);
    let hash = Sha256::digest(whose.as_bytes());
    format!("import-{}.jsonl", hex(&hash[..NAMED_BYTES]))
}

/// Largest journal accepted, bytes: more than the longest importable file can produce.
const MAX_BYTES: u64 = 256 << 20;

/// How many bytes the reasons for rejected rows may take up. Later reasons are shortened, because a journal above `MAX_BYTES` could not be
/// read.
const MAX_REASON_BYTES: usize = 64 << 20;

/// Length of a shortened reason, characters.
const SHORT_REASON_LEN: usize = 200;

/// How long to wait for a stopped run to close its journal, because it may still be writing the last line.
#[cfg(not(test))]
const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);
#[cfg(test)]
const CLOSE_TIMEOUT: Duration = Duration::ZERO;

/// The path of a journal, and the folder of the app that it is in.
#[derive(Debug, Clone)]
pub(super) struct JournalLocation {
    pub(super) path: PathBuf,
    pub(super) folder: AppFolder,
}

impl JournalLocation {
    /// The same if the run may leave traces. A journal left by an earlier session is updated in any case.
    pub(super) fn if_persisted(self, may_persist: bool) -> Option<Self> {
        (may_persist || self.path.exists()).then_some(self)
    }

    /// Prepares the folder for a write.
    fn prepare(&self) -> io::Result<()> {
        self.folder.ensure().map_err(|error| match error {
            // The advice depends on its kind.
            FilesError::Io { source, .. } => source,
            FilesError::NoHome | FilesError::TakenOver(_) => io::Error::other(error),
        })
    }
}

/// The interrupted run of this profile, if any. A journal that names another profile counts as unreadable, because we would not have written it here.
/// While another run still uses the journal, nothing was interrupted.
pub(super) fn find(path: &Path, profile: &Profile) -> Option<Result<Journal, JournalProblem>> {
    if !path.is_symlink() && is_in_use(path, CLOSE_TIMEOUT) {
        return None;
    }
    read(path, profile)
}

fn read(path: &Path, profile: &Profile) -> Option<Result<Journal, JournalProblem>> {
    // We did not write whatever a link points to.
    if path.is_symlink() {
        return Some(Err(JournalProblem::Unreadable));
    }
    let text = match read_limited(path, MAX_BYTES) {
        Ok(bytes) => String::from_utf8(bytes),
        Err(ReadError::Missing) => return None,
        Err(_) => return Some(Err(JournalProblem::Unreadable)),
    };
    let journal = text
        .map_err(|_| JournalProblem::Unreadable)
        .and_then(|text| Journal::replay(&text));
    Some(match journal {
        Ok(journal) if journal.head.profile != *profile => Err(JournalProblem::Unreadable),
        journal => journal,
    })
}

/// Notes in the journal of the run that started at this time that the history has these results.
pub(super) fn record_results(path: &Path, profile: &Profile, started: Timestamp, results: Tally) {
    // On Windows, a claimed file cannot be read. The run is just ending.
    if cfg!(windows) {
        is_in_use(path, CLOSE_TIMEOUT);
    }
    let is_meant =
        matches!(read(path, profile), Some(Ok(journal)) if journal.head.started == started);
    let noted = is_meant.then(|| LineFile::append_to(path)?.add(&recorded_line(results)));
    if let Some(Err(error)) = noted {
        tracing::warn!("{} could not be written: {error}", path.display());
    }
}

/// Deletes a journal that is no longer needed, unless another run has replaced it by its own.
pub(super) fn forget(path: &Path, profile: &Profile, which: ForgottenJournal) {
    let is_meant = match (which, find(path, profile)) {
        (ForgottenJournal::All, _) => true,
        (ForgottenJournal::OfRun(started), Some(Ok(journal))) => journal.head.started == started,
        (ForgottenJournal::Unusable, Some(Err(problem))) => problem != JournalProblem::Newer,
        _ => false,
    };
    if is_meant {
        remove(path);
    }
}

fn open_file(
    location: &JournalLocation,
    journal: &Journal,
    replaces: Option<Timestamp>,
) -> io::Result<LineFile> {
    let path = &location.path;
    location.prepare()?;
    let refused = |why| Err(io::Error::other(why));
    match read(path, &journal.head.profile) {
        Some(Ok(there)) if there.head.started == journal.head.started => {
            let mut file = LineFile::append_to(path)?.claim()?;
            file.add(&journal.total_line())?;
            Ok(file)
        }
        _ if !journal.outcomes.is_empty() => refused(OTHER_IMPORT),
        Some(Err(JournalProblem::Newer)) => refused(
            "A newer version of the console keeps the record of an interrupted import. Resume or discard that \
             import there first",
        ),
        Some(Ok(there)) if there.left() > 0 && Some(there.head.started) != replaces => refused(
            "There is the record of an interrupted import. Sign in again to resume or discard it",
        ),
        None | Some(Ok(_) | Err(JournalProblem::Unreadable)) => {
            LineFile::create(path, &journal.first_line())?.claim()
        }
    }
}

/// Writes the whole journal again, because its file was removed or replaced, for example with the folder.
fn write_again(location: &JournalLocation, journal: &Journal) -> io::Result<LineFile> {
    location.prepare()?;
    match read(&location.path, &journal.head.profile) {
        Some(Ok(there)) if there.head.started != journal.head.started => {
            Err(io::Error::other(OTHER_IMPORT))
        }
        Some(Err(JournalProblem::Newer)) => Err(io::Error::other(OTHER_IMPORT)),
        None | Some(Ok(_) | Err(JournalProblem::Unreadable)) => {
            LineFile::create(&location.path, &journal.to_text())?.claim()
        }
    }
}

fn remove(path: &Path) {
    if let Err(error) = std::fs::remove_file(path)
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!("{} could not be removed: {error}", path.display());
    }
}

/// What is known about a run, in memory and on disk. Clones share it.
#[derive(Clone)]
pub(super) struct RunJournal(Arc<Mutex<OpenJournal>>);

struct OpenJournal {
    journal: Journal,
    /// How many bytes the reasons for rejected rows take up.
    reason_bytes: usize,
    /// Nothing is stored without it.
    stored: Option<(LineFile, JournalLocation)>,
}

impl RunJournal {
    /// Opens the journal file, or creates it for a new run. Without a location, nothing is stored. A new run replaces
    /// the journal of an interrupted one only if the user has discarded that: `replaces` is when it started.
    pub(super) fn open(
        journal: Journal,
        location: Option<JournalLocation>,
        replaces: Option<Timestamp>,
    ) -> io::Result<Self> {
        if let Some(location) = &location
            && is_in_use(&location.path, CLOSE_TIMEOUT)
        {
            let why = "another import of this profile is running";
            return Err(io::Error::new(io::ErrorKind::ResourceBusy, why));
        }
        let stored = match location {
            None => None,
            Some(location) => Some((open_file(&location, &journal, replaces)?, location)),
        };
        let reason_bytes = journal.outcomes.values().map(reason_len).sum();
        Ok(Self(Arc::new(Mutex::new(OpenJournal {
            journal,
            reason_bytes,
            stored,
        }))))
    }

    /// Records the state of a row. A row is synced to disk before it is sent; losing a response to a power cut only means sending the request again.
    ///
    /// If that fails before sending, the row keeps its previous state, because it is not sent.
    pub(super) fn record(&self, row: usize, outcome: RowOutcome) -> io::Result<JournalEntry> {
        let is_before = outcome == RowOutcome::Sending;
        let mut open = self.0.lock();
        let outcome = open.bounded(outcome);
        let previous = open.journal.outcomes.get(&row).cloned();
        let entry = open.journal.record(row, outcome);
        let written = open.write(&entry, is_before);
        if written.is_err() && is_before {
            match previous {
                Some(previous) => open.journal.outcomes.insert(row, previous),
                None => open.journal.outcomes.remove(&row),
            };
        }
        written.map(|()| entry)
    }

    /// Deletes the journal, because the run has ended.
    pub(super) fn forget(&self) {
        let mut open = self.0.lock();
        if let Some((file, location)) = open.stored.take() {
            // While it is open, it counts as in use.
            drop(file);
            let notes = ForgottenJournal::OfRun(open.journal.head.started);
            forget(&location.path, &open.journal.head.profile, notes);
        }
    }
}

/// Bytes of the reason for a rejected row. The other reasons are short.
fn reason_len(outcome: &RowOutcome) -> usize {
    match outcome {
        RowOutcome::Rejected { reason } => reason.len(),
        RowOutcome::Sending
        | RowOutcome::Unknown { .. }
        | RowOutcome::Created { .. }
        | RowOutcome::Existed { .. } => 0,
    }
}

impl OpenJournal {
    /// The outcome, with a shortened reason if the reasons so far take up too much.
    fn bounded(&mut self, outcome: RowOutcome) -> RowOutcome {
        let is_full = self.reason_bytes + reason_len(&outcome) > MAX_REASON_BYTES;
        let outcome = match outcome {
            RowOutcome::Rejected { reason } if is_full => RowOutcome::Rejected {
                reason: excerpt(&reason, SHORT_REASON_LEN),
            },
            other => other,
        };
        self.reason_bytes += reason_len(&outcome);
        outcome
    }

    fn write(&mut self, entry: &JournalEntry, is_synced: bool) -> io::Result<()> {
        let Some((file, location)) = &mut self.stored else {
            return Ok(());
        };
        if file.is_at(&location.path) {
            file.add(&entry.to_line())?;
        } else {
            *file = write_again(location, &self.journal)?;
        }
        if is_synced {
            file.sync()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
