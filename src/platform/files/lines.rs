//! A file that grows line by line. Each line can be synced to survive a power cut.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::atomic::{PreviousFile, sync_folder, user_only, write_in_place};
use super::limited::{ReadError, open_file};
use super::lock::is_at;

/// How long to wait between attempts to lock a file.
pub(super) const RETRY_INTERVAL: Duration = Duration::from_millis(20);

/// A file open for appending lines, readable by its owner only.
#[derive(Debug)]
pub struct LineFile {
    file: File,
    /// Whether the last line may be incomplete, because writing it failed.
    is_torn: bool,
}

impl LineFile {
    /// Creates a file with this first line and replaces any existing one. If the path is a link, the link is replaced and its target left alone.
    ///
    /// # Errors
    /// Any error of the file system.
    pub fn create(path: &Path, first: &str) -> io::Result<Self> {
        write_in_place(path, first.as_bytes(), PreviousFile::Replace)?;
        Self::open(path)
    }

    /// Opens an existing file. A partial last line left by a crash is terminated, so that it does not damage the next one.
    ///
    /// # Errors
    /// Any error of the file system, including a missing file, and an error if the path is a link.
    pub fn append_to(path: &Path) -> io::Result<Self> {
        if !fs::symlink_metadata(path)?.is_file() {
            return Err(ReadError::NotAFile.into());
        }
        let is_torn = !ends_with_line_end(&mut File::open(path)?)?;
        let mut opened = Self::open(path)?;
        opened.is_torn = is_torn;
        opened.end_torn_line()?;
        Ok(opened)
    }

    /// Marks the file as in use until it is closed, for [`is_in_use`]. Has no effect on file systems without locks.
    ///
    /// # Errors
    /// If another program has marked it.
    pub fn claim(self) -> io::Result<Self> {
        match self.file.try_lock() {
            Err(TryLockError::WouldBlock) => Err(io::ErrorKind::ResourceBusy.into()),
            Ok(()) | Err(TryLockError::Error(_)) => Ok(self),
        }
    }

    fn open(path: &Path) -> io::Result<Self> {
        let file = user_only(OpenOptions::new().append(true)).open(path)?;
        sync_folder(path);
        Ok(Self {
            file,
            is_torn: false,
        })
    }

    /// Appends a line, given with its line break. It survives the end of this program, but not a power cut until it is synced.
    ///
    /// # Errors
    /// Any error of the file system. A full disk can leave part of the line, which is terminated before the next one.
    pub fn add(&mut self, line: &str) -> io::Result<()> {
        self.end_torn_line()?;
        let written = self.file.write_all(line.as_bytes());
        self.is_torn = written.is_err();
        written
    }

    fn end_torn_line(&mut self) -> io::Result<()> {
        if self.is_torn {
            self.file.write_all(b"\n")?;
            self.is_torn = false;
        }
        Ok(())
    }

    /// A file to which nothing can be written, as on a full disk.
    #[cfg(test)]
    pub fn read_only(path: &Path) -> io::Result<Self> {
        Ok(Self {
            file: File::open(path)?,
            is_torn: false,
        })
    }

    /// Whether this is still the file at the path. Lines added to a file that was removed are lost.
    pub fn is_at(&self, path: &Path) -> bool {
        is_at(&self.file, path)
    }

    /// Syncs all appended lines to disk.
    ///
    /// # Errors
    /// Any error of the file system.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }
}

/// Whether this or another process is still writing to a file. Waits up to `max_wait` for one that is just about to close it.
pub fn is_in_use(path: &Path, max_wait: Duration) -> bool {
    let Ok(file) = open_file(path) else {
        return false;
    };
    let mut waited = Duration::ZERO;
    while matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)) {
        if waited >= max_wait {
            return true;
        }
        thread::sleep(RETRY_INTERVAL);
        waited += RETRY_INTERVAL;
    }
    false
}

/// Whether the file is empty or ends with a line break. Reads only the last byte, however large the file is.
fn ends_with_line_end(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(io::SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_follow_each_other_even_after_a_torn_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.jsonl");
        fs::write(&path, "of another run\n").unwrap();
        let mut file = LineFile::create(&path, "head\n").unwrap();
        file.add("one\n").unwrap();
        file.add("tw").unwrap();
        file.sync().unwrap();
        drop(file);
        LineFile::append_to(&path).unwrap().add("three\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "head\none\ntw\nthree\n");
        assert!(LineFile::append_to(&folder.path().join("none")).is_err());
    }

    #[test]
    fn a_line_that_failed_midway_does_not_damage_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.jsonl");
        fs::write(&path, "head\ntw").unwrap();
        let mut file = LineFile::read_only(&path).unwrap();
        assert!(file.add("two\n").is_err());
        assert!(file.add("two\n").is_err(), "the disk is still full");
        file.file = LineFile::open(&path).unwrap().file;
        file.add("two\n").unwrap();
        file.add("three\n").unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text, "head\ntw\ntwo\nthree\n");
    }

    #[test]
    fn a_file_is_in_use_until_it_is_closed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.jsonl");
        let is_in_use = || is_in_use(&path, Duration::ZERO);
        assert!(!is_in_use(), "it does not exist");
        let file = LineFile::create(&path, "head\n").unwrap().claim().unwrap();
        assert!(is_in_use());
        assert!(LineFile::append_to(&path).unwrap().claim().is_err());
        drop(file);
        assert!(!is_in_use());
        LineFile::append_to(&path).unwrap().claim().unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn what_a_link_leads_to_is_neither_continued_nor_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (path, target) = (folder.path().join("run.jsonl"), folder.path().join("diary"));
        fs::write(&target, "torn").unwrap();
        std::os::unix::fs::symlink(&target, &path).unwrap();
        assert!(LineFile::append_to(&path).is_err());
        LineFile::create(&path, "head\n").unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "torn");
        assert_eq!(fs::read_to_string(&path).unwrap(), "head\n");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_waits_for_a_pipe() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.jsonl");
        crate::platform::files::limited::make_pipe(&path);
        assert!(LineFile::append_to(&path).is_err());
        assert!(!is_in_use(&path, Duration::ZERO));
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.jsonl");
        LineFile::create(&path, "head\n").unwrap();
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
