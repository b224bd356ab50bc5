//! The system clipboard, for secrets that should not stay on it.
//!
//! Calls block: the first one connects to the display server, and reading what another program holds takes seconds if that program responds slowly.
//! Never call it on the UI thread.

pub mod native;

use std::time::Duration;

use secrecy::SecretString;

use crate::domain::clipboard::{ClearOutcome, ClipboardProblem};

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

    /// Copies text that is not secret: histories may record it, and [`clear_copied_secret`](Self::clear_copied_secret) does not touch it.
    ///
    /// # Errors
    /// [`ClipboardProblem`]; the previous content is then still there.
    fn copy_plain(&mut self, text: &str) -> Result<(), ClipboardProblem>;

    /// Empties the clipboard if it still holds the last copied secret. Anything copied since then is left alone.
    ///
    /// # Errors
    /// [`ClipboardProblem`]; the secret may still be there, and the next call retries.
    fn clear_copied_secret(&mut self) -> Result<ClearOutcome, ClipboardProblem>;

    /// Whether the clipboard still holds the last copied secret.
    ///
    /// # Errors
    /// [`ClipboardProblem`] if the clipboard cannot be read.
    fn holds_copied_secret(&mut self) -> Result<bool, ClipboardProblem>;
}

/// How often clearing a busy clipboard is attempted at the end of the program, and how long the pauses are: 1.5 s in all.
const LAST_ATTEMPTS: u32 = 16;
const LAST_PAUSE: Duration = Duration::from_millis(100);

/// Clears our secret at the end of the program. If another program is using the clipboard, retries for about 1.5 s, because
/// nobody clears it later.
///
/// # Errors
/// As [`Clipboard::clear_copied_secret`].
pub fn clear_at_end(clipboard: &mut dyn Clipboard) -> Result<ClearOutcome, ClipboardProblem> {
    clear_with_pauses(clipboard, || std::thread::sleep(LAST_PAUSE))
}

fn clear_with_pauses(
    clipboard: &mut dyn Clipboard,
    mut pause: impl FnMut(),
) -> Result<ClearOutcome, ClipboardProblem> {
    for _ in 1..LAST_ATTEMPTS {
        match clipboard.clear_copied_secret() {
            Err(ClipboardProblem::Busy) => pause(),
            result => return result,
        }
    }
    clipboard.clear_copied_secret()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doubles::MemoryClipboard;

    fn secret(text: &str) -> SecretString {
        SecretString::from(text.to_owned())
    }

    #[test]
    fn clears_only_what_is_still_ours() {
        let seen = MemoryClipboard::default();
        let mut clipboard = seen.clone();
        assert_eq!(
            clipboard.clear_copied_secret(),
            Ok(ClearOutcome::NothingCopied)
        );

        clipboard.copy_secret(&secret("tok-1")).unwrap();
        assert!(seen.is_excluded_from_history());
        assert_eq!(clipboard.holds_copied_secret(), Ok(true));
        assert_eq!(clipboard.clear_copied_secret(), Ok(ClearOutcome::Cleared));
        assert_eq!(seen.content(), None);

        clipboard.copy_secret(&secret("tok-2")).unwrap();
        seen.overwrite_by_other("shopping list");
        assert_eq!(clipboard.holds_copied_secret(), Ok(false));
        assert_eq!(
            clipboard.clear_copied_secret(),
            Ok(ClearOutcome::OtherContent)
        );
        assert_eq!(seen.content().as_deref(), Some("shopping list"));
    }

    #[test]
    fn plain_text_is_never_cleared() {
        let seen = MemoryClipboard::default();
        let mut clipboard = seen.clone();
        clipboard.copy_secret(&secret("tok")).unwrap();
        clipboard.copy_plain("an id").unwrap();
        assert!(!seen.is_excluded_from_history());
        assert_eq!(
            clipboard.clear_copied_secret(),
            Ok(ClearOutcome::NothingCopied)
        );
        assert_eq!(seen.content().as_deref(), Some("an id"));
    }

    #[test]
    fn a_failure_changes_nothing() {
        let seen = MemoryClipboard::default();
        let mut clipboard = seen.clone();
        clipboard.copy_secret(&secret("tok")).unwrap();
        seen.fail_with(Some(ClipboardProblem::Busy));
        assert_eq!(clipboard.clear_copied_secret(), Err(ClipboardProblem::Busy));
        seen.fail_with(None);
        assert_eq!(clipboard.clear_copied_secret(), Ok(ClearOutcome::Cleared));
    }

    #[test]
    fn a_clipboard_that_is_busy_for_a_moment_is_cleared_at_the_end() {
        let seen = MemoryClipboard::default();
        let mut clipboard = seen.clone();
        clipboard.copy_secret(&"a-token".into()).unwrap();
        seen.fail_with(Some(ClipboardProblem::Busy));
        let mut pauses = 0;
        let cleared = clear_with_pauses(&mut clipboard, || {
            pauses += 1;
            if pauses == 3 {
                seen.fail_with(None);
            }
        });
        assert_eq!((cleared, pauses), (Ok(ClearOutcome::Cleared), 3));
        assert_eq!(seen.content(), None);
    }

    #[test]
    fn clearing_at_the_end_gives_up() {
        let mut clipboard = MemoryClipboard::default();
        let mut pauses = 0;
        clipboard.fail_with(Some(ClipboardProblem::Busy));
        let cleared = clear_with_pauses(&mut clipboard, || pauses += 1);
        assert_eq!((cleared, pauses), (Err(ClipboardProblem::Busy), 15));
    }
}
