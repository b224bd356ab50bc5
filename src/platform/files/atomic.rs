//! Writing to disk so that a crash, a full disk or a power cut cannot leave half a file.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// What becomes of the file that was there before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Previous {
    /// It is kept beside the new one, with `.bak` added to its name.
    Keep,
    /// It is replaced.
    Replace,
}

/// Writes a whole file, readable and writable by its owner only, in one step as seen from outside.
///
/// The bytes go to a temporary file in the same folder, reach the disk, and the file then takes the name. A
/// symbolic link stays a link; its target is replaced.
///
/// # Errors
/// Whatever the file system reports. `path` is then what it was before.
pub fn write_atomic(path: &Path, bytes: &[u8], previous: Previous) -> io::Result<()> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let temporary = temporary_beside(&path)?;
    let result = write_and_rename(&temporary, &path, bytes, previous);
    if result.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    result
}

fn write_and_rename(
    temporary: &Path,
    path: &Path,
    bytes: &[u8],
    previous: Previous,
) -> io::Result<()> {
    let mut file = user_only(OpenOptions::new().write(true).create_new(true)).open(temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    if previous == Previous::Keep && path.exists() {
        keep_previous(path)?;
    }
    fs::rename(temporary, path)?;
    sync_folder(path);
    Ok(())
}

/// Adds one line to a file, which is made if needed, readable and writable by its owner only.
///
/// One write call for line and line end, so lines of two processes do not mix.
///
/// # Errors
/// Whatever the file system reports; a full disk can leave part of the line.
pub fn append_line(path: &Path, line: &str) -> io::Result<()> {
    let mut file = user_only(OpenOptions::new().append(true).create(true)).open(path)?;
    file.write_all(format!("{line}\n").as_bytes())
}

/// `settings.json` → `settings.json.bak`.
pub(super) fn backup_of(path: &Path) -> PathBuf {
    with_suffix(path, ".bak")
}

pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The old file gets a second name, so that at no moment there is none under the first.
fn keep_previous(path: &Path) -> io::Result<()> {
    let backup = backup_of(path);
    match fs::remove_file(&backup) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    // FAT and some network file systems have no hard links.
    fs::hard_link(path, &backup).or_else(|_| fs::copy(path, &backup).map(drop))
}

/// A name that no other write of this or another process uses.
fn temporary_beside(path: &Path) -> io::Result<PathBuf> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let Some(name) = path.file_name() else {
        return Err(io::Error::from(io::ErrorKind::InvalidFilename));
    };
    let mut hidden = OsString::from(".");
    hidden.push(name);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    hidden.push(format!(".{}-{count}.tmp", std::process::id()));
    Ok(path.with_file_name(hidden))
}

#[cfg(unix)]
pub(super) fn user_only(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600)
}

/// On Windows files inherit the permissions of the folder: in a user's profile, that user's.
#[cfg(not(unix))]
pub(super) fn user_only(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// Brings the new name itself to the disk. The file is whole either way, so a failure is no error.
pub(super) fn sync_folder(path: &Path) {
    if cfg!(unix)
        && let Some(folder) = path.parent()
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn the_previous_copy_is_kept_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        for text in ["one", "two", "three"] {
            write_atomic(&path, text.as_bytes(), Previous::Keep).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), "three");
        assert_eq!(fs::read_to_string(backup_of(&path)).unwrap(), "two");
        assert_eq!(names(folder.path()), ["a.json", "a.json.bak"]);
    }

    #[test]
    fn an_export_leaves_no_copy() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        write_atomic(&path, b"one", Previous::Replace).unwrap();
        write_atomic(&path, b"two", Previous::Replace).unwrap();
        assert_eq!(names(folder.path()), ["list.csv"]);
    }

    #[test]
    fn a_failure_leaves_the_old_file_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("taken");
        // A folder cannot be replaced by a file.
        fs::create_dir(&path).unwrap();
        assert!(write_atomic(&path, b"x", Previous::Replace).is_err());
        assert_eq!(names(folder.path()), ["taken"]);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let written = folder.path().join("w");
        let appended = folder.path().join("a");
        write_atomic(&written, b"x", Previous::Keep).unwrap();
        append_line(&appended, "x").unwrap();
        for path in [written, appended] {
            assert_eq!(
                fs::metadata(path).unwrap().permissions().mode() & 0o777,
                0o600
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "old").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        write_atomic(&link, b"new", Previous::Replace).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&target).unwrap(), "new");
    }

    #[test]
    fn lines_are_added_at_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.jsonl");
        append_line(&path, "1").unwrap();
        append_line(&path, "2").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "1\n2\n");
    }
}
