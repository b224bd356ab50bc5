//! What all requests of a run wait for together: the server's wish, and the user's.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use crate::state::import::messages::Steer;

/// The gate of a run. Clones are the same gate.
#[derive(Clone)]
pub(super) struct Gate {
    steer: watch::Sender<Steer>,
    steering: watch::Receiver<Steer>,
    server: Arc<Mutex<ServerPace>>,
}

#[derive(Default)]
struct ServerPace {
    /// Nothing is sent before.
    opens: Option<Instant>,
    /// How often the run has paused by itself.
    halts: u32,
    /// Refusals since the last answer that was none.
    refusals: u32,
    /// Requests without an answer since the last one.
    silences: u32,
}

/// After so many refusals in a row the user is asked: the server may want this never to end.
const MOST_REFUSALS: u32 = 40;

/// After so many requests in a row without an answer nobody is there: more than the four that are under way together,
/// so that one broken connection for all of them is forgiven.
const MOST_SILENCES: u32 = 5;

impl Gate {
    pub(super) fn new(steer: watch::Sender<Steer>, steering: watch::Receiver<Steer>) -> Self {
        Self {
            steer,
            steering,
            server: Arc::default(),
        }
    }

    /// Returns when a row may be sent, with how often the run has paused by itself until then; `None` if none may any
    /// more.
    pub(super) async fn passed(&self) -> Option<u32> {
        let mut steering = self.steering.clone();
        loop {
            let steer = steering.wait_for(|steer| *steer != Steer::Pause).await;
            // Copied, so that nothing is locked while this waits.
            let steer = steer.map(|steer| *steer);
            if !matches!(steer, Ok(Steer::Go)) {
                return None;
            }
            let (opens, halts) = {
                let server = self.lock();
                (server.opens, server.halts)
            };
            let Some(opens) = opens.filter(|opens| *opens > Instant::now()) else {
                return Some(halts);
            };
            // The user may pause or stop meanwhile.
            tokio::select! {
                () = tokio::time::sleep_until(opens) => {}
                _ = steering.changed() => {}
            }
        }
    }

    /// The server asks to wait. Returns whether that is to be told: not if a longer wait is on.
    pub(super) fn close_for(&self, wait: Duration) -> bool {
        let opens = Instant::now() + wait;
        let mut server = self.lock();
        let is_longer = server.opens.is_none_or(|before| before < opens);
        if is_longer {
            server.opens = Some(opens);
        }
        is_longer
    }

    /// Another refusal; `false` if there were too many in a row.
    pub(super) fn bears_refusal(&self) -> bool {
        let mut server = self.lock();
        server.refusals += 1;
        server.refusals <= MOST_REFUSALS
    }

    /// A request that was sent after so many pauses had no answer. Returns how many in a row had none; `None` if that is
    /// an outage, which pauses the run or has paused it meanwhile.
    pub(super) fn silence(&self, sent_after: u32) -> Option<u32> {
        let mut server = self.lock();
        server.silences += 1;
        let is_borne = server.halts == sent_after && server.silences < MOST_SILENCES;
        is_borne.then_some(server.silences)
    }

    /// The server has answered.
    pub(super) fn was_answered(&self) {
        let mut server = self.lock();
        server.refusals = 0;
        server.silences = 0;
    }

    /// Pauses the run, as the user could, for what a request met that was sent after so many pauses. Returns whether it
    /// was under way until now. The answer to a request from before the last pause must not pause a run that the user
    /// has resumed since.
    pub(super) fn halt(&self, sent_after: u32) -> bool {
        let mut server = self.lock();
        if server.halts != sent_after {
            return false;
        }
        server.refusals = 0;
        server.silences = 0;
        server.halts += 1;
        drop(server);
        self.steer.send_if_modified(|steer| {
            let is_moving = *steer == Steer::Go;
            if is_moving {
                *steer = Steer::Pause;
            }
            is_moving
        })
    }

    /// How often the run has paused by itself.
    pub(super) fn halts(&self) -> u32 {
        self.lock().halts
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, ServerPace> {
        self.server.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
