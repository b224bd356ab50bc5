//! Fetches business tokens and copies them to the clipboard.

use super::Runtime;
use super::session::SessionTask;
use crate::domain::business::BusinessId;
use crate::state::generation::Generation;
use crate::state::tokens::messages::{TokenEffect, TokenEvent};

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
            TokenEvent::Fetched(id, api.business_token(id).await)
        });
    }
}
