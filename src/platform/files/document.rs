//! JSON files that know what they are and which version, and that cannot keep the program from starting.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::atomic::{Previous, backup_of, with_suffix, write_atomic};
use super::folder::{AppFolder, FilesError, HOME_VARIABLE};
use super::limited::{NotRead, read_own};

/// Files larger than this are neither read nor written: 16 MiB, far beyond anything the app has to write.
const MAX_BYTES: u64 = 16 << 20;

/// Something that is kept in a file of the app's folder.
pub trait Document: Serialize + DeserializeOwned {
    /// The name of the format, as written in the file.
    const KIND: &'static str;
    /// The version of the format, counted from 1. Raise it when older programs would misread the file.
    const VERSION: u32;

    /// Turns the data of an older version into that of [`VERSION`](Self::VERSION); `None` if it cannot.
    fn upgrade(from: u32, data: Value) -> Option<Value> {
        let _ = (from, data);
        None
    }
}

/// What is on disk: `{"kind": …, "version": …, "data": …}`.
#[derive(Serialize, Deserialize)]
struct DocumentEnvelope<D> {
    kind: String,
    version: u32,
    data: D,
}

/// The outcome of reading a [`Document`].
#[derive(Debug)]
pub enum Loaded<T> {
    /// There is no file yet.
    Missing,
    /// The file as it was.
    Value(T),
    /// The file could not be used. It lies elsewhere now and the user should be told.
    SetAside(SetAside<T>),
}

impl<T> Loaded<T> {
    /// The value to go on with, if there is one, also where it came from the previous copy.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Missing => None,
            Self::Value(value) => Some(value),
            Self::SetAside(aside) => aside.previous,
        }
    }
}

/// A file that could not be used.
#[derive(Debug)]
pub struct SetAside<T> {
    /// The file's own path.
    pub path: PathBuf,
    /// Where it was moved; `None` where it is still in its place.
    pub moved_to: Option<PathBuf>,
    /// What was wrong.
    pub damage: Damage,
    /// The value of the `.bak` file, if that was readable. Not tried for a newer file, which is whole.
    pub previous: Option<T>,
}

/// Why a file could not be used. Quotes nothing from it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// The system could not read it.
    #[error("it could not be read ({0})")]
    Unreadable(io::ErrorKind),
    /// It is a folder, a pipe or a device.
    #[error("it is not an ordinary file")]
    NoFile,
    /// Another user wrote it, or everybody can.
    #[error("other users of this computer can change it")]
    Foreign,
    /// It is far too large.
    #[error("it is larger than {} MiB", MAX_BYTES >> 20)]
    TooLarge,
    /// It is no JSON, or not of this shape.
    #[error("it is damaged at line {line}, column {column}")]
    Malformed {
        /// Counted from 1; 0 if unknown.
        line: usize,
        /// Counted from 1; 0 if unknown.
        column: usize,
    },
    /// It is a file of another format.
    #[error("it is a file of another kind")]
    WrongKind,
    /// It was written by a newer program.
    #[error(
        "it was written by a newer version of this program (format {found}, known up to {known})"
    )]
    Newer {
        /// The version in the file.
        found: u32,
        /// The newest this program reads.
        known: u32,
    },
    /// It is too old to be understood.
    #[error("its format {found} is too old")]
    TooOld {
        /// The version in the file.
        found: u32,
    },
}

impl Damage {
    /// What helps against a file that was left where it is.
    pub fn help(&self) -> Option<String> {
        (*self == Self::Foreign).then(|| {
            format!(
                "If the file is yours, look through it and run chmod 600 on it. If not, set {HOME_VARIABLE} to a folder \
                 of your own."
            )
        })
    }
}

impl AppFolder {
    /// Writes a document, keeping the previous copy as `.bak`.
    ///
    /// # Errors
    /// [`FilesError`]; the old file is then still there.
    pub fn write<T: Document>(&self, name: &str, data: &T) -> Result<(), FilesError> {
        let path = self.file(name);
        let envelope = DocumentEnvelope {
            kind: T::KIND.to_owned(),
            version: T::VERSION,
            data,
        };
        let mut bytes =
            serde_json::to_vec_pretty(&envelope).map_err(|source| FilesError::Encode {
                path: path.clone(),
                source,
            })?;
        bytes.push(b'\n');
        if bytes.len() as u64 > MAX_BYTES {
            // It would not be read again.
            return Err(FilesError::io(&path)(NotRead::TooLarge(MAX_BYTES).into()));
        }
        self.ensure()?;
        write_atomic(&path, &bytes, Previous::Keep).map_err(FilesError::io(&path))
    }

    /// Reads a document and changes nothing, for those who do not own the folder: another run may be writing to it.
    /// `None` where there is no file yet.
    ///
    /// # Errors
    /// [`Damage`]; the file stays where it is.
    pub fn look_at<T: Document>(&self, name: &str) -> Result<Option<T>, Damage> {
        load(&self.file(name))
    }

    /// Reads a document. Never fails: what cannot be used is moved aside, with `now` in its new name.
    pub fn read<T: Document>(&self, name: &str, now: Timestamp) -> Loaded<T> {
        let path = self.file(name);
        let damage = match load(&path) {
            Ok(Some(value)) => return Loaded::Value(value),
            Ok(None) => return Loaded::Missing,
            Err(damage) => damage,
        };
        if damage == Damage::Foreign {
            // Whole, and perhaps only its mode is wrong.
            return Loaded::SetAside(SetAside {
                path,
                moved_to: None,
                damage,
                previous: None,
            });
        }
        let is_newer = matches!(damage, Damage::Newer { .. });
        let previous = if is_newer {
            None
        } else {
            load(&backup_of(&path)).ok().flatten()
        };
        let moved_to = move_aside(&path, if is_newer { "newer" } else { "damaged" }, now);
        Loaded::SetAside(SetAside {
            path,
            moved_to,
            damage,
            previous,
        })
    }
}

/// The document in a file; `None` if there is no such file.
fn load<T: Document>(path: &Path) -> Result<Option<T>, Damage> {
    let bytes = match read_own(path, MAX_BYTES) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Err(Damage::Foreign),
        Err(NotRead::Missing) => return Ok(None),
        Err(NotRead::NoFile) => return Err(Damage::NoFile),
        Err(NotRead::TooLarge(_)) => return Err(Damage::TooLarge),
        Err(NotRead::Refused(error)) => return Err(Damage::Unreadable(error.kind())),
    };
    let envelope: DocumentEnvelope<Value> =
        serde_json::from_slice(&bytes).map_err(|e| malformed(&e))?;
    if envelope.kind != T::KIND {
        return Err(Damage::WrongKind);
    }
    let found = envelope.version;
    let data = match found {
        _ if found == T::VERSION => envelope.data,
        _ if found > T::VERSION => {
            return Err(Damage::Newer {
                found,
                known: T::VERSION,
            });
        }
        _ => T::upgrade(found, envelope.data).ok_or(Damage::TooOld { found })?,
    };
    serde_json::from_value(data)
        .map(Some)
        .map_err(|e| malformed(&e))
}

fn malformed(error: &serde_json::Error) -> Damage {
    Damage::Malformed {
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
