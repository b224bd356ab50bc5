//! The certificate verifier of macOS and Windows, which knows the system's certificate authorities itself.

use std::sync::Arc;

use rustls::Error;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls_platform_verifier::Verifier;

use super::nothing_trusted::NothingTrusted;

/// Nothing to read; other systems read files.
pub(super) async fn prepare() -> Result<(), NothingTrusted> {
    Ok(())
}

/// The verifier asks the system each time.
pub(super) fn is_known() -> bool {
    true
}

/// A verifier that trusts the system's certificate authorities and `extra` ones.
///
/// # Errors
/// If one of `extra` is not valid, or if the system refuses.
pub(super) fn verifier(
    extra: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, Error> {
    Ok(Arc::new(Verifier::new_with_extra_roots(extra, provider)?))
}
