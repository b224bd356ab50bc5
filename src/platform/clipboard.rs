//! The system clipboard, for secrets that should not stay on it.
//!
//! Reading what another program holds may take seconds when that program is slow to answer, and the first
//! call connects to the display server: call from a thread that may wait.

mod memory;
mod native;

use secrecy::SecretString;

pub use self::memory::MemoryClipboard;
pub use self::native::NativeClipboard;

/// Puts text on the clipboard and takes a secret off it again. Only the ordinary clipboard is used, never the
/// X11 PRIMARY selection, which any middle click would paste.
pub trait Clipboard: Send {
    /// Copies a secret, marked so that clipboard histories which know the convention leave it out.
    ///
    /// # Errors
    /// [`ClipboardError`]; the former content is then still there.
    fn copy_secret(&mut self, secret: &SecretString) -> Result<(), ClipboardError>;

    /// Copies text that is no secret: histories may keep it and [`clear_if_ours`](Self::clear_if_ours) leaves it.
    ///
    /// # Errors
    /// [`ClipboardError`]; the former content is then still there.
    fn copy_plain(&mut self, text: &str) -> Result<(), ClipboardError>;

    /// Empties the clipboard if it still holds the secret copied last; what somebody else has put there since
    /// is left alone.
    ///
    /// # Errors
    /// [`ClipboardError`]; the secret may still be there, and the next call tries again.
    fn clear_if_ours(&mut self) -> Result<Cleared, ClipboardError>;

    /// Whether the clipboard still holds the secret copied last.
    ///
    /// # Errors
    /// [`ClipboardError`] where the clipboard cannot be read.
    fn holds_ours(&mut self) -> Result<bool, ClipboardError>;
}

/// What [`Clipboard::clear_if_ours`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cleared {
    /// Our secret was there and is gone.
    Cleared,
    /// Something else had taken its place; nothing was changed.
    NotOurs,
    /// No secret was copied since the last clearing.
    NothingCopied,
}

/// Why the clipboard could not be used. Holds nothing of its content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClipboardError {
    /// There is no display server to talk to, or it has gone.
    #[error("the system clipboard cannot be reached ({detail})")]
    Unavailable {
        /// The system's own words, for the support block.
        detail: String,
    },
    /// Another program is using the clipboard; worth another try.
    #[error("another program is using the clipboard")]
    Busy,
    /// Anything else.
    #[error("the clipboard reports: {detail}")]
    Other {
        /// The system's own words, for the support block.
        detail: String,
    },
}
