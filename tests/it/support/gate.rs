//! Holds responses back until the test releases them, so that tests order events without sleeping.

use tokio::sync::watch;

/// A gate that starts closed. Clones are the same gate.
#[derive(Clone)]
pub struct RunGate(watch::Sender<bool>);

impl RunGate {
    pub fn closed() -> Self {
        Self(watch::Sender::new(false))
    }

    pub fn open(&self) {
        self.0.send_replace(true);
    }

    /// Holds later responses back again.
    pub fn close(&self) {
        self.0.send_replace(false);
    }

    /// Returns when the gate is open.
    pub async fn passed(&self) {
        // The sender lives as long as this gate, so waiting cannot fail.
        let _ = self.0.subscribe().wait_for(|is_open| *is_open).await;
    }
}
