//! Opens file dialogs, whose answers count only as long as the session that opened them.

use std::future::{Future, ready};
use std::path::PathBuf;

use tokio::sync::oneshot;

use super::Runtime;
use super::pending::{DialogPurpose, FileResult};
use crate::platform::file_dialog::{FileDialogOutcome, FileFuture, FileRequest};
use crate::state::event::Event;
use crate::state::shell::messages::{FileFailure, ShellEvent};

impl Runtime {
    /// Opens a dialog and calls `then` with the chosen file. The result arrives as the event of `purpose`.
    ///
    /// Only one dialog can be open: while it is, the answer to further requests is `DialogIsOpen`.
    pub(super) fn open_dialog<F>(
        &mut self,
        purpose: DialogPurpose,
        request: FileRequest,
        then: impl FnOnce(PathBuf) -> F + Send + 'static,
    ) where
        F: Future<Output = Result<PathBuf, FileFailure>> + Send,
    {
        let Some((answer, ended)) = self.pending.expect_file(purpose) else {
            return self.outbox.try_send(Event::Shell(ShellEvent::DialogIsOpen));
        };
        let dialog = self.dialogs.open(request);
        self.spawn(async move { answer.send(answered(dialog, ended, then).await) });
    }

    /// Opens a dialog that only reports the chosen path.
    pub(super) fn open_path_dialog(&mut self, purpose: DialogPurpose, request: FileRequest) {
        self.open_dialog(purpose, request, |path| ready(Ok(path)));
    }
}

/// The result of a dialog. When the session ends, `then` is dropped with everything it holds, and the answer is ignored. The dialog stays open until
/// the user closes it, and no other opens before.
async fn answered<F>(
    mut dialog: FileFuture,
    ended: oneshot::Receiver<()>,
    then: impl FnOnce(PathBuf) -> F,
) -> FileResult
where
    F: Future<Output = Result<PathBuf, FileFailure>>,
{
    tokio::select! {
        biased;
        _ = ended => drop(then),
        answer = &mut dialog => return match answer {
            FileDialogOutcome::Chosen(path) => then(path).await.map(Some),
            FileDialogOutcome::Cancelled => Ok(None),
            FileDialogOutcome::Unavailable => Err(FileFailure::NoDialog),
            FileDialogOutcome::Unresponsive => Err(FileFailure::UnresponsiveDialog),
        },
    }
    match dialog.await {
        FileDialogOutcome::Cancelled => Ok(None),
        FileDialogOutcome::Chosen(_)
        | FileDialogOutcome::Unavailable
        | FileDialogOutcome::Unresponsive => Err(FileFailure::SessionEnded),
    }
}
