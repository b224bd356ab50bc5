//! A file of JSON lines that only grows, and is cut into pieces before it becomes too large or too old.
//!
//! `history.jsonl` is written to; when it is full, it becomes `history.1.jsonl`, what was that becomes
//! `history.2.jsonl`, and so on. Each step is one renaming, so a crash in between leaves a gap in the numbers and
//! nothing else.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use super::atomic::check_room;
use super::document::move_aside;
use super::folder::{AppFolder, FilesError};
use super::limited::{NotRead, read_limited};
use super::lines::{LOOK_AGAIN, LineFile};
use super::lock::open_lock;

/// A larger file is none of ours: 16 MiB, far beyond any limit at which one is cut.
const MAX_BYTES: u64 = 16 << 20;

/// The clock is believed once lines show that it has been where it is for so long.
const BELIEVED_AFTER: Duration = Duration::from_hours(7 * 24);

/// A line takes milliseconds; whoever holds the log for longer is stopped or dead-locked.
const PATIENCE: Duration = Duration::from_secs(10);

/// When a log is cut, and what is thrown away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogLimits {
    /// A file that would become larger is cut, in bytes.
    pub file_bytes: u64,
    /// A file whose first line is so old is cut.
    pub file_age: Duration,
    /// So many older files are kept at most.
    pub files: u32,
    /// An older file is thrown away once its last line is so old.
    pub age: Duration,
}

/// Tells when a line was written, if it can be read.
pub type TimeOf = fn(&str) -> Option<Timestamp>;

/// A log and its older files.
#[derive(Debug)]
pub struct Log {
    folder: AppFolder,
    stem: &'static str,
    limits: LogLimits,
    time_of: TimeOf,
    /// What is too old was thrown away in this run.
    is_tidy: bool,
}

impl Log {
    /// The log of this name. Nothing is opened or made yet.
    pub fn new(folder: AppFolder, stem: &'static str, limits: LogLimits, time_of: TimeOf) -> Self {
        Self {
            folder,
            stem,
            limits,
            time_of,
            is_tidy: false,
        }
    }

    /// Adds a line, which is given without its end, and brings it to the disk. The file is opened anew each time, so
    /// that it may be moved or removed meanwhile, and what a crash or a full disk has left is mended first.
    ///
    /// What has the name and is no file of ours is moved out of the way; the answer says where to. A link is none of
    /// ours either: what it leads to is neither written nor cut.
    ///
    /// # Errors
    /// [`FilesError`]; the line is then not there, or its beginning is and goes with the next line.
    pub fn add(&mut self, line: &str, now: Timestamp) -> Result<Option<PathBuf>, FilesError> {
        self.folder.ensure()?;
        let path = self.path(0);
        let _turn = self.wait_for_turn()?;
        self.try_to_add(&path, line, now)
            .map_err(FilesError::io(&path))
    }

    /// Whether a line could be added now, as far as that can be known without adding one.
    ///
    /// # Errors
    /// [`FilesError`] where the folder is not there, may not be written to or has no room, or another program holds the
    /// log.
    pub fn check_writable(&self) -> Result<(), FilesError> {
        let _turn = self.wait_for_turn()?;
        check_room(self.folder.root()).map_err(FilesError::io(self.folder.root()))
    }

    /// Keeps other programs from adding a line, until the file is closed: one would cut the log, or mend its last
    /// line, while the other writes. Where the file system knows no locks, nobody is kept out.
    fn wait_for_turn(&self) -> Result<File, FilesError> {
        let path = self.folder.file(&format!("{}.lock", self.stem));
        let file = open_lock(&path).map_err(FilesError::io(&path))?;
        let mut waited = Duration::ZERO;
        while matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
            if waited >= PATIENCE {
                return Err(FilesError::io(&path)(io::ErrorKind::ResourceBusy.into()));
            }
            thread::sleep(LOOK_AGAIN);
            waited += LOOK_AGAIN;
        }
        Ok(file)
    }

    /// Hands every line that is there to `take`, the oldest first. What makes no sense is handed over as well.
    ///
    /// # Errors
    /// [`FilesError`] for the first file that cannot be read; the others are read all the same.
    pub fn read(&self, mut take: impl FnMut(&str)) -> Result<(), FilesError> {
        let mut result = Ok(());
        for number in (0..=self.limits.files).rev() {
            let path = self.path(number);
            match read(&path) {
                Ok(bytes) => String::from_utf8_lossy(&bytes).lines().for_each(&mut take),
                Err(NotRead::Missing) => {}
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
        if !std::mem::replace(&mut self.is_tidy, true) {
            self.throw_old_away(now);
        }
        let mut moved_to = None;
        let bytes = match read(path) {
            Ok(bytes) => Some(bytes),
            Err(NotRead::Missing) => None,
            Err(why @ (NotRead::NoFile | NotRead::TooLarge(_))) => {
                moved_to = Some(move_aside(path, "damaged", now).ok_or(why)?);
                None
            }
            Err(why) => return Err(why.into()),
        };
        let goes_on = match bytes {
            Some(bytes) => {
                let whole = mend(path, &bytes)?;
                let is_full = self.is_full(whole, line, now);
                if is_full {
                    self.cut(now)?;
                }
                !is_full
            }
            None => false,
        };
        let mut file = if goes_on {
            LineFile::go_on(path)?
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

    /// Gives every file the next number; the one with the last number goes.
    fn cut(&self, now: Timestamp) -> io::Result<()> {
        for number in (0..self.limits.files).rev() {
            match fs::rename(self.path(number), self.path(number + 1)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        self.throw_old_away(now);
        Ok(())
    }

    /// Throws away what is too old, as far as the clock is believed: one that is years ahead for a day must not cost
    /// everything. Until the lines of a week bear it out, files go by their number alone.
    fn throw_old_away(&self, now: Timestamp) {
        let ages: Vec<_> = (0..=self.limits.files)
            .map(|number| self.path(number))
            .filter_map(|path| self.ends_of(&path).map(|ends| (path, ends)))
            .collect();
        let bears_out = |at: Timestamp| {
            is_older(at, BELIEVED_AFTER, now) && !is_older(at, self.limits.age, now)
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

fn read(path: &Path) -> Result<Vec<u8>, NotRead> {
    if fs::symlink_metadata(path)?.is_symlink() {
        return Err(NotRead::NoFile);
    }
    read_limited(path, MAX_BYTES)
}

fn is_older(at: Timestamp, age: Duration, now: Timestamp) -> bool {
    now.checked_sub(age).is_ok_and(|limit| at < limit)
}

/// Takes away what a crash has left of the last line, unless only its end is missing; the rest is handed back.
fn mend<'a>(path: &Path, bytes: &'a [u8]) -> io::Result<&'a [u8]> {
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
