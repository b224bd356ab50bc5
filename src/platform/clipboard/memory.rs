//! A clipboard for tests, which can inspect it.

use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
use secrecy::{ExposeSecret as _, SecretString};

use super::{ClearOutcome, Clipboard, ClipboardProblem};

/// A clipboard in memory. Clones share the content, so a test can hand out one and inspect another.
#[derive(Clone, Default)]
pub struct MemoryClipboard(Arc<Mutex<MemoryContent>>);

#[derive(Default)]
struct MemoryContent {
    content: Option<String>,
    is_excluded: bool,
    ours: Option<String>,
    failure: Option<ClipboardProblem>,
    copies: usize,
}

impl std::fmt::Debug for MemoryClipboard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemoryClipboard")
            .field("holds_text", &self.0.lock().content.is_some())
            .finish()
    }
}

impl MemoryClipboard {
    pub fn new() -> Self {
        Self::default()
    }

    /// The state, or the failure set for tests.
    fn working(&self) -> Result<MutexGuard<'_, MemoryContent>, ClipboardProblem> {
        let state = self.0.lock();
        match &state.failure {
            Some(failure) => Err(failure.clone()),
            None => Ok(state),
        }
    }

    /// What a paste would return now.
    pub fn content(&self) -> Option<String> {
        self.0.lock().content.clone()
    }

    /// Whether the current content asks clipboard histories not to record it.
    pub fn is_excluded_from_history(&self) -> bool {
        self.0.lock().is_excluded
    }

    /// How often text was copied through the trait.
    pub fn copies(&self) -> usize {
        self.0.lock().copies
    }

    /// Simulates another program copying text.
    pub fn overwrite_by_other(&self, text: &str) {
        let mut state = self.0.lock();
        state.content = Some(text.to_owned());
        state.is_excluded = false;
    }

    /// Makes every call fail with `failure`, until called with `None`.
    pub fn fail_with(&self, failure: Option<ClipboardProblem>) {
        self.0.lock().failure = failure;
    }
}

impl Clipboard for MemoryClipboard {
    fn connect(&mut self) -> Result<(), ClipboardProblem> {
        self.working().map(drop)
    }

    fn copy_secret(&mut self, secret: &SecretString) -> Result<(), ClipboardProblem> {
        let mut state = self.working()?;
        let text = secret.expose_secret().to_owned();
        state.content = Some(text.clone());
        state.ours = Some(text);
        state.is_excluded = true;
        state.copies += 1;
        Ok(())
    }

    fn copy_plain(&mut self, text: &str) -> Result<(), ClipboardProblem> {
        let mut state = self.working()?;
        state.content = Some(text.to_owned());
        state.ours = None;
        state.is_excluded = false;
        state.copies += 1;
        Ok(())
    }

    fn clear_copied_secret(&mut self) -> Result<ClearOutcome, ClipboardProblem> {
        let mut state = self.working()?;
        match state.ours.take() {
            None => Ok(ClearOutcome::NothingCopied),
            ours if ours == state.content => {
                state.content = None;
                state.is_excluded = false;
                Ok(ClearOutcome::Cleared)
            }
            Some(_) => Ok(ClearOutcome::OtherContent),
        }
    }

    fn holds_copied_secret(&mut self) -> Result<bool, ClipboardProblem> {
        let state = self.working()?;
        Ok(state.ours.is_some() && state.ours == state.content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> SecretString {
        SecretString::from(text.to_owned())
    }

    #[test]
    fn clears_only_what_is_still_ours() {
        let seen = MemoryClipboard::new();
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
        let seen = MemoryClipboard::new();
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
        let seen = MemoryClipboard::new();
        let mut clipboard = seen.clone();
        clipboard.copy_secret(&secret("tok")).unwrap();
        seen.fail_with(Some(ClipboardProblem::Busy));
        assert_eq!(clipboard.clear_copied_secret(), Err(ClipboardProblem::Busy));
        seen.fail_with(None);
        assert_eq!(clipboard.clear_copied_secret(), Ok(ClearOutcome::Cleared));
    }
}
