//! Asking the user for a file, for as long as the session lasts that asks.

use std::future::{Future, ready};
use std::path::PathBuf;

use tokio::sync::oneshot;

use super::Runtime;
use super::pending::{FileResult, Purpose};
use crate::platform::file_dialog::{FileAnswer, FileFuture, FileRequest};
use crate::state::shell::messages::FileTrouble;

impl Runtime {
    /// Asks for a file and does something with it; what came of that is the news of the purpose.
    ///
    /// One dialog at a time: while one is open, a second wish is not heard.
    pub(super) fn ask<F>(
        &mut self,
        purpose: Purpose,
        request: FileRequest,
        then: impl FnOnce(PathBuf) -> F + Send + 'static,
    ) where
        F: Future<Output = Result<PathBuf, FileTrouble>> + Send,
    {
        let Some((answer, ended)) = self.pending.expect_file(purpose) else {
            return;
        };
        let dialog = self.dialogs.ask(request);
        self.spawn(async move { answer.send(answered(dialog, ended, then).await) });
    }

    /// The same where choosing is all.
    pub(super) fn ask_which(&mut self, purpose: Purpose, request: FileRequest) {
        self.ask(purpose, request, |path| ready(Ok(path)));
    }
}

/// What came of a dialog. Once the session has ended, what `then` holds is dropped and the answer is not obeyed; the
/// dialog is the user's to close, and no other is opened before.
async fn answered<F>(
    mut dialog: FileFuture,
    ended: oneshot::Receiver<()>,
    then: impl FnOnce(PathBuf) -> F,
) -> FileResult
where
    F: Future<Output = Result<PathBuf, FileTrouble>>,
{
    tokio::select! {
        biased;
        _ = ended => drop(then),
        answer = &mut dialog => return match answer {
            FileAnswer::Chosen(path) => then(path).await.map(Some),
            FileAnswer::Cancelled => Ok(None),
            FileAnswer::Unavailable => Err(FileTrouble::NoDialog),
        },
    }
    match dialog.await {
        FileAnswer::Cancelled => Ok(None),
        FileAnswer::Chosen(_) | FileAnswer::Unavailable => Err(FileTrouble::SessionEnded),
    }
}
