//! Classifies requests that got no response.

use crate::domain::failure::{FailureKind, ProxyFault, Unreachable};

use super::super::options::ApiOptions;
use super::super::transport_error::{self, ConnectionTrace};

/// The kind of failure, a short message from the operating system, and whether anything was sent.
pub(super) fn classify(
    error: reqwest::Error,
    trace: &ConnectionTrace<'_>,
    options: &ApiOptions,
) -> (FailureKind, Option<String>, bool) {
    let error = error.without_url();
    // Nothing is sent before there is a connection.
    let was_sent = !error.is_connect() && !error.is_builder();
    if error.is_timeout() {
        return (timed_out(&error, trace, options), None, was_sent);
    }
    if error.is_decode() && transport_error::is_damaged_gzip(&error) {
        let detail = "not valid gzip".to_owned();
        return (FailureKind::UnexpectedResponse, Some(detail), was_sent);
    }
    match transport_error::classify(&error, trace) {
        // The connection was secure when the request was sent, and broke afterwards.
        (FailureKind::Tls(_), detail) if was_sent => {
            let kind = FailureKind::Unreachable(Unreachable::Broken);
            (kind, detail, was_sent)
        }
        (kind, detail) => (kind, detail, was_sent),
    }
}

fn timed_out(
    error: &reqwest::Error,
    trace: &ConnectionTrace<'_>,
    options: &ApiOptions,
) -> FailureKind {
    if !error.is_connect() {
        let limit = options.read_timeout;
        return FailureKind::TimedOut { limit };
    }
    let limit = options.connect_timeout;
    // It is unknown whether the proxy or the server was slow.
    match &trace.proxy {
        Some(proxy) => proxy.failed(ProxyFault::TimedOut { limit }),
        None => FailureKind::TimedOut { limit },
    }
}
