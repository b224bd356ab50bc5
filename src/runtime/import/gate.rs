//! A gate for the requests of a run: they wait here while the server asks for a pause or the user has paused the run.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::domain::time::BootInstant;
use crate::partner_api::PartnerApi;
use crate::state::import::messages::RunControl;

/// The gate of a run. All clones control the same gate.
#[derive(Clone)]
pub(super) struct RunGate {
    api: PartnerApi,
    control: watch::Sender<RunControl>,
    control_receiver: watch::Receiver<RunControl>,
    server: Arc<Mutex<ServerPace>>,
}

#[derive(Default)]
struct ServerPace {
    /// Nothing is sent before this moment.
    opens: Option<Instant>,
    /// How often the run has paused automatically.
    auto_pauses: u32,
    /// When the server's pause ends for which the run has paused automatically; `None` once the user has resumed the run.
    known_pause: Option<BootInstant>,
    /// Rejections since the last accepted request.
    rejections: u32,
    /// Consecutive requests without a response.
    silences: u32,
}

/// Maximum number of consecutive rejections before the user is asked, because the server may never accept a request.
const MAX_REJECTIONS: u32 = 40;

/// Maximum number of consecutive requests without a response before the server counts as unreachable. It is more than
/// the four requests that are in flight together, so that one connection that breaks for all of them does not pause the
/// run.
const MAX_SILENCES: u32 = 5;

impl RunGate {
    pub(super) fn new(
        api: PartnerApi,
        control: watch::Sender<RunControl>,
        control_receiver: watch::Receiver<RunControl>,
    ) -> Self {
        Self {
            api,
            control,
            control_receiver,
            server: Arc::default(),
        }
    }

    /// Waits until a row may be sent and returns how often the run has paused automatically so far; `None` if no more rows may be sent.
    ///
    /// When the user has resumed the run, the first row to pass ends the server's pause that the user has seen.
    pub(super) async fn passed(&self) -> Option<u32> {
        let mut control_receiver = self.control_receiver.clone();
        loop {
            let control = control_receiver
                .wait_for(|control| *control != RunControl::Pause)
                .await;
            // Copied, so that nothing is locked while waiting.
            let control = control.map(|control| *control);
            if !matches!(control, Ok(RunControl::Go)) {
                return None;
            }
            let opens = {
                let mut server = self.server.lock();
                // Another row may have paused the run in the meantime.
                if *control_receiver.borrow() != RunControl::Go {
                    continue;
                }
                let Some(opens) = server.opens.filter(|opens| *opens > Instant::now()) else {
                    if let Some(end) = server.known_pause.take() {
                        self.api.end_pause(end);
                    }
                    return Some(server.auto_pauses);
                };
                opens
            };
            // The user may pause or stop in the meantime.
            tokio::select! {
                () = tokio::time::sleep_until(opens) => {}
                _ = control_receiver.changed() => {}
            }
        }
    }

    /// Delays all requests because the server asked for it. Returns whether to report the wait: not if a longer one is already in effect.
    pub(super) fn pause_for(&self, wait: Duration) -> bool {
        let opens = Instant::now() + wait;
        let mut server = self.server.lock();
        let is_longer = server.opens.is_none_or(|before| before < opens);
        if is_longer {
            server.opens = Some(opens);
        }
        is_longer
    }

    /// Counts a rejection; `false` if there were too many in a row.
    pub(super) fn allows_rejection(&self) -> bool {
        let mut server = self.server.lock();
        server.rejections += 1;
        server.rejections <= MAX_REJECTIONS
    }

    /// Counts a request without a response; `sent_after` is the number of pauses when it was sent. Returns how many requests in a row had no
    /// response; `None` if this is an outage, which pauses the run or has already paused it.
    pub(super) fn count_no_response(&self, sent_after: u32) -> Option<u32> {
        let mut server = self.server.lock();
        server.silences += 1;
        let is_borne = server.auto_pauses == sent_after && server.silences < MAX_SILENCES;
        is_borne.then_some(server.silences)
    }

    /// Records that the server has responded.
    pub(super) fn was_answered(&self) {
        let mut server = self.server.lock();
        server.rejections = 0;
        server.silences = 0;
    }

    /// Pauses the run, as the user could, because of a problem with a request; `sent_after` is the number of pauses when it was sent. Returns whether
    /// the run was going until now. A response to a request from before the last pause must not pause a run that the user has resumed since.
    ///
    /// If the problem is a pause of the server, `pause` is its end. The user sees it and ends it by resuming the run.
    pub(super) fn auto_pause(&self, sent_after: u32, pause: Option<BootInstant>) -> bool {
        let mut server = self.server.lock();
        if server.auto_pauses != sent_after {
            // Requests in flight at the same time may report pauses that end at slightly different times.
            let has_resumed = *self.control.borrow() != RunControl::Pause;
            if server.known_pause.is_some() && !has_resumed {
                server.known_pause = server.known_pause.max(pause);
            }
            return false;
        }
        server.rejections = 0;
        server.silences = 0;
        server.auto_pauses += 1;
        // No row may pass in between, so the lock is held.
        let was_moving = self.control.send_if_modified(|control| {
            let is_moving = *control == RunControl::Go;
            if is_moving {
                *control = RunControl::Pause;
            }
            is_moving
        });
        if was_moving {
            server.known_pause = pause;
        }
        was_moving
    }

    /// How often the run has paused automatically.
    pub(super) fn auto_pauses(&self) -> u32 {
        self.server.lock().auto_pauses
    }
}
