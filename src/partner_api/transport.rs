//! One HTTP request under limits. This file and its part `client` are all that knows the HTTP library.

mod client;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{
    AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, DATE, HeaderMap, HeaderName, HeaderValue,
    LOCATION, RETRY_AFTER,
};
use reqwest::{Client, RequestBuilder, Response};
use url::Url;
use zeroize::Zeroizing;

use crate::domain::connection::Reached;
use crate::domain::failure::{Failure, FailureKind, Operation, Unreachable};
use crate::domain::network::Network;
use crate::domain::time::Now;
use crate::domain::write::WriteOutcome;

use super::options::ApiOptions;
use super::place::Place;
use super::problem::Problem;
use super::reach;
use super::scrub::Secrets;
use super::skew;
use super::status;
use super::tls::SeenCertificate;

/// Of an error's body no more is read: its text is a few lines.
const ERROR_BODY_LIMIT: usize = 64 << 10;

/// The value of an `Authorization` header.
pub(super) struct Authorization(HeaderValue);

impl Authorization {
    /// `None` where the text has characters that no header has.
    pub(super) fn new(value: &Zeroizing<String>) -> Option<Self> {
        let mut header = HeaderValue::from_str(value).ok()?;
        // Kept out of `Debug` output and of the header compression of HTTP/2.
        header.set_sensitive(true);
        Some(Self(header))
    }
}

/// What is sent.
#[derive(Clone)]
pub(super) struct Request<'a> {
    pub(super) operation: Operation,
    pub(super) verb: Verb<'a>,
    pub(super) url: Url,
    pub(super) authorization: &'a Authorization,
    /// What has to be hidden in whatever comes back.
    pub(super) secrets: &'a Secrets,
    /// Whether a 401 means the API key.
    pub(super) proves_key: bool,
}

/// Method and body.
#[derive(Clone, Copy)]
pub(super) enum Verb<'a> {
    Get,
    Post,
    PostForm(&'a [(&'a str, &'a str)]),
    PostJson(&'a str),
    PatchJson(&'a str),
}

impl Verb<'_> {
    fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post | Self::PostForm(_) | Self::PostJson(_) => "POST",
            Self::PatchJson(_) => "PATCH",
        }
    }
}

/// A complete 2xx answer.
pub(super) struct Answer {
    /// Wiped when dropped, because it may hold a token.
    pub(super) body: Zeroizing<Vec<u8>>,
    pub(super) status: u16,
    /// `Date`.
    pub(super) server_time: Option<Timestamp>,
    pub(super) sent: Now,
    pub(super) received: Now,
    /// Number of the request in the log.
    pub(super) number: u64,
}

/// A request without an answer that can be used.
#[derive(Debug)]
pub(super) struct Miss {
    pub(super) failure: Failure,
    /// Whether the server may have done what it was asked to. Of interest where that stays.
    pub(super) outcome: WriteOutcome,
}

impl Miss {
    pub(super) fn not_done(failure: Failure) -> Self {
        Self {
            failure,
            outcome: WriteOutcome::NotDone,
        }
    }

    pub(super) fn unknown(failure: Failure) -> Self {
        Self {
            failure,
            outcome: WriteOutcome::Unknown,
        }
    }
}

/// Where reading is all that was asked for.
impl From<Miss> for Failure {
    fn from(miss: Miss) -> Self {
        miss.failure
    }
}

/// Sends requests to one server.
#[derive(Debug)]
pub(super) struct Transport {
    /// Replaced when the way to the network changes; what is under way goes on by the former one.
    client: RwLock<Client>,
    seen: SeenCertificate,
    pub(super) place: Place,
    options: ApiOptions,
    requests: AtomicU64,
}

impl Transport {
    /// # Errors
    /// [`FailureKind::Tls`] where the system has no certificates to trust.
    pub(super) fn new(place: Place, options: ApiOptions) -> Result<Self, Failure> {
        let seen = SeenCertificate::default();
        let client = client::build(&place, &options, &options.network, &seen)?;
        Ok(Self {
            client: RwLock::new(client),
            seen,
            place,
            options,
            requests: AtomicU64::new(0),
        })
    }

    /// Sends by this way from now on.
    ///
    /// # Errors
    /// As [`Self::new`]; the former way is then kept.
    pub(super) fn use_network(&self, network: &Network) -> Result<(), Failure> {
        let client = client::build(&self.place, &self.options, network, &self.seen)?;
        *self.client.write().unwrap_or_else(PoisonError::into_inner) = client;
        Ok(())
    }

    fn client(&self) -> Client {
        let client = self.client.read().unwrap_or_else(PoisonError::into_inner);
        client.clone()
    }

    /// Asks the root of the API without any secret. Every answer will do, whatever its status. What the server knows from
    /// elsewhere is hidden in what it says.
    pub(super) async fn knock(&self, secrets: &Secrets) -> Result<Reached, Failure> {
        let sent = self.place.now();
        let asked = self.client().get(self.place.endpoint(&[])).send().await;
        let about = (Operation::SignIn, secrets);
        let response = asked.map_err(|error| self.no_answer(error, about, 0, sent).failure)?;
        let received = self.place.now();
        let server_time = text_of(response.headers(), DATE).and_then(status::http_date);
        Ok(Reached {
            certificate: self.seen.facts(secrets),
            ahead_secs: server_time.and_then(|server| skew::measure(server, sent, received)),
        })
    }

    /// Sends it once and reads the whole answer.
    pub(super) async fn send(&self, request: &Request<'_>) -> Result<Answer, Miss> {
        let number = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        let sent = self.place.now();
        let result = self.exchange(request, number, sent).await;
        let took = self.place.now().boot.saturating_since(sent.boot);
        let status = match &result {
            Ok(answer) => Some(answer.status),
            Err(miss) => miss.failure.status,
        };
        // The path of an endpoint holds a business id at most; query, headers and bodies stay out.
        tracing::debug!(
            request = number,
            operation = ?request.operation,
            method = request.verb.name(),
            path = request.url.path(),
            status,
            took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            failure = result.as_ref().err().map(|miss| tracing::field::debug(&miss.failure.kind)),
            "request"
        );
        result
    }

    async fn exchange(
        &self,
        request: &Request<'_>,
        number: u64,
        sent: Now,
    ) -> Result<Answer, Miss> {
        let (url, client) = (request.url.clone(), self.client());
        let prepared = match request.verb {
            Verb::Get => client.get(url),
            Verb::Post => client.post(url).header(CONTENT_LENGTH, "0"),
            Verb::PostForm(fields) => client.post(url).form(fields),
            Verb::PostJson(json) => with_json(client.post(url), json),
            Verb::PatchJson(json) => with_json(client.patch(url), json),
        };
        let fail = |error: reqwest::Error| {
            let asked = (request.operation, request.secrets);
            self.no_answer(error, asked, number, sent)
        };
        let response = prepared
            .header(AUTHORIZATION, request.authorization.0.clone())
            .send()
            .await
            .map_err(fail)?;
        let status = response.status();
        if status.is_redirection() {
            let location = text_of(response.headers(), LOCATION);
            let target = self.place.redirect_target(location, request.secrets);
            let mut failure = self.place.failure(
                FailureKind::Redirected { target },
                request.operation,
                number,
            );
            failure.status = Some(status.as_u16());
            let outcome = status::write_outcome(status.as_u16());
            return Err(Miss { failure, outcome });
        }
        if !status.is_success() {
            let failure = self.refusal(request, response, number).await;
            let outcome = status::write_outcome(status.as_u16());
            return Err(Miss { failure, outcome });
        }
        let server_time = text_of(response.headers(), DATE).and_then(status::http_date);
        let limit = self.options.body_limit;
        let (body, complete) = read_body(response, limit).await.map_err(fail)?;
        if !complete {
            let mut failure =
                self.place
                    .failure(FailureKind::TooLarge { limit }, request.operation, number);
            failure.status = Some(status.as_u16());
            return Err(Miss::unknown(failure));
        }
        Ok(Answer {
            body,
            status: status.as_u16(),
            server_time,
            sent,
            received: self.place.now(),
            number,
        })
    }

    /// Turns an answer that is an error by its status into a failure.
    async fn refusal(&self, request: &Request<'_>, response: Response, number: u64) -> Failure {
        let status = response.status().as_u16();
        let server_now = text_of(response.headers(), DATE)
            .and_then(status::http_date)
            .unwrap_or_else(|| self.place.now().wall);
        let retry_after = text_of(response.headers(), RETRY_AFTER)
            .and_then(|value| status::retry_after(value, server_now));
        // What the status says stands, whatever becomes of the body.
        let mut problem = match read_body(response, ERROR_BODY_LIMIT).await {
            Ok((body, _)) => Problem::read(&body, request.secrets),
            Err(_) => Problem::default(),
        };
        let asked = status::Asked {
            operation: request.operation,
            proves_key: request.proves_key,
        };
        let kind = status::failure_kind(status, &mut problem, retry_after, asked);
        let mut failure = self.place.failure(kind, request.operation, number);
        failure.status = Some(status);
        failure.detail = problem.text;
        failure
    }

    /// Turns an error before the end of the answer into a failure.
    fn no_answer(
        &self,
        error: reqwest::Error,
        (operation, secrets): (Operation, &Secrets),
        number: u64,
        sent: Now,
    ) -> Miss {
        let error = error.without_url();
        // Before there is a connection, nothing is sent.
        let was_sent = !error.is_connect() && !error.is_builder();
        let (kind, detail) = if error.is_timeout() {
            let limit = self.exceeded_limit(&error, sent);
            (FailureKind::TimedOut { limit }, None)
        } else if error.is_dns() {
            (FailureKind::Unreachable(Unreachable::NameNotFound), None)
        } else {
            let issuer = self.seen.facts(secrets).map(|facts| facts.issuer);
            match reach::classify(&error, issuer.as_deref(), secrets) {
                // The connection was safe when the request went out, and then broke.
                (FailureKind::Tls, detail) if was_sent => {
                    (FailureKind::Unreachable(Unreachable::Broken), detail)
                }
                found => found,
            }
        };
        let mut failure = self.place.failure(kind, operation, number);
        failure.detail = detail;
        if was_sent {
            Miss::unknown(failure)
        } else {
            Miss::not_done(failure)
        }
    }

    fn exceeded_limit(&self, error: &reqwest::Error, sent: Now) -> Duration {
        let options = &self.options;
        let waited = self.place.now().boot.saturating_since(sent.boot);
        if error.is_connect() {
            options.connect_timeout
        } else if waited >= options.request_timeout {
            options.request_timeout
        } else {
            options.read_timeout.min(options.request_timeout)
        }
    }
}

fn with_json(request: RequestBuilder, json: &str) -> RequestBuilder {
    request
        .header(CONTENT_TYPE, "application/json")
        .body(json.to_owned())
}

/// The body, and whether that is all of it: reading stops where it exceeds `limit` bytes.
async fn read_body(
    mut response: Response,
    limit: usize,
) -> reqwest::Result<(Zeroizing<Vec<u8>>, bool)> {
    let announced = response
        .content_length()
        .and_then(|len| usize::try_from(len).ok())
        .unwrap_or(0);
    // Room for all of it at once, because a buffer that grows leaves copies behind.
    let mut body = Zeroizing::new(Vec::with_capacity(announced.min(limit).min(1 << 20)));
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > limit {
            return Ok((body, false));
        }
        body.extend_from_slice(&chunk);
    }
    Ok((body, true))
}

fn text_of(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}
