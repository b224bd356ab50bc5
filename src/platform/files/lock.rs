//! The lock on the app's folder, so that only one run uses it at a time.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::sync::Arc;

use parking_lot::Mutex;

use super::atomic::user_only;
use super::files_error::{FilesError, FolderInUse};
use super::limited::ReadError;

/// Name of the lock file. The file remains in the folder; only its lock counts, and that ends with the process.
const LOCK_FILE: &str = "console.lock";

/// No process id has more digits.
const PROCESS_DIGITS: u64 = 20;

/// Reserves the app's folder for this run until all its copies are dropped or the process ends, even by a crash.
#[derive(Debug, Clone)]
pub struct FolderLock {
    file: Arc<Mutex<File>>,
}

/// Why the folder was not locked.
#[derive(Debug, thiserror::Error)]
pub enum FolderLockError {
    /// Another run holds the lock.
    #[error(transparent)]
    InUse(FolderInUse),
    /// The folder or the file system does not allow locking.
    #[error(transparent)]
    Io(FilesError),
}

impl FolderLock {
    /// Locks a folder. Does not wait.
    ///
    /// # Errors
    /// [`FolderLockError`].
    pub(super) fn take(root: &Path) -> Result<Self, FolderLockError> {
        let file = lock_in(root)?;
        Ok(Self {
            file: Arc::new(Mutex::new(file)),
        })
    }

    /// Locks the folder again if its lock file was removed or replaced, for example with the whole folder. Otherwise a second run could
    /// lock the new file, and both would write to the folder. Does not wait.
    ///
    /// # Errors
    /// [`FolderLockError`], if another run was faster.
    pub(super) fn renew(&self, root: &Path) -> Result<(), FolderLockError> {
        let mut held = self.file.lock();
        if !is_at(&held, &root.join(LOCK_FILE)) {
            *held = lock_in(root)?;
        }
        Ok(())
    }
}

fn lock_in(root: &Path) -> Result<File, FolderLockError> {
    let path = root.join(LOCK_FILE);
    let refused = |error| FolderLockError::Io(FilesError::io(&path)(error));
    let file = open_lock(&path).map_err(refused)?;
    match file.try_lock() {
        Ok(()) => {
            write_process_id(&path, &file);
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => Err(FolderLockError::InUse(FolderInUse {
            folder: root.to_owned(),
            process: process_in(&file),
        })),
        Err(TryLockError::Error(error)) => Err(refused(error)),
    }
}

/// Whether this open file is still the one at the path.
#[cfg(unix)]
pub(super) fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |facts: fs::Metadata| (facts.dev(), facts.ino());
    let at_path = fs::metadata(path).map(identity);
    at_path.is_ok_and(|there| {
        file.metadata()
            .map(identity)
            .is_ok_and(|held| held == there)
    })
}

/// On Windows, the folder cannot be renamed or removed either while the lock file is open.
#[cfg(not(unix))]
pub(super) fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// Opens the lock file, or creates it if it is missing.
pub(super) fn open_lock(path: &Path) -> io::Result<File> {
    let is_link = fs::symlink_metadata(path).is_ok_and(|facts| facts.is_symlink());
    if is_link && !path.exists() {
        // Opening it would fail, or create a file wherever the link points.
        fs::remove_file(path)?;
    }
    // Opening a pipe would wait for its other end.
    if fs::metadata(path).is_ok_and(|facts| !facts.is_file()) {
        return Err(ReadError::NotAFile.into());
    }
    let mut options = OpenOptions::new();
    let opened = undeletable(user_only(options.read(true).write(true).create(true))).open(path);
    // A read-only file can still be locked.
    opened.or_else(|error| {
        let opened = undeletable(OpenOptions::new().read(true)).open(path);
        opened.map_err(|_| error)
    })
}

/// Keeps other programs from deleting or renaming the file while it is open. A second run could then lock a new one.
#[cfg(windows)]
fn undeletable(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::windows::fs::OpenOptionsExt as _;
    const FILE_SHARE_READ: u32 = 0x1;
    const FILE_SHARE_WRITE: u32 = 0x2;
    options.share_mode(FILE_SHARE_READ | FILE_SHARE_WRITE)
}

/// Elsewhere, nothing prevents it, so the lock is renewed.
#[cfg(not(windows))]
fn undeletable(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// Writes the process id for the next start's message. Errors are ignored because nothing depends on it.
fn write_process_id(path: &Path, mut file: &File) {
    let is_link = fs::symlink_metadata(path).is_ok_and(|facts| facts.is_symlink());
    if !is_link && file.set_len(0).is_ok() {
        let _ = write!(file, "{}", std::process::id());
    }
}

/// The process id that the other run has written. On Windows, a locked file cannot be read.
fn process_in(file: &File) -> Option<u32> {
    let mut text = String::new();
    file.take(PROCESS_DIGITS).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::files::AppFolder;

    #[test]
    fn a_second_run_is_told_who_has_the_folder_until_that_ends() {
        let base = tempfile::tempdir().unwrap();
        let folder = AppFolder::at(base.path().join("new"));
        let lock = folder.lock().unwrap();
        let Err(FolderLockError::InUse(in_use)) = folder.lock() else {
            panic!("it is locked");
        };
        assert_eq!(in_use.folder, folder.root());
        #[cfg(unix)]
        assert_eq!(in_use.process, Some(std::process::id()));
        let other = AppFolder::at(base.path().join("other"));
        other.lock().unwrap();
        drop(lock);
        folder.lock().unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_was_removed_is_locked_again_before_anything_is_written() {
        let base = tempfile::tempdir().unwrap();
        let folder = AppFolder::at(base.path().join("data"));
        let lock = folder.lock().unwrap();
        let locked = folder.clone().under(lock);
        fs::remove_dir_all(folder.root()).unwrap();
        locked.ensure().unwrap();
        assert!(matches!(folder.lock(), Err(FolderLockError::InUse(_))));
    }

    #[cfg(windows)]
    #[test]
    fn a_lock_file_in_use_is_not_removed_or_renamed() {
        let base = tempfile::tempdir().unwrap();
        let folder = AppFolder::at(base.path().join("data"));
        let lock = folder.lock().unwrap();
        let path = folder.file(LOCK_FILE);
        fs::remove_file(&path).unwrap_err();
        fs::rename(&path, base.path().join("moved away")).unwrap_err();
        drop(lock);
        fs::remove_file(&path).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_run_whose_folder_was_taken_by_another_writes_nothing() {
        let base = tempfile::tempdir().unwrap();
        let folder = AppFolder::at(base.path().join("data"));
        let locked = folder.clone().under(folder.lock().unwrap());
        fs::rename(folder.root(), base.path().join("moved away")).unwrap();
        let other = folder.lock().unwrap();
        let refused = locked.ensure().unwrap_err().to_string();
        assert!(refused.contains("another console (process"), "{refused}");
        drop(other);
        locked.ensure().unwrap();
    }

    #[test]
    fn what_a_dead_run_has_left_is_no_obstacle() {
        let base = tempfile::tempdir().unwrap();
        let folder = AppFolder::at(base.path());
        fs::write(
            folder.file(LOCK_FILE),
            "a crash, and a longer text than any number",
        )
        .unwrap();
        let lock = folder.lock().unwrap();
        let text = fs::read_to_string(folder.file(LOCK_FILE)).unwrap();
        #[cfg(unix)]
        assert_eq!(text, std::process::id().to_string());
        drop((lock, text));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_locked_and_its_target_keeps_what_it_holds() {
        let base = tempfile::tempdir().unwrap();
        let folder = AppFolder::at(base.path().join("folder"));
        folder.ensure().unwrap();
        let target = base.path().join("diary");
        fs::write(&target, "dear diary").unwrap();
        std::os::unix::fs::symlink(&target, folder.file(LOCK_FILE)).unwrap();
        let lock = folder.lock().unwrap();
        assert!(matches!(folder.lock(), Err(FolderLockError::InUse(_))));
        drop(lock);
        assert_eq!(fs::read_to_string(&target).unwrap(), "dear diary");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_nothing_is_replaced() {
        let base = tempfile::tempdir().unwrap();
        for target in [base.path().join("new"), base.path().join("no/such/folder")] {
            let folder = AppFolder::at(base.path().join("folder"));
            folder.ensure().unwrap();
            let _ = fs::remove_file(folder.file(LOCK_FILE));
            std::os::unix::fs::symlink(&target, folder.file(LOCK_FILE)).unwrap();
            let lock = folder.lock().unwrap();
            assert!(matches!(folder.lock(), Err(FolderLockError::InUse(_))));
            assert!(!target.exists());
            drop(lock);
        }
    }

    #[cfg(unix)]
    #[test]
    fn nobody_waits_for_a_pipe() {
        let base = tempfile::tempdir().unwrap();
        let folder = AppFolder::at(base.path());
        crate::platform::files::limited::make_pipe(&folder.file(LOCK_FILE));
        assert!(matches!(folder.lock(), Err(FolderLockError::Io(_))));
    }
}
