//! The clipboard of the desktop.

#[cfg(all(unix, not(target_os = "macos")))]
use arboard::{ClearExtLinux as _, LinuxClipboardKind, SetExtLinux as _};
use arboard::{Error, Set};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
#[cfg(not(all(unix, not(target_os = "macos"))))]
use zeroize::Zeroizing;

use super::{ClearOutcome, Clipboard, ClipboardProblem};

#[cfg(all(unix, not(target_os = "macos")))]
mod wayland;
#[cfg(all(unix, not(target_os = "macos")))]
mod x11;

/// What is remembered of a secret that was copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CopiedSecret {
    sha256: [u8; 32],
    /// Length, bytes.
    length: usize,
}

impl CopiedSecret {
    fn of(text: &[u8]) -> Self {
        Self {
            sha256: Sha256::digest(text).into(),
            length: text.len(),
        }
    }
}

/// Size of the text that overwrites a sent secret: longer than any secret, and shorter than the send buffer.
#[cfg(all(unix, not(target_os = "macos")))]
const FILLER_BYTES: usize = 16_000;

/// The long-lived owner of the clipboard: on X11 and Wayland the content lives in this process, so this value must exist for as long as other
/// programs should be able to paste. Connects at the first use.
#[derive(Default)]
pub struct NativeClipboard {
    inner: Option<arboard::Clipboard>,
    /// The last copied secret: enough to recognise it, useless to anyone who finds it.
    ours: Option<CopiedSecret>,
}

impl std::fmt::Debug for NativeClipboard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NativeClipboard")
            .field("connected", &self.inner.is_some())
            .field("holds_secret", &self.ours.is_some())
            .finish()
    }
}

impl NativeClipboard {
    /// A clipboard that is not connected yet.
    pub fn new() -> Self {
        Self::default()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one owner of the system clipboard"
    )]
    fn inner(&mut self) -> Result<&mut arboard::Clipboard, ClipboardProblem> {
        match &mut self.inner {
            Some(inner) => Ok(inner),
            slot @ None => {
                let opened =
                    arboard::Clipboard::new().map_err(|error| ClipboardProblem::Unavailable {
                        detail: describe(error),
                    })?;
                Ok(slot.insert(opened))
            }
        }
    }

    /// Empties the clipboard and disconnects from the display server, because the buffers of the connection still contain what was sent to other
    /// programs.
    fn forget(&mut self) -> Result<(), ClipboardProblem> {
        #[cfg(all(unix, not(target_os = "macos")))]
        self.overwrite_sent()?;
        // Overwriting takes a moment, during which another program may have copied something.
        if self.holds_copied_secret()? {
            // Clear before disconnecting: arboard hands a clipboard that still has content to a clipboard manager.
            let cleared = self.inner()?.clear();
            cleared.map_err(|error| self.failed(error))?;
        }
        self.inner = None;
        self.ours = None;
        Ok(())
    }

    /// As [`forget`](Self::forget), if the clipboard now belongs to another program, whose content must stay. Sends the secondary selection instead,
    /// which programs do not use.
    #[cfg(all(unix, not(target_os = "macos")))]
    fn overwrite_elsewhere(&mut self) -> Result<(), Error> {
        let Some(inner) = &mut self.inner else {
            return Ok(());
        };
        let secondary = LinuxClipboardKind::Secondary;
        let filler = " ".repeat(FILLER_BYTES);
        without_history(inner.set().clipboard(secondary)).text(filler)?;
        if let Err(error) = x11::request_content("SECONDARY") {
            tracing::debug!("the secondary selection was not requested over X11: {error}");
        }
        inner.clear_with().clipboard(secondary)
    }

    /// Overwrites the send buffer with filler. The window has a clipboard for pasting, and the library shares one X11 connection between both. So
    /// that connection outlives ours, with the last secret sent to another program in its buffer.
    #[cfg(all(unix, not(target_os = "macos")))]
    fn overwrite_sent(&mut self) -> Result<(), ClipboardProblem> {
        let filler = " ".repeat(FILLER_BYTES);
        let written = without_history(self.inner()?.set()).text(filler.as_str());
        written.map_err(|error| self.failed(error))?;
        self.ours = Some(CopiedSecret::of(filler.as_bytes()));
        // Wayland has no such buffer, and there may be no X server.
        if let Err(error) = x11::request_content("CLIPBOARD") {
            tracing::debug!("the clipboard was not requested over X11: {error}");
        }
        Ok(())
    }

    /// A permanent error may mean that the display server has gone, so the next call reconnects.
    fn failed(&mut self, error: Error) -> ClipboardProblem {
        match error {
            Error::ClipboardOccupied => ClipboardProblem::Busy,
            other => {
                self.inner = None;
                ClipboardProblem::Other {
                    detail: describe(other),
                }
            }
        }
    }
}

impl Clipboard for NativeClipboard {
    fn connect(&mut self) -> Result<(), ClipboardProblem> {
        self.inner().map(drop)
    }

    fn copy_secret(&mut self, secret: &SecretString) -> Result<(), ClipboardProblem> {
        let text = secret.expose_secret();
        let written = without_history(self.inner()?.set()).text(text);
        written.map_err(|error| self.failed(error))?;
        self.ours = Some(CopiedSecret::of(text.as_bytes()));
        Ok(())
    }

    fn copy_plain(&mut self, text: &str) -> Result<(), ClipboardProblem> {
        // Not cleared first: X11 notifies the previous owner late, and the library would then discard the new text.
        #[cfg(all(unix, not(target_os = "macos")))]
        if self.ours.is_some() {
            self.overwrite_sent()?;
        }
        let written = self.inner()?.set().text(text);
        written.map_err(|error| self.failed(error))?;
        self.ours = None;
        Ok(())
    }

    fn clear_copied_secret(&mut self) -> Result<ClearOutcome, ClipboardProblem> {
        if self.ours.is_none() {
            return Ok(ClearOutcome::NothingCopied);
        }
        // `clear` would also delete another program's content, so check first.
        if !self.holds_copied_secret()? {
            // Wayland has no such selection, and stores nothing that was sent.
            #[cfg(all(unix, not(target_os = "macos")))]
            if let Err(error) = self.overwrite_elsewhere() {
                tracing::debug!("could not overwrite the sent secret: {error}");
            }
            self.ours = None;
            self.inner = None;
            return Ok(ClearOutcome::OtherContent);
        }
        self.forget()?;
        Ok(ClearOutcome::Cleared)
    }

    fn holds_copied_secret(&mut self) -> Result<bool, ClipboardProblem> {
        let Some(ours) = self.ours else {
            return Ok(false);
        };
        let is_ours = |text: &[u8]| CopiedSecret::of(text) == ours;
        #[cfg(all(unix, not(target_os = "macos")))]
        {
            // The same condition as in the library, which uses X11 if this fails.
            if std::env::var_os("WAYLAND_DISPLAY").is_some() {
                match wayland::read_text(ours.length) {
                    Ok(text) => return Ok(text.is_some_and(|text| is_ours(&text))),
                    Err(error) => {
                        tracing::debug!("the clipboard was not read over Wayland: {error}");
                    }
                }
            }
            match x11::read_text(ours.length) {
                Ok(text) => Ok(text.is_some_and(|text| is_ours(&text))),
                Err(error) => {
                    let description = error.to_string();
                    Err(self.failed(Error::Unknown { description }))
                }
            }
        }
        #[cfg(not(all(unix, not(target_os = "macos"))))]
        match self.inner()?.get_text() {
            Ok(text) => Ok(is_ours(Zeroizing::new(text).as_bytes())),
            // Empty, an image or files: not our secret in any case.
            Err(Error::ContentNotAvailable | Error::ConversionFailure) => Ok(false),
            Err(error) => Err(self.failed(error)),
        }
    }
}

/// The message of an error; for unknown errors without the crate's prefix.
fn describe(error: Error) -> String {
    match error {
        Error::Unknown { description } => description,
        other => other.to_string(),
    }
}

/// The KDE hint, which other clipboard managers respect as well.
#[cfg(all(unix, not(target_os = "macos")))]
fn without_history(set: Set<'_>) -> Set<'_> {
    arboard::SetExtLinux::exclude_from_history(set)
}

/// `org.nspasteboard.ConcealedType`.
#[cfg(target_os = "macos")]
fn without_history(set: Set<'_>) -> Set<'_> {
    arboard::SetExtApple::exclude_from_history(set)
}

/// Excludes it from clipboard history (Win+V), cloud clipboard and monitoring programs.
#[cfg(windows)]
fn without_history(set: Set<'_>) -> Set<'_> {
    arboard::SetExtWindows::exclude_from_monitoring(set)
}
