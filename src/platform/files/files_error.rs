//! Why the app's folder or a file in it could not be used.

use std::io;
use std::path::{Path, PathBuf};

/// Overrides the system's usual folder, for tests or to run the program from a USB stick.
pub const HOME_VARIABLE: &str = "THRED_CONSOLE_HOME";

/// Why the app's folder or a file in it could not be used.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// The system has no home folder for this user.
    #[error("this system has no data folder; set {HOME_VARIABLE} to one")]
    NoHome,
    /// The file system reported an error, or the value could not be encoded as JSON.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        source: io::Error,
    },
    /// The folder was removed or replaced while this run had it locked, and another run has locked the new one.
    #[error(
        "{folder} was removed or replaced while this console had it open, and another console{} uses the new one; quit one of the two",
        in_brackets(_0.process),
        folder = _0.folder.display()
    )]
    TakenOver(FolderInUse),
}

impl FilesError {
    /// The reason without the path, which may contain the user's name.
    pub fn reason(&self) -> String {
        match self {
            Self::NoHome => self.to_string(),
            Self::TakenOver(_) => "another console is using the folder".to_owned(),
            Self::Io { source, .. } => source.to_string(),
        }
    }

    /// The kind of an error of the file system.
    pub fn kind(&self) -> Option<io::ErrorKind> {
        match self {
            Self::Io { source, .. } => Some(source.kind()),
            Self::NoHome | Self::TakenOver(_) => None,
        }
    }

    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}

/// Another run is using the folder.
#[derive(Debug, thiserror::Error)]
#[error(
    "Another console{} is using the folder {}. Two consoles would overwrite each other’s data, so this one \
     can’t open. Use the window that is already open, or quit it first. To run a second console with its own \
     data, set {} to another folder.",
    in_brackets(*.process),
    .folder.display(),
    HOME_VARIABLE
)]
pub struct FolderInUse {
    pub folder: PathBuf,
    /// The id of the other process, if known.
    pub process: Option<u32>,
}

fn in_brackets(process: Option<u32>) -> String {
    process.map_or_else(String::new, |process| format!(" (process {process})"))
}
