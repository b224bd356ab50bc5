//! The system clipboard, for secrets that should not stay on it.
//!
//! Calls block: the first one connects to the display server, and reading what another program holds takes seconds if that program responds slowly.
//! Never call it on the UI thread.

mod memory;
mod native;

use secrecy::SecretString;

use crate::domain::clipboard::{ClearOutcome, ClipboardProblem};

pub use self::memory::MemoryClipboard;
pub use self::native::NativeClipboard;

/// Copies text to the clipboard and removes secrets from it. Uses only the regular clipboard, never the X11 PRIMARY selection, which any middle click
/// would paste.
pub trait Clipboard: Send {
    /// Connects to the desktop now instead of at the first use.
    ///
    /// # Errors
    /// [`ClipboardProblem`] if there is no desktop to connect to.
    fn connect(&mut self) -> Result<(), ClipboardProblem>;

    /// Copies a secret, marked so that clipboard histories that know the convention do not record it.
    ///
    /// # Errors
    /// [`ClipboardProblem`]; the previous content is then still there.
    fn copy_secret(&mut self, secret: &SecretString) -> Result<(), ClipboardProblem>;

    /// Copies text that is not secret: histories may record it, and [`clear_if_ours`](Self::clear_if_ours) does not touch it.
    ///
    /// # Errors
    /// [`ClipboardProblem`]; the previous content is then still there.
    fn copy_plain(&mut self, text: &str) -> Result<(), ClipboardProblem>;

    /// Empties the clipboard if it still holds the last copied secret. Anything copied since then is left alone.
    ///
    /// # Errors
    /// [`ClipboardProblem`]; the secret may still be there, and the next call retries.
    fn clear_if_ours(&mut self) -> Result<ClearOutcome, ClipboardProblem>;

    /// Whether the clipboard still holds the last copied secret.
    ///
    /// # Errors
    /// [`ClipboardProblem`] if the clipboard cannot be read.
    fn holds_ours(&mut self) -> Result<bool, ClipboardProblem>;
}
