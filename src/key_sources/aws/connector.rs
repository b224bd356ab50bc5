//! Adapts the console's HTTP client to the AWS SDK, so that its requests use the same TLS settings, proxy, certificate authorities and limits as
//! those to Thred.

use std::error::Error;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

use aws_smithy_runtime_api::client::http as sdk;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use parking_lot::Mutex;
use tokio::time::timeout;
use url::Url;
use zeroize::Zeroizing;

use crate::domain::failure::FailureKind;
use crate::key_sources::FetchContext;
use crate::partner_api::{self, ApiOptions, ForeignResponse, HttpClient, HttpProblem, Secrets};

/// Largest response, bytes: a secret has at most 64 KiB (quotas of AWS Secrets Manager), and JSON may double that.
const BODY_LIMIT: usize = 256 << 10;
/// The SDK gives up after about 20 s on its own, because it cannot see the progress of a request.
const LIMIT: Duration = Duration::from_secs(15);
/// Longest service message to quote, characters.
const MAX_QUOTE_LEN: usize = 300;

/// Where AWS machines get their credentials, over `http` only: the metadata services of instances (IMDS), of ECS tasks and of EKS pods.
static METADATA: [IpAddr; 5] = [
    IpAddr::V4(Ipv4Addr::new(169, 254, 169, 254)),
    IpAddr::V4(Ipv4Addr::new(169, 254, 170, 2)),
    IpAddr::V4(Ipv4Addr::new(169, 254, 170, 23)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x23)),
];

/// Sends the SDK's requests.
#[derive(Clone)]
pub(super) struct Connector {
    client: HttpClient,
    /// How long a request may take. Shorter for a metadata service, which is nearby or does not exist.
    limit: Duration,
    /// The access key ids and tokens that were sent, and which no text may repeat.
    sent: Arc<Mutex<Vec<Zeroizing<String>>>>,
}

/// Why the SDK gets no response to a request.
#[derive(Debug, Clone)]
pub(super) enum SendFault {
    /// There is no response.
    Http(HttpProblem),
    /// The response is a redirect.
    Redirected(String),
    /// The SDK's request cannot be sent.
    Unsendable,
    /// There was no response within this time.
    TooSlow(Duration),
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connector")
    }
}

impl fmt::Display for SendFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no answer")
    }
}

impl Error for SendFault {}

impl Connector {
    pub(super) fn new(context: &FetchContext) -> Self {
        let options = ApiOptions {
            body_limit: BODY_LIMIT,
            network: context.network.clone(),
            ..ApiOptions::default()
        };
        Self {
            client: HttpClient::with_limits("AWS", options, &METADATA, Arc::clone(&context.clock)),
            limit: LIMIT,
            sent: Arc::default(),
        }
    }

    /// A service's text, safe to show.
    pub(super) fn quote(&self, text: &str) -> String {
        let sent = self.sent.lock();
        let secrets = Secrets::new(sent.iter().map(|secret| secret.as_str()));
        secrets.quote(text, MAX_QUOTE_LEN)
    }

    /// Records the secrets of a request, which no text may repeat, and returns them.
    fn secrets_of(&self, request: &HttpRequest) -> Secrets {
        let headers = request.headers().iter();
        let found: Vec<_> = headers
            .filter_map(|(name, value)| secret_in(name, value))
            .map(|secret| Zeroizing::new(secret.to_owned()))
            .collect();
        let secrets = Secrets::new(found.iter().map(|secret| secret.as_str()));
        let mut sent = self.sent.lock();
        sent.extend(found);
        secrets
    }

    async fn send(self, request: HttpRequest) -> Result<HttpResponse, SendFault> {
        let secrets = self.secrets_of(&request);
        let ready = prepared(&request).ok_or(SendFault::Unsendable)?;
        drop(request);
        let sending = self.client.send(ready, &secrets);
        let answer = timeout(self.limit, sending).await;
        let answer = answer.map_err(|_| SendFault::TooSlow(self.limit))?;
        let answer = answer.map_err(SendFault::Http)?;
        if let Some(target) = answer.redirect {
            return Err(SendFault::Redirected(target));
        }
        response(answer).ok_or(SendFault::Unsendable)
    }
}

impl sdk::HttpClient for Connector {
    fn http_connector(
        &self,
        settings: &sdk::HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> sdk::SharedHttpConnector {
        // The SDK sets a read timeout only for metadata services.
        let connect = settings.connect_timeout().unwrap_or_default();
        let limit = settings.read_timeout().map(|read| connect + read);
        sdk::SharedHttpConnector::new(Self {
            limit: limit.unwrap_or(LIMIT),
            ..self.clone()
        })
    }
}

impl sdk::HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> sdk::HttpConnectorFuture {
        let sending = self.clone().send(request);
        sdk::HttpConnectorFuture::new(async move { sending.await.map_err(connector_error) })
    }
}

/// Tells the SDK whether a retry might help.
fn connector_error(fault: SendFault) -> ConnectorError {
    match &fault {
        SendFault::TooSlow(_) => ConnectorError::timeout(fault.into()),
        SendFault::Http(HttpProblem::NoAnswer(failure)) => match failure.kind {
            FailureKind::TimedOut { .. } => ConnectorError::timeout(fault.into()),
            _ if failure.is_transient() => ConnectorError::io(fault.into()),
            _ => ConnectorError::other(fault.into(), None),
        },
        SendFault::Http(_) | SendFault::Redirected(_) | SendFault::Unsendable => {
            ConnectorError::other(fault.into(), None)
        }
    }
}

/// The access key id in a signature, or a token.
fn secret_in<'a>(name: &str, value: &'a str) -> Option<&'a str> {
    match name.to_ascii_lowercase().as_str() {
        "x-amz-security-token" | "x-amz-sso_bearer_token" | "x-aws-ec2-metadata-token" => {
            Some(value)
        }
        "authorization" => match value.split_once("Credential=") {
            Some((_, rest)) => rest.split('/').next(),
            None => Some(value.trim_start_matches("Bearer ")),
        },
        _ => None,
    }
}

fn prepared(request: &HttpRequest) -> Option<partner_api::HttpRequest> {
    let url = Url::parse(request.uri()).ok()?;
    let mut ready = partner_api::HttpRequest::new(request.method(), url)?;
    for (name, value) in request.headers() {
        // The HTTP library sets it for the body that it sends.
        if !name.eq_ignore_ascii_case("content-length") {
            ready = ready.with_header(name, value)?;
        }
    }
    // A streamed body has no bytes yet, but no request of these services uses one.
    let body = request.body().bytes()?;
    Some(if body.is_empty() {
        ready
    } else {
        ready.with_body(Zeroizing::new(body.to_vec()))
    })
}

fn response(answer: ForeignResponse) -> Option<HttpResponse> {
    let status = StatusCode::try_from(answer.status).ok()?;
    let mut body = answer.body;
    let mut response = HttpResponse::new(status, SdkBody::from(std::mem::take(&mut *body)));
    for (name, value) in &answer.headers {
        // Transport headers describe the bytes on the wire, not this decoded body.
        if !["content-length", "transfer-encoding", "content-encoding"].contains(&name.as_str()) {
            let headers = response.headers_mut();
            headers
                .try_append(name.clone(), value.as_str().to_owned())
                .ok()?;
        }
    }
    Some(response)
}
