//! The clipboard on a thread of its own: some systems make a reader wait for the program that owns it.

use std::sync::mpsc;
use std::time::Duration;

use super::inbox::Outbox;
use super::worker::Worker;
use crate::domain::clipboard::{Cleared, ClipboardProblem};
use crate::domain::token::Handout;
use crate::platform::clipboard::Clipboard;
use crate::state::event::Event;
use crate::state::tokens::messages::ClipboardEvent;

enum ClipboardJob {
    CopyHandout { ticket: u64, handout: Handout },
    CopyText { what: &'static str, text: String },
    Clear,
    ClearAtExit(mpsc::Sender<Result<Cleared, ClipboardProblem>>),
}

/// The thread that owns the clipboard.
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
                // Nobody listens any more once the wait is over.
                let _ = answer.send(clipboard.clear_if_ours());
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

    /// Clears what is ours before the program ends; waits at most so long.
    pub(super) fn clear_at_exit(&self, limit: Duration) {
        match self.0.ask(limit, ClipboardJob::ClearAtExit) {
            Some(Ok(cleared)) => tracing::debug!("clipboard at exit: {cleared:?}"),
            Some(Err(problem)) => tracing::warn!("clipboard at exit: {problem}"),
            None => tracing::warn!("the clipboard did not answer at exit"),
        }
    }
}
