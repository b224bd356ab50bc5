//! The running session: its API client and its tasks.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::task::AbortHandle;

use super::inbox::Outbox;
use super::rotation_keys::RotationKeys;
use super::source_refetch::SourceRefetch;
use crate::domain::business::BusinessId;
use crate::domain::credentials::Credentials;
use crate::domain::key_source::ExternalSource;
use crate::partner_api::{NoticeSink, PartnerApi};
use crate::state::generation::Generation;

/// The tasks of a session. Each runs at most once at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum SessionTask {
    SignIn,
    LoadList,
    LoadArchived,
    /// Reads the selected business; the next selection replaces it.
    ReadBusiness,
    /// Reads the business of a pasted id. A selection does not cancel it.
    LookUp,
    FetchToken(BusinessId),
    Create,
    Update(BusinessId),
    Archive(BusinessId),
    Import,
    Rotation,
}

/// One sign-in and its tasks. Dropping it cancels them.
pub(super) struct ApiSession {
    pub(super) generation: Generation,
    pub(super) credentials: Credentials,
    pub(super) api: PartnerApi,
    /// The external source that its key came from.
    pub(super) source: Option<ExternalSource>,
    pub(super) rotation_keys: RotationKeys,
    /// How it finds another key once its own is rejected.
    pub(super) refetch: Option<Arc<SourceRefetch>>,
    tasks: HashMap<SessionTask, AbortHandle>,
}

impl ApiSession {
    pub(super) fn new(
        generation: Generation,
        credentials: Credentials,
        source: Option<ExternalSource>,
        api: PartnerApi,
    ) -> Self {
        Self {
            generation,
            credentials,
            api,
            source,
            rotation_keys: RotationKeys::default(),
            refetch: None,
            tasks: HashMap::new(),
        }
    }

    /// Whether it is a session with the embedded server.
    pub(super) fn is_demo(&self) -> bool {
        self.credentials.environment.is_demo()
    }

    /// Registers a task and cancels a running one of the same kind.
    pub(super) fn started(&mut self, task: SessionTask, handle: AbortHandle) {
        self.tasks.retain(|_, running| !running.is_finished());
        if let Some(former) = self.tasks.insert(task, handle) {
            former.abort();
        }
    }

    /// Cancels a task. Only events that are already in the inbox still arrive.
    pub(super) fn cancel(&mut self, task: SessionTask) {
        if let Some(handle) = self.tasks.remove(&task) {
            handle.abort();
        }
    }
}

impl Drop for ApiSession {
    fn drop(&mut self) {
        for handle in self.tasks.values() {
            handle.abort();
        }
    }
}

/// Reports the client's notices.
pub(super) fn notice_sink(generation: Generation, outbox: Outbox) -> NoticeSink {
    Arc::new(move |notice| outbox.try_send((generation, notice)))
}
