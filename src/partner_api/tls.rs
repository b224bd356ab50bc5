//! Sets up TLS: trusts the system's certificate authorities and those of an extra file. Certificates are always verified.

mod nothing_trusted;
#[cfg(not(all(unix, not(target_os = "macos"))))]
mod platform_verifier;
#[cfg(all(unix, not(target_os = "macos")))]
mod system_roots;

use std::sync::{Arc, Once, OnceLock};

use parking_lot::Mutex;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, OtherError, SignatureScheme};

use crate::domain::certificate::CertificateFacts;
use crate::domain::network::CaFile;

use super::scrub::Secrets;
pub(super) use nothing_trusted::NothingTrusted;
#[cfg(not(all(unix, not(target_os = "macos"))))]
use platform_verifier as system;
#[cfg(all(unix, not(target_os = "macos")))]
use system_roots as system;

/// The application protocols offered (ALPN).
const PROTOCOLS: [&[u8]; 2] = [b"h2", b"http/1.1"];

/// The server certificate that was checked last, valid or not, so that failures can name its issuer.
#[derive(Debug, Clone, Default)]
pub(super) struct SeenCertificate(Arc<Mutex<Option<Vec<u8>>>>);

impl SeenCertificate {
    /// Its hosts and issuer. The names may contain anything the server knows, including secrets.
    pub(super) fn facts(&self, secrets: &Secrets) -> Option<CertificateFacts> {
        let seen = self.0.lock();
        let hide = |name: &str| secrets.hide(name).into_owned();
        seen.as_deref()
            .and_then(|der| CertificateFacts::read(der, hide))
    }

    fn see(&self, certificate: &CertificateDer<'_>) {
        *self.0.lock() = Some(certificate.to_vec());
    }
}

/// Makes the system's certificate authorities available, as every connection with TLS needs them. They are read once per process, off the caller's
/// thread.
///
/// # Errors
/// If there is none to trust: neither the system's nor those of `ca`.
pub(super) async fn prepare(ca: Option<&CaFile>) -> Result<(), NothingTrusted> {
    static LOGGED: Once = Once::new();
    // Those of `ca` are enough, so no request waits for the system's again.
    if ca.is_some() && LOGGED.is_completed() {
        return Ok(());
    }
    match system::prepare().await {
        Err(why) if ca.is_some() => {
            LOGGED.call_once(|| tracing::warn!("{why}"));
            Ok(())
        }
        prepared => prepared,
    }
}

/// TLS 1.2 and 1.3 with the system's certificate authorities and those of `ca`. Reads no files; see [`prepare`].
///
/// # Errors
/// If the cryptography library supports none of the protocols.
pub(super) fn config(ca: Option<&CaFile>, seen: SeenCertificate) -> Result<ClientConfig, Error> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let extra = ca.map(|ca| ca.certificates.as_slice()).unwrap_or_default();
    let verifier = LazyVerifier {
        provider: Arc::clone(&provider),
        extra: extra
            .iter()
            .map(|certificate| CertificateDer::from(certificate.der.clone()))
            .collect(),
        load: system::verifier,
        loaded: OnceLock::new(),
        seen,
    };
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).to_vec();
    Ok(config)
}

type LoadVerifier = fn(
    Vec<CertificateDer<'static>>,
    Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, Error>;

/// Records each certificate and leaves the decision to another verifier. That one is created at the first handshake, when the system's certificate
/// authorities are available: clients are built on the window's thread, which does not wait for files.
#[derive(Debug)]
struct LazyVerifier {
    provider: Arc<CryptoProvider>,
    /// Certificate authorities besides the system's.
    extra: Vec<CertificateDer<'static>>,
    load: LoadVerifier,
    loaded: OnceLock<Arc<dyn ServerCertVerifier>>,
    seen: SeenCertificate,
}

impl LazyVerifier {
    fn verifier(&self) -> Result<Arc<dyn ServerCertVerifier>, Error> {
        if let Some(loaded) = self.loaded.get() {
            return Ok(Arc::clone(loaded));
        }
        // Those of the system may still arrive.
        let is_complete = system::is_known();
        let loaded = (self.load)(self.extra.clone(), Arc::clone(&self.provider));
        let loaded = loaded.map_err(|error| {
            tracing::warn!("no trusted certificates: {error}");
            let why = "the system has none that can be used".to_owned();
            Error::Other(OtherError(Arc::new(NothingTrusted(why))))
        })?;
        if is_complete {
            return Ok(Arc::clone(self.loaded.get_or_init(|| loaded)));
        }
        Ok(loaded)
    }
}

impl ServerCertVerifier for LazyVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.seen.see(end_entity);
        self.verifier()?.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        )
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier()?.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier()?.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let algorithms = &self.provider.signature_verification_algorithms;
        algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::domain::failure::TlsCause;
    use crate::partner_api::tls_reason::tls_reason;

    #[test]
    fn the_systems_authorities_are_read_when_a_certificate_arrives() {
        static READS: AtomicUsize = AtomicUsize::new(0);
        let provider = Arc::new(aws_lc_rs::default_provider());
        let verifier = LazyVerifier {
            provider,
            extra: Vec::new(),
            load: |_, _| {
                READS.fetch_add(1, Ordering::Relaxed);
                Err(Error::General("none".to_owned()))
            },
            loaded: OnceLock::new(),
            seen: SeenCertificate::default(),
        };
        assert!(!verifier.supported_verify_schemes().is_empty());
        assert_eq!(READS.load(Ordering::Relaxed), 0);
        let name = ServerName::try_from("api.thredfi.com").unwrap();
        let certificate = CertificateDer::from(Vec::new());
        // Not remembered: the user may install them and try again.
        for reads in [1, 2] {
            let verified =
                verifier.verify_server_cert(&certificate, &[], &name, &[], UnixTime::now());
            let (cause, said) = tls_reason(&verified.unwrap_err(), None, &Secrets::new([]));
            assert_eq!(cause, TlsCause::NothingTrusted);
            assert_eq!(said, "the system has none that can be used");
            assert_eq!(READS.load(Ordering::Relaxed), reads);
        }
    }
}
