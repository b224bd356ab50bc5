//! JSON files with a kind and a version. A damaged one never prevents the program from starting.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::atomic::{PreviousFile, backup_of, with_suffix, write_atomic};
use super::files_error::{FilesError, HOME_VARIABLE};
use super::folder::AppFolder;
use super::limited::{ReadError, read_own};

/// Files larger than this, in bytes, are neither read nor written: 16 MiB, far more than the app ever writes.
const MAX_BYTES: u64 = 16 << 20;

/// A value stored in a file of the app's folder.
pub trait Document: Serialize + DeserializeOwned {
    /// The name of the format, as written in the file.
    const KIND: &'static str;
    /// The version of the format, from 1. Raise it when older programs would misread the file.
    const VERSION: u32;
}

/// The format on disk: `{"kind": …, "version": …, "data": …}`.
#[derive(Serialize, Deserialize)]
struct DocumentEnvelope<D> {
    kind: String,
    version: u32,
    data: D,
}

/// The outcome of reading a [`Document`].
#[derive(Debug)]
pub enum LoadOutcome<T> {
    /// There is no file yet.
    Missing,
    Value(T),
    /// The file could not be used, and the user should be told.
    SetAside(SetAsideFile<T>),
}

#[derive(Debug)]
pub struct SetAsideFile<T> {
    /// The file's own path.
    pub path: PathBuf,
    /// Where it was moved; `None` if it is still at its original path.
    pub moved_to: Option<PathBuf>,
    pub damage: DocumentError,
    /// The value of the `.bak` file, if readable. Not tried if the file is newer, foreign or could not be read, because it may be intact
    /// then.
    pub previous: Option<T>,
}

/// Why a file could not be used. Quotes nothing from it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// The system could not read it.
    #[error("it could not be read ({0})")]
    Unreadable(io::ErrorKind),
    /// It is a folder, a pipe or a device.
    #[error("it is not an ordinary file")]
    NotAFile,
    /// Another user owns it, or every user can change it.
    #[error("other users of this computer can change it")]
    Foreign,
    #[error("it is larger than {} MiB", MAX_BYTES >> 20)]
    TooLarge,
    /// It is not JSON, or has the wrong structure.
    #[error("it is damaged at line {line}, column {column}")]
    Malformed {
        /// From 1; 0 if unknown.
        line: usize,
        /// From 1; 0 if unknown.
        column: usize,
    },
    /// It is a file of another kind, or of an older format.
    #[error("it has another format")]
    OtherFormat,
    /// A newer version of the program wrote it.
    #[error(
        "it was written by a newer version of this program (format {found}; this version reads up to {known})"
    )]
    Newer {
        /// The version in the file.
        found: u32,
        /// The newest version that this program reads.
        known: u32,
    },
}

impl DocumentError {
    /// Advice for a file that was left at its path.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Foreign => Some(format!(
                "If the file is yours, look through it and run chmod 600 on it. If not, set {HOME_VARIABLE} to a folder \
                 of your own."
            )),
            Self::Unreadable(_) => Some("Make the file readable, then start again.".to_owned()),
            Self::NotAFile
            | Self::TooLarge
            | Self::Malformed { .. }
            | Self::OtherFormat
            | Self::Newer { .. } => None,
        }
    }
}

impl AppFolder {
    /// Writes a document. The previous copy stays as `.bak`.
    ///
    /// # Errors
    /// [`FilesError`]; the previous file is then still there.
    pub fn write<T: Document>(&self, name: &str, data: &T) -> Result<(), FilesError> {
        let path = self.file(name);
        let envelope = DocumentEnvelope {
            kind: T::KIND.to_owned(),
            version: T::VERSION,
            data,
        };
        let mut bytes = serde_json::to_vec_pretty(&envelope)
            .map_err(|error| FilesError::io(&path)(error.into()))?;
        bytes.push(b'\n');
        if bytes.len() as u64 > MAX_BYTES {
            // It could not be read again.
            return Err(FilesError::io(&path)(ReadError::TooLarge(MAX_BYTES).into()));
        }
        self.ensure()?;
        write_atomic(&path, &bytes, PreviousFile::Keep).map_err(FilesError::io(&path))
    }

    /// Reads a document and changes nothing, for callers that do not hold the folder's lock: another run may be writing to it. `None` if there is no
    /// file yet.
    ///
    /// # Errors
    /// [`DocumentError`]; the file stays where it is.
    pub fn look_at<T: Document>(&self, name: &str) -> Result<Option<T>, DocumentError> {
        load(&self.file(name))
    }

    /// Reads a document. Never fails: a file that cannot be used is moved aside, with `now` in its new name, unless it is foreign or could not be read.
    pub fn read<T: Document>(&self, name: &str, now: Timestamp) -> LoadOutcome<T> {
        let path = self.file(name);
        let damage = match load(&path) {
            Ok(Some(value)) => return LoadOutcome::Value(value),
            Ok(None) => return LoadOutcome::Missing,
            Err(damage) => damage,
        };
        if matches!(
            damage,
            DocumentError::Foreign | DocumentError::Unreadable(_)
        ) {
            // The file may be intact: perhaps only its permissions are wrong, or too many files are open.
            return LoadOutcome::SetAside(SetAsideFile {
                path,
                moved_to: None,
                damage,
                previous: None,
            });
        }
        let is_newer = matches!(damage, DocumentError::Newer { .. });
        let previous = if is_newer {
            None
        } else {
            load(&backup_of(&path)).ok().flatten()
        };
        let moved_to = move_aside(&path, if is_newer { "newer" } else { "damaged" }, now);
        LoadOutcome::SetAside(SetAsideFile {
            path,
            moved_to,
            damage,
            previous,
        })
    }
}

/// The document in a file; `None` if there is no such file.
fn load<T: Document>(path: &Path) -> Result<Option<T>, DocumentError> {
    let bytes = match read_own(path, MAX_BYTES) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Err(DocumentError::Foreign),
        Err(ReadError::Missing) => return Ok(None),
        Err(ReadError::NotAFile) => return Err(DocumentError::NotAFile),
        Err(ReadError::TooLarge(_)) => return Err(DocumentError::TooLarge),
        Err(ReadError::Io(error)) => return Err(DocumentError::Unreadable(error.kind())),
    };
    let envelope: DocumentEnvelope<Value> =
        serde_json::from_slice(&bytes).map_err(|e| malformed(&e))?;
    let (found, known) = (envelope.version, T::VERSION);
    if envelope.kind != T::KIND || found < known {
        return Err(DocumentError::OtherFormat);
    }
    if found > known {
        return Err(DocumentError::Newer { found, known });
    }
    serde_json::from_value(envelope.data)
        .map(Some)
        .map_err(|e| malformed(&e))
}

fn malformed(error: &serde_json::Error) -> DocumentError {
    DocumentError::Malformed {
        line: error.line(),
        column: error.column(),
    }
}

/// `settings.json` → `settings.json.damaged-20261123T141500Z`.
pub(super) fn move_aside(path: &Path, why: &str, now: Timestamp) -> Option<PathBuf> {
    let base = format!(".{why}-{}", now.strftime("%Y%m%dT%H%M%SZ"));
    let free = (1..100)
        .map(|n| {
            if n == 1 {
                base.clone()
            } else {
                format!("{base}-{n}")
            }
        })
        .map(|suffix| with_suffix(path, &suffix))
        .find(|candidate| fs::symlink_metadata(candidate).is_err())?;
    match fs::rename(path, &free) {
        Ok(()) => Some(free),
        Err(error) => {
            tracing::warn!("{} could not be set aside: {error}", path.display());
            None
        }
    }
}

#[cfg(test)]
mod tests;
