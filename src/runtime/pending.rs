//! The answer of the open file dialog, held as a promise until a frame takes it.

use std::path::PathBuf;

use poll_promise::{Promise, Sender};
use tokio::sync::oneshot;

use super::inbox::Outbox;
use crate::domain::profile::Profile;
use crate::state::event::Event;
use crate::state::generation::Generation;
use crate::state::import::messages::ImportEvent;
use crate::state::shell::messages::{FileFailure, SavedFile, SettingsEvent, ShellEvent};

/// The result of a file dialog: the path, or `None` if the user closed it.
pub(super) type FileResult = Result<Option<PathBuf>, FileFailure>;

#[derive(Debug)]
pub(super) enum DialogPurpose {
    /// Save a file with this many entries, under this profile.
    Save(Option<Profile>, SavedFile, u64),
    /// Import a file.
    Import(Generation),
    /// Trust the certificate authorities of a file.
    CaFile,
}

/// The promise of the open dialog. Only one dialog can be open.
pub(super) struct PendingDialog {
    outbox: Outbox,
    dialog: Option<(OpenFileDialog, Promise<FileResult>)>,
}

struct OpenFileDialog {
    purpose: DialogPurpose,
    /// Dropped when the session that opened the dialog ends, which notifies the other end.
    session: Option<oneshot::Sender<()>>,
}

impl PendingDialog {
    /// No dialog is open yet. Its answer will wake the window.
    pub(super) fn new(outbox: Outbox) -> Self {
        Self {
            outbox,
            dialog: None,
        }
    }

    /// Expects a file from the user for as long as the session lasts; `None` if a dialog is already open.
    pub(super) fn expect_file(
        &mut self,
        purpose: DialogPurpose,
    ) -> Option<(PromiseSender, oneshot::Receiver<()>)> {
        if self.dialog.is_some() {
            return None;
        }
        let (answer, promise) = PromiseSender::new(&self.outbox);
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

    /// The answer, if it has arrived since the last frame. Another dialog can then open.
    pub(super) fn take(&mut self) -> Option<Event> {
        let (dialog, promise) = self.dialog.take()?;
        match promise.try_take() {
            Ok(result) => Some(dialog.into_event(result)),
            Err(promise) => {
                self.dialog = Some((dialog, promise));
                None
            }
        }
    }
}

impl OpenFileDialog {
    fn into_event(self, result: FileResult) -> Event {
        match self.purpose {
            DialogPurpose::Save(profile, what, count) => Event::Shell(ShellEvent::FileSaved {
                profile,
                what,
                count,
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

/// The sending end of the promise. It answers even if its task panics, because taking a promise whose sender is gone would end the program.
pub(super) struct PromiseSender {
    sender: Option<Sender<FileResult>>,
    outbox: Outbox,
}

impl PromiseSender {
    fn new(outbox: &Outbox) -> (Self, Promise<FileResult>) {
        let (sender, promise) = Promise::new();
        let answer = Self {
            sender: Some(sender),
            outbox: outbox.clone(),
        };
        (answer, promise)
    }

    /// Sends the answer and wakes the window.
    pub(super) fn send(mut self, answer: FileResult) {
        self.deliver(answer);
    }

    fn deliver(&mut self, answer: FileResult) {
        if let Some(sender) = self.sender.take() {
            sender.send(answer);
            self.outbox.wake();
        }
    }
}

impl Drop for PromiseSender {
    fn drop(&mut self) {
        self.deliver(Err(FileFailure::NoDialog));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::runtime::inbox::Inbox;

    fn pending() -> PendingDialog {
        PendingDialog::new(Inbox::new(Arc::new(|| {})).outbox())
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
        let event = pending.take();
        assert!(
            matches!(
                event,
                Some(Event::Settings(SettingsEvent::CaChosen(Err(
                    FileFailure::NoDialog
                ))))
            ),
            "{event:?}"
        );
        let (answer, _ended) = pending.expect_file(DialogPurpose::CaFile).unwrap();
        answer.send(Ok(None));
        assert!(pending.take().is_some());
    }

    #[test]
    fn a_file_that_was_chosen_just_before_the_session_ended_is_not_read() {
        let mut pending = pending();
        let (answer, _ended) = pending.expect_file(DialogPurpose::CaFile).unwrap();
        answer.send(Ok(Some(PathBuf::from("ca.pem"))));
        pending.session_ended();
        let event = pending.take();
        assert!(
            matches!(
                event,
                Some(Event::Settings(SettingsEvent::CaChosen(Err(
                    FileFailure::SessionEnded
                ))))
            ),
            "{event:?}"
        );
    }
}
