//! Why no answer came, read from the chain of causes below an error of the HTTP library.

use std::error::Error;
use std::io;

use rustls::CertificateError;

use crate::domain::failure::{FailureKind, Unreachable};

use super::scrub::Secrets;

const LONGEST_DETAIL: usize = 120;

/// The kind of failure and a few words of the system, for an error that is no timeout. `issuer` issued the certificate
/// that was looked at last.
pub(super) fn classify(
    error: &(dyn Error + 'static),
    issuer: Option<&str>,
    secrets: &Secrets,
) -> (FailureKind, Option<String>) {
    let mut last = None;
    let mut next = Some(error);
    while let Some(cause) = next {
        if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
            return (FailureKind::Tls, Some(tls_reason(tls, issuer, secrets)));
        }
        let text = cause.to_string();
        // The type is private to the library, its wording is fixed.
        if text == "dns error" || text.starts_with("failed to lookup address") {
            return (FailureKind::Unreachable(Unreachable::NameNotFound), None);
        }
        if let Some(io) = cause.downcast_ref::<io::Error>()
            && io.kind() == io::ErrorKind::ConnectionRefused
        {
            return (FailureKind::Unreachable(Unreachable::Refused), None);
        }
        last = Some(text);
        next = cause_of(cause);
    }
    let detail = last.map(|text| secrets.quote(&text, LONGEST_DETAIL));
    (FailureKind::Unreachable(Unreachable::Broken), detail)
}

/// An `io::Error` that wraps another error names the cause of that one as its own.
fn cause_of<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref)
    {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}

/// The reason in the words of someone who has to explain it to a network department.
fn tls_reason(error: &rustls::Error, issuer: Option<&str>, secrets: &Secrets) -> String {
    let reason = match error {
        rustls::Error::InvalidCertificate(problem) => match problem {
            CertificateError::UnknownIssuer if issuer.is_some() => {
                let issuer = issuer.unwrap_or_default();
                return format!("its issuer, {issuer}, is not known to this computer");
            }
            CertificateError::UnknownIssuer => "its issuer is not known to this computer",
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => "it has expired",
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                "it is not valid yet"
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                "it belongs to another host"
            }
            CertificateError::Revoked => "it was revoked",
            other => return secrets.quote(&other.to_string(), LONGEST_DETAIL),
        },
        rustls::Error::InvalidMessage(_) => "what answers there does not speak TLS",
        rustls::Error::NoCertificatesPresented => "it sent none",
        other => return secrets.quote(&other.to_string(), LONGEST_DETAIL),
    };
    reason.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classify(
        error: &(dyn Error + 'static),
        issuer: Option<&str>,
    ) -> (FailureKind, Option<String>) {
        super::classify(error, issuer, &Secrets::new(["s3cret-key-of-the-partner"]))
    }

    #[test]
    fn a_name_in_a_certificate_repeats_no_secret() {
        for before in 0..LONGEST_DETAIL {
            let name = format!("{}s3cret-key-of-the-partner", "x".repeat(before));
            let error = io::Error::other(name);
            let (_, detail) = classify(&error, None);
            assert!(!detail.unwrap().contains("s3"), "after {before}");
        }
    }

    #[test]
    fn the_cause_is_found_however_deep_it_lies() {
        let tls = rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer);
        let nested = io::Error::other(io::Error::new(io::ErrorKind::InvalidData, tls));
        let (kind, detail) = classify(&nested, None);
        assert_eq!(kind, FailureKind::Tls);
        assert_eq!(
            detail.as_deref(),
            Some("its issuer is not known to this computer")
        );
        assert_eq!(
            classify(&nested, Some("Proxy CA, Corp")).1.as_deref(),
            Some("its issuer, Proxy CA, Corp, is not known to this computer")
        );

        let refused = io::Error::other(io::Error::from(io::ErrorKind::ConnectionRefused));
        assert_eq!(
            classify(&refused, None).0,
            FailureKind::Unreachable(Unreachable::Refused)
        );

        let reset = io::Error::from(io::ErrorKind::ConnectionReset);
        assert_eq!(
            classify(&reset, None).0,
            FailureKind::Unreachable(Unreachable::Broken)
        );
    }
}
