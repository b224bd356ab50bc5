//! The clipboard on its own thread: on some systems, reading waits for the program that owns the content.

use std::sync::mpsc;
use std::time::Duration;

use super::inbox::Outbox;
use super::worker::Worker;
use crate::domain::clipboard::{ClearOutcome, ClipboardProblem};
use crate::domain::token::Handout;
use crate::platform::clipboard::{Clipboard, clear_at_end};
use crate::state::event::Event;
use crate::state::tokens::messages::ClipboardEvent;

enum ClipboardJob {
    CopyHandout { ticket: u64, handout: Handout },
    CopyText { what: &'static str, text: String },
    Clear,
    ClearAtExit(mpsc::Sender<Result<ClearOutcome, ClipboardProblem>>),
}

pub(super) struct ClipboardThread(Worker<ClipboardJob>);

impl ClipboardThread {
    pub(super) fn start(mut clipboard: Box<dyn Clipboard>, outbox: Outbox) -> Self {
        Self(Worker::start("clipboard", move |job| match job {
            ClipboardJob::CopyHandout { ticket, handout } => {
                let result = clipboard.copy_secret(handout.text());
                outbox.send_blocking(Event::Clipboard(ClipboardEvent::HandoutCopied {
                    ticket,
                    result,
                }));
            }
            ClipboardJob::CopyText { what, text } => {
                let result = clipboard.copy_plain(&text);
                outbox.send_blocking(Event::Clipboard(ClipboardEvent::TextCopied {
                    what,
                    result,
                }));
            }
            ClipboardJob::Clear => outbox.send_blocking(Event::Clipboard(ClipboardEvent::Cleared(
                clipboard.clear_if_ours(),
            ))),
            ClipboardJob::ClearAtExit(answer) => {
                // The receiver is gone if `close` has stopped waiting.
                let _ = answer.send(clear_at_end(&mut *clipboard));
            }
        }))
    }

    pub(super) fn copy_handout(&self, ticket: u64, handout: Handout) {
        self.0.send(ClipboardJob::CopyHandout { ticket, handout });
    }

    pub(super) fn copy_text(&self, what: &'static str, text: String) {
        self.0.send(ClipboardJob::CopyText { what, text });
    }

    pub(super) fn clear(&self) {
        self.0.send(ClipboardJob::Clear);
    }

    /// Clears our secret before the program ends. Waits for up to `limit`.
    pub(super) fn clear_at_exit(&self, limit: Duration) {
        match self.0.ask(limit, ClipboardJob::ClearAtExit) {
            Some(Ok(cleared)) => tracing::debug!("clipboard at exit: {cleared:?}"),
            Some(Err(problem)) => tracing::warn!("clipboard at exit: {problem}"),
            None => tracing::warn!("the clipboard did not answer at exit"),
        }
    }
}
