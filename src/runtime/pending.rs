//! Answers with one owner, held as promises until a frame takes them.

use std::path::PathBuf;

use poll_promise::{Promise, Sender};

use crate::domain::credentials::ApiKey;
use crate::domain::keychain::KeychainProblem;
use crate::state::effect::Generation;
use crate::state::event::{
    Event, FileTrouble, ImportEvent, SavedFile, SessionEvent, SettingsEvent,
};

/// What reading a key from the keychain answers.
pub(super) type KeyAnswer = Result<Option<ApiKey>, KeychainProblem>;

/// What exporting answers: where the file is, or `None` if the user closed the dialog.
pub(super) type ExportAnswer = Result<Option<PathBuf>, FileTrouble>;

/// What asking for a file to import answers.
pub(super) type ChoiceAnswer = Result<Option<PathBuf>, FileTrouble>;

/// The promises that are open.
#[derive(Default)]
pub(super) struct Pending {
    key: Option<(Generation, Promise<KeyAnswer>)>,
    export: Option<(usize, Promise<ExportAnswer>)>,
    choice: Option<(Generation, Promise<ChoiceAnswer>)>,
    saving: Option<(SavedFile, Promise<ExportAnswer>)>,
    ca_file: Option<((), Promise<ChoiceAnswer>)>,
}

impl Pending {
    /// Waits for a key. A former wait is forgotten; its answer goes nowhere.
    pub(super) fn expect_key(&mut self, generation: Generation) -> Sender<KeyAnswer> {
        let (sender, promise) = Promise::new();
        self.key = Some((generation, promise));
        sender
    }

    /// Whether a file dialog is open: there is one at a time.
    fn has_dialog(&self) -> bool {
        self.export.is_some()
            || self.choice.is_some()
            || self.saving.is_some()
            || self.ca_file.is_some()
    }

    /// Waits for a file to be chosen; `None` while another dialog is open.
    pub(super) fn expect_choice(&mut self, generation: Generation) -> Option<Sender<ChoiceAnswer>> {
        if self.has_dialog() {
            return None;
        }
        let (sender, promise) = Promise::new();
        self.choice = Some((generation, promise));
        Some(sender)
    }

    /// Waits for a file of certificates to be chosen; `None` while another dialog is open.
    pub(super) fn expect_ca_file(&mut self) -> Option<Sender<ChoiceAnswer>> {
        if self.has_dialog() {
            return None;
        }
        let (sender, promise) = Promise::new();
        self.ca_file = Some(((), promise));
        Some(sender)
    }

    /// Waits for something to be saved; `None` while another dialog is open.
    pub(super) fn expect_saved(&mut self, what: SavedFile) -> Option<Sender<ExportAnswer>> {
        if self.has_dialog() {
            return None;
        }
        let (sender, promise) = Promise::new();
        self.saving = Some((what, promise));
        Some(sender)
    }

    /// Waits for so many businesses to be exported; `None` while another export is under way.
    pub(super) fn expect_export(&mut self, count: usize) -> Option<Sender<ExportAnswer>> {
        if self.has_dialog() {
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
        let choice = take(&mut self.choice).map(|(generation, answer)| {
            let event = SessionEvent::Import(ImportEvent::Chosen(answer));
            Event::Session(generation, event)
        });
        let saved = take(&mut self.saving).map(|(what, result)| Event::Saved { what, result });
        let ca_file = take(&mut self.ca_file)
            .map(|((), answer)| Event::Settings(SettingsEvent::CaChosen(answer)));
        key.into_iter()
            .chain(export)
            .chain(choice)
            .chain(saved)
            .chain(ca_file)
            .collect()
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
