//! Answers with one owner, held as promises until a frame takes them.

use poll_promise::{Promise, Sender};

use crate::domain::credentials::ApiKey;
use crate::domain::keychain::KeychainProblem;
use crate::state::effect::Generation;
use crate::state::event::{Event, SessionEvent};

/// What reading a key from the keychain answers.
pub(super) type KeyAnswer = Result<Option<ApiKey>, KeychainProblem>;

/// The promises that are open.
#[derive(Default)]
pub(super) struct Pending {
    key: Option<(Generation, Promise<KeyAnswer>)>,
}

impl Pending {
    /// Waits for a key. A former wait is forgotten; its answer goes nowhere.
    pub(super) fn expect_key(&mut self, generation: Generation) -> Sender<KeyAnswer> {
        let (sender, promise) = Promise::new();
        self.key = Some((generation, promise));
        sender
    }

    /// The answers that have come since the last frame.
    pub(super) fn take(&mut self) -> Option<Event> {
        let (generation, promise) = self.key.take()?;
        match promise.try_take() {
            Ok(answer) => Some(Event::Session(generation, SessionEvent::KeyRead(answer))),
            Err(promise) => {
                self.key = Some((generation, promise));
                None
            }
        }
    }
}
