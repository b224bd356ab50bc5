//! Fetches business tokens, and copies to the clipboard. The clipboard has a thread of its own: on some systems, reading waits for the program that
//! owns the content.

use super::Runtime;
use super::session::SessionTask;
use crate::domain::business::BusinessId;
use crate::domain::clipboard::CopiedText;
use crate::domain::token::Handout;
use crate::platform::clipboard::clear_at_end;
use crate::state::event::SessionEvent;
use crate::state::generation::Generation;
use crate::state::tokens::messages::{ClipboardEvent, TokenEffect};

impl Runtime {
    pub(super) fn token_effect(&mut self, effect: TokenEffect) {
        match effect {
            TokenEffect::Fetch(generation, id) => self.fetch_token(generation, id),
            TokenEffect::CancelFetch(id) => self.cancel(SessionTask::FetchToken(id)),
            TokenEffect::CopyHandout { ticket, handout } => self.copy_handout(ticket, handout),
            TokenEffect::ClearClipboard => self.clear_clipboard(),
        }
    }

    fn fetch_token(&mut self, generation: Generation, id: BusinessId) {
        self.in_session(generation, SessionTask::FetchToken(id), |api| async move {
            SessionEvent::TokenFetched(id, api.business_token(id).await)
        });
    }

    fn copy_handout(&self, ticket: u64, handout: Handout) {
        let outbox = self.outbox.clone();
        self.clipboard.call(move |clipboard| {
            let result = clipboard.copy_secret(handout.text());
            let event = ClipboardEvent::HandoutCopied { ticket, result };
            outbox.send_blocking(event);
        });
    }

    pub(super) fn copy_text(&self, what: CopiedText, text: String) {
        let outbox = self.outbox.clone();
        self.clipboard.call(move |clipboard| {
            let result = clipboard.copy_plain(&text);
            let event = ClipboardEvent::TextCopied { what, result };
            outbox.send_blocking(event);
        });
    }

    fn clear_clipboard(&self) {
        let outbox = self.outbox.clone();
        self.clipboard.call(move |clipboard| {
            let event = ClipboardEvent::Cleared(clipboard.clear_copied_secret());
            outbox.send_blocking(event);
        });
    }

    /// Clears our secret before the program ends.
    pub(super) fn clear_clipboard_at_exit(&self) {
        let cleared = self
            .clipboard
            .call_and_wait(self.exit_limit, |clipboard| clear_at_end(&mut **clipboard));
        match cleared {
            Some(Ok(cleared)) => tracing::debug!("clipboard at exit: {cleared:?}"),
            Some(Err(problem)) => tracing::warn!("clipboard at exit: {problem}"),
            None => tracing::warn!("the clipboard did not answer at exit"),
        }
    }
}
