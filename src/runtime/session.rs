//! The running session: the API client, what it is doing, and the way its answers take.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::AbortHandle;

use super::Runtime;
use super::inbox::Outbox;
use super::key_sources::SourceRefetch;
use super::rotation::HeldKeys;
use crate::domain::business::BusinessId;
use crate::domain::credentials::Credentials;
use crate::domain::filter::SearchableBusiness;
use crate::domain::key_source::ExternalSource;
use crate::partner_api::{ClientNotice, ListProgress, NoticeSink, PartnerApi};
use crate::state::event::{Event, SessionEvent};
use crate::state::generation::Generation;
use crate::state::list::messages::{ListEvent, ListOutcome};
use crate::state::session::messages::RequestEvent;

/// Before a business is read: while an arrow key is held, the next row replaces the request.
const READ_PAUSE: Duration = Duration::from_millis(80);

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

impl Runtime {
    /// Reads one business, as this task.
    pub(super) fn read_business(&mut self, task: Task, generation: Generation, id: BusinessId) {
        let outbox = self.outbox.clone();
        self.in_session(generation, task, |api| {
            read_business(api, generation, id, outbox)
        });
    }
}

/// Reads one business.
async fn read_business(api: PartnerApi, generation: Generation, id: BusinessId, outbox: Outbox) {
    tokio::time::sleep(READ_PAUSE).await;
    let result = api.business(id).await.map(Box::new);
    let event = SessionEvent::List(ListEvent::BusinessRead(id, result));
    outbox.send(Event::Session(generation, event)).await;
}

/// While pages keep coming, the window is asked to show them so often: each frame takes time from the pages to come.
const SHOWN_EVERY: Duration = Duration::from_millis(50);

/// Loads the whole list and reports it page by page.
pub(super) async fn load_list(api: PartnerApi, generation: Generation, outbox: Outbox) {
    let (pages, mut arrived) = tokio::sync::mpsc::channel(8);
    let loading = api.load_businesses(pages);
    let reporting = async {
        let mut is_shown = true;
        let mut show_at = tokio::time::Instant::now();
        loop {
            let progress = tokio::select! {
                progress = arrived.recv() => progress,
                () = tokio::time::sleep_until(show_at), if !is_shown => {
                    outbox.wake();
                    is_shown = true;
                    show_at = tokio::time::Instant::now() + SHOWN_EVERY;
                    continue;
                }
            };
            match progress {
                Some(ListProgress::Page { rows, total, .. }) => {
                    let bytes = rows.iter().map(SearchableBusiness::memory_bytes).sum();
                    let event = Event::Session(
                        generation,
                        SessionEvent::List(ListEvent::Rows { rows, total }),
                    );
                    outbox.send_large(event, bytes).await;
                    is_shown = false;
                }
                Some(ListProgress::Gone { ids }) => {
                    let event =
                        Event::Session(generation, SessionEvent::List(ListEvent::Gone(ids)));
                    outbox.send(event).await;
                }
                // The rows that it brings follow as pages.
                Some(ListProgress::Rereading) => {}
                None => break,
            }
        }
    };
    let (result, ()) = tokio::join!(loading, reporting);
    let result = result.map(|summary| ListOutcome {
        stated: summary.total,
        received: summary.unique + summary.unreadable,
        is_exact: summary.is_exact(),
    });
    outbox
        .send(Event::Session(
            generation,
            SessionEvent::List(ListEvent::Ended(result)),
        ))
        .await;
}

/// Reads the archived businesses, which are few beside the others, and reports them at once.
pub(super) async fn load_archived(api: PartnerApi, generation: Generation, outbox: Outbox) {
    let (pages, mut arrived) = tokio::sync::mpsc::channel(8);
    let collecting = async {
        let mut all = Vec::new();
        while let Some(progress) = arrived.recv().await {
            if let ListProgress::Page { rows, .. } = progress {
                all.extend(rows);
            }
        }
        all
    };
    let (result, all) = tokio::join!(api.load_archived(pages), collecting);
    let result = result.map(|is_told| is_told.then_some(all));
    let event = SessionEvent::List(ListEvent::ArchivedRead(result));
    outbox.send(Event::Session(generation, event)).await;
}
