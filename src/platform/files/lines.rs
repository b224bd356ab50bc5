//! A file that grows line by line, each of which can be made to survive a power cut.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::Path;

use super::atomic::{Previous, sync_folder, user_only, write_atomic};
use super::limited::NotRead;

/// A file open for adding lines. Only its owner may read it.
#[derive(Debug)]
pub struct LineFile(File);

impl LineFile {
    /// A new file with this first line, in place of any that was there.
    ///
    /// # Errors
    /// Whatever the file system reports.
    pub fn create(path: &Path, first: &str) -> io::Result<Self> {
        write_atomic(path, first.as_bytes(), Previous::Replace)?;
        Self::open(path)
    }

    /// A file that is there. What a crash left of its last line is ended, so that it spoils none that follow.
    ///
    /// # Errors
    /// Whatever the file system reports; also where there is no such file.
    pub fn go_on(path: &Path) -> io::Result<Self> {
        if !fs::metadata(path)?.is_file() {
            return Err(NotRead::NoFile.into());
        }
        let is_torn = !ends_with_line_end(&mut File::open(path)?)?;
        let mut file = Self::open(path)?;
        if is_torn {
            file.0.write_all(b"\n")?;
        }
        Ok(file)
    }

    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let file = user_only(OpenOptions::new().append(true)).open(path)?;
        sync_folder(path);
        Ok(Self(file))
    }

    /// Adds a line, its line end included. It survives the end of this program, but not yet a power cut.
    ///
    /// # Errors
    /// Whatever the file system reports; a full disk can leave part of the line.
    pub fn add(&mut self, line: &str) -> io::Result<()> {
        self.0.write_all(line.as_bytes())
    }

    /// Brings everything that was added to the disk.
    ///
    /// # Errors
    /// Whatever the file system reports.
    pub fn sync(&self) -> io::Result<()> {
        self.0.sync_data()
    }
}

/// Whether the next line can follow at once. Only the last byte is read, however large the file is.
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
        LineFile::go_on(&path).unwrap().add("three\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "head\none\ntw\nthree\n");
        assert!(LineFile::go_on(&folder.path().join("none")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_waits_for_a_pipe() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.jsonl");
        crate::platform::files::limited::make_pipe(&path);
        assert!(LineFile::go_on(&path).is_err());
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
