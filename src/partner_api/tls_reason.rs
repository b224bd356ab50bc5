//! Why a TLS connection failed, worded for someone who has to explain it to a network team.

use jiff::Timestamp;
use rustls::pki_types::UnixTime;
use rustls::{AlertDescription, CertificateError, Error, OtherError};

use crate::domain::certificate::{CertificateFacts, day};
use crate::domain::failure::TlsCause;

use super::scrub::Secrets;
use super::tls::NothingTrusted;

/// How many hosts of a certificate to name.
const HOSTS_NAMED: usize = 4;
/// Longest system message to quote, characters.
const MAX_QUOTE_LEN: usize = 120;

/// The probable cause of `error`, and a clause that describes it. `seen` is the certificate that was checked last.
pub(super) fn tls_reason(
    error: &Error,
    seen: Option<&CertificateFacts>,
    secrets: &Secrets,
) -> (TlsCause, String) {
    let handshake = |words: &str| (TlsCause::Handshake, words.to_owned());
    match error {
        Error::InvalidCertificate(problem) => certificate(problem, seen, secrets),
        Error::InvalidCertRevocationList(_) => certificate_is("its revocation status is unknown"),
        Error::NoCertificatesPresented => certificate_is("the server sent none"),
        Error::UnsupportedNameType => (
            TlsCause::OtherHost,
            "no certificate can be valid for this address".to_owned(),
        ),
        Error::InvalidMessage(_) => handshake("the server there does not speak TLS"),
        Error::PeerIncompatible(_) => handshake("the server offers no secure encryption"),
        Error::AlertReceived(alert) => handshake(alert_reason(*alert)),
        Error::NoApplicationProtocol => handshake("the server there does not speak HTTP"),
        Error::PeerMisbehaved(_)
        | Error::InappropriateMessage { .. }
        | Error::InappropriateHandshakeMessage { .. } => {
            handshake("the server there violates the TLS protocol")
        }
        Error::Other(OtherError(other)) if other.is::<NothingTrusted>() => {
            (TlsCause::NothingTrusted, other.to_string())
        }
        Error::DecryptError => handshake("the data was corrupted in transit"),
        _ => handshake("the connection closed without a reason"),
    }
}

fn alert_reason(alert: AlertDescription) -> &'static str {
    match alert {
        AlertDescription::ProtocolVersion => "the server supports neither TLS 1.2 nor TLS 1.3",
        AlertDescription::UnrecognisedName => "the server does not serve this host name",
        AlertDescription::CertificateRequired => {
            "the server requires a client certificate, which the console does not support"
        }
        AlertDescription::NoApplicationProtocol => "the server there does not speak HTTP",
        _ => "the server closed the connection during the TLS handshake",
    }
}

fn certificate_is(words: &str) -> (TlsCause, String) {
    (TlsCause::Certificate, words.to_owned())
}

#[expect(deprecated, reason = "older verifiers still report it")]
fn certificate(
    problem: &CertificateError,
    seen: Option<&CertificateFacts>,
    secrets: &Secrets,
) -> (TlsCause, String) {
    match problem {
        CertificateError::BadEncoding => certificate_is("it is damaged"),
        CertificateError::Expired => expired(seen.and_then(|facts| facts.not_after), None, seen),
        CertificateError::ExpiredContext { time, not_after } => {
            expired(timestamp(*not_after), timestamp(*time), seen)
        }
        CertificateError::NotValidYet => {
            not_valid_yet(seen.and_then(|facts| facts.not_before), None)
        }
        CertificateError::NotValidYetContext { time, not_before } => {
            not_valid_yet(timestamp(*not_before), timestamp(*time))
        }
        CertificateError::Revoked => certificate_is("its issuer has revoked it"),
        CertificateError::UnhandledCriticalExtension => {
            certificate_is("it has a condition that the console cannot check")
        }
        CertificateError::UnknownIssuer => (TlsCause::Issuer, unknown_issuer(seen)),
        CertificateError::UnknownRevocationStatus
        | CertificateError::ExpiredRevocationList
        | CertificateError::ExpiredRevocationListContext { .. } => {
            certificate_is("its revocation status is unknown")
        }
        CertificateError::BadSignature => certificate_is("its signature does not match its issuer"),
        CertificateError::UnsupportedSignatureAlgorithm
        | CertificateError::UnsupportedSignatureAlgorithmContext { .. }
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            certificate_is("its signature algorithm is too old or not supported")
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            (TlsCause::OtherHost, other_host(seen))
        }
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => {
            certificate_is("it was not issued for servers")
        }
        CertificateError::InvalidOcspResponse => certificate_is("its revocation proof is invalid"),
        CertificateError::ApplicationVerificationFailure => {
            certificate_is("this system does not accept it")
        }
        CertificateError::Other(OtherError(other)) => match other.downcast_ref::<webpki::Error>() {
            Some(problem) => chain(problem, seen),
            None => system_reason(&other.to_string(), secrets),
        },
        _ => certificate_is("it violates a rule for certificates"),
    }
}

/// Errors of the certificate library that have no equivalent in rustls' `CertificateError`.
fn chain(problem: &webpki::Error, seen: Option<&CertificateFacts>) -> (TlsCause, String) {
    use webpki::Error as E;
    let is_self_signed = seen.is_some_and(|facts| facts.is_self_signed);
    let issuer = issuer_of(seen);
    certificate_is(&match problem {
        E::CaUsedAsEndEntity if is_self_signed => {
            "it is self-signed and belongs to a certificate authority, not a server".to_owned()
        }
        E::CaUsedAsEndEntity => "it belongs to a certificate authority, not a server".to_owned(),
        E::EndEntityUsedAsCa => format!("its issuer{issuer} is not a certificate authority"),
        E::UnsupportedCertVersion => {
            "it uses an old format (before X.509 version 3) that is no longer accepted".to_owned()
        }
        E::NameConstraintViolation => {
            format!("its issuer{issuer} is not allowed to certify this host")
        }
        E::PathLenConstraintViolated | E::MaximumPathDepthExceeded => {
            "its certificate chain is too long".to_owned()
        }
        E::MaximumPathBuildCallsExceeded
        | E::MaximumSignatureChecksExceeded
        | E::MaximumNameConstraintComparisonsExceeded => {
            "its certificate chain is too complex to check".to_owned()
        }
        E::SignatureAlgorithmMismatch => "its signature algorithm is inconsistent".to_owned(),
        E::UnsupportedCriticalExtension | E::UnsupportedNameType => {
            "it has a condition that the console cannot check".to_owned()
        }
        E::EmptyEkuExtension => "it was not issued for servers".to_owned(),
        E::CertDistrusted => format!("its issuer{issuer} is no longer trusted"),
        _ => "it is malformed".to_owned(),
    })
}

/// For verifiers that only report a message of the system.
fn system_reason(sentence: &str, secrets: &Secrets) -> (TlsCause, String) {
    match sentence {
        // From `rustls-platform-verifier`. The type is private, but its wording is fixed.
        "certificate had invalid extensions" => certificate_is("it was not issued for servers"),
        _ => {
            let sentence = secrets.quote(sentence, MAX_QUOTE_LEN);
            certificate_is(&format!("this system says “{sentence}”"))
        }
    }
}

fn expired(
    end: Option<Timestamp>,
    now: Option<Timestamp>,
    seen: Option<&CertificateFacts>,
) -> (TlsCause, String) {
    let is_never_valid = seen.is_some_and(|facts| facts.not_before > facts.not_after);
    if is_never_valid {
        return certificate_is("it expires before it becomes valid");
    }
    let on = end.map_or_else(String::new, |end| format!(" on {}", day(end)));
    (TlsCause::Clock, format!("it expired{on}{}", today(now)))
}

fn not_valid_yet(begin: Option<Timestamp>, now: Option<Timestamp>) -> (TlsCause, String) {
    let words = match begin {
        Some(begin) => format!("it is not valid before {}{}", day(begin), today(now)),
        None => format!("it is not valid yet{}", today(now)),
    };
    (TlsCause::Clock, words)
}

fn today(now: Option<Timestamp>) -> String {
    now.map_or_else(String::new, |now| {
        format!(", and this computer’s date is {}", day(now))
    })
}

fn unknown_issuer(seen: Option<&CertificateFacts>) -> String {
    match seen {
        Some(facts) if facts.is_self_signed => {
            "it is self-signed, so no certificate authority vouches for it".to_owned()
        }
        Some(facts) => format!("this computer does not trust its issuer, {}", facts.issuer),
        None => "this computer does not trust its issuer".to_owned(),
    }
}

fn other_host(seen: Option<&CertificateFacts>) -> String {
    let hosts = seen.map_or(&[][..], |facts| &facts.hosts);
    let named = hosts[..hosts.len().min(HOSTS_NAMED)].join(", ");
    match hosts.len().saturating_sub(HOSTS_NAMED) {
        0 if hosts.is_empty() => "it names no host".to_owned(),
        0 => format!("it is valid only for {named}"),
        more => format!("it is valid only for {named} and {more} more"),
    }
}

fn issuer_of(seen: Option<&CertificateFacts>) -> String {
    seen.map_or_else(String::new, |facts| format!(", {},", facts.issuer))
}

fn timestamp(at: UnixTime) -> Option<Timestamp> {
    Timestamp::from_second(i64::try_from(at.as_secs()).ok()?).ok()
}

#[cfg(test)]
mod tests;
