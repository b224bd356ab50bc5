//! The way back: what tasks and threads report, in the order in which it happened.

use std::sync::Arc;

use tokio::sync::mpsc;

use crate::state::event::Event;

/// Asks the window to come for its events. Called from any thread.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// How many events may wait. A full inbox slows the senders down, so that a fast server cannot
/// outrun the window.
const CAPACITY: usize = 64;

/// How many events one frame takes, so that a flood of pages never makes it stutter.
const PER_FRAME: usize = 24;

/// The receiving end.
pub(super) struct Inbox {
    events: mpsc::Receiver<Event>,
    outbox: Outbox,
}

/// The sending end; clones send to the same inbox.
#[derive(Clone)]
pub(super) struct Outbox {
    events: mpsc::Sender<Event>,
    wake: Waker,
}

impl Inbox {
    pub(super) fn new(wake: Waker) -> Self {
        let (sender, events) = mpsc::channel(CAPACITY);
        Self {
            events,
            outbox: Outbox {
                events: sender,
                wake,
            },
        }
    }

    pub(super) fn outbox(&self) -> Outbox {
        self.outbox.clone()
    }

    /// The events of this frame; if more are waiting, the window is asked to come again.
    pub(super) fn drain(&mut self) -> Vec<Event> {
        let mut drained = Vec::new();
        while drained.len() < PER_FRAME {
            match self.events.try_recv() {
                Ok(event) => drained.push(event),
                Err(_) => return drained,
            }
        }
        (self.outbox.wake)();
        drained
    }
}

impl Outbox {
    /// Reports from a task, waiting while the inbox is full.
    pub(super) async fn send(&self, event: Event) {
        // The receiver is gone only when the program ends.
        if self.events.send(event).await.is_ok() {
            (self.wake)();
        }
    }

    /// Reports from a thread that may wait.
    pub(super) fn send_blocking(&self, event: Event) {
        if self.events.blocking_send(event).is_ok() {
            (self.wake)();
        }
    }

    /// Reports what is worth knowing but not worth waiting for.
    pub(super) fn send_if_room(&self, event: Event) {
        if self.events.try_send(event).is_ok() {
            (self.wake)();
        }
    }

    pub(super) fn wake(&self) {
        (self.wake)();
    }
}
