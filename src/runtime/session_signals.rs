//! Forwards lock and sleep signals of the desktop session to the state.

use tokio::runtime::Handle;
use tokio::sync::mpsc::UnboundedReceiver;

use super::inbox::Outbox;
use crate::domain::session_signal::SessionSignal;
use crate::state::event::Event;
use crate::state::shell::messages::ShellEvent;

/// Forwards signals until all senders are gone.
#[expect(clippy::disallowed_methods, reason = "it lives as long as the window")]
pub(super) fn pass_on(
    tokio: &Handle,
    mut signals: UnboundedReceiver<SessionSignal>,
    outbox: Outbox,
) {
    tokio.spawn(async move {
        while let Some(signal) = signals.recv().await {
            outbox
                .send(Event::Shell(ShellEvent::SystemSession(signal)))
                .await;
        }
    });
}
