//! Sets up TLS: trusts the system's certificate authorities and those of an extra file. Certificates are always verified.

use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use rustls_platform_verifier::Verifier;

use crate::domain::certificate::CertificateFacts;
use crate::domain::network::CaFile;

use super::scrub::Secrets;

/// The application protocols offered (ALPN).
const PROTOCOLS: [&[u8]; 2] = [b"h2", b"http/1.1"];

/// The server certificate that was checked last, valid or not, so that failures can name its issuer.
#[derive(Debug, Clone, Default)]
pub(super) struct SeenCertificate(Arc<Mutex<Option<Vec<u8>>>>);

impl SeenCertificate {
    /// Its hosts and issuer. The names may contain anything the server knows, including secrets.
    pub(super) fn facts(&self, secrets: &Secrets) -> Option<CertificateFacts> {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let hide = |name: &str| secrets.hide(name).into_owned();
        seen.as_deref()
            .and_then(|der| CertificateFacts::read(der, hide))
    }

    fn see(&self, certificate: &CertificateDer<'_>) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *seen = Some(certificate.to_vec());
    }
}

/// TLS 1.2 and 1.3 with the system's certificate authorities and those of `ca`.
///
/// # Errors
/// If the system has no certificate authorities, or one of `ca` cannot be used.
pub(super) fn config(ca: Option<&CaFile>, seen: SeenCertificate) -> Result<ClientConfig, Error> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let verifier = match ca {
        None => Verifier::new(Arc::clone(&provider))?,
        Some(ca) => {
            let extra = ca.certificates.iter();
            let extra = extra.map(|certificate| CertificateDer::from(certificate.der.clone()));
            Verifier::new_with_extra_roots(extra, Arc::clone(&provider))?
        }
    };
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(RecordingVerifier { verifier, seen }))
        .with_no_client_auth();
    config.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).to_vec();
    Ok(config)
}

/// Accepts no certificate at all, for a computer without certificate authorities.
///
/// # Errors
/// If the cryptography library supports none of the protocols.
pub(super) fn without_roots() -> Result<ClientConfig, Error> {
    Ok(
        ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth(),
    )
}

/// Records each certificate and leaves the decision to the system's verifier.
#[derive(Debug)]
struct RecordingVerifier {
    verifier: Verifier,
    seen: SeenCertificate,
}

impl ServerCertVerifier for RecordingVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.seen.see(end_entity);
        self.verifier
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}
