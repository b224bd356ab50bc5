//! `token --copy`: copies a token to the clipboard and removes it after the time in the settings.
//!
//! The command runs until then, because on X11 and Wayland the process that copied something provides the content.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use super::choose_profile::saved;
use super::cli_error::CliError;
use super::exit::CliExit;
use super::output;
use super::services::CliServices;
use crate::domain::clipboard::ClearOutcome;
use crate::domain::retry_wait::span;
use crate::domain::text::capitalised;
use crate::domain::time::Clock;
use crate::domain::token::Handout;
use crate::platform::clipboard::{Clipboard, clear_at_end};

/// How long to wait for the desktop.
const CONNECT_WAIT: Duration = Duration::from_secs(10);

/// How often the console checks that the token is still on the clipboard.
const CHECK_INTERVAL: Duration = Duration::from_secs(1);

/// A connected clipboard. Dropping it removes what was copied, so an interruption does as well.
pub(super) struct CopyTarget {
    clipboard: Box<dyn Clipboard>,
    clock: Arc<dyn Clock>,
    clear_after: Duration,
    has_copied: bool,
}

impl CopyTarget {
    /// Connects to the clipboard before anything is fetched, so that no token is fetched that cannot be copied.
    pub(super) async fn connect(services: &CliServices) -> Result<Self, CliError> {
        let connected = connected((services.clipboard)(), CONNECT_WAIT).await;
        let clipboard = connected.map_err(|problem| {
            let message = format!(
                "{}. Nothing was fetched. Copying needs a desktop session; without one, send the output to a program \
                 or file.",
                capitalised(&problem)
            );
            CliError::new(CliExit::Clipboard, message)
        })?;
        Ok(Self {
            clipboard,
            clock: Arc::clone(&services.clock),
            clear_after: saved(services)?.settings.clipboard_time(),
            has_copied: false,
        })
    }

    /// Copies the text, holds it until its time is over or another program copies something, and removes it.
    ///
    /// # Errors
    /// If it could not be copied or removed.
    pub(super) async fn hold(mut self, handout: Handout) -> Result<(), CliError> {
        self.clipboard
            .copy_secret(handout.text())
            .map_err(|problem| {
                let message = format!(
                    "{}. The token was not copied.",
                    capitalised(&problem.to_string())
                );
                CliError::new(CliExit::Clipboard, message)
            })?;
        self.has_copied = true;
        drop(handout);
        output::print_message(&format!(
            "Copied. The token is removed from the clipboard in {}, or now with Ctrl+C.",
            span(self.clear_after)
        ));
        self.until_over().await;
        self.remove()
            .map_err(|message| CliError::new(CliExit::Clipboard, message))
    }

    /// Removes the token from the clipboard and prints the result.
    ///
    /// # Errors
    /// The message, if the token may still be there.
    fn remove(&mut self) -> Result<(), String> {
        if !std::mem::take(&mut self.has_copied) {
            return Ok(());
        }
        match clear_at_end(&mut *self.clipboard) {
            Ok(ClearOutcome::NothingCopied) => {}
            Ok(ClearOutcome::Cleared) => {
                output::print_message("The token was removed from the clipboard.")
            }
            Ok(ClearOutcome::OtherContent) => {
                output::print_message("Something else is on the clipboard now. It was left there.");
            }
            Err(problem) => {
                return Err(format!(
                    "{}. The token may still be there. Copy something else to replace it.",
                    capitalised(&problem.to_string())
                ));
            }
        }
        Ok(())
    }

    async fn until_over(&mut self) {
        let now = || self.clock.now().boot;
        let ends = now().saturating_add(self.clear_after);
        // If the clipboard cannot be read now, it may still be possible to clear it later.
        while now() < ends && self.clipboard.holds_copied_secret().unwrap_or(true) {
            let left = ends.saturating_since(now());
            tokio::time::sleep(left.min(CHECK_INTERVAL)).await;
        }
    }
}

/// Connects on another thread, because a display that is gone may never answer.
///
/// # Errors
/// Why there is no connection, as a clause.
#[expect(
    clippy::disallowed_methods,
    reason = "the thread may stay blocked; the command ends without it"
)]
async fn connected(
    mut clipboard: Box<dyn Clipboard>,
    wait: Duration,
) -> Result<Box<dyn Clipboard>, String> {
    let connecting = tokio::task::spawn_blocking(move || {
        let connected = clipboard.connect();
        connected.map(|()| clipboard)
    });
    match timeout(wait, connecting).await {
        Ok(Ok(connected)) => connected.map_err(|problem| problem.to_string()),
        Ok(Err(end)) => std::panic::resume_unwind(end.into_panic()),
        Err(_) => Err(format!(
            "the desktop did not answer within {} s",
            wait.as_secs()
        )),
    }
}

impl Drop for CopyTarget {
    fn drop(&mut self) {
        if let Err(message) = self.remove() {
            output::print_message(&message);
        }
    }
}

#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    reason = "a test looks at the clipboard while the command runs"
)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::domain::business::BusinessId;
    use crate::domain::clipboard::ClipboardProblem;
    use crate::domain::environment::Environment;
    use crate::domain::time::{BootInstant, Now};
    use crate::domain::token::{BusinessToken, Fingerprint, Payload, TokenFormat, TokenResponse};
    use crate::doubles::{ManualClock, MemoryClipboard};
    use secrecy::SecretString;

    const STAYS: Duration = Duration::from_mins(1);
    const TEXT: &str = "a-token";

    fn handout() -> Handout {
        let now = Now {
            wall: Timestamp::UNIX_EPOCH,
            boot: BootInstant::default(),
        };
        let answer = TokenResponse {
            secret: TEXT.to_owned().into(),
            token_type: None,
            expires_in_secs: Some(3600),
            scope: None,
            business_id: None,
            payload: Payload::Opaque,
            server_time: None,
            fingerprint: Fingerprint([0; 4]),
            requested: now,
        };
        let business = BusinessId(uuid::Uuid::from_u128(1));
        let token = BusinessToken::accept(answer, business).unwrap();
        let base = Environment::Sandbox.base_url();
        token.handout(TokenFormat::Raw, &base, now).unwrap()
    }

    fn target(clipboard: &MemoryClipboard, clock: &ManualClock) -> CopyTarget {
        CopyTarget {
            clipboard: Box::new(clipboard.clone()),
            clock: Arc::new(clock.clone()),
            clear_after: STAYS,
            has_copied: false,
        }
    }

    /// A clock that advances with the paused time of the test.
    fn clock() -> ManualClock {
        let clock = ManualClock::default();
        let advanced = clock.clone();
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_millis(100)).await;
                advanced.advance(Duration::from_millis(100));
            }
        });
        clock
    }

    #[tokio::test(start_paused = true)]
    async fn the_token_is_removed_when_its_time_is_over() {
        let (clipboard, clock) = (MemoryClipboard::default(), clock());
        let held = tokio::spawn(target(&clipboard, &clock).hold(handout()));
        tokio::time::sleep(STAYS - Duration::from_secs(2)).await;
        assert_eq!(clipboard.content().as_deref(), Some(TEXT));
        assert!(clipboard.is_excluded_from_history());
        held.await.unwrap().unwrap();
        assert_eq!(clipboard.content(), None);
    }

    #[tokio::test(start_paused = true)]
    async fn what_another_program_copies_ends_it_and_is_left_alone() {
        let (clipboard, clock) = (MemoryClipboard::default(), clock());
        let held = tokio::spawn(target(&clipboard, &clock).hold(handout()));
        tokio::time::sleep(Duration::from_secs(3)).await;
        clipboard.overwrite_by_other("shopping list");
        held.await.unwrap().unwrap();
        assert!(clock.now().boot < BootInstant::default().saturating_add(STAYS));
        assert_eq!(clipboard.content().as_deref(), Some("shopping list"));
    }

    #[tokio::test(start_paused = true)]
    async fn an_interruption_removes_the_token() {
        let (clipboard, clock) = (MemoryClipboard::default(), clock());
        let held = tokio::spawn(target(&clipboard, &clock).hold(handout()));
        tokio::time::sleep(Duration::from_secs(3)).await;
        assert_eq!(clipboard.content().as_deref(), Some(TEXT));
        held.abort();
        assert!(held.await.unwrap_err().is_cancelled());
        assert_eq!(clipboard.content(), None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_token_that_cannot_be_removed_is_a_failure() {
        let (clipboard, clock) = (MemoryClipboard::default(), clock());
        let held = tokio::spawn(target(&clipboard, &clock).hold(handout()));
        tokio::time::sleep(Duration::from_secs(3)).await;
        clipboard.fail_with(Some(ClipboardProblem::Busy));
        let error = held.await.unwrap().unwrap_err();
        assert_eq!(error.exit, CliExit::Clipboard);
        assert!(
            error.message.contains("may still be there"),
            "{}",
            error.message
        );
    }

    /// A clipboard whose display does not answer until the test ends.
    struct Silent(std::sync::mpsc::Receiver<()>);

    impl Clipboard for Silent {
        fn connect(&mut self) -> Result<(), ClipboardProblem> {
            // Fails when the test drops its end.
            let _ = self.0.recv();
            Err(ClipboardProblem::Busy)
        }

        fn copy_secret(&mut self, _: &SecretString) -> Result<(), ClipboardProblem> {
            Err(ClipboardProblem::Busy)
        }

        fn copy_plain(&mut self, _: &str) -> Result<(), ClipboardProblem> {
            Err(ClipboardProblem::Busy)
        }

        fn clear_copied_secret(&mut self) -> Result<ClearOutcome, ClipboardProblem> {
            Ok(ClearOutcome::NothingCopied)
        }

        fn holds_copied_secret(&mut self) -> Result<bool, ClipboardProblem> {
            Ok(false)
        }
    }

    #[tokio::test]
    async fn a_display_that_does_not_answer_is_given_up() {
        let (end, never) = std::sync::mpsc::channel();
        let why = connected(Box::new(Silent(never)), Duration::from_millis(1))
            .await
            .err();
        assert_eq!(
            why.as_deref(),
            Some("the desktop did not answer within 0 s")
        );
        drop(end);
    }

    #[tokio::test]
    async fn a_clipboard_that_takes_nothing_has_an_exit_code_of_its_own() {
        let clipboard = MemoryClipboard::default();
        clipboard.fail_with(Some(ClipboardProblem::Busy));
        let held = target(&clipboard, &ManualClock::default()).hold(handout());
        let error = held.await.unwrap_err();
        assert_eq!(error.exit, CliExit::Clipboard);
        assert!(
            error.message.contains("was not copied"),
            "{}",
            error.message
        );
    }
}
