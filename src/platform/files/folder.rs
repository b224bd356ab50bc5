//! The folder where the app stores its files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::files_error::{FilesError, HOME_VARIABLE};
use super::lock::{FolderLock, FolderLockError};

/// The folder that holds everything this program writes on its own.
///
/// | system | folder |
/// |---|---|
/// | Linux | `$XDG_DATA_HOME/thred-console`, usually `~/.local/share/thred-console` |
/// | macOS | `~/Library/Application Support/thred-console` |
/// | Windows | `%LOCALAPPDATA%\thred-console\data` |
///
/// [`HOME_VARIABLE`] overrides it.
#[derive(Debug, Clone)]
pub struct AppFolder {
    root: PathBuf,
    /// Renewed before each write.
    lock: Option<FolderLock>,
}

impl AppFolder {
    /// The folder of this user. Creates nothing yet.
    ///
    /// # Errors
    /// [`FilesError::NoHome`] if the system has none.
    pub fn locate() -> Result<Self, FilesError> {
        Self::choose(std::env::var_os(HOME_VARIABLE).map(PathBuf::from))
    }

    fn choose(named: Option<PathBuf>) -> Result<Self, FilesError> {
        match named.filter(|path| !path.as_os_str().is_empty()) {
            Some(path) => Ok(Self::at(std::path::absolute(&path).unwrap_or(path))),
            None => directories::ProjectDirs::from("", "", "thred-console")
                .map(|dirs| Self::at(dirs.data_local_dir()))
                .ok_or(FilesError::NoHome),
        }
    }

    /// A given folder. Creates nothing yet.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            lock: None,
        }
    }

    /// The same folder, for the run that has locked it.
    #[must_use]
    pub fn under(self, lock: FolderLock) -> Self {
        Self {
            lock: Some(lock),
            ..self
        }
    }

    /// Locks the folder for this run, and creates it if it is missing. Does not wait.
    ///
    /// # Errors
    /// [`FolderLockError`].
    pub fn lock(&self) -> Result<FolderLock, FolderLockError> {
        self.ensure().map_err(FolderLockError::Io)?;
        FolderLock::take(&self.root)
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path of a file in the folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Prepares the folder for a write. Creates it if it is missing, accessible to its owner only, and locks it again if it was replaced. An
    /// existing folder keeps its permissions: it may be shared with others, and every file in it is readable by its owner only anyway.
    ///
    /// # Errors
    /// [`FilesError::Io`] if it cannot be created or locked, [`FilesError::TakenOver`] if another run has locked it.
    pub fn ensure(&self) -> Result<(), FilesError> {
        make_private(&self.root).map_err(FilesError::io(&self.root))?;
        match self.lock.as_ref().map(|lock| lock.renew(&self.root)) {
            None | Some(Ok(())) => Ok(()),
            Some(Err(FolderLockError::InUse(in_use))) => Err(FilesError::TakenOver(in_use)),
            Some(Err(FolderLockError::Io(error))) => Err(error),
        }
    }

    /// What other users of the computer can do in the folder.
    pub fn access_by_others(&self) -> FolderAccess {
        fs::metadata(&self.root).map_or(FolderAccess::Private, |facts| openness_of(&facts))
    }
}

/// What other users of the computer can do in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FolderAccess {
    /// Nothing.
    Private,
    /// List its files.
    Listed,
    /// Add, rename and remove files.
    Writable,
}

#[cfg(unix)]
fn openness_of(facts: &fs::Metadata) -> FolderAccess {
    use std::os::unix::fs::PermissionsExt as _;
    match facts.permissions().mode() {
        mode if mode & 0o022 != 0 => FolderAccess::Writable,
        mode if mode & 0o044 != 0 => FolderAccess::Listed,
        _ => FolderAccess::Private,
    }
}

/// Other systems use access lists, and a user's profile is closed to others there.
#[cfg(not(unix))]
fn openness_of(_: &fs::Metadata) -> FolderAccess {
    FolderAccess::Private
}

#[cfg(unix)]
fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_names_the_folder() {
        let named = AppFolder::choose(Some(PathBuf::from("portable"))).unwrap();
        assert!(named.root().is_absolute());
        assert!(named.root().ends_with("portable"));
        let usual = AppFolder::choose(Some(PathBuf::new())).unwrap();
        assert!(usual.root().to_string_lossy().contains("thred-console"));
    }

    #[cfg(unix)]
    #[test]
    fn a_new_folder_is_private_and_one_that_is_there_keeps_its_mode() {
        use std::os::unix::fs::PermissionsExt as _;
        let base = tempfile::tempdir().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;

        let new = AppFolder::at(base.path().join("a/b"));
        new.ensure().unwrap();
        assert_eq!(
            (mode(new.root()), new.access_by_others()),
            (0o700, FolderAccess::Private)
        );

        let shared = AppFolder::at(base.path().join("shared"));
        fs::create_dir(shared.root()).unwrap();
        for (before, access_by_others) in [
            (0o700, FolderAccess::Private),
            (0o750, FolderAccess::Listed),
            (0o755, FolderAccess::Listed),
            (0o711, FolderAccess::Private),
            (0o770, FolderAccess::Writable),
            (0o1777, FolderAccess::Writable),
        ] {
            fs::set_permissions(shared.root(), fs::Permissions::from_mode(before)).unwrap();
            shared.ensure().unwrap();
            assert_eq!(
                (mode(shared.root()), shared.access_by_others()),
                (before, access_by_others)
            );
        }
    }
}
