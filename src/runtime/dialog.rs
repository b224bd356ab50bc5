//! Opens file dialogs, whose answers count only as long as the session that opened them.

use std::future::{Future, ready};
use std::path::PathBuf;

use tokio::sync::oneshot;

use super::Runtime;
use super::pending::{DialogPurpose, FileResult};
use crate::platform::file_dialog::{FileAnswer, FileFuture, FileRequest};
use crate::state::shell::messages::FileFailure;

impl Runtime {
    /// Opens a dialog and calls `then` with the chosen file. The result arrives as the event of `purpose`.
    ///
    /// Only one dialog can be open: while it is, further requests are ignored.
    pub(super) fn ask<F>(
        &mut self,
        purpose: DialogPurpose,
        request: FileRequest,
        then: impl FnOnce(PathBuf) -> F + Send + 'static,
    ) where
        F: Future<Output = Result<PathBuf, FileFailure>> + Send,
    {
        let Some((answer, ended)) = self.pending.expect_file(purpose) else {
            return;
        };
        let dialog = self.dialogs.ask(request);
        self.spawn(async move { answer.send(answered(dialog, ended, then).await) });
    }

    /// Opens a dialog that only reports the chosen path.
    pub(super) fn ask_which(&mut self, purpose: DialogPurpose, request: FileRequest) {
        self.ask(purpose, request, |path| ready(Ok(path)));
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
            FileAnswer::Chosen(path) => then(path).await.map(Some),
            FileAnswer::Cancelled => Ok(None),
            FileAnswer::Unavailable => Err(FileFailure::NoDialog),
            FileAnswer::Silent => Err(FileFailure::SilentDialog),
        },
    }
    match dialog.await {
        FileAnswer::Cancelled => Ok(None),
        FileAnswer::Chosen(_) | FileAnswer::Unavailable | FileAnswer::Silent => {
            Err(FileFailure::SessionEnded)
        }
    }
}
