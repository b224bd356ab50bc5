//! The journal of a run on disk.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use crate::domain::import::{Journal, JournalEntry, JournalProblem, RowOutcome};
use crate::domain::profile::Profile;
use crate::platform::files::LineFile;

use super::read::hex;

/// How much of the hash is in the name.
const NAMED_BYTES: usize = 8;

/// The name of the file; one per profile, and telling nothing of it.
pub(super) fn file_name(profile: &Profile) -> String {
    let whose = format!("{}/{}", profile.environment.host(), profile.partner.0);
    let hash = Sha256::digest(whose.as_bytes());
    format!("import-{}.jsonl", hex(&hash[..NAMED_BYTES]))
}

/// The run that broke off, if there is one.
pub(super) fn find(path: &Path) -> Option<Result<Journal, JournalProblem>> {
    match std::fs::read_to_string(path) {
        Ok(text) => Some(Journal::replay(&text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(_) => Some(Err(JournalProblem::Unreadable)),
    }
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
