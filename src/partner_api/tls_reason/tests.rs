//! The wording for each kind of TLS failure.

use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;

use super::*;

fn facts() -> CertificateFacts {
    CertificateFacts {
        subject: "api.example".into(),
        issuer: "Corp Root".into(),
        not_before: "2026-01-01T00:00:00Z".parse().ok(),
        not_after: "2026-02-01T00:00:00Z".parse().ok(),
        is_self_signed: false,
        is_authority: false,
        hosts: vec!["api.example".into(), "10.0.0.1".into()],
    }
}

fn at(time: &str) -> UnixTime {
    let time: Timestamp = time.parse().unwrap();
    UnixTime::since_unix_epoch(Duration::from_secs(time.as_second().unsigned_abs()))
}

fn reason(problem: CertificateError) -> (TlsCause, String) {
    tls_reason(
        &Error::InvalidCertificate(problem),
        Some(&facts()),
        &Secrets::default(),
    )
}

fn other(error: impl std::error::Error + Send + Sync + 'static) -> CertificateError {
    CertificateError::Other(OtherError(Arc::new(error)))
}

#[test]
fn the_common_kinds_have_words_of_their_own() {
    let (yesterday, today) = (at("2026-02-01T00:00:00Z"), at("2026-11-27T12:00:00Z"));
    let name = ServerName::try_from("wanted.example").unwrap();
    for (problem, cause, words) in [
        (
            CertificateError::UnknownIssuer,
            TlsCause::Issuer,
            "this computer does not trust its issuer, Corp Root",
        ),
        (
            CertificateError::ExpiredContext {
                time: today,
                not_after: yesterday,
            },
            TlsCause::Clock,
            "it expired on 1 Feb 2026, and this computer’s date is 27 Nov 2026",
        ),
        (
            CertificateError::Expired,
            TlsCause::Clock,
            "it expired on 1 Feb 2026",
        ),
        (
            CertificateError::NotValidYetContext {
                time: yesterday,
                not_before: today,
            },
            TlsCause::Clock,
            "it is not valid before 27 Nov 2026, and this computer’s date is 1 Feb 2026",
        ),
        (
            CertificateError::NotValidForNameContext {
                expected: name.to_owned(),
                presented: vec!["DnsName(\"x\")".into()],
            },
            TlsCause::OtherHost,
            "it is valid only for api.example, 10.0.0.1",
        ),
        (
            CertificateError::Revoked,
            TlsCause::Certificate,
            "its issuer has revoked it",
        ),
        (
            other(webpki::Error::CaUsedAsEndEntity),
            TlsCause::Certificate,
            "it belongs to a certificate authority, not a server",
        ),
        (
            other(webpki::Error::UnsupportedCertVersion),
            TlsCause::Certificate,
            "it uses an old format (before X.509 version 3) that is no longer accepted",
        ),
        (
            other(webpki::Error::NameConstraintViolation),
            TlsCause::Certificate,
            "its issuer, Corp Root, is not allowed to certify this host",
        ),
        (
            other(std::io::Error::other("not trusted")),
            TlsCause::Certificate,
            "this system says “not trusted”",
        ),
    ] {
        assert_eq!(reason(problem), (cause, words.to_owned()));
    }
}

#[test]
fn a_self_signed_certificate_is_called_so() {
    let own = CertificateFacts {
        is_self_signed: true,
        ..facts()
    };
    for problem in [
        CertificateError::UnknownIssuer,
        other(webpki::Error::CaUsedAsEndEntity),
    ] {
        let (_, words) = tls_reason(
            &Error::InvalidCertificate(problem),
            Some(&own),
            &Secrets::default(),
        );
        assert!(words.starts_with("it is self-signed"), "{words}");
    }
}

#[test]
#[expect(deprecated, reason = "older verifiers still report it")]
fn no_kind_shows_how_it_is_called_in_code() {
    let id = || vec![1, 2, 3];
    let time = at("2026-01-01T00:00:00Z");
    let problems = [
        CertificateError::BadEncoding,
        CertificateError::NotValidYet,
        CertificateError::UnhandledCriticalExtension,
        CertificateError::UnknownRevocationStatus,
        CertificateError::ExpiredRevocationList,
        CertificateError::ExpiredRevocationListContext {
            time,
            next_update: time,
        },
        CertificateError::BadSignature,
        CertificateError::UnsupportedSignatureAlgorithm,
        CertificateError::UnsupportedSignatureAlgorithmContext {
            signature_algorithm_id: id(),
            supported_algorithms: vec![],
        },
        CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext {
            signature_algorithm_id: id(),
            public_key_algorithm_id: id(),
        },
        CertificateError::NotValidForName,
        CertificateError::InvalidPurpose,
        CertificateError::InvalidOcspResponse,
        CertificateError::ApplicationVerificationFailure,
    ];
    let chains = [
        webpki::Error::CaUsedAsEndEntity,
        webpki::Error::CertDistrusted,
        webpki::Error::EmptyEkuExtension,
        webpki::Error::EndEntityUsedAsCa,
        webpki::Error::ExtensionValueInvalid,
        webpki::Error::InvalidSerialNumber,
        webpki::Error::MalformedDnsIdentifier,
        webpki::Error::MalformedExtensions,
        webpki::Error::MalformedNameConstraint,
        webpki::Error::MaximumPathBuildCallsExceeded,
        webpki::Error::MaximumPathDepthExceeded,
        webpki::Error::MaximumSignatureChecksExceeded,
        webpki::Error::NameConstraintViolation,
        webpki::Error::PathLenConstraintViolated,
        webpki::Error::SignatureAlgorithmMismatch,
        webpki::Error::UnsupportedCertVersion,
        webpki::Error::UnsupportedCriticalExtension,
        webpki::Error::UnsupportedNameType,
    ];
    let certificates = problems.into_iter().chain(chains.map(other));
    let alerts = (0..=u8::MAX).map(|code| Error::AlertReceived(AlertDescription::from(code)));
    let errors = certificates
        .map(Error::InvalidCertificate)
        .chain(alerts)
        .chain([
            Error::NoCertificatesPresented,
            Error::UnsupportedNameType,
            Error::DecryptError,
            Error::EncryptError,
            Error::HandshakeNotComplete,
            Error::PeerSentOversizedRecord,
            Error::NoApplicationProtocol,
            Error::General("Internal(Detail)".into()),
        ]);
    for error in errors {
        let (_, words) = tls_reason(&error, Some(&facts()), &Secrets::default());
        let is_code = |word: &str| {
            let capitals = word.chars().filter(|c| c.is_uppercase()).count();
            let is_name = ["TLS", "HTTP", "X.509"].contains(&word.trim_matches(','));
            capitals > 1 && !is_name
        };
        assert!(!words.split([' ', '(']).any(is_code), "{words}");
        assert!(!words.contains("::"), "{words}");
    }
}
