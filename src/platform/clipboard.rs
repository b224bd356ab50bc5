//! The system clipboard, for secrets that should not stay on it.
//!
//! Reading what another program holds may take seconds when that program is slow to answer, and the first
//! call connects to the display server: call from a thread that may wait.

mod memory;
mod native;

use secrecy::SecretString;

use crate::domain::clipboard::{Cleared, ClipboardProblem};

pub use self::memory::MemoryClipboard;
pub use self::native::NativeClipboard;

/// Puts text on the clipboard and takes a secret off it again. Only the ordinary clipboard is used, never the
/// X11 PRIMARY selection, which any middle click would paste.
pub trait Clipboard: Send {
    /// Connects to the desktop, as the first use does otherwise.
    ///
    /// # Errors
    /// [`ClipboardProblem`] where there is none to connect to.
    fn connect(&mut self) -> Result<(), ClipboardProblem>;

    /// Copies a secret, marked so that clipboard histories which know the convention leave it out.
    ///
    /// # Errors
    /// [`ClipboardProblem`]; the former content is then still there.
    fn copy_secret(&mut self, secret: &SecretString) -> Result<(), ClipboardProblem>;

    /// Copies text that is no secret: histories may keep it and [`clear_if_ours`](Self::clear_if_ours) leaves it.
    ///
    /// # Errors
    /// [`ClipboardProblem`]; the former content is then still there.
    fn copy_plain(&mut self, text: &str) -> Result<(), ClipboardProblem>;

    /// Empties the clipboard if it still holds the secret copied last; what somebody else has put there since
    /// is left alone.
    ///
    /// # Errors
    /// [`ClipboardProblem`]; the secret may still be there, and the next call tries again.
    fn clear_if_ours(&mut self) -> Result<Cleared, ClipboardProblem>;

    /// Whether the clipboard still holds the secret copied last.
    ///
    /// # Errors
    /// [`ClipboardProblem`] where the clipboard cannot be read.
    fn holds_ours(&mut self) -> Result<bool, ClipboardProblem>;
}
