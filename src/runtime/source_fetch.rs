//! The fetch of a key from an external source for a sign-in.

use std::sync::mpsc;
use std::time::Duration;

use secrecy::SecretString;
use tokio::task::AbortHandle;

use crate::domain::key_source::ExternalSource;

/// A fetch in progress. Dropping it cancels the fetch and ends every process it started.
pub(super) struct SourceFetch {
    pub(super) task: AbortHandle,
    /// Disconnected once the fetch has ended.
    pub(super) gone: mpsc::Receiver<()>,
    /// What the user typed for the source; stored once its session has started.
    pub(super) typed: Option<(ExternalSource, SecretString)>,
}

impl SourceFetch {
    /// Cancels the fetch and waits for up to `limit` until everything it started has ended.
    pub(super) fn finish(self, limit: Duration) {
        self.task.abort();
        // Nothing is ever sent: this returns when the sender is dropped or the limit is reached.
        let _ = self.gone.recv_timeout(limit);
    }
}

impl Drop for SourceFetch {
    fn drop(&mut self) {
        self.task.abort();
    }
}
