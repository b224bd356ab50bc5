//! Writes files to folders of the user. A later start would not look there for leftovers of a killed run, so each write leaves a marker in the app's
//! folder until it is done.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::atomic::{
    PreviousFile, TEMPORARY, is_temporary_file_of, target_of, user_only, write_atomic,
};
use super::folder::AppFolder;
use super::limited::read_limited;

/// Extension of a marker.
const MARKER_EXTENSION: &str = ".elsewhere";

/// No path is longer, bytes.
const MAX_PATH_LEN: u64 = 64 << 10;

/// Writes a whole file outside the app's folder like [`write_atomic`], and replaces an existing one. If the run is killed meanwhile, the next one
/// finds its temporary file through a marker in `folder`.
///
/// # Errors
/// As [`write_atomic`].
pub fn write_user_file(path: &Path, bytes: &[u8], folder: Option<&AppFolder>) -> io::Result<()> {
    // The file is written even if the marker cannot be.
    let marker = folder.and_then(|folder| WriteMarker::leave(folder, path).ok());
    let written = write_atomic(path, bytes, PreviousFile::Replace);
    drop(marker);
    written
}

/// A marker that names the folder this run is writing to. It is removed when the write ends.
struct WriteMarker(PathBuf);

impl WriteMarker {
    fn leave(folder: &AppFolder, path: &Path) -> io::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let target = target_of(&std::path::absolute(path)?)?;
        let place = target.parent().and_then(Path::to_str);
        let place = place.ok_or(io::ErrorKind::InvalidFilename)?;
        folder.ensure().map_err(io::Error::other)?;
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let marker = folder.file(&format!(
            "{TEMPORARY}{}-{count}{MARKER_EXTENSION}",
            std::process::id()
        ));
        let mut options = fs::OpenOptions::new();
        let mut file = user_only(options.write(true).create(true).truncate(true)).open(&marker)?;
        file.write_all(place.as_bytes())?;
        Ok(Self(marker))
    }
}

impl Drop for WriteMarker {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// The process that left the marker, taken from its name.
fn marker_process_id(name: &str) -> Option<u32> {
    let numbers = name
        .strip_prefix(TEMPORARY)?
        .strip_suffix(MARKER_EXTENSION)?;
    let (process, count) = numbers.split_once('-')?;
    count.parse::<u32>().ok()?;
    process.parse().ok()
}

/// The temporary files of the run that left this marker, and the marker itself. Empty if the folder cannot be read now, for example because its drive is
/// not connected.
pub(super) fn left_by(marker: &Path) -> Vec<PathBuf> {
    let process = marker
        .file_name()
        .and_then(|name| marker_process_id(name.to_str()?));
    let place = read_limited(marker, MAX_PATH_LEN)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok());
    let (Some(process), Some(place)) = (process, place) else {
        return Vec::new();
    };
    let Ok(entries) = fs::read_dir(place) else {
        return Vec::new();
    };
    let is_its_own = |name: &str| is_temporary_file_of(process, name);
    let mut left: Vec<_> = entries
        .flatten()
        .filter(|entry| entry.file_name().to_str().is_some_and(is_its_own))
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .map(|entry| entry.path())
        .collect();
    left.push(marker.to_owned());
    left
}

/// Whether a file of this name in the app's folder is a marker.
pub(super) fn is_marker(name: &str) -> bool {
    marker_process_id(name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::files::Log;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_that_was_written_leaves_nothing_else() {
        let base = tempfile::tempdir().unwrap();
        let folder = AppFolder::at(base.path().join("data"));
        let path = base.path().join("list.csv");
        for text in ["one", "two"] {
            write_user_file(&path, text.as_bytes(), Some(&folder)).unwrap();
        }
        assert!(write_user_file(base.path(), b"x", Some(&folder)).is_err());
        assert_eq!(names(base.path()), ["data", "list.csv"]);
        assert!(names(folder.root()).is_empty());
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        write_user_file(&path, b"three", None).unwrap();
    }

    #[test]
    fn what_a_killed_run_was_writing_is_removed_and_nothing_else() {
        let base = tempfile::tempdir().unwrap();
        let (folder, desktop) = (
            AppFolder::at(base.path().join("data")),
            base.path().join("desktop"),
        );
        fs::create_dir(&desktop).unwrap();
        let lock = folder.lock().unwrap();
        let marker = WriteMarker::leave(&folder, &desktop.join("list.csv")).unwrap();
        let process = std::process::id();
        let left = format!(".thred-console-{process}-7.tmp");
        let others = [
            ".thred-console-1-7.tmp".to_owned(),
            format!(".thred-console-{process}-x.tmp"),
            "list.csv".to_owned(),
        ];
        for name in others.iter().chain([&left]) {
            fs::write(desktop.join(name), "x").unwrap();
        }
        // A killed run drops nothing.
        std::mem::forget(marker);
        folder.remove_leftovers(&lock, &Log::for_tests(&folder));
        let mut expected = others.to_vec();
        expected.sort();
        assert_eq!(names(&desktop), expected);
        assert_eq!(names(folder.root()), ["console.lock", "log.lock"]);
    }

    #[test]
    fn a_folder_that_is_away_is_looked_through_later() {
        let base = tempfile::tempdir().unwrap();
        let (folder, drive) = (
            AppFolder::at(base.path().join("data")),
            base.path().join("drive"),
        );
        let lock = folder.lock().unwrap();
        std::mem::forget(WriteMarker::leave(&folder, &drive.join("list.csv")).unwrap());
        folder.remove_leftovers(&lock, &Log::for_tests(&folder));
        fs::create_dir(&drive).unwrap();
        let left = drive.join(format!(".thred-console-{}-7.tmp", std::process::id()));
        fs::write(&left, "x").unwrap();
        folder.remove_leftovers(&lock, &Log::for_tests(&folder));
        assert!(!left.exists());
    }
}
