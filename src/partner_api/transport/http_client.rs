//! Requests to servers other than Thred's: those where teams store their keys.

use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method, Response, StatusCode};
use tokio::time::{Instant, timeout_at};
use url::{Host, Url};
use zeroize::Zeroizing;

use crate::domain::environment::{BaseUrl, BaseUrlError};
use crate::domain::failure::{Failure, FailureKind, Operation, Unreachable};
use crate::domain::network::NetworkSettings;
use crate::domain::time::Clock;

use super::super::api_server::ApiServer;
use super::super::options::ApiOptions;
use super::super::route::{unreadable_failure, unreadable_variable, used_proxy, wants_password};
use super::super::scrub::Secrets;
use super::super::tls::{self, SeenCertificate};
use super::super::transport_error::ConnectionTrace;
use super::response::{read_body, redirect_target};
use super::{client, lost};

/// Largest response, bytes; a secret takes a few hundred.
const BODY_LIMIT: usize = 1 << 20;

/// Sends single requests with the console's limits, proxy and certificate authorities. It follows no redirects and never retries. Clones share their
/// connections, which close with the last clone.
#[derive(Debug, Clone)]
pub struct HttpClient {
    /// The server's name in failures.
    server: String,
    options: ApiOptions,
    plain: &'static [IpAddr],
    clock: Arc<dyn Clock>,
    seen: SeenCertificate,
    /// One for other computers, one for localhost.
    clients: Arc<[OnceLock<Client>; 2]>,
}

/// A request. Its headers and body count as secret: they are never logged or shown, and the body is wiped.
pub struct HttpRequest {
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Option<Zeroizing<Vec<u8>>>,
}

/// A complete response of any status.
pub struct ForeignResponse {
    /// From 100 to 599; never 407, which becomes [`FailureKind::Proxy`].
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, Zeroizing<String>)>,
    /// Wiped when dropped. Decompressed, and within the size limit.
    pub body: Zeroizing<Vec<u8>>,
    /// Where a 3xx points, without secrets and query. It was not followed.
    pub redirect: Option<String>,
}

/// Why there is no response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HttpProblem {
    /// `http` to another computer would send the request unencrypted. Nothing was sent.
    Unprotected {
        /// Host and port.
        host: String,
    },
    /// The address names no server. Nothing was sent.
    NoAddress,
    /// Unreachable, too slow, too large, not secure, or blocked by a proxy.
    NoAnswer(Failure),
}

impl fmt::Debug for ForeignResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ForeignResponse({})", self.status)
    }
}

impl HttpRequest {
    /// A request without headers and body. `None` if the method is not valid.
    pub fn new(method: &str, url: Url) -> Option<Self> {
        Some(Self {
            method: Method::from_bytes(method.as_bytes()).ok()?,
            url,
            headers: HeaderMap::new(),
            body: None,
        })
    }

    /// Adds a header. `None` if name or value has characters that a header cannot contain.
    pub fn with_header(mut self, name: &str, value: &str) -> Option<Self> {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        let mut value = HeaderValue::from_str(value).ok()?;
        // Keeps it out of `Debug` output and of HTTP/2 header compression.
        value.set_sensitive(true);
        self.headers.append(name, value);
        Some(self)
    }

    /// Sets the body.
    #[must_use]
    pub fn with_body(mut self, body: Zeroizing<Vec<u8>>) -> Self {
        self.body = Some(body);
        self
    }
}

impl HttpClient {
    /// A client for a server that failures call `server`, for example "Vault". Its limits are the defaults of [`ApiOptions`], with responses of at
    /// most 1 MiB.
    pub fn new(server: &str, network: NetworkSettings, clock: Arc<dyn Clock>) -> Self {
        let options = ApiOptions {
            body_limit: BODY_LIMIT,
            network,
            ..ApiOptions::default()
        };
        Self::with_limits(server, options, &[], clock)
    }

    /// The same with custom limits. `plain` lists addresses besides localhost to which `http` is allowed, bypassing any proxy: those where clouds
    /// give machines their credentials.
    pub fn with_limits(
        server: &str,
        options: ApiOptions,
        plain: &'static [IpAddr],
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            server: server.to_owned(),
            options,
            plain,
            clock,
            seen: SeenCertificate::default(),
            clients: Arc::default(),
        }
    }

    /// Sends the request once and reads the whole response. `secrets` are those that the server may repeat.
    ///
    /// # Errors
    /// Why there is no complete response.
    pub async fn send(
        &self,
        request: HttpRequest,
        secrets: &Secrets,
    ) -> Result<ForeignResponse, HttpProblem> {
        let (base, is_plain) = self.target(&request.url)?;
        let server = self.server.clone();
        let server = ApiServer::named(server, base, Arc::clone(&self.clock));
        let result = self.exchange(&server, is_plain, request, secrets).await;
        // Paths may reveal names of the team's secrets, so they are not logged, and neither are queries, headers and bodies.
        tracing::debug!(
            server = self.server,
            status = result.as_ref().ok().map(|answer| answer.status),
            failure = result
                .as_ref()
                .err()
                .map(|failure| tracing::field::debug(&failure.kind)),
            "request"
        );
        result.map_err(HttpProblem::NoAnswer)
    }

    /// The server to contact, and whether it may be reached without proxy and encryption.
    fn target(&self, url: &Url) -> Result<(BaseUrl, bool), HttpProblem> {
        match BaseUrl::parse(&url.origin().ascii_serialization()) {
            Ok(base) => Ok((base.clone(), base.is_loopback())),
            Err(BaseUrlError::Unprotected) if self.is_allowed_plain(url) => {
                let mut named = url.clone();
                // Only named in failures: no request goes to this address.
                let named = named
                    .set_scheme("https")
                    .ok()
                    .and_then(|()| BaseUrl::parse(&named.origin().ascii_serialization()).ok());
                Ok((named.ok_or(HttpProblem::NoAddress)?, true))
            }
            Err(BaseUrlError::Unprotected) => Err(HttpProblem::Unprotected {
                host: url[url::Position::BeforeHost..url::Position::AfterPort].to_owned(),
            }),
            Err(_) => Err(HttpProblem::NoAddress),
        }
    }

    fn is_allowed_plain(&self, url: &Url) -> bool {
        match url.host() {
            Some(Host::Ipv4(address)) => self.plain.contains(&address.into()),
            Some(Host::Ipv6(address)) => self.plain.contains(&address.into()),
            Some(Host::Domain(_)) | None => false,
        }
    }

    fn client(&self, is_plain: bool) -> Result<Client, String> {
        let slot = &self.clients[usize::from(is_plain)];
        if let Some(client) = slot.get() {
            return Ok(client.clone());
        }
        let client = client::build(is_plain, &self.options, &self.options.network, &self.seen)?;
        Ok(slot.get_or_init(|| client).clone())
    }

    async fn exchange(
        &self,
        server: &ApiServer,
        is_plain: bool,
        request: HttpRequest,
        secrets: &Secrets,
    ) -> Result<ForeignResponse, Failure> {
        let failure = |kind| server.failure(kind, Operation::SignIn, 0);
        let proxy = || {
            let proxy = used_proxy(&server.base, &self.options.network.proxy);
            proxy.filter(|_| !is_plain)
        };
        let fail = |error: reqwest::Error| {
            let trace = ConnectionTrace {
                seen: self.seen.facts(secrets),
                proxy: proxy(),
                secrets,
            };
            let (kind, detail) = match lost::classify(error, &trace, &self.options) {
                // Its words are about the API of Thred. The detail is shown as well.
                (FailureKind::UnexpectedResponse, detail, _) => {
                    (FailureKind::Unreachable(Unreachable::Broken), detail)
                }
                (kind, detail, _) => (kind, detail),
            };
            Failure {
                detail,
                ..failure(kind)
            }
        };
        let unreadable = unreadable_variable(&server.base, &self.options.network.proxy);
        if let Some(variable) = unreadable.filter(|_| !is_plain) {
            return Err(failure(unreadable_failure(variable)));
        }
        let nothing_trusted = |why| server.nothing_trusted(why, Operation::SignIn);
        if request.url.scheme() == "https" {
            let prepared = tls::prepare(self.options.network.ca.as_deref()).await;
            prepared.map_err(|why| nothing_trusted(why.to_string()))?;
        }
        let client = self.client(is_plain).map_err(nothing_trusted)?;
        let limit = self.options.request_timeout;
        let deadline = Instant::now() + limit;
        let out_of_time = |_| failure(FailureKind::TimedOut { limit });
        let mut prepared = client
            .request(request.method, request.url.clone())
            .headers(request.headers);
        if let Some(body) = request.body {
            prepared = prepared.body(Bytes::from_owner(body));
        }
        let response = timeout_at(deadline, prepared.send())
            .await
            .map_err(out_of_time)?
            .map_err(fail)?;
        let status = response.status();
        if status == StatusCode::PROXY_AUTHENTICATION_REQUIRED {
            return Err(Failure {
                status: Some(status.as_u16()),
                ..failure(wants_password(proxy(), &server.base))
            });
        }
        let redirect = status
            .is_redirection()
            .then(|| redirect_target(&request.url, response.headers(), secrets));
        let headers = headers(&response);
        let limit = self.options.body_limit;
        let (body, is_complete) = timeout_at(deadline, read_body(response, limit))
            .await
            .map_err(out_of_time)?
            .map_err(fail)?;
        if !is_complete {
            return Err(Failure {
                status: Some(status.as_u16()),
                ..failure(FailureKind::TooLarge { limit })
            });
        }
        Ok(ForeignResponse {
            status: status.as_u16(),
            headers,
            body,
            redirect,
        })
    }
}

fn headers(response: &Response) -> Vec<(String, Zeroizing<String>)> {
    let headers = response.headers().iter();
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers
        .map(|(name, value)| (name.as_str().to_owned(), Zeroizing::new(text(value))))
        .collect()
}
