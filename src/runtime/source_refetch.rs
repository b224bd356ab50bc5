//! The fetch of another key after the server has rejected that of the session.

use std::sync::Arc;

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Shared};
use parking_lot::Mutex;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::task::AbortHandle;

use super::inbox::Outbox;
use super::key_reader::KeyReader;
use crate::domain::credentials::{ApiKey, PartnerId};
use crate::domain::key_source::{ExternalSource, FetchedKey, KeyProblem, SourceProblem};
use crate::domain::network::NetworkSettings;
use crate::partner_api::{KeyRefetch, RefetchOutcome};
use crate::state::generation::Generation;
use crate::state::session::messages::SignInEvent;

/// Asks the source of a session again after the server has rejected its key.
pub(super) struct SourceRefetch {
    pub(super) reader: Mutex<KeyReader>,
    pub(super) source: ExternalSource,
    pub(super) partner: PartnerId,
    pub(super) generation: Generation,
    pub(super) outbox: Outbox,
    pub(super) tokio: Handle,
    /// One fetch at a time. It continues even if the request that was rejected is cancelled.
    pub(super) asking: Mutex<Option<PendingFetch>>,
    pub(super) found: Arc<Mutex<Option<Box<FetchedKey>>>>,
}

/// A fetch that several requests may wait for.
pub(super) struct PendingFetch {
    answer: Shared<BoxFuture<'static, Option<ApiKey>>>,
    task: AbortHandle,
}

impl Drop for PendingFetch {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl SourceRefetch {
    /// Uses these network settings from the next fetch on.
    pub(super) fn use_network(&self, network: &NetworkSettings) {
        self.reader.lock().context.network = network.clone();
    }

    /// Cancels the current fetch and everything it started. Requests that wait for a key get none.
    pub(super) fn cancel(&self) {
        *self.asking.lock() = None;
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "it outlives the request that met the refusal, and ends with the session"
    )]
    fn ask(&self) -> PendingFetch {
        let reader = self.reader.lock().clone();
        let (source, partner) = (self.source.clone(), self.partner);
        let (found, outbox, generation) = (
            Arc::clone(&self.found),
            self.outbox.clone(),
            self.generation,
        );
        let (sender, receiver) = oneshot::channel();
        let task = self.tokio.spawn(async move {
            outbox.send((generation, SignInEvent::KeyRefetching)).await;
            let key = match reader.fetch(source, Some(partner), None).await {
                Ok(fetched) => {
                    let key = fetched.key.clone();
                    *found.lock() = Some(fetched);
                    outbox
                        .send((generation, SignInEvent::KeyRefetchEnded))
                        .await;
                    Some(key)
                }
                Err(problem) => {
                    let event = SignInEvent::KeyRefetched(Err(problem));
                    outbox.send((generation, event)).await;
                    None
                }
            };
            // All waiting requests may have been cancelled.
            let _ = sender.send(key);
        });
        let answer = async { receiver.await.ok().flatten() }.boxed().shared();
        PendingFetch {
            answer,
            task: task.abort_handle(),
        }
    }
}

impl KeyRefetch for SourceRefetch {
    fn key(&self) -> BoxFuture<'static, Option<ApiKey>> {
        let mut asking = self.asking.lock();
        // If every request that waited was cancelled, nobody has taken the answer, which may be old by now.
        let is_open =
            |asking: &&PendingFetch| !asking.task.is_finished() && asking.answer.peek().is_none();
        match asking.as_ref().filter(is_open) {
            Some(open) => open.answer.clone().boxed(),
            None => {
                let new = asking.insert(self.ask());
                new.answer.clone().boxed()
            }
        }
    }

    fn tried(&self, outcome: RefetchOutcome) -> BoxFuture<'static, ()> {
        let found = self.found.lock().take();
        let (outbox, generation) = (self.outbox.clone(), self.generation);
        let holder = self.source.name();
        async move {
            let result = match (outcome, found) {
                (RefetchOutcome::Accepted, Some(found)) => Ok(found),
                (RefetchOutcome::SameKey, _) => Err(KeyProblem::Source(SourceProblem::new(
                    format!("{holder} still has the rejected key"),
                    "Store a new key there, then lock and unlock the console to fetch it.",
                ))),
                (RefetchOutcome::Rejected, _) => Err(KeyProblem::Source(SourceProblem::new(
                    format!("{holder} has another key, which was rejected too"),
                    "Store a working key there, then lock and unlock the console to fetch it.",
                ))),
                (RefetchOutcome::Accepted, None) => return,
            };
            outbox
                .send((generation, SignInEvent::KeyRefetched(result)))
                .await;
        }
        .boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::key_source::{SourceKind, TypedSource};
    use crate::key_sources::FetchContext;
    use crate::platform::clock::SystemClock;
    use crate::platform::keychain::KeyringKeychain;
    use crate::runtime::inbox::Inbox;
    use crate::state::event::{Event, SessionEvent};

    fn refetch(outbox: Outbox, tokio: Handle) -> SourceRefetch {
        let typed = TypedSource::blank(SourceKind::Command).with("command", "no-such-program x");
        let context = FetchContext {
            network: NetworkSettings::default(),
            variable: Arc::new(|_| None),
            home: None,
            answer: None,
            clock: Arc::new(SystemClock),
        };
        let reader = KeyReader::new(context, Arc::new(KeyringKeychain::in_memory()));
        SourceRefetch {
            reader: Mutex::new(reader),
            source: ExternalSource::read(&typed).unwrap(),
            partner: PartnerId(uuid::Uuid::nil()),
            generation: Generation::default(),
            outbox,
            tokio,
            asking: Mutex::default(),
            found: Arc::default(),
        }
    }

    #[test]
    fn an_answer_that_nobody_took_is_not_given_to_a_later_request() {
        let tokio = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let mut inbox = Inbox::new(Arc::new(|| {}));
        let refetch = refetch(inbox.outbox(), tokio.handle().clone());
        // The request is cancelled before the source answers.
        drop(refetch.key());
        let is_asking = || {
            let asking = refetch.asking.lock();
            asking
                .as_ref()
                .is_some_and(|asking| !asking.task.is_finished())
        };
        tokio.block_on(async {
            while is_asking() {
                tokio::task::yield_now().await;
            }
            refetch.key().await;
        });
        let now = crate::domain::time::BootInstant::default();
        inbox.begin_frame(now);
        let is_start = |event: &Event| {
            matches!(
                event,
                Event::Session(_, SessionEvent::SignIn(SignInEvent::KeyRefetching))
            )
        };
        let started = std::iter::from_fn(|| inbox.next(now)).filter(is_start);
        assert_eq!(started.count(), 2);
    }
}
