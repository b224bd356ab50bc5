//! Why no response arrived, found in the chain of causes of the HTTP library's error.

use std::error::Error;
use std::io;

use crate::domain::certificate::CertificateFacts;
use crate::domain::failure::{FailureKind, ProxyFault, TlsCause, Unreachable};

use super::route::UsedProxy;
use super::scrub::Secrets;
use super::tls_reason::tls_reason;

const MAX_DETAIL_LEN: usize = 120;

/// Prefix of the error from tunnelling through a proxy. The type is private to the library, but its wording is fixed.
const TUNNEL: &str = "tunnel error: ";

/// What is known about the connection of a request.
pub(super) struct ConnectionTrace<'a> {
    /// The certificate that was checked last.
    pub(super) seen: Option<CertificateFacts>,
    /// The proxy, if one was used.
    pub(super) proxy: Option<UsedProxy>,
    /// Secrets that the server knows and might repeat.
    pub(super) secrets: &'a Secrets,
}

/// The kind of failure, and a short message from the operating system. For errors other than timeouts.
pub(super) fn classify(
    error: &(dyn Error + 'static),
    trace: &ConnectionTrace<'_>,
) -> (FailureKind, Option<String>) {
    let mut is_before_proxy = false;
    let unreachable = |how, detail: Option<String>, is_before_proxy| match &trace.proxy {
        Some(proxy) if is_before_proxy => (proxy.failed(ProxyFault::NotReached), None),
        _ => {
            let detail = detail.map(|text| trace.secrets.quote(&text, MAX_DETAIL_LEN));
            (FailureKind::Unreachable(how), detail)
        }
    };
    let mut last = None;
    let mut next = Some(error);
    while let Some(cause) = next {
        if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
            let (cause, words) = tls_reason(tls, trace.seen.as_ref(), trace.secrets);
            let kind = match &trace.proxy {
                Some(proxy) if is_before_proxy && cause != TlsCause::NothingTrusted => {
                    proxy.failed(ProxyFault::TlsFailed(cause))
                }
                _ => FailureKind::Tls(cause),
            };
            return (kind, Some(words));
        }
        let text = cause.to_string();
        if let (Some(why), Some(proxy)) = (text.strip_prefix(TUNNEL), &trace.proxy) {
            match why {
                "proxy authorization required" => {
                    return (proxy.wants_password(), None);
                }
                "failed to create underlying connection" => is_before_proxy = true,
                _ => return (proxy.failed(ProxyFault::Refused), None),
            }
        }
        // The type is private to the library, but its wording is fixed.
        if text == "dns error" || text.starts_with("failed to lookup address") {
            return unreachable(Unreachable::NameNotFound, None, is_before_proxy);
        }
        if cause.downcast_ref().is_some_and(hyper::Error::is_parse) {
            return (
                FailureKind::UnexpectedResponse,
                Some("not valid HTTP".to_owned()),
            );
        }
        if let Some(io) = cause.downcast_ref::<io::Error>()
            && io.kind() == io::ErrorKind::ConnectionRefused
        {
            return unreachable(Unreachable::Refused, None, is_before_proxy);
        }
        last = Some(text);
        next = cause_of(cause);
    }
    unreachable(Unreachable::Broken, last, is_before_proxy)
}

/// Whether a body arrived and could not be decompressed. One that did not arrive fails to decode as well, but with an error of the HTTP library.
pub(super) fn is_damaged_gzip(error: &(dyn Error + 'static)) -> bool {
    let mut causes = std::iter::successors(Some(error), |&error| cause_of(error));
    let is_invalid = |io: &io::Error| {
        matches!(
            io.kind(),
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData
        )
    };
    causes.clone().all(|cause| !cause.is::<hyper::Error>())
        && causes.any(|cause| cause.downcast_ref().is_some_and(is_invalid))
}

/// The source of an `io::Error` that wraps another error is that error's own source, which skips the wrapped error.
fn cause_of<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref)
    {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}

#[cfg(test)]
mod tests {
    use rustls::CertificateError;

    use super::*;

    fn classify(error: &(dyn Error + 'static)) -> (FailureKind, Option<String>) {
        let trace = ConnectionTrace {
            seen: None,
            proxy: None,
            secrets: &Secrets::new(["s3cret-key-of-the-partner"]),
        };
        super::classify(error, &trace)
    }

    #[test]
    fn a_name_in_a_certificate_repeats_no_secret() {
        for before in 0..MAX_DETAIL_LEN {
            let name = format!("{}s3cret-key-of-the-partner", "x".repeat(before));
            let error = io::Error::other(name);
            let (_, detail) = classify(&error);
            assert!(!detail.unwrap().contains("s3"), "after {before}");
        }
    }

    #[test]
    fn the_cause_is_found_however_deep_it_lies() {
        let tls = rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer);
        let nested = io::Error::other(io::Error::new(io::ErrorKind::InvalidData, tls));
        let (kind, detail) = classify(&nested);
        assert_eq!(kind, FailureKind::Tls(TlsCause::Issuer));
        assert_eq!(
            detail.as_deref(),
            Some("this computer does not trust its issuer")
        );

        let refused = io::Error::other(io::Error::from(io::ErrorKind::ConnectionRefused));
        assert_eq!(
            classify(&refused).0,
            FailureKind::Unreachable(Unreachable::Refused)
        );

        let reset = io::Error::from(io::ErrorKind::ConnectionReset);
        assert_eq!(
            classify(&reset).0,
            FailureKind::Unreachable(Unreachable::Broken)
        );
    }
}
