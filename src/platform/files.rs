//! The app's own files: one folder, readable by its user only. A document is replaced as a whole, so a crash leaves the old or the new version, never
//! half of one. No file contains secrets.

mod atomic;
mod document;
mod elsewhere;
mod folder;
mod leftovers;
mod limited;
mod lines;
mod lock;
mod log;

pub use self::atomic::{Previous, write_atomic};
pub use self::document::{Damage, Document, Loaded, SetAside};
pub use self::elsewhere::write_elsewhere;
pub use self::folder::{AppFolder, FilesError, HOME_VARIABLE, Openness};
pub use self::limited::{NotRead, read_limited};
pub use self::lines::{LineFile, is_in_use};
pub use self::lock::{FolderInUse, FolderLock, NotLocked};
pub use self::log::{Log, LogLimits, TimeOf};
