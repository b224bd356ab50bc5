//! A log of JSON lines that only grows. It is split into several files before one becomes too large or too old.
//!
//! New lines go to `history.jsonl`. When it is full, it becomes `history.1.jsonl`, the previous `history.1.jsonl` becomes `history.2.jsonl`, and so
//! on. Each step is one rename, so a crash in between only leaves a gap in the numbers.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use super::atomic::check_room;
use super::document::move_aside;
use super::files_error::FilesError;
use super::folder::AppFolder;
use super::limited::{ReadError, read_limited};
use super::lines::{LineFile, RETRY_INTERVAL};
use super::lock::open_lock;

/// A larger file, in bytes, is not ours: 16 MiB, far beyond any limit for starting a new file.
const MAX_BYTES: u64 = 16 << 20;

/// The clock counts as correct if some entry is at least this old by it, yet younger than the age limit.
const CLOCK_TRUSTED_AFTER: Duration = Duration::from_hours(7 * 24);

/// Writing a line takes milliseconds, so a program that holds the log for longer than this is stopped or deadlocked.
const WAIT_LIMIT: Duration = Duration::from_secs(10);

/// When to start a new file, and what to delete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogLimits {
    /// A new file is started before the current one would exceed this size in bytes.
    pub file_bytes: u64,
    /// A new file is started once the first line of the current one is this old.
    pub file_age: Duration,
    /// Maximum number of older files.
    pub files: u32,
    /// An older file is deleted once its last line is this old.
    pub age: Duration,
}

/// Returns when a line was written, if it can be read.
pub type LineTimestamp = fn(&str) -> Option<Timestamp>;

/// A log: its current file and the older ones.
#[derive(Debug)]
pub struct Log {
    folder: AppFolder,
    stem: &'static str,
    limits: LogLimits,
    time_of: LineTimestamp,
    /// Whether this run has already deleted what is too old.
    has_pruned: bool,
}

/// While this exists, no other program writes to the log.
#[derive(Debug)]
pub(super) struct LogLock {
    /// `None` if the lock file cannot be opened; then nobody can write.
    _file: Option<File>,
}

impl Log {
    /// The log of this name. Opens and creates nothing yet.
    pub fn new(
        folder: AppFolder,
        stem: &'static str,
        limits: LogLimits,
        time_of: LineTimestamp,
    ) -> Self {
        Self {
            folder,
            stem,
            limits,
            time_of,
            has_pruned: false,
        }
    }

    /// Appends a line, given without its line break, and syncs it to disk. Opens the file each time, so that it may be moved or removed in between,
    /// and first repairs what a crash or a full disk left behind.
    ///
    /// Anything of this name that is not our file is moved aside, and its new path returned. That includes links: a link's target is neither written
    /// nor split.
    ///
    /// # Errors
    /// [`FilesError`]; the line is then missing, or written in part and removed with the next line.
    pub fn add(&mut self, line: &str, now: Timestamp) -> Result<Option<PathBuf>, FilesError> {
        self.folder.ensure()?;
        let path = self.path(0);
        let _turn = self.lock()?;
        self.try_to_add(&path, line, now)
            .map_err(FilesError::io(&path))
    }

    /// Checks that a line could be added now, as far as that is possible without adding one.
    ///
    /// # Errors
    /// [`FilesError`] if the folder is missing, not writable or full, or if another program holds the log.
    pub fn check_writable(&self) -> Result<(), FilesError> {
        let _turn = self.lock()?;
        check_room(self.folder.root()).map_err(FilesError::io(self.folder.root()))
    }

    /// Locks out other programs until the returned file is closed. Otherwise one could rename the log, or repair its last line, while the other
    /// writes. Has no effect on file systems without locks.
    fn lock(&self) -> Result<File, FilesError> {
        let path = self.lock_path();
        let file = open_lock(&path).map_err(FilesError::io(&path))?;
        let mut waited = Duration::ZERO;
        while matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
            if waited >= WAIT_LIMIT {
                return Err(FilesError::io(&path)(io::ErrorKind::ResourceBusy.into()));
            }
            thread::sleep(RETRY_INTERVAL);
            waited += RETRY_INTERVAL;
        }
        Ok(file)
    }

    /// Locks out other programs, as [`Self::add`] does, but without waiting. Returns `None` if another program is writing.
    pub(super) fn try_lock(&self) -> Option<LogLock> {
        let Ok(file) = open_lock(&self.lock_path()) else {
            return Some(LogLock { _file: None });
        };
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => None,
            Ok(()) | Err(TryLockError::Error(_)) => Some(LogLock { _file: Some(file) }),
        }
    }

    fn lock_path(&self) -> PathBuf {
        self.folder.file(&format!("{}.lock", self.stem))
    }

    /// Passes every line to `take`, oldest first, including lines that make no sense.
    ///
    /// # Errors
    /// [`FilesError`] for the first file that cannot be read; the others are still read.
    pub fn read(&self, mut take: impl FnMut(&str)) -> Result<(), FilesError> {
        let mut result = Ok(());
        for number in (0..=self.limits.files).rev() {
            let path = self.path(number);
            match read(&path) {
                Ok(bytes) => String::from_utf8_lossy(&bytes).lines().for_each(&mut take),
                Err(ReadError::Missing) => {}
                Err(why) => result = result.and(Err(FilesError::io(&path)(why.into()))),
            }
        }
        result
    }

    fn try_to_add(
        &mut self,
        path: &Path,
        line: &str,
        now: Timestamp,
    ) -> io::Result<Option<PathBuf>> {
        if !std::mem::replace(&mut self.has_pruned, true) {
            self.delete_old_files(now);
        }
        let mut moved_to = None;
        let bytes = match read(path) {
            Ok(bytes) => Some(bytes),
            Err(ReadError::Missing) => None,
            Err(why @ (ReadError::NotAFile | ReadError::TooLarge(_))) => {
                moved_to = Some(move_aside(path, "damaged", now).ok_or(why)?);
                None
            }
            Err(why) => return Err(why.into()),
        };
        let appends = match bytes {
            Some(bytes) => {
                let whole = repair_last_line(path, &bytes)?;
                let is_full = self.is_full(whole, line, now);
                if is_full {
                    self.rotate(now)?;
                }
                !is_full
            }
            None => false,
        };
        let mut file = if appends {
            LineFile::append_to(path)?
        } else {
            LineFile::create(path, "")?
        };
        file.add(&format!("{line}\n"))?;
        file.sync()?;
        Ok(moved_to)
    }

    fn is_full(&self, text: &[u8], line: &str, now: Timestamp) -> bool {
        let is_large =
            !text.is_empty() && (text.len() + line.len()) as u64 + 1 > self.limits.file_bytes;
        let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let began = (self.time_of)(&String::from_utf8_lossy(first));
        is_large || began.is_some_and(|began| is_older(began, self.limits.file_age, now))
    }

    /// Gives every file the next number; the file with the highest number is replaced.
    fn rotate(&self, now: Timestamp) -> io::Result<()> {
        for number in (0..self.limits.files).rev() {
            match fs::rename(self.path(number), self.path(number + 1)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        self.delete_old_files(now);
        Ok(())
    }

    /// Deletes what is too old, provided that the clock can be trusted: a clock that is years ahead for a day must not cause everything to be
    /// deleted. Until an entry of at least a week ago confirms the clock, files are deleted by number only.
    fn delete_old_files(&self, now: Timestamp) {
        let ages: Vec<_> = (0..=self.limits.files)
            .map(|number| self.path(number))
            .filter_map(|path| self.ends_of(&path).map(|ends| (path, ends)))
            .collect();
        let bears_out = |at: Timestamp| {
            is_older(at, CLOCK_TRUSTED_AFTER, now) && !is_older(at, self.limits.age, now)
        };
        let is_believed = ages
            .iter()
            .any(|(_, (first, last))| bears_out(*first) || bears_out(*last));
        if !is_believed {
            return;
        }
        for (path, (_, last)) in ages {
            if path != self.path(0)
                && is_older(last, self.limits.age, now)
                && let Err(error) = fs::remove_file(&path)
            {
                tracing::warn!("{} could not be removed: {error}", path.display());
            }
        }
    }

    /// When the first and the last line of a file were written.
    fn ends_of(&self, path: &Path) -> Option<(Timestamp, Timestamp)> {
        let bytes = read(path).ok()?;
        let text = String::from_utf8_lossy(&bytes);
        let first = text.lines().find_map(self.time_of)?;
        let last = text.lines().rev().find_map(self.time_of)?;
        Some((first, last))
    }

    fn path(&self, number: u32) -> PathBuf {
        self.folder.file(&match number {
            0 => format!("{}.jsonl", self.stem),
            number => format!("{}.{number}.jsonl", self.stem),
        })
    }
}

fn read(path: &Path) -> Result<Vec<u8>, ReadError> {
    if fs::symlink_metadata(path)?.is_symlink() {
        return Err(ReadError::NotAFile);
    }
    read_limited(path, MAX_BYTES)
}

fn is_older(at: Timestamp, age: Duration, now: Timestamp) -> bool {
    now.checked_sub(age).is_ok_and(|limit| at < limit)
}

/// Removes a partial last line left by a crash, unless only its line break is missing. Returns the remaining text.
fn repair_last_line<'a>(path: &Path, bytes: &'a [u8]) -> io::Result<&'a [u8]> {
    let whole = bytes
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |end| end + 1);
    let rest = &bytes[whole..];
    let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(rest).is_ok();
    if rest.is_empty() || is_json {
        return Ok(bytes);
    }
    let file = OpenOptions::new().write(true).open(path)?;
    file.set_len(whole as u64)?;
    file.sync_all()?;
    Ok(&bytes[..whole])
}

#[cfg(test)]
mod tests;
