//! Reads whole files of limited size, even if another program has replaced them by an endless file or a pipe that nobody writes to.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _};
use std::path::Path;

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is no file of this name.
    #[error("it does not exist")]
    Missing,
    /// It is a folder, a pipe or a device.
    #[error("it is not an ordinary file")]
    NotAFile,
    /// It is larger than the limit.
    #[error("it is larger than {0} bytes")]
    TooLarge(u64),
    /// The file system reported an error.
    #[error(transparent)]
    Io(io::Error),
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            _ => Self::Io(error),
        }
    }
}

impl From<ReadError> for io::Error {
    fn from(why: ReadError) -> Self {
        let kind = match why {
            ReadError::Io(error) => return error,
            ReadError::Missing => io::ErrorKind::NotFound,
            ReadError::NotAFile => io::ErrorKind::InvalidInput,
            ReadError::TooLarge(_) => io::ErrorKind::FileTooLarge,
        };
        Self::new(kind, why)
    }
}

/// Reads a whole file of at most `max` bytes; follows symbolic links.
///
/// # Errors
/// [`ReadError`]. Never blocks.
pub fn read_limited(path: &Path, max: u64) -> Result<Vec<u8>, ReadError> {
    read(path, max, |_| true).map(Option::unwrap_or_default)
}

/// The same for a file that decides where keys are sent and which programs run: `None` if other users could have written it.
///
/// # Errors
/// [`ReadError`]
pub(super) fn read_own(path: &Path, max: u64) -> Result<Option<Vec<u8>>, ReadError> {
    read(path, max, is_own)
}

fn read(
    path: &Path,
    max: u64,
    is_trusted: impl FnOnce(&fs::Metadata) -> bool,
) -> Result<Option<Vec<u8>>, ReadError> {
    let file = open_file(path)?;
    let facts = file.metadata()?;
    if facts.len() > max {
        return Err(ReadError::TooLarge(max));
    }
    if !is_trusted(&facts) {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(facts.len()).unwrap_or_default());
    // The file may grow while it is read, and some system files claim to be empty. Reading one byte more than allowed detects both.
    file.take(max + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > max {
        return Err(ReadError::TooLarge(max));
    }
    Ok(Some(bytes))
}

/// Opens a regular file for reading; follows symbolic links.
///
/// # Errors
/// [`ReadError`]. Never blocks.
pub fn open_file(path: &Path) -> Result<File, ReadError> {
    // Anything else is not even opened: some devices act on it.
    if !fs::metadata(path)?.is_file() {
        return Err(ReadError::NotAFile);
    }
    open_at_once(path)
}

/// Another file may have this name since it was looked at, so the opened one is checked, and opening it does not wait for the other end of a pipe.
fn open_at_once(path: &Path) -> Result<File, ReadError> {
    let file = without_waiting(OpenOptions::new().read(true)).open(path)?;
    if !file.metadata()?.is_file() {
        return Err(ReadError::NotAFile);
    }
    Ok(file)
}

#[cfg(unix)]
fn without_waiting(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed())
}

/// Pipes of Windows are not among the files of a folder.
#[cfg(not(unix))]
fn without_waiting(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// Whether the file belongs to this user or the administrator and is not writable by everybody. Group access is allowed, because a group is often the
/// user's own.
#[cfg(unix)]
fn is_own(facts: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let owners = [0, rustix::process::geteuid().as_raw()];
    owners.contains(&facts.uid()) && facts.mode() & 0o002 == 0
}

/// Windows keeps other users out of a user's folder.
#[cfg(not(unix))]
fn is_own(_: &fs::Metadata) -> bool {
    true
}

/// Creates a pipe that nobody writes to, with a system program because the standard library cannot.
#[cfg(all(test, unix))]
#[expect(clippy::disallowed_methods, reason = "no key is asked for")]
pub(crate) fn make_pipe(path: &Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status();
    assert!(made.is_ok_and(|status| status.success()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_so_much_is_read_and_nothing_else_is_taken_for_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        assert!(matches!(read_limited(&path, 3), Err(ReadError::Missing)));
        fs::write(&path, "abc").unwrap();
        assert_eq!(read_limited(&path, 3).unwrap(), b"abc");
        assert!(matches!(
            read_limited(&path, 2),
            Err(ReadError::TooLarge(2))
        ));
        assert!(matches!(
            read_limited(folder.path(), 2),
            Err(ReadError::NotAFile)
        ));
    }

    #[cfg(unix)]
    #[test]
    fn nobody_waits_for_a_pipe_or_reads_a_device() {
        let folder = tempfile::tempdir().unwrap();
        let (pipe, link) = (folder.path().join("pipe"), folder.path().join("link"));
        make_pipe(&pipe);
        std::os::unix::fs::symlink("/dev/zero", &link).unwrap();
        for path in [pipe, link] {
            assert!(matches!(read_limited(&path, 9), Err(ReadError::NotAFile)));
        }
    }

    #[cfg(unix)]
    #[test]
    fn nobody_waits_for_a_pipe_that_takes_the_place_of_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        make_pipe(&pipe);
        assert!(matches!(open_at_once(&pipe), Err(ReadError::NotAFile)));
    }

    #[cfg(unix)]
    #[test]
    fn what_others_have_written_or_can_write_is_not_read_as_ones_own() {
        use std::os::unix::fs::{PermissionsExt as _, chown};
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "abc").unwrap();
        let set_mode = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode));
        set_mode(0o664).unwrap();
        assert_eq!(read_own(&path, 3).unwrap().unwrap(), b"abc");
        set_mode(0o666).unwrap();
        assert!(matches!(read_own(&path, 3), Ok(None)));
        assert_eq!(read_limited(&path, 3).unwrap(), b"abc");
        set_mode(0o600).unwrap();
        // Only the administrator can change a file's owner.
        if rustix::process::geteuid().is_root() {
            chown(&path, Some(65_534), None).unwrap();
            assert!(matches!(read_own(&path, 3), Ok(None)));
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_says_it_is_empty_is_not_read_without_end() {
        // Its length is reported as 0.
        let path = Path::new("/proc/self/maps");
        assert!(matches!(read_limited(path, 9), Err(ReadError::TooLarge(9))));
    }
}
