use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// A server's certificate and its issuer.
pub(crate) struct TlsServer {
    pub(crate) authority: CertificateParams,
    pub(crate) certificate: CertificateParams,
    pub(crate) is_self_signed: bool,
}

impl TlsServer {
    /// A valid certificate for localhost.
    pub(crate) fn valid() -> Self {
        let mut authority = CertificateParams::default();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        authority
            .distinguished_name
            .push(DnType::CommonName, "Corp Root");
        Self {
            authority,
            certificate: CertificateParams::new(vec!["localhost".to_owned()]).unwrap(),
            is_self_signed: false,
        }
    }

    /// Starts a server that ends each connection after the handshake. Returns its address and, in PEM, its
    /// certificate authority.
    pub(crate) async fn start(self) -> (String, String) {
        let (authority_key, key) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
        let pem = self.authority.self_signed(&authority_key).unwrap().pem();
        let issuer = Issuer::from_params(&self.authority, &authority_key);
        let certificate = if self.is_self_signed {
            self.certificate.self_signed(&key).unwrap()
        } else {
            self.certificate.signed_by(&key, &issuer).unwrap()
        };
        let chain = vec![CertificateDer::from(certificate.der().to_vec())];
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Most clients break off the handshake.
                drop(acceptor.accept(stream).await);
            }
        });
        (format!("https://localhost:{port}"), pem)
    }
}
