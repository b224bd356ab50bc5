//! The app's own files: one folder, readable by its user only. A document is replaced as a whole, so a crash leaves the old or the new version, never
//! half of one. No file contains secrets.

mod atomic;
mod document;
mod files_error;
mod folder;
mod leftovers;
mod limited;
mod lines;
mod lock;
mod log;
mod user_folder;

pub use self::atomic::{PreviousFile, write_atomic};
pub use self::document::{Document, DocumentError, LoadOutcome, SetAsideFile};
pub use self::files_error::{FilesError, FolderInUse, HOME_VARIABLE};
pub use self::folder::{AppFolder, FolderAccess};
pub use self::limited::{ReadError, open_file, read_limited};
pub use self::lines::{LineFile, is_in_use};
pub use self::lock::{FolderLock, FolderLockError};
pub use self::log::{LineTimestamp, Log, LogLimits};
pub use self::user_folder::write_user_file;
