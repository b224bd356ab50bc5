//! Writes files so that a crash, a full disk or a power cut cannot leave half a file.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// What happens to the previous file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreviousFile {
    /// It stays beside the new one, with `.bak` appended to its name.
    Keep,
    /// It is replaced.
    Replace,
}

/// Prefix of every temporary file. It does not include the name of the target, because that may already be as long as the file system allows.
pub(super) const TEMPORARY: &str = ".thred-console-";

/// More than the preferences need, less than what is free on any disk that is not full.
const USUAL_BYTES: usize = 16 * 1024;

/// How many names to try, because leftovers of killed runs may occupy the first ones.
const MAX_NAMES: usize = 1000;

/// Writes a whole file, readable and writable by its owner only, as one atomic step.
///
/// The bytes are written to a temporary file in the same folder and synced to disk; then that file is renamed. A symbolic link remains a link; its
/// target is replaced.
///
/// # Errors
/// Any error of the file system, and an error if `path` is something other than a regular file. `path` is then unchanged.
pub fn write_atomic(path: &Path, bytes: &[u8], previous: PreviousFile) -> io::Result<()> {
    let path = target_of(path)?;
    if let Some(kind) = fs::metadata(&path).ok().and_then(|facts| kind_of(&facts)) {
        let why = format!("it is {kind}, and only regular files can be replaced");
        return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
    }
    write_in_place(&path, bytes, previous)
}

/// The same, but if `path` is a link, the link itself is replaced and its target left alone.
pub(super) fn write_in_place(path: &Path, bytes: &[u8], previous: PreviousFile) -> io::Result<()> {
    let (temporary, file) = temporary_beside(path)?;
    let result = write_and_rename(file, &temporary, path, bytes, previous);
    if result.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    result
}

/// Checks that a file of the usual size can be written to a folder now. Leaves nothing behind.
pub(super) fn check_room(folder: &Path) -> io::Result<()> {
    let (temporary, mut file) = temporary_beside(&folder.join("room"))?;
    // A full disk may still allow an empty file.
    let written = file
        .write_all(&[0; USUAL_BYTES])
        .and_then(|()| file.sync_all());
    drop(file);
    fs::remove_file(temporary)?;
    written
}

/// The target of a link; any other path is its own target.
pub(super) fn target_of(path: &Path) -> io::Result<PathBuf> {
    let is_link = fs::symlink_metadata(path).is_ok_and(|facts| facts.is_symlink());
    if !is_link {
        return Ok(path.to_owned());
    }
    fs::canonicalize(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => io::Error::new(
            error.kind(),
            "it is a link to something that does not exist",
        ),
        _ => error,
    })
}

/// What kind of file it is; `None` for a regular file.
fn kind_of(facts: &fs::Metadata) -> Option<&'static str> {
    if facts.is_file() {
        return None;
    }
    if facts.is_dir() {
        return Some("a folder");
    }
    Some(kind_of_special(facts))
}

#[cfg(unix)]
fn kind_of_special(facts: &fs::Metadata) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    let kind = facts.file_type();
    if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn kind_of_special(_: &fs::Metadata) -> &'static str {
    "a device"
}

fn write_and_rename(
    mut file: File,
    temporary: &Path,
    path: &Path,
    bytes: &[u8],
    previous: PreviousFile,
) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    if previous == PreviousFile::Keep && path.exists() {
        keep_previous(path)?;
    }
    fs::rename(temporary, path)?;
    sync_folder(path);
    Ok(())
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

/// Gives the previous file a second name, so that the first name always exists.
fn keep_previous(path: &Path) -> io::Result<()> {
    let backup = backup_of(path);
    match fs::remove_file(&backup) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    // FAT and some network file systems have no hard links.
    fs::hard_link(path, &backup).or_else(|_| fs::copy(path, &backup).map(drop))
}

/// Creates a file in the same folder, under a name that no other write uses, in this process or another.
fn temporary_beside(path: &Path) -> io::Result<(PathBuf, File)> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    if path.file_name().is_none() {
        return Err(io::Error::from(io::ErrorKind::InvalidFilename));
    }
    let mut taken = io::Error::from(io::ErrorKind::AlreadyExists);
    for _ in 0..MAX_NAMES {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{TEMPORARY}{}-{count}.tmp", std::process::id());
        let temporary = path.with_file_name(name);
        let mut options = OpenOptions::new();
        match user_only(options.write(true).create_new(true)).open(&temporary) {
            Ok(file) => return Ok((temporary, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => taken = error,
            Err(error) => return Err(error),
        }
    }
    Err(taken)
}

/// Whether this is the name of a temporary file of the given process.
pub(super) fn is_temporary_file_of(process: u32, name: &str) -> bool {
    let count = name
        .strip_prefix(TEMPORARY)
        .and_then(|name| name.strip_prefix(&format!("{process}-")))
        .and_then(|name| name.strip_suffix(".tmp"));
    count.is_some_and(|count| count.parse::<u32>().is_ok())
}

/// Whether this is the name of a temporary file that a killed run left in the app's folder.
pub(super) fn is_temporary(name: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    name.strip_prefix(TEMPORARY)
        .and_then(|name| name.strip_suffix(".tmp"))
        .and_then(|numbers| numbers.split_once('-'))
        .is_some_and(|(process, count)| is_number(process) && is_number(count))
}

#[cfg(unix)]
pub(super) fn user_only(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600)
}

/// On Windows, files inherit the permissions of the folder, which in a user's profile admit only that user.
#[cfg(not(unix))]
pub(super) fn user_only(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// Syncs the folder, so that the new name is on disk as well. The file is complete either way, so errors are ignored.
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
            write_atomic(&path, text.as_bytes(), PreviousFile::Keep).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), "three");
        assert_eq!(fs::read_to_string(backup_of(&path)).unwrap(), "two");
        assert_eq!(names(folder.path()), ["a.json", "a.json.bak"]);
    }

    #[test]
    fn an_export_leaves_no_copy() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        write_atomic(&path, b"one", PreviousFile::Replace).unwrap();
        write_atomic(&path, b"two", PreviousFile::Replace).unwrap();
        assert_eq!(names(folder.path()), ["list.csv"]);
    }

    #[test]
    fn a_failure_leaves_the_old_file_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("taken");
        // A file cannot replace a folder.
        fs::create_dir(&path).unwrap();
        assert!(write_atomic(&path, b"x", PreviousFile::Replace).is_err());
        assert_eq!(names(folder.path()), ["taken"]);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("w");
        write_atomic(&path, b"x", PreviousFile::Keep).unwrap();
        let mode = fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "old").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        write_atomic(&link, b"new", PreviousFile::Replace).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&target).unwrap(), "new");
    }

    #[test]
    fn a_name_may_be_as_long_as_the_file_system_allows() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("n".repeat(255));
        write_atomic(&path, b"x", PreviousFile::Replace).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"x");
    }

    #[test]
    fn leftovers_of_a_run_with_the_same_number_are_no_obstacle() {
        let folder = tempfile::tempdir().unwrap();
        for count in 0..50 {
            let name = format!("{TEMPORARY}{}-{count}.tmp", std::process::id());
            fs::write(folder.path().join(name), "left").unwrap();
        }
        let path = folder.path().join("list.csv");
        write_atomic(&path, b"x", PreviousFile::Replace).unwrap();
        assert_eq!(names(folder.path()).len(), 51);
    }

    #[cfg(unix)]
    #[test]
    fn only_ordinary_files_are_replaced() {
        use std::os::unix::fs::{FileTypeExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let at = |name| folder.path().join(name);
        crate::platform::files::limited::make_pipe(&at("pipe"));
        let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
        symlink("/dev/null", at("device")).unwrap();
        symlink(at("pipe"), at("link")).unwrap();
        symlink(at("nowhere"), at("dangling")).unwrap();
        fs::create_dir(at("folder")).unwrap();
        for (name, why) in [
            ("pipe", "it is a named pipe"),
            ("link", "it is a named pipe"),
            ("socket", "it is a socket"),
            ("device", "it is a device"),
            ("folder", "it is a folder"),
            ("dangling", "it is a link to something that does not exist"),
        ] {
            let before = names(folder.path());
            let error = write_atomic(&at(name), b"x", PreviousFile::Replace).unwrap_err();
            assert!(error.to_string().starts_with(why), "{name}: {error}");
            assert_eq!(names(folder.path()), before, "{name}");
        }
        assert!(fs::metadata(at("pipe")).unwrap().file_type().is_fifo());
    }
}
