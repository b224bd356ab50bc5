//! The journal file of a run.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sha2::{Digest as _, Sha256};

use crate::domain::import::{Journal, JournalEntry, JournalProblem, RowOutcome};
use crate::domain::profile::Profile;
use crate::domain::text::hex;
use crate::platform::files::{AppFolder, LineFile, ReadError, is_in_use, read_limited};
use crate::state::import::messages::ForgottenJournal;

/// How many bytes of the hash are in the file name.
const NAMED_BYTES: usize = 8;

/// The name of the journal file: one per profile, without revealing the profile.
pub(super) fn file_name(profile: &Profile) -> String {
    let base = profile.environment.base_url();
    // The scheme is part of the hash, because another scheme is another server.
    let server = base.to_string();
    let server = server.strip_prefix("https://").unwrap_or(&server);
    let whose = format!("{}/{}", server.trim_end_matches('/'), profile.partner.0);
    let hash = Sha256::digest(whose.as_bytes());
    format!("import-{}.jsonl", hex(&hash[..NAMED_BYTES]))
}

/// Largest journal accepted, bytes: more than the longest importable file can produce.
const MAX_BYTES: u64 = 256 << 20;

/// How long to wait for a stopped run to close its journal, because it may still be writing the last line.
#[cfg(not(test))]
const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);
#[cfg(test)]
const CLOSE_TIMEOUT: Duration = Duration::ZERO;

/// The path of the journal, in a folder that is created if missing; `None` if the run may leave no trace. A journal left by an earlier session is
/// updated in any case.
pub(super) fn place(place: Option<(PathBuf, AppFolder)>, leaves_trace: bool) -> Option<PathBuf> {
    let (path, folder) = place?;
    if !leaves_trace && !path.exists() {
        return None;
    }
    if let Err(error) = folder.ensure() {
        tracing::warn!("the app's folder could not be made: {error}");
    }
    Some(path)
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
    file: Option<LineFile>,
    path: Option<PathBuf>,
}

impl RunJournal {
    /// Opens the journal file, or creates it for a new run. Without a path, nothing is stored.
    pub(super) fn open(journal: Journal, path: Option<PathBuf>) -> io::Result<Self> {
        if let Some(path) = &path
            && is_in_use(path, CLOSE_TIMEOUT)
        {
            let why = "another import of this profile is running";
            return Err(io::Error::new(io::ErrorKind::ResourceBusy, why));
        }
        let file = match &path {
            None => None,
            Some(path) if journal.outcomes.is_empty() => {
                Some(LineFile::create(path, &journal.first_line())?.claim()?)
            }
            Some(path) => match read(path, &journal.head.profile) {
                Some(Ok(there)) if there.head.started == journal.head.started => {
                    Some(LineFile::append_to(path)?.claim()?)
                }
                _ => return Err(io::Error::other("they belong to another import now")),
            },
        };
        Ok(Self(Arc::new(Mutex::new(OpenJournal {
            journal,
            file,
            path,
        }))))
    }

    /// Records the state of a row. A row is synced to disk before it is sent; losing a response to a power cut only means sending the request again.
    ///
    /// If that fails before sending, the row keeps its previous state, because it is not sent.
    pub(super) fn note(&self, row: usize, outcome: RowOutcome) -> io::Result<JournalEntry> {
        let is_before = outcome == RowOutcome::Sending;
        let mut book = self.lock();
        let previous = book.journal.outcomes.get(&row).cloned();
        let entry = book.journal.note(row, outcome);
        let written = book.write(&entry, is_before);
        if written.is_err() && is_before {
            match previous {
                Some(previous) => book.journal.outcomes.insert(row, previous),
                None => book.journal.outcomes.remove(&row),
            };
        }
        written.map(|()| entry)
    }

    /// Deletes the journal, because the run has ended.
    pub(super) fn forget(&self) {
        let mut book = self.lock();
        book.file = None;
        if let Some(path) = book.path.take() {
            let notes = ForgottenJournal::OfRun(book.journal.head.started);
            forget(&path, &book.journal.head.profile, notes);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, OpenJournal> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OpenJournal {
    fn write(&mut self, entry: &JournalEntry, is_synced: bool) -> io::Result<()> {
        let Some(file) = &mut self.file else {
            return Ok(());
        };
        file.add(&entry.to_line())?;
        if is_synced {
            file.sync()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::domain::credentials::PartnerId;
    use crate::domain::environment::{BaseUrl, Environment};
    use crate::domain::import::{
        Corrections, Delimiter, Encoding, FileFingerprint, JournalHead, Mapping, Repairs,
    };

    fn profile(partner: u128) -> Profile {
        Profile {
            environment: Environment::Sandbox,
            partner: PartnerId(Uuid::from_u128(partner)),
        }
    }

    fn journal() -> Journal {
        let head = JournalHead {
            file: "list.csv".to_owned(),
            fingerprint: FileFingerprint {
                bytes: 1,
                sha256: String::new(),
            },
            profile: profile(1),
            encoding: Encoding::Utf8,
            delimiter: Delimiter::Comma,
            header_row: 0,
            mapping: Mapping::default(),
            repairs: Repairs::default(),
            corrections: Corrections::default(),
            to_create: 1,
            started: Timestamp::UNIX_EPOCH,
        };
        Journal::new(head)
    }

    #[test]
    fn a_run_that_leaves_no_trace_makes_no_folder() {
        let parent = tempfile::tempdir().unwrap();
        let folder = AppFolder::at(parent.path().join("data"));
        let path = folder.file("import.jsonl");
        let at = || Some((path.clone(), folder.clone()));
        assert_eq!(place(at(), false), None);
        assert!(!folder.root().exists());
        assert_eq!(place(at(), true), Some(path.clone()));
        assert!(folder.root().is_dir());
        std::fs::write(&path, "notes").unwrap();
        assert_eq!(
            place(at(), false),
            Some(path.clone()),
            "it is kept up to date"
        );
    }

    #[test]
    fn notes_of_another_profile_are_not_continued() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(file_name(&profile(1)));
        assert!(find(&path, &profile(1)).is_none());
        RunJournal::open(journal(), Some(path.clone())).unwrap();
        assert!(matches!(find(&path, &profile(1)), Some(Ok(_))));
        let other = find(&path, &profile(2));
        assert!(
            matches!(other, Some(Err(JournalProblem::Unreadable))),
            "{other:?}"
        );
    }

    fn begun(second: i64) -> Journal {
        let mut journal = journal();
        journal.head.started = Timestamp::from_second(second).unwrap();
        journal
    }

    /// An earlier run may end, or be discarded, after the next one has started.
    #[test]
    fn notes_belong_to_their_run() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(file_name(&profile(1)));
        let first = RunJournal::open(begun(1), Some(path.clone())).unwrap();
        std::fs::remove_file(&path).unwrap();
        let second = RunJournal::open(begun(2), Some(path.clone())).unwrap();
        first.forget();
        forget(
            &path,
            &profile(1),
            ForgottenJournal::OfRun(begun(1).head.started),
        );
        forget(&path, &profile(1), ForgottenJournal::Unusable);
        assert!(
            path.exists(),
            "the notes of the second run are still needed"
        );
        let mut resumed = begun(1);
        resumed.note(0, RowOutcome::Sending);
        let refused = RunJournal::open(resumed, Some(path.clone()));
        assert!(refused.is_err(), "rows of one run among those of another");
        second.forget();
        assert!(!path.exists());
    }

    #[test]
    fn notes_of_an_earlier_version_are_removed_once_they_were_told_of() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(file_name(&profile(1)));
        let old = journal()
            .first_line()
            .replace("\"version\":2", "\"version\":1");
        std::fs::write(&path, old).unwrap();
        let found = find(&path, &profile(1));
        assert!(
            matches!(&found, Some(Err(JournalProblem::Older { file })) if file == "list.csv"),
            "{found:?}"
        );
        forget(
            &path,
            &profile(1),
            ForgottenJournal::OfRun(Timestamp::UNIX_EPOCH),
        );
        assert!(path.exists());
        forget(&path, &profile(1), ForgottenJournal::Unusable);
        assert!(!path.exists());
    }

    #[test]
    fn notes_of_a_run_that_goes_on_are_neither_offered_nor_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(file_name(&profile(1)));
        let notes = RunJournal::open(journal(), Some(path.clone())).unwrap();
        notes.note(1, RowOutcome::Sending).unwrap();
        assert!(find(&path, &profile(1)).is_none());
        assert!(RunJournal::open(journal(), Some(path.clone())).is_err());
        drop(notes);
        let Some(Ok(left)) = find(&path, &profile(1)) else {
            panic!("it broke off");
        };
        assert_eq!(left.outcomes.len(), 1, "and kept its row");
        RunJournal::open(left, Some(path)).unwrap();
    }

    #[test]
    fn a_row_that_could_not_be_recorded_counts_as_never_sent() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.jsonl");
        let notes = RunJournal::open(journal(), Some(path.clone())).unwrap();
        let full = LineFile::read_only(&path).unwrap();
        let working = notes.lock().file.replace(full);
        assert!(notes.note(0, RowOutcome::Sending).is_err());
        assert!(notes.lock().journal.outcomes.is_empty());
        notes.lock().file = working;
        let entry = notes.note(0, RowOutcome::Sending).unwrap();
        assert_eq!(entry.outcome, RowOutcome::Sending, "nothing is in doubt");

        notes.lock().file = Some(LineFile::read_only(&path).unwrap());
        let doubt = RowOutcome::Unclear {
            reason: "No answer.".to_owned(),
        };
        assert!(notes.note(0, doubt.clone()).is_err());
        assert_eq!(notes.lock().journal.outcomes[&0], doubt, "it was sent");
    }

    #[test]
    fn each_server_has_notes_of_its_own() {
        let at = |url: &str| {
            file_name(&Profile {
                environment: Environment::at(BaseUrl::parse(url).unwrap()),
                ..profile(1)
            })
        };
        assert_ne!(at("http://localhost:8080"), at("https://localhost:8080"));
        assert_eq!(at("https://sandbox.thredfi.com"), file_name(&profile(1)));
        // Named as in earlier versions.
        let whose = format!("sandbox.thredfi.com/{}", Uuid::from_u128(1));
        let hash = hex(&Sha256::digest(whose)[..NAMED_BYTES]);
        assert_eq!(file_name(&profile(1)), format!("import-{hash}.jsonl"));
    }

    #[cfg(unix)]
    #[test]
    fn what_a_link_leads_to_is_not_taken_for_notes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(file_name(&profile(1)));
        let target = folder.path().join("elsewhere");
        std::fs::write(&target, journal().first_line()).unwrap();
        std::os::unix::fs::symlink(&target, &path).unwrap();
        let found = find(&path, &profile(1));
        assert!(matches!(found, Some(Err(JournalProblem::Unreadable))));
        let mut resumed = journal();
        resumed.note(0, RowOutcome::Sending);
        assert!(RunJournal::open(resumed, Some(path.clone())).is_err());
        forget(&path, &profile(1), ForgottenJournal::Unusable);
        assert!(target.exists() && !path.is_symlink());
    }

    #[test]
    fn what_is_no_file_of_notes_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let found = find(folder.path(), &profile(1));
        assert!(matches!(found, Some(Err(JournalProblem::Unreadable))));
        let path = folder.path().join("large");
        let file = std::fs::File::create(&path).unwrap();
        file.set_len(MAX_BYTES + 1).unwrap();
        let found = find(&path, &profile(1));
        assert!(matches!(found, Some(Err(JournalProblem::Unreadable))));
    }
}
