//! The sign-in: a partner token that is fetched by one task at a time and renewed before its
//! end or, at most once per request, after a 401 (API page "Authentication").

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use tokio::sync::Mutex;
use zeroize::Zeroizing;

use crate::domain::credentials::{ApiKey, Credentials};
use crate::domain::failure::{Failure, FailureKind, Operation};
use crate::domain::time::{BootInstant, Now};

use super::exchange::{Exchange, Patience};
use super::scrub::Secrets;
use super::transport::{Authorization, Request, Verb};
use super::wire::{TokenWire, read_token};

/// A lifetime that is not stated or not to be believed is taken for this; a 401 covers the rest.
const UNSTATED_LIFETIME: Duration = Duration::from_secs(60);
const LONGEST_LIFETIME: Duration = Duration::from_hours(7 * 24);
const RENEWAL_MARGIN: Duration = Duration::from_secs(5 * 60);
/// A renewal ahead of time that failed is not tried again at once.
const RENEWAL_PAUSE: Duration = Duration::from_secs(20);

/// The partner token. It opens every business: it has no `Debug`, no `Clone`, and leaves this
/// room only inside an `Authorization` header.
struct PartnerToken(SecretString);

/// A sign-in, as it is used for requests.
pub(super) struct Pass {
    /// The header made of the token.
    pub(super) authorization: Authorization,
    /// Counts the sign-ins, so that a task can tell whether another one has renewed it.
    generation: u64,
    expires: BootInstant,
}

/// Signs in and keeps the pass.
pub(super) struct SignIn {
    partner: String,
    /// Made of the key, which a rotation replaces.
    authorization: RwLock<Arc<Authorization>>,
    state: Mutex<State>,
    /// Attempts to sign in that have come to an end.
    ended: AtomicU64,
    /// SHA-256 of every key and partner token of this session: an earlier one opens every business as well.
    open_all: RwLock<HashSet<[u8; 32]>>,
}

#[derive(Default)]
struct State {
    pass: Option<Arc<Pass>>,
    /// From when on the pass is renewed before it is used.
    renew_at: BootInstant,
    generation: u64,
    /// How the last attempt failed, and its number, for those who waited for it.
    failed: Option<(u64, Failure)>,
}

impl SignIn {
    /// `None` where the key has characters that no header has, which [`Credentials`] rule out.
    pub(super) fn new(credentials: &Credentials) -> Option<Self> {
        Some(Self {
            partner: credentials.partner.to_string(),
            authorization: RwLock::new(Arc::new(basic(credentials)?)),
            state: Mutex::default(),
            ended: AtomicU64::new(0),
            open_all: RwLock::new(HashSet::from([digest(credentials.key.secret())])),
        })
    }

    /// Whether `token` is a partner token or a key of this session, the present one or an earlier one.
    pub(super) fn opens_all(&self, token: &SecretString) -> bool {
        let known = self.open_all.read();
        known
            .unwrap_or_else(PoisonError::into_inner)
            .contains(&digest(token))
    }

    fn remember(&self, secret: &SecretString) {
        let mut known = self
            .open_all
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        known.insert(digest(secret));
    }

    /// Signs in with another key of the same partner from the next renewal on.
    pub(super) fn use_key(&self, credentials: &Credentials) {
        if let Some(authorization) = basic(credentials) {
            self.remember(credentials.key.secret());
            let mut current = self
                .authorization
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            *current = Arc::new(authorization);
        }
    }

    /// Hides another key of the same partner in what the server says: it knows both.
    pub(super) fn also_hide(&self, key: &ApiKey) {
        self.remember(key.secret());
        let key = key.secret().expose_secret();
        let pair = Zeroizing::new(format!("{}:{key}", self.partner));
        let encoded = Zeroizing::new(STANDARD.encode(pair.as_bytes()));
        let hiding = self.authorization().hiding(key).hiding(&encoded);
        *self
            .authorization
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Arc::new(hiding);
    }

    fn authorization(&self) -> Arc<Authorization> {
        let current = self.authorization.read();
        Arc::clone(&current.unwrap_or_else(PoisonError::into_inner))
    }

    /// Asks the endpoint, whatever is known already.
    pub(super) async fn prove(&self, exchange: &Exchange) -> Result<(), Failure> {
        let mut state = self.state.lock().await;
        self.renew(exchange, &mut state, Operation::SignIn, Patience::Policy)
            .await
            .map(drop)
    }

    /// A pass that has not come near its end, from the cache or the endpoint.
    pub(super) async fn pass(
        &self,
        exchange: &Exchange,
        operation: Operation,
    ) -> Result<Arc<Pass>, Failure> {
        let seen = self.ended.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        let now = exchange.transport.place.now().boot;
        if let Some(pass) = &state.pass
            && now < state.renew_at
        {
            return Ok(Arc::clone(pass));
        }
        if let Some(failure) = state.failed_since(seen, operation) {
            return Err(failure);
        }
        let Some(live) = state.pass.clone().filter(|pass| now < pass.expires) else {
            return self
                .renew(exchange, &mut state, operation, Patience::Policy)
                .await;
        };
        // It still works: a passing failure of the renewal need not stop anybody.
        match self
            .renew(exchange, &mut state, operation, Patience::Once)
            .await
        {
            Err(failure) if failure.is_passing() => {
                state.renew_at = now.saturating_add(RENEWAL_PAUSE).min(live.expires);
                Ok(live)
            }
            renewed => renewed,
        }
    }

    /// A pass in place of `refused`: that of another task which was faster, or a new one.
    pub(super) async fn pass_after(
        &self,
        exchange: &Exchange,
        refused: &Pass,
        operation: Operation,
    ) -> Result<Arc<Pass>, Failure> {
        let seen = self.ended.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        if let Some(pass) = &state.pass
            && pass.generation > refused.generation
        {
            return Ok(Arc::clone(pass));
        }
        if let Some(failure) = state.failed_since(seen, operation) {
            return Err(failure);
        }
        self.renew(exchange, &mut state, operation, Patience::Policy)
            .await
    }

    async fn renew(
        &self,
        exchange: &Exchange,
        state: &mut State,
        operation: Operation,
        patience: Patience,
    ) -> Result<Arc<Pass>, Failure> {
        let fetched = self.fetch(exchange, operation, patience).await;
        let ended = self.ended.fetch_add(1, Ordering::AcqRel) + 1;
        let (wire, requested) = match fetched {
            Ok(fetched) => fetched,
            Err(failure) => {
                state.failed = Some((ended, failure.clone()));
                return Err(failure);
            }
        };
        state.failed = None;
        state.generation += 1;
        let lifetime = lifetime(&wire);
        let margin = RENEWAL_MARGIN.min(lifetime / 10);
        self.remember(&wire.access_token);
        let token = PartnerToken(wire.access_token);
        let Some(authorization) = bearer(&token, &self.authorization().secrets) else {
            let place = &exchange.transport.place;
            let mut failure = place.failure(FailureKind::NotUnderstood, operation, 0);
            failure.detail = Some("a token with characters that no header has".to_owned());
            return Err(failure);
        };
        let pass = Arc::new(Pass {
            authorization,
            generation: state.generation,
            expires: requested.boot.saturating_add(lifetime),
        });
        state.renew_at = requested.boot.saturating_add(lifetime - margin);
        state.pass = Some(Arc::clone(&pass));
        Ok(pass)
    }

    async fn fetch(
        &self,
        exchange: &Exchange,
        operation: Operation,
        patience: Patience,
    ) -> Result<(TokenWire, Now), Failure> {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", self.partner.as_str()),
        ];
        let authorization = self.authorization();
        let request = Request {
            operation,
            verb: Verb::PostForm(&form),
            url: exchange.transport.place.endpoint(&["oauth2", "token"]),
            authorization: &authorization,
            proves_key: true,
        };
        let (wire, answer) = exchange.ask(&request, patience, read_token).await?;
        let issued_at = wire.claims().and_then(|claims| claims.issued_at);
        exchange.compare_issue_time(&answer, issued_at);
        Ok((wire, answer.sent))
    }
}

impl State {
    /// The failure of an attempt that ended while the caller waited: asking again at once
    /// would only repeat it, once for every waiting task.
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

/// The `Authorization` header of a key.
fn basic(credentials: &Credentials) -> Option<Authorization> {
    let key = credentials.key.secret().expose_secret();
    let pair = Zeroizing::new(format!("{}:{key}", credentials.partner));
    let encoded = Zeroizing::new(STANDARD.encode(pair.as_bytes()));
    let header = Zeroizing::new(format!("Basic {}", *encoded));
    Authorization::new(&header, Secrets::new([key, encoded.as_str()]))
}

/// The `Authorization` header of a bearer token. The server knows the key too, so that is hidden
/// in what comes back as well.
fn bearer(PartnerToken(token): &PartnerToken, key: &Secrets) -> Option<Authorization> {
    let token = token.expose_secret();
    let header = Zeroizing::new(format!("Bearer {token}"));
    Authorization::new(&header, key.with(token))
}

/// Tells secrets apart without keeping them.
fn digest(secret: &SecretString) -> [u8; 32] {
    Sha256::digest(secret.expose_secret().as_bytes()).into()
}

/// The smaller of what the answer and the token state, where it can be believed.
fn lifetime(wire: &TokenWire) -> Duration {
    let claimed = wire
        .claims()
        .and_then(|claims| claims.expires_at?.checked_sub(claims.issued_at?));
    [wire.expires_in_secs(), claimed]
        .into_iter()
        .flatten()
        .filter_map(|secs| u64::try_from(secs).ok().map(Duration::from_secs))
        .filter(|life| !life.is_zero() && *life <= LONGEST_LIFETIME)
        .min()
        .unwrap_or(UNSTATED_LIFETIME)
}
