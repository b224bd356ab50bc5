//! The journal of a run on disk.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use crate::domain::import::{Journal, JournalEntry, JournalProblem, RowOutcome};
use crate::domain::profile::Profile;
use crate::platform::files::{LineFile, NotRead, read_limited};

use super::read::hex;

/// How much of the hash is in the name.
const NAMED_BYTES: usize = 8;

/// The name of the file; one per profile, and telling nothing of it.
pub(super) fn file_name(profile: &Profile) -> String {
    let whose = format!("{}/{}", profile.environment.host(), profile.partner.0);
    let hash = Sha256::digest(whose.as_bytes());
    format!("import-{}.jsonl", hex(&hash[..NAMED_BYTES]))
}

/// More than the notes of the longest file that can be imported, bytes.
const MAX_BYTES: u64 = 256 << 20;

/// The run of this profile that broke off, if there is one. What notes another profile was not written here by us.
pub(super) fn find(path: &Path, profile: &Profile) -> Option<Result<Journal, JournalProblem>> {
    let text = match read_limited(path, MAX_BYTES) {
        Ok(bytes) => String::from_utf8(bytes),
        Err(NotRead::Missing) => return None,
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

/// Removes the notes of a run that is over.
pub(super) fn forget(path: &Path) {
    if let Err(error) = std::fs::remove_file(path)
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!("{} could not be removed: {error}", path.display());
    }
}

/// What is known of a run, in memory and on disk. Clones are the same notes.
#[derive(Clone)]
pub(super) struct Notes(Arc<Mutex<Book>>);

struct Book {
    journal: Journal,
    file: Option<LineFile>,
    path: Option<PathBuf>,
}

impl Notes {
    /// Opens the file, and makes it for a run that has not begun. Without a path nothing is kept.
    pub(super) fn open(journal: Journal, path: Option<PathBuf>) -> io::Result<Self> {
        let file = match &path {
            None => None,
            Some(path) if journal.outcomes.is_empty() => {
                Some(LineFile::create(path, &journal.first_line())?)
            }
            Some(path) => Some(LineFile::go_on(path)?),
        };
        Ok(Self(Arc::new(Mutex::new(Book {
            journal,
            file,
            path,
        }))))
    }

    /// Notes what is known of a row. A row is on disk before it is sent; an answer that a power
    /// cut loses is only asked for once more.
    pub(super) fn note(&self, line: u64, outcome: RowOutcome) -> io::Result<JournalEntry> {
        let is_before = outcome == RowOutcome::Sending;
        let mut book = self.lock();
        let entry = book.journal.note(line, outcome);
        if let Some(file) = &mut book.file {
            file.add(&entry.to_line())?;
            if is_before {
                file.sync()?;
            }
        }
        Ok(entry)
    }

    /// The run is over.
    pub(super) fn forget(&self) {
        let mut book = self.lock();
        book.file = None;
        if let Some(path) = book.path.take() {
            forget(&path);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::domain::credentials::PartnerId;
    use crate::domain::environment::Environment;
    use crate::domain::import::{
        Delimiter, Encoding, FileFingerprint, JournalHead, Mapping, Repairs,
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
            mapping: Mapping::default(),
            repairs: Repairs::default(),
            to_create: 1,
            started: Timestamp::UNIX_EPOCH,
        };
        Journal::new(head)
    }

    #[test]
    fn notes_of_another_profile_are_not_continued() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(file_name(&profile(1)));
        assert!(find(&path, &profile(1)).is_none());
        Notes::open(journal(), Some(path.clone())).unwrap();
        assert!(matches!(find(&path, &profile(1)), Some(Ok(_))));
        let other = find(&path, &profile(2));
        assert!(
            matches!(other, Some(Err(JournalProblem::Unreadable))),
            "{other:?}"
        );
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
