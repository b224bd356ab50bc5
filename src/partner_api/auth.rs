//! The sign-in: a partner token, fetched by one task at a time, and renewed shortly before it expires or after a 401, at most once per request (API
//! page "Authentication").

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use parking_lot::RwLock;
use tokio::sync::Mutex;

use crate::domain::credentials::ApiKey;
use crate::domain::failure::{Failure, FailureKind, Operation};
use crate::domain::time::BootInstant;
use crate::domain::token::Fingerprint;
use crate::domain::token::{StatedLifetime, TokenProblem};

use super::exchange::{Exchange, RetryScope};
use super::identity::Identity;
use super::pause::UserIntent;
use super::scrub::Secrets;
use super::transport::{Authorization, HttpMethod, HttpResponse, Request};
use super::wire::{TokenWire, read_token};

/// Used when the lifetime is not stated or not credible; a 401 covers the rest.
const UNSTATED_LIFETIME: Duration = Duration::from_secs(60);
const RENEWAL_MARGIN: Duration = Duration::from_secs(5 * 60);
/// How long to wait after an early renewal has failed.
const RENEWAL_PAUSE: Duration = Duration::from_secs(20);

/// A sign-in in the form that requests use.
pub(super) struct BearerPass {
    /// The `Authorization` header with the token.
    pub(super) authorization: Authorization,
    /// The number of this sign-in. A task compares it to find out whether another task has already renewed the sign-in.
    generation: u64,
    expires: BootInstant,
}

/// Signs in and holds the pass.
pub(super) struct SignIn {
    pub(super) identity: Identity,
    state: Mutex<AuthState>,
    /// How many attempts to sign in have ended.
    ended: AtomicU64,
    /// Fetches the key again after it was rejected.
    refetch: RwLock<Option<Arc<dyn KeyRefetch>>>,
}

/// An external key source. After the server has rejected the key in use, the source is asked for another, once per key.
pub trait KeyRefetch: Send + Sync {
    /// Asks the source once; `None` if it has no key, which it reports itself. Dropping the future does not cancel the request to the source.
    fn key(&self) -> BoxFuture<'static, Option<ApiKey>>;

    /// Reports what came of the key.
    fn tried(&self, outcome: RefetchOutcome) -> BoxFuture<'static, ()>;
}

/// The result of fetching a key again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefetchOutcome {
    /// It is the key that was rejected.
    SameKey,
    /// It is another key, and the server accepted it.
    Accepted,
    /// It is another key, and the server rejected it as well.
    Rejected,
}

#[derive(Default)]
struct AuthState {
    pass: Option<Arc<BearerPass>>,
    /// From this moment on, the pass is renewed before it is used.
    renew_at: BootInstant,
    generation: u64,
    /// The last failed attempt and its number, for the tasks that waited for it.
    failed: Option<(u64, Failure)>,
    /// Whether the source of a rejected key has been asked for another.
    refetched: RefetchProgress,
}

/// The state of the search for another key. It starts over when a key is accepted.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum RefetchProgress {
    #[default]
    NotYet,
    /// This key was found, but not tested yet because of a network failure.
    Untried(Fingerprint),
    /// The source has no other key, or that key was rejected as well.
    Exhausted,
}

impl SignIn {
    pub(super) fn new(identity: Identity) -> Self {
        Self {
            identity,
            state: Mutex::default(),
            ended: AtomicU64::new(0),
            refetch: RwLock::default(),
        }
    }

    /// Sets the source that is asked for another key when the current one is rejected.
    pub(super) fn set_key_refetch(&self, refetch: Arc<dyn KeyRefetch>) {
        *self.refetch.write() = Some(refetch);
    }

    fn refetcher(&self) -> Option<Arc<dyn KeyRefetch>> {
        self.refetch.read().clone()
    }

    /// Signs in. If the key is rejected and its source has another by now, tries that once.
    async fn fetch_with_other_key(
        &self,
        exchange: &Exchange,
        state: &mut AuthState,
        intent: &UserIntent,
        retries: RetryScope,
    ) -> Result<(TokenWire, HttpResponse), Failure> {
        let mut fetched = self.fetch(exchange, intent, retries).await;
        let is_rejected = |failure: &Failure| failure.kind == FailureKind::KeyRejected;
        let Some(refetch) = self.refetcher() else {
            return fetched;
        };
        if state.refetched == RefetchProgress::NotYet && fetched.as_ref().is_err_and(is_rejected) {
            let Some(key) = refetch.key().await else {
                state.refetched = RefetchProgress::Exhausted;
                return fetched;
            };
            let fingerprint = Fingerprint::of(&key);
            if !self.identity.use_if_new(key) {
                state.refetched = RefetchProgress::Exhausted;
                refetch.tried(RefetchOutcome::SameKey).await;
                return fetched;
            }
            state.refetched = RefetchProgress::Untried(fingerprint);
            fetched = self.fetch(exchange, intent, retries).await;
        }
        // A rotation may have switched to a third key since: its result says nothing about the key that was found.
        let used = self.identity.fingerprint();
        let was_tried = used.is_some_and(|used| state.refetched == RefetchProgress::Untried(used));
        match &fetched {
            Ok(_) => {
                if was_tried {
                    refetch.tried(RefetchOutcome::Accepted).await;
                }
                state.refetched = RefetchProgress::NotYet;
            }
            Err(failure) if is_rejected(failure) && was_tried => {
                state.refetched = RefetchProgress::Exhausted;
                refetch.tried(RefetchOutcome::Rejected).await;
            }
            Err(_) => {}
        }
        fetched
    }

    /// Requests a partner token, even if there is a valid pass.
    pub(super) async fn verify(&self, exchange: &Exchange) -> Result<(), Failure> {
        let mut state = self.state.lock().await;
        let url = exchange.transport.api_server.endpoint(&["oauth2", "token"]);
        let intent = UserIntent::new(Operation::SignIn, &url, true);
        self.renew(exchange, &mut state, &intent, RetryScope::Policy)
            .await
            .map(drop)
    }

    /// A pass that is not about to expire, from memory or from the endpoint.
    pub(super) async fn pass(
        &self,
        exchange: &Exchange,
        intent: &UserIntent,
    ) -> Result<Arc<BearerPass>, Failure> {
        let seen = self.ended.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        let now = exchange.transport.api_server.now().boot;
        if let Some(pass) = &state.pass
            && now < state.renew_at
        {
            return Ok(Arc::clone(pass));
        }
        if let Some(failure) = state.failed_since(seen, intent.operation) {
            return Err(failure);
        }
        let Some(live) = state.pass.clone().filter(|pass| now < pass.expires) else {
            return self
                .renew(exchange, &mut state, intent, RetryScope::Policy)
                .await;
        };
        if exchange.is_paused() {
            return Ok(live);
        }
        // The current pass still works, so a temporary failure to renew it need not stop anything.
        match self
            .renew(exchange, &mut state, intent, RetryScope::Once)
            .await
        {
            Err(failure) if failure.is_transient() => {
                let pause = RENEWAL_PAUSE.max(failure.requested_pause().unwrap_or_default());
                state.renew_at = now.saturating_add(pause).min(live.expires);
                Ok(live)
            }
            renewed => renewed,
        }
    }

    /// A pass to replace `refused`: one that another task has fetched meanwhile, or a new one.
    pub(super) async fn pass_after(
        &self,
        exchange: &Exchange,
        rejected: &BearerPass,
        intent: &UserIntent,
    ) -> Result<Arc<BearerPass>, Failure> {
        let seen = self.ended.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        if let Some(pass) = &state.pass
            && pass.generation > rejected.generation
        {
            return Ok(Arc::clone(pass));
        }
        if let Some(failure) = state.failed_since(seen, intent.operation) {
            return Err(failure);
        }
        self.renew(exchange, &mut state, intent, RetryScope::Policy)
            .await
    }

    async fn renew(
        &self,
        exchange: &Exchange,
        state: &mut AuthState,
        intent: &UserIntent,
        retries: RetryScope,
    ) -> Result<Arc<BearerPass>, Failure> {
        let fetched = self
            .fetch_with_other_key(exchange, state, intent, retries)
            .await;
        let usable = fetched.and_then(|(wire, answer)| {
            self.usable(wire, &answer)
                .map(|usable| (usable, answer.sent))
                .map_err(|problem| {
                    let kind = FailureKind::SignInUnusable(problem);
                    let server = &exchange.transport.api_server;
                    server.failure_of_answer(kind, intent.operation, &answer)
                })
        });
        let ended = self.ended.fetch_add(1, Ordering::AcqRel) + 1;
        let ((authorization, lifetime), requested) = match usable {
            Ok(usable) => usable,
            Err(failure) => {
                state.failed = Some((ended, failure.clone()));
                return Err(failure);
            }
        };
        state.failed = None;
        state.generation += 1;
        let margin = RENEWAL_MARGIN.min(lifetime / 10);
        let pass = Arc::new(BearerPass {
            authorization,
            generation: state.generation,
            expires: requested.boot.saturating_add(lifetime),
        });
        state.renew_at = requested.boot.saturating_add(lifetime - margin);
        state.pass = Some(Arc::clone(&pass));
        Ok(pass)
    }

    /// The header made from a new partner token, and how long it lives.
    fn usable(
        &self,
        wire: TokenWire,
        answer: &HttpResponse,
    ) -> Result<(Authorization, Duration), TokenProblem> {
        let lifetime = lifetime(&wire, answer)?;
        let requested = answer.sent.boot;
        let expires = requested.saturating_add(lifetime);
        let authorization = self
            .identity
            .signed_in(wire.access_token, requested, expires)?;
        Ok((authorization, lifetime))
    }

    async fn fetch(
        &self,
        exchange: &Exchange,
        intent: &UserIntent,
        retries: RetryScope,
    ) -> Result<(TokenWire, HttpResponse), Failure> {
        let partner = self.identity.partner.to_string();
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", partner.as_str()),
        ];
        let authorization = self.identity.authorization();
        let secrets = self.identity.secrets();
        let request = Request {
            intent,
            verb: HttpMethod::PostForm(&form),
            url: exchange.transport.api_server.endpoint(&["oauth2", "token"]),
            authorization: &authorization,
            secrets: &secrets,
            proves_key: true,
        };
        let read = |body: &[u8], _: &Secrets| read_token(body);
        let (wire, answer) = exchange.send(&request, retries, read).await?;
        let issued_at = wire.claims().and_then(|claims| claims.issued_at);
        exchange.compare_issue_time(&answer, issued_at);
        Ok((wire, answer))
    }
}

impl AuthState {
    /// The failure of an attempt that ended while the caller waited. Trying again right away would only repeat it, once for every waiting task.
    fn failed_since(&self, seen: u64, operation: Operation) -> Option<Failure> {
        self.failed
            .as_ref()
            .filter(|(ended, _)| *ended > seen)
            .map(|(_, failure)| Failure {
                operation,
                ..failure.clone()
            })
    }
}

/// The lifetime of the sign-in in `wire`.
///
/// # Errors
/// [`TokenProblem::ExpiredOnArrival`]. A lifetime that is not stated or not credible counts as [`UNSTATED_LIFETIME`].
fn lifetime(wire: &TokenWire, answer: &HttpResponse) -> Result<Duration, TokenProblem> {
    let claims = wire.claims().cloned().unwrap_or_default();
    let stated = StatedLifetime {
        expires_in: wire.expires_in_secs(),
        issued_at: claims.issued_at,
        not_before: claims.not_before,
        expires_at: claims.expires_at,
        server_time: answer.server_time.map(Timestamp::as_second),
    };
    match stated.shortest() {
        Err(TokenProblem::LifetimeUnknown | TokenProblem::LifetimeImplausible { .. }) => {
            Ok(UNSTATED_LIFETIME)
        }
        stated => stated,
    }
}
