//! Answers with one owner, held as promises until a frame takes them.

use std::path::PathBuf;

use poll_promise::{Promise, Sender};

use crate::domain::credentials::ApiKey;
use crate::domain::keychain::KeychainProblem;
use crate::state::effect::Generation;
use crate::state::event::{Event, FileTrouble, SessionEvent};

/// What reading a key from the keychain answers.
pub(super) type KeyAnswer = Result<Option<ApiKey>, KeychainProblem>;

/// What exporting answers: where the file is, or `None` if the user closed the dialog.
pub(super) type ExportAnswer = Result<Option<PathBuf>, FileTrouble>;

/// The promises that are open.
#[derive(Default)]
pub(super) struct Pending {
    key: Option<(Generation, Promise<KeyAnswer>)>,
    export: Option<(usize, Promise<ExportAnswer>)>,
}

impl Pending {
    /// Waits for a key. A former wait is forgotten; its answer goes nowhere.
    pub(super) fn expect_key(&mut self, generation: Generation) -> Sender<KeyAnswer> {
        let (sender, promise) = Promise::new();
        self.key = Some((generation, promise));
        sender
    }

    /// Waits for so many businesses to be exported; `None` while another export is under way.
    pub(super) fn expect_export(&mut self, count: usize) -> Option<Sender<ExportAnswer>> {
        if self.export.is_some() {
            return None;
        }
        let (sender, promise) = Promise::new();
        self.export = Some((count, promise));
        Some(sender)
    }

    /// The answers that have come since the last frame.
    pub(super) fn take(&mut self) -> Vec<Event> {
        let key = take(&mut self.key)
            .map(|(generation, answer)| Event::Session(generation, SessionEvent::KeyRead(answer)));
        let export =
            take(&mut self.export).map(|(count, result)| Event::Exported { count, result });
        key.into_iter().chain(export).collect()
    }
}

/// The answer of a promise, if it has come; the slot is free then.
fn take<Tag, Answer: Send>(slot: &mut Option<(Tag, Promise<Answer>)>) -> Option<(Tag, Answer)> {
    let (tag, promise) = slot.take()?;
    match promise.try_take() {
        Ok(answer) => Some((tag, answer)),
        Err(promise) => {
            *slot = Some((tag, promise));
            None
        }
    }
}
