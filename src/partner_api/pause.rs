//! A pause that the server asked for while several requests for the same thing are under way.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Kept by all requests of one reading of the list, whichever of them was told.
#[derive(Debug, Default)]
pub(super) struct SharedPause(Mutex<Option<Instant>>);

impl SharedPause {
    /// Nothing is sent for so long. A longer pause stays.
    pub(super) fn extend(&self, pause: Duration) {
        let end = Instant::now().checked_add(pause);
        let mut until = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *until = (*until).max(end);
    }

    /// Returns once a request may be sent.
    pub(super) async fn over(&self) {
        while let Some(until) = self.until() {
            tokio::time::sleep_until(until).await;
        }
    }

    fn until(&self) -> Option<Instant> {
        let until = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        until.filter(|until| *until > Instant::now())
    }
}
