//! Classifies requests that got no response.

use crate::domain::failure::{FailureKind, ProxyFault, Unreachable};

use super::super::options::ApiOptions;
use super::super::route::UsedProxy;
use super::super::scrub::Secrets;
use super::super::tls::SeenCertificate;
use super::super::transport_error::{self, ConnectionTrace};

/// How a request without a response was sent.
pub(super) struct LostRequest<'a> {
    pub(super) options: &'a ApiOptions,
    pub(super) seen: &'a SeenCertificate,
    pub(super) proxy: Option<UsedProxy>,
    pub(super) secrets: &'a Secrets,
}

impl LostRequest<'_> {
    /// The kind of failure, a short message from the operating system, and whether anything was sent.
    pub(super) fn classify(self, error: reqwest::Error) -> (FailureKind, Option<String>, bool) {
        let error = error.without_url();
        // Nothing is sent before there is a connection.
        let was_sent = !error.is_connect() && !error.is_builder();
        if error.is_timeout() {
            return (self.timed_out(&error), None, was_sent);
        }
        if error.is_decode() && transport_error::is_damaged_gzip(&error) {
            let detail = "not valid gzip".to_owned();
            return (FailureKind::UnexpectedResponse, Some(detail), was_sent);
        }
        let way = ConnectionTrace {
            seen: self.seen.facts(self.secrets),
            proxy: self.proxy,
            secrets: self.secrets,
        };
        match transport_error::classify(&error, &way) {
            // The connection was secure when the request was sent, and broke afterwards.
            (FailureKind::Tls(_), detail) if was_sent => {
                let kind = FailureKind::Unreachable(Unreachable::Broken);
                (kind, detail, was_sent)
            }
            (kind, detail) => (kind, detail, was_sent),
        }
    }

    fn timed_out(self, error: &reqwest::Error) -> FailureKind {
        if !error.is_connect() {
            let limit = self.options.read_timeout;
            return FailureKind::TimedOut { limit };
        }
        let limit = self.options.connect_timeout;
        // It is unknown whether the proxy or the server was slow.
        match self.proxy {
            Some(proxy) => proxy.failed(ProxyFault::TimedOut { limit }),
            None => FailureKind::TimedOut { limit },
        }
    }
}
