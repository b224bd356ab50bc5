//! Answers for a single receiver, held as promises until a frame takes them.

use std::path::PathBuf;

use poll_promise::{Promise, Sender};
use tokio::sync::oneshot;

use super::inbox::Outbox;
use super::keys::unanswered;
use crate::domain::export::Format;
use crate::domain::key_source::KeyProblem;
use crate::domain::profile::Profile;
use crate::state::event::Event;
use crate::state::generation::Generation;
use crate::state::import::messages::ImportEvent;
use crate::state::session::messages::{FoundKey, SignInEvent};
use crate::state::shell::messages::{FileFailure, SavedFile, SettingsEvent, ShellEvent};

/// The result of fetching a key.
pub(super) type KeyAnswer = Result<Option<Box<FoundKey>>, KeyProblem>;

/// The result of a file dialog: the path, or `None` if the user closed it.
pub(super) type FileResult = Result<Option<PathBuf>, FileFailure>;

#[derive(Debug)]
pub(super) enum DialogPurpose {
    /// Export this many businesses of a profile.
    Export(Profile, usize, Format),
    /// Save another file, under this profile.
    Save(Option<Profile>, SavedFile),
    /// Import a file.
    Import(Generation),
    /// Trust the certificate authorities of a file.
    CaFile,
}

/// The open promises.
pub(super) struct PendingAnswers {
    outbox: Outbox,
    key: Option<(Generation, Promise<KeyAnswer>)>,
    /// Only one dialog can be open.
    dialog: Option<(OpenFileDialog, Promise<FileResult>)>,
}

struct OpenFileDialog {
    purpose: DialogPurpose,
    /// Dropped when the session that opened the dialog ends, which notifies the other end.
    session: Option<oneshot::Sender<()>>,
}

impl PendingAnswers {
    /// No promises yet. Each answer wakes the window.
    pub(super) fn new(outbox: Outbox) -> Self {
        Self {
            outbox,
            key: None,
            dialog: None,
        }
    }

    /// Expects a key. Discards an earlier promise and its answer.
    pub(super) fn expect_key(&mut self, generation: Generation) -> PromiseSender<KeyAnswer> {
        let (answer, promise) =
            PromiseSender::new(&self.outbox, || Err(KeyProblem::Keychain(unanswered())));
        self.key = Some((generation, promise));
        answer
    }

    /// Expects a file from the user for as long as the session lasts; `None` if a dialog is already open.
    pub(super) fn expect_file(
        &mut self,
        purpose: DialogPurpose,
    ) -> Option<(PromiseSender<FileResult>, oneshot::Receiver<()>)> {
        if self.dialog.is_some() {
            return None;
        }
        let (answer, promise) = PromiseSender::new(&self.outbox, || Err(FileFailure::NoDialog));
        let (session, ended) = oneshot::channel();
        let session = Some(session);
        self.dialog = Some((OpenFileDialog { purpose, session }, promise));
        Some((answer, ended))
    }

    /// From now on, the answer of the open dialog is ignored.
    pub(super) fn session_ended(&mut self) {
        if let Some((dialog, _)) = &mut self.dialog {
            dialog.session = None;
        }
    }

    /// The answers that have arrived since the last frame.
    pub(super) fn take(&mut self) -> Vec<Event> {
        let key = take(&mut self.key)
            .map(|(generation, answer)| (generation, SignInEvent::KeyFetched(answer)).into());
        let file = take(&mut self.dialog).map(|(dialog, result)| dialog.news(result));
        key.into_iter().chain(file).collect()
    }
}

impl OpenFileDialog {
    fn news(self, result: FileResult) -> Event {
        match self.purpose {
            DialogPurpose::Export(profile, count, format) => Event::Shell(ShellEvent::Exported {
                profile,
                count,
                format,
                result,
            }),
            DialogPurpose::Save(profile, what) => Event::Shell(ShellEvent::FileSaved {
                profile,
                what,
                result,
            }),
            DialogPurpose::Import(generation) => (generation, ImportEvent::Chosen(result)).into(),
            DialogPurpose::CaFile => {
                // The answer arrived in time but is taken too late. The file has not been read yet.
                let is_late = self.session.is_none() && matches!(result, Ok(Some(_)));
                let result = if is_late {
                    Err(FileFailure::SessionEnded)
                } else {
                    result
                };
                Event::Settings(SettingsEvent::CaChosen(result))
            }
        }
    }
}

/// The sending end of a promise. It answers even if its task panics, because taking a promise whose sender is gone would end the program.
pub(super) struct PromiseSender<T: Send + 'static> {
    sender: Option<Sender<T>>,
    otherwise: fn() -> T,
    outbox: Outbox,
}

impl<T: Send + 'static> PromiseSender<T> {
    /// `otherwise` is the answer if this is dropped without one.
    fn new(outbox: &Outbox, otherwise: fn() -> T) -> (Self, Promise<T>) {
        let (sender, promise) = Promise::new();
        let answer = Self {
            sender: Some(sender),
            otherwise,
            outbox: outbox.clone(),
        };
        (answer, promise)
    }

    /// Sends the answer and wakes the window.
    pub(super) fn send(mut self, answer: T) {
        self.tell(|| answer);
    }

    fn tell(&mut self, answer: impl FnOnce() -> T) {
        if let Some(sender) = self.sender.take() {
            sender.send(answer());
            self.outbox.wake();
        }
    }
}

impl<T: Send + 'static> Drop for PromiseSender<T> {
    fn drop(&mut self) {
        self.tell(self.otherwise);
    }
}

/// Takes the answer of a promise if it has arrived, which frees the slot.
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::runtime::inbox::Inbox;
    use crate::state::event::SessionEvent;

    fn pending() -> PendingAnswers {
        PendingAnswers::new(Inbox::new(Arc::new(|| {})).outbox())
    }

    #[test]
    fn a_task_that_dies_leaves_an_answer_and_frees_the_slot() {
        let mut pending = pending();
        let (answer, _ended) = pending.expect_file(DialogPurpose::CaFile).unwrap();
        assert!(
            pending.expect_file(DialogPurpose::CaFile).is_none(),
            "one at a time"
        );
        drop(answer);
        let events = pending.take();
        assert!(
            matches!(
                events[..],
                [Event::Settings(SettingsEvent::CaChosen(Err(
                    FileFailure::NoDialog
                )))]
            ),
            "{events:?}"
        );
        let (answer, _ended) = pending.expect_file(DialogPurpose::CaFile).unwrap();
        answer.send(Ok(None));
        assert_eq!(pending.take().len(), 1);

        drop(pending.expect_key(Generation(1)));
        let events = pending.take();
        assert!(
            matches!(
                events[..],
                [Event::Session(
                    Generation(1),
                    SessionEvent::SignIn(SignInEvent::KeyFetched(Err(KeyProblem::Keychain(
                        crate::domain::keychain::KeychainProblem::Other { .. }
                    ))))
                )]
            ),
            "{events:?}"
        );
    }

    #[test]
    fn a_file_that_was_chosen_just_before_the_session_ended_is_not_read() {
        let mut pending = pending();
        let (answer, _ended) = pending.expect_file(DialogPurpose::CaFile).unwrap();
        answer.send(Ok(Some(PathBuf::from("ca.pem"))));
        pending.session_ended();
        let events = pending.take();
        assert!(
            matches!(
                events[..],
                [Event::Settings(SettingsEvent::CaChosen(Err(
                    FileFailure::SessionEnded
                )))]
            ),
            "{events:?}"
        );
    }
}
