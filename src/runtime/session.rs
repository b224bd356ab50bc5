//! The running session: the API client, what it is doing, and the way its answers take.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::task::AbortHandle;

use super::inbox::Outbox;
use super::key_sources::SourceRefetch;
use super::rotation::HeldKeys;
use crate::domain::business::BusinessId;
use crate::domain::credentials::Credentials;
use crate::domain::key_source::ExternalSource;
use crate::partner_api::{ClientNotice, NoticeSink, PartnerApi};
use crate::state::event::{Event, SessionEvent};
use crate::state::generation::Generation;
use crate::state::session::messages::RequestEvent;

/// What a session can be doing; each at most once at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Task {
    SignIn,
    LoadList,
    LoadArchived,
    /// Of the selected one: the next selection replaces it.
    ReadBusiness,
    /// Of a pasted id, which no selection may end.
    LookUp,
    FetchToken(BusinessId),
    Create,
    Update(BusinessId),
    Archive(BusinessId),
    Import,
    Rotation,
}

/// One sign-in and its work. Dropping it ends the work.
pub(super) struct ApiSession {
    pub(super) generation: Generation,
    pub(super) credentials: Credentials,
    pub(super) api: PartnerApi,
    /// The place outside this computer that its key came from.
    pub(super) source: Option<ExternalSource>,
    pub(super) held: HeldKeys,
    /// How it finds another key once its own is refused.
    pub(super) refetch: Option<Arc<SourceRefetch>>,
    tasks: HashMap<Task, AbortHandle>,
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
            held: HeldKeys::default(),
            refetch: None,
            tasks: HashMap::new(),
        }
    }

    /// Whether it is a session at the embedded server.
    pub(super) fn is_demo(&self) -> bool {
        self.credentials.environment.is_demo()
    }

    /// Takes over a task; one of the same kind that still runs is ended.
    pub(super) fn started(&mut self, task: Task, handle: AbortHandle) {
        self.tasks.retain(|_, running| !running.is_finished());
        if let Some(former) = self.tasks.insert(task, handle) {
            former.abort();
        }
    }

    /// Ends a task; nothing more of it arrives but what is in the inbox already.
    pub(super) fn cancel(&mut self, task: Task) {
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

/// Where the client's notices go.
pub(super) fn notice_sink(generation: Generation, outbox: Outbox) -> NoticeSink {
    Arc::new(move |notice| {
        let event = match notice {
            ClientNotice::Retrying {
                operation,
                resumes_in,
                failure,
                ..
            } => SessionEvent::Request(RequestEvent::Retrying {
                operation,
                resumes_in,
                failure,
            }),
            ClientNotice::Resumed { operation } => {
                SessionEvent::Request(RequestEvent::Recovered(operation))
            }
            ClientNotice::ClockSkew { server_ahead_secs } => {
                SessionEvent::Request(RequestEvent::ClockSkew(server_ahead_secs))
            }
        };
        outbox.send_if_room(Event::Session(generation, event));
    })
}
