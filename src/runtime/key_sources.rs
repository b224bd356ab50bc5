//! Keys from where teams keep them: fetched for a sign-in, after a refusal, and to see what a source holds.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Shared};
use secrecy::SecretString;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::task::AbortHandle;

use super::Runtime;
use super::inbox::Outbox;
use super::keys::{KeychainThread, unanswered};
use crate::domain::credentials::{ApiKey, PartnerId};
use crate::domain::key_source::{ExternalSource, KeyProblem, KeySource, SourceProblem};
use crate::domain::keychain::KeychainProblem;
use crate::domain::network::Network;
use crate::key_sources::{FetchContext, fetch_key};
use crate::partner_api::{KeyRefetch, RefetchOutcome};
use crate::platform::keychain::KeychainItem;
use crate::state::event::{Event, SessionEvent};
use crate::state::generation::Generation;
use crate::state::session::messages::{FoundKey, KeyRequest, KeychainEvent, SignInEvent};

/// Asks external sources.
#[derive(Clone)]
pub(super) struct SourceReader {
    pub(super) context: FetchContext,
    pub(super) keychain: Arc<KeychainThread>,
}

impl SourceReader {
    /// Asks once.
    pub(super) async fn fetch(
        mut self,
        source: ExternalSource,
        partner: Option<PartnerId>,
        typed: Option<SecretString>,
    ) -> Result<Box<FoundKey>, KeyProblem> {
        self.context.answer = self.answer(&source, typed).await?;
        let (fetched, source) = fetch_key(source, partner, &self.context)
            .await
            .map_err(KeyProblem::Source)?;
        let source = KeySource::from(source);
        Ok(Box::new(FoundKey { fetched, source }))
    }

    /// What the source asks the user for: as it was typed, or as the keychain keeps it.
    async fn answer(
        &self,
        source: &ExternalSource,
        typed: Option<SecretString>,
    ) -> Result<Option<SecretString>, KeyProblem> {
        let Some(prompt) = source.prompt() else {
            return Ok(None);
        };
        if typed.is_some() {
            return Ok(typed);
        }
        if !prompt.is_kept {
            return Err(KeyProblem::NeedsAnswer);
        }
        let Some(item) = answer_item(source) else {
            return Err(KeyProblem::NeedsAnswer);
        };
        let (tell, told) = oneshot::channel();
        self.keychain.call(move |keychain| {
            // Nobody may be waiting any more.
            let _ = tell.send(keychain.read(&item));
        });
        let kept = told.await.unwrap_or_else(|_| Err(unanswered()));
        match kept.map_err(KeyProblem::Keychain)? {
            Some(answer) => Ok(Some(answer)),
            None => Err(KeyProblem::NeedsAnswer),
        }
    }
}

/// Where the keychain keeps what a source asks for.
fn answer_item(source: &ExternalSource) -> Option<KeychainItem> {
    let id = source.answer_id()?;
    Some(KeychainItem::answer(&id, &source.name()))
}

/// A fetch under way. Dropping it ends the fetch, and with it every process that it has started.
pub(super) struct SourceFetch {
    task: AbortHandle,
    /// Closed once the fetch is gone.
    gone: mpsc::Receiver<()>,
    /// What was typed for the source, which is kept once its session runs.
    typed: Option<(ExternalSource, SecretString)>,
}

impl SourceFetch {
    /// Ends the fetch and waits until everything that it has started is gone, but not for long.
    pub(super) fn finish(self, limit: Duration) {
        self.task.abort();
        // Nothing is ever sent: this is the end of the sender, or of our patience.
        let _ = self.gone.recv_timeout(limit);
    }

    /// What the keychain is to keep, once.
    pub(super) fn take_answer(&mut self) -> Option<(ExternalSource, SecretString)> {
        self.typed.take()
    }
}

impl Drop for SourceFetch {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Runtime {
    pub(super) fn sources(&self) -> SourceReader {
        SourceReader {
            context: FetchContext {
                network: self.api_options.network.clone(),
                variable: Arc::clone(&self.variable),
                home: self.home.clone(),
                answer: None,
                clock: Arc::clone(&self.clock),
            },
            keychain: Arc::clone(&self.keychain),
        }
    }

    pub(super) fn fetch_from_source(
        &mut self,
        generation: Generation,
        source: ExternalSource,
        request: KeyRequest,
    ) {
        let (reader, outbox) = (self.sources(), self.outbox.clone());
        let (alive, gone) = mpsc::channel::<()>();
        let is_kept = source.prompt().is_some_and(|prompt| prompt.is_kept);
        let typed = request.answer.clone().filter(|_| is_kept);
        let typed = typed.map(|answer| (source.clone(), answer));
        let task = self.spawn(async move {
            let _alive = alive;
            let found = reader.fetch(source, request.partner, request.answer).await;
            let event = SessionEvent::SignIn(SignInEvent::KeyFetched(found.map(Some)));
            outbox.send(Event::Session(generation, event)).await;
        });
        self.attempt.fetch = Some(SourceFetch { task, gone, typed });
    }

    /// How the session finds another key once its own is refused.
    pub(super) fn refetch(&self, generation: Generation) -> Option<Arc<SourceRefetch>> {
        let session = self.session.as_ref()?;
        Some(Arc::new(SourceRefetch {
            reader: Mutex::new(self.sources()),
            source: session.source.clone()?,
            partner: session.credentials.partner,
            generation,
            outbox: self.outbox.clone(),
            tokio: self.tokio.clone(),
            asking: Mutex::default(),
            found: Arc::default(),
        }))
    }

    /// The session uses this key from now on; called when its news is taken.
    pub(super) fn key_was_fetched_again(&mut self, generation: Generation, key: &ApiKey) {
        let is_it = |session: &&mut super::session::ApiSession| session.generation == generation;
        let Some(session) = self.session.as_mut().filter(is_it) else {
            return;
        };
        let old = std::mem::replace(&mut session.credentials.key, key.clone());
        if session.held.takes_place_of_new(key) {
            // The rotation goes on: the old key is still to be checked.
            session.held.keep_old(old);
        }
    }

    /// Keeps what was typed for the source of the session that has just been opened.
    pub(super) fn keep_answer(&mut self, generation: Generation) {
        let typed = self
            .attempt
            .fetch
            .as_mut()
            .and_then(SourceFetch::take_answer);
        let Some((source, answer)) = typed else {
            return;
        };
        let Some(item) = answer_item(&source) else {
            return;
        };
        let kept = move |result| {
            let event = SessionEvent::SignIn(SignInEvent::AnswerStored(result));
            Event::Session(generation, event)
        };
        let news = self.outbox.owe(move || kept(Err(unanswered())));
        self.keychain
            .call(move |keychain| news.tell(kept(keychain.write(&item, &answer))));
    }

    pub(super) fn delete_answer(&self, source: &ExternalSource) {
        let Some(item) = answer_item(source) else {
            return;
        };
        let deleted = |result: Result<bool, KeychainProblem>| {
            Event::Keychain(KeychainEvent::AnswerDeleted(result))
        };
        let news = self.outbox.owe(move || deleted(Err(unanswered())));
        self.keychain
            .call(move |keychain| news.tell(deleted(keychain.delete(&item))));
    }
}

/// Asks the source of a session again after the server has refused its key.
pub(super) struct SourceRefetch {
    reader: Mutex<SourceReader>,
    source: ExternalSource,
    partner: PartnerId,
    generation: Generation,
    outbox: Outbox,
    tokio: Handle,
    /// One fetch at a time, which goes on when the request that met the refusal is given up.
    asking: Mutex<Option<Asking>>,
    found: Arc<Mutex<Option<Box<FoundKey>>>>,
}

/// A fetch that several requests may wait for.
struct Asking {
    answer: Shared<BoxFuture<'static, Option<ApiKey>>>,
    task: AbortHandle,
}

impl Drop for Asking {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl SourceRefetch {
    /// Asks by this way from the next time on.
    pub(super) fn use_network(&self, network: &Network) {
        locked(&self.reader).context.network = network.clone();
    }

    /// Ends the asking under way, and with it what it has started; whoever waits for a key gets none.
    pub(super) fn cancel(&self) {
        *locked(&self.asking) = None;
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "it outlives the request that met the refusal, and ends with the session"
    )]
    fn ask(&self) -> Asking {
        let reader = locked(&self.reader).clone();
        let (source, partner) = (self.source.clone(), self.partner);
        let (found, outbox, generation) = (
            Arc::clone(&self.found),
            self.outbox.clone(),
            self.generation,
        );
        let (tell, told) = oneshot::channel();
        let task = self.tokio.spawn(async move {
            report(&outbox, generation, SignInEvent::AskingAgain).await;
            let key = match reader.fetch(source, Some(partner), None).await {
                Ok(fetched) => {
                    let key = fetched.fetched.key.clone();
                    *locked(&found) = Some(fetched);
                    report(&outbox, generation, SignInEvent::AskedAgain).await;
                    Some(key)
                }
                Err(problem) => {
                    let event = SignInEvent::KeyFetchedAgain(Err(problem));
                    report(&outbox, generation, event).await;
                    None
                }
            };
            // Every request may have been given up meanwhile.
            let _ = tell.send(key);
        });
        let answer = async { told.await.ok().flatten() }.boxed().shared();
        Asking {
            answer,
            task: task.abort_handle(),
        }
    }
}

impl KeyRefetch for SourceRefetch {
    fn key(&self) -> BoxFuture<'static, Option<ApiKey>> {
        let mut asking = locked(&self.asking);
        let is_open = |asking: &&Asking| asking.answer.peek().is_none();
        match asking.as_ref().filter(is_open) {
            Some(open) => open.answer.clone().boxed(),
            None => {
                let new = asking.insert(self.ask());
                new.answer.clone().boxed()
            }
        }
    }

    fn tried(&self, outcome: RefetchOutcome) -> BoxFuture<'static, ()> {
        let found = locked(&self.found).take();
        let (outbox, generation) = (self.outbox.clone(), self.generation);
        let holder = self.source.name();
        async move {
            let result = match (outcome, found) {
                (RefetchOutcome::Accepted, Some(found)) => Ok(found),
                (RefetchOutcome::SameKey, _) => Err(KeyProblem::Source(SourceProblem::new(
                    format!("{holder} still has the rejected key"),
                    "Store a new key there, then lock and unlock the console to fetch it.",
                ))),
                (RefetchOutcome::Refused, _) => Err(KeyProblem::Source(SourceProblem::new(
                    format!("{holder} has another key, which was rejected too"),
                    "Store a working key there, then lock and unlock the console to fetch it.",
                ))),
                (RefetchOutcome::Accepted, None) => return,
            };
            report(&outbox, generation, SignInEvent::KeyFetchedAgain(result)).await;
        }
        .boxed()
    }
}

fn locked<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn report(outbox: &Outbox, generation: Generation, event: SignInEvent) {
    let event = Event::Session(generation, SessionEvent::SignIn(event));
    outbox.send(event).await;
}
