//! One HTTP request under limits. Only this module and its submodules use the HTTP library.

mod client;
mod http_client;
mod lost;
pub(super) mod message;
mod response;

pub use http_client::{ForeignResponse, HttpClient, HttpProblem, HttpRequest};
pub(super) use message::{Authorization, HttpMethod, HttpResponse, Request};

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use parking_lot::RwLock;
use reqwest::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER};
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use tokio::time::{Instant, timeout_at};

use crate::domain::connection::ReachedServer;
use crate::domain::failure::{Failure, FailureKind, Operation};
use crate::domain::network::NetworkSettings;
use crate::domain::request_failure::RequestFailure;
use crate::domain::time::Now;

use super::api_server::ApiServer;
use super::options::ApiOptions;
use super::problem::ErrorBody;
use super::route::{
    UsedProxy, unreadable_failure, unreadable_variable, used_proxy, wants_password,
};
use super::scrub::Secrets;
use super::tls::{self, SeenCertificate};
use super::transport_error::ConnectionTrace;
use super::{skew, status};
use response::{read_body, redirect_target, text_of};

/// Error bodies are read up to this size, bytes: their text is a few lines.
const ERROR_BODY_LIMIT: usize = 64 << 10;

/// Sends requests to one server.
#[derive(Debug)]
pub(super) struct Transport {
    /// The HTTP client and its settings, replaced when these change. Requests in progress keep the previous ones.
    client: RwLock<(Client, NetworkSettings)>,
    seen: SeenCertificate,
    pub(super) api_server: ApiServer,
    options: ApiOptions,
    requests: AtomicU64,
}

impl Transport {
    /// # Errors
    /// [`FailureKind::Tls`] if the system trusts no certificate authority.
    pub(super) fn new(api_server: ApiServer, options: ApiOptions) -> Result<Self, Failure> {
        let seen = SeenCertificate::default();
        let client = client::build(
            api_server.base.is_loopback(),
            &options,
            &options.network,
            &seen,
        )
        .map_err(|why| api_server.nothing_trusted(why, Operation::SignIn))?;
        Ok(Self {
            client: RwLock::new((client, options.network.clone())),
            seen,
            api_server,
            options,
            requests: AtomicU64::new(0),
        })
    }

    /// Uses these network settings from now on.
    ///
    /// # Errors
    /// As [`Self::new`]; the previous settings then stay in use.
    pub(super) fn use_network(&self, network: &NetworkSettings) -> Result<(), Failure> {
        let client = client::build(
            self.api_server.base.is_loopback(),
            &self.options,
            network,
            &self.seen,
        )
        .map_err(|why| self.api_server.nothing_trusted(why, Operation::SignIn))?;
        let way = (client, network.clone());
        *self.client.write() = way;
        Ok(())
    }

    fn client(&self) -> (Client, NetworkSettings) {
        let client = self.client.read();
        client.clone()
    }

    /// The client, once it can verify the server.
    async fn ready_client(&self, operation: Operation) -> Result<Client, Failure> {
        let (client, network) = self.client();
        let base = &self.api_server.base;
        if let Some(variable) = unreadable_variable(base, &network.proxy) {
            let kind = unreadable_failure(variable);
            return Err(self.api_server.failure(kind, operation, 0));
        }
        if self.api_server.base.is_encrypted() {
            let prepared = tls::prepare(network.ca.as_deref()).await;
            prepared.map_err(|why| self.api_server.nothing_trusted(why.to_string(), operation))?;
        }
        Ok(client)
    }

    /// The proxy in use.
    fn proxy(&self) -> Option<UsedProxy> {
        used_proxy(&self.api_server.base, &self.client().1.proxy)
    }

    /// Requests the root of the API without any secret. Any response will do, whatever its status; a rejection is returned beside it, because it may
    /// request a pause. Secrets that the server knows from elsewhere are hidden in its text.
    pub(super) async fn reach(
        &self,
        secrets: &Secrets,
    ) -> Result<(ReachedServer, Option<Failure>), Failure> {
        let client = self.ready_client(Operation::SignIn).await?;
        let sent = self.api_server.now();
        let asking = client.get(self.api_server.endpoint(&[])).send();
        let about = (Operation::SignIn, secrets);
        let fail = |error| self.no_answer(error, about, 0).failure;
        let response = match timeout_at(self.deadline(), asking).await {
            Ok(asked) => asked.map_err(fail)?,
            Err(_) => return Err(self.out_of_time(Operation::SignIn, 0)),
        };
        if response.status() == StatusCode::PROXY_AUTHENTICATION_REQUIRED {
            let kind = self.proxy_wants_password();
            return Err(self.api_server.failure(kind, Operation::SignIn, 0));
        }
        let received = self.api_server.now();
        let server_time = text_of(response.headers(), DATE).and_then(status::http_date);
        let reached = ReachedServer {
            certificate: self.seen.facts(secrets),
            ahead_secs: server_time.and_then(|server| skew::measure(server, sent, received)),
        };
        let (status, asked) = (
            response.status(),
            status::RequestContext {
                operation: Operation::SignIn,
                proves_key: false,
            },
        );
        let rejection = (status.is_client_error() || status.is_server_error()).then(|| {
            let pause = self.requested_pause(response.headers());
            let mut unread = ErrorBody::default();
            let kind = status::failure_kind(status.as_u16(), &mut unread, pause, asked);
            self.api_server.failure(kind, Operation::SignIn, 0)
        });
        Ok((reached, rejection))
    }

    /// Sends the request once and reads the whole response.
    pub(super) async fn send(&self, request: &Request<'_>) -> Result<HttpResponse, RequestFailure> {
        let client = self.ready_client(request.operation()).await;
        let client = client.map_err(RequestFailure::not_done)?;
        let number = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        let sent = self.api_server.now();
        let result = self.exchange(client, request, number, sent).await;
        let took = self.api_server.now().boot.saturating_since(sent.boot);
        let status = match &result {
            Ok(answer) => Some(answer.status),
            Err(failed) => failed.failure.status,
        };
        // The path of an endpoint contains at most a business id. Query, headers and bodies are not logged.
        tracing::debug!(
            request = number,
            operation = ?request.operation(),
            method = request.verb.name(),
            path = request.url.path(),
            status,
            took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            failure = result.as_ref().err().map(|failed| tracing::field::debug(&failed.failure.kind)),
            "request"
        );
        result
    }

    /// When to give up a request that starts now, from connecting to the last byte of the response. Needed because a server could satisfy the limit
    /// of each part forever without ever completing a response.
    fn deadline(&self) -> Instant {
        Instant::now() + self.options.request_timeout
    }

    fn out_of_time(&self, operation: Operation, number: u64) -> Failure {
        let limit = self.options.request_timeout;
        self.api_server
            .failure(FailureKind::TimedOut { limit }, operation, number)
    }

    fn proxy_wants_password(&self) -> FailureKind {
        wants_password(self.proxy(), &self.api_server.base)
    }

    async fn exchange(
        &self,
        client: Client,
        request: &Request<'_>,
        number: u64,
        sent: Now,
    ) -> Result<HttpResponse, RequestFailure> {
        let url = request.url.clone();
        let prepared = match request.verb {
            HttpMethod::Get => client.get(url),
            HttpMethod::Post => client.post(url).header(CONTENT_LENGTH, "0"),
            HttpMethod::PostForm(fields) => client.post(url).form(fields),
            HttpMethod::PostJson(json) => with_json(client.post(url), json),
            HttpMethod::PatchJson(json) => with_json(client.patch(url), json),
        };
        let fail = |error: reqwest::Error| {
            let asked = (request.operation(), request.secrets);
            self.no_answer(error, asked, number)
        };
        let out_of_time =
            |_| RequestFailure::unknown(self.out_of_time(request.operation(), number));
        let deadline = self.deadline();
        let asking = prepared
            .header(AUTHORIZATION, request.authorization.0.clone())
            .send();
        let response = timeout_at(deadline, asking)
            .await
            .map_err(out_of_time)?
            .map_err(fail)?;
        let status = response.status();
        if status.is_redirection() {
            let asked = self.api_server.endpoint(&[]);
            let target = redirect_target(&asked, response.headers(), request.secrets);
            let mut failure = self.api_server.failure(
                FailureKind::Redirected { target },
                request.operation(),
                number,
            );
            failure.status = Some(status.as_u16());
            let outcome = status::write_outcome(status.as_u16());
            return Err(RequestFailure { failure, outcome });
        }
        if !status.is_success() {
            let failure = self.failure_of(request, response, number, deadline).await;
            let outcome = status::write_outcome(status.as_u16());
            return Err(RequestFailure { failure, outcome });
        }
        let server_time = text_of(response.headers(), DATE).and_then(status::http_date);
        let limit = self.options.body_limit;
        let (body, complete) = timeout_at(deadline, read_body(response, limit))
            .await
            .map_err(out_of_time)?
            .map_err(fail)?;
        if !complete {
            let mut failure = self.api_server.failure(
                FailureKind::TooLarge { limit },
                request.operation(),
                number,
            );
            failure.status = Some(status.as_u16());
            return Err(RequestFailure::unknown(failure));
        }
        Ok(HttpResponse {
            body,
            status: status.as_u16(),
            server_time,
            sent,
            received: self.api_server.now(),
            number,
        })
    }

    /// Turns an error response into a failure.
    async fn failure_of(
        &self,
        request: &Request<'_>,
        response: Response,
        number: u64,
        deadline: Instant,
    ) -> Failure {
        let status = response.status().as_u16();
        let retry_after = self.requested_pause(response.headers());
        // The status counts, even if the body cannot be read.
        let mut problem = match timeout_at(deadline, read_body(response, ERROR_BODY_LIMIT)).await {
            Ok(Ok((body, _))) => ErrorBody::read(&body, request.secrets),
            Ok(Err(_)) | Err(_) => ErrorBody::default(),
        };
        let asked = status::RequestContext {
            operation: request.operation(),
            proves_key: request.proves_key,
        };
        let kind = match status {
            407 => self.proxy_wants_password(),
            _ => status::failure_kind(status, &mut problem, retry_after, asked),
        };
        let mut failure = self.api_server.failure(kind, request.operation(), number);
        failure.status = Some(status);
        failure.detail = problem.text;
        failure
    }

    /// What `Retry-After` says; a date is compared with the server's own clock. Of several headers, the longest pause counts.
    fn requested_pause(&self, headers: &HeaderMap) -> Option<Duration> {
        let server_now = text_of(headers, DATE).and_then(status::http_date);
        let server_now = server_now.unwrap_or_else(|| self.api_server.now().wall);
        let values = headers.get_all(RETRY_AFTER).iter();
        let texts = values.filter_map(|value| value.to_str().ok());
        texts
            .filter_map(|text| status::retry_after(text, server_now))
            .max()
    }

    /// Turns an error before the end of the response into a failure.
    fn no_answer(
        &self,
        error: reqwest::Error,
        (operation, secrets): (Operation, &Secrets),
        number: u64,
    ) -> RequestFailure {
        let trace = ConnectionTrace {
            seen: self.seen.facts(secrets),
            proxy: self.proxy(),
            secrets,
        };
        let (kind, detail, was_sent) = lost::classify(error, &trace, &self.options);
        let mut failure = self.api_server.failure(kind, operation, number);
        failure.detail = detail;
        if was_sent {
            RequestFailure::unknown(failure)
        } else {
            RequestFailure::not_done(failure)
        }
    }
}

fn with_json(request: RequestBuilder, json: &str) -> RequestBuilder {
    request
        .header(CONTENT_TYPE, "application/json")
        .body(json.to_owned())
}
