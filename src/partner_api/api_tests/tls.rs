//! Certificates as real servers send them.

use std::path::PathBuf;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa,
    Issuer, KeyPair, NameConstraints, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use url::Url;

use crate::domain::failure::{Failure, FailureKind, ProxyFault, TlsCause};
use crate::domain::settings::Proxy;
use crate::partner_api::testing::{client, fast_options};
use crate::partner_api::{ApiOptions, read_ca_file};

/// A server's certificate and its issuer.
struct World {
    authority: CertificateParams,
    server: CertificateParams,
    is_self_signed: bool,
    is_trusted: bool,
}

impl World {
    fn trusted() -> Self {
        let mut authority = CertificateParams::default();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        authority
            .distinguished_name
            .push(DnType::CommonName, "Corp Root");
        Self {
            authority,
            server: CertificateParams::new(vec!["localhost".to_owned()]).unwrap(),
            is_self_signed: false,
            is_trusted: true,
        }
    }

    async fn sign_in(self) -> Failure {
        let mut options = fast_options();
        let server = self.start(&mut options).await;
        client(&server, options).api.sign_in().await.unwrap_err()
    }

    /// Starts a server with the certificate and returns its address; `options` then trust its certificate authority.
    async fn start(self, options: &mut ApiOptions) -> String {
        let (authority_key, key) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
        let pem = self.authority.self_signed(&authority_key).unwrap().pem();
        let issuer = Issuer::from_params(&self.authority, &authority_key);
        let certificate = if self.is_self_signed {
            self.server.self_signed(&key).unwrap()
        } else {
            self.server.signed_by(&key, &issuer).unwrap()
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
                // The client is expected to break off the handshake.
                let _ = acceptor.accept(stream).await;
            }
        });
        if self.is_trusted {
            let file = read_ca_file(PathBuf::from("ca.pem"), pem.as_bytes()).unwrap();
            options.network.ca = Some(Arc::new(file));
        }
        format!("https://localhost:{port}")
    }
}

#[tokio::test]
async fn a_proxys_certificate_is_not_taken_for_the_servers() {
    let mut options = fast_options();
    let stranger = World {
        is_trusted: false,
        ..World::trusted()
    };
    let proxy = stranger.start(&mut options).await;
    options.network.proxy = Proxy::Url(Url::parse(&proxy).unwrap());
    let client = client("https://thred.test.invalid", options);
    let failure = client.api.sign_in().await.unwrap_err();
    let fault = ProxyFault::NotSafe(TlsCause::Issuer);
    assert_eq!(failure.kind, FailureKind::Proxy { proxy, fault });
    let detail = "this computer does not trust its issuer, Corp Root";
    assert_eq!(failure.detail.as_deref(), Some(detail));
}

#[tokio::test]
async fn each_kind_of_wrong_certificate_is_told_apart() {
    let world = World::trusted;
    let mut expired = world();
    expired.server.not_before = date_time_ymd(2019, 1, 1);
    expired.server.not_after = date_time_ymd(2020, 1, 1);
    let mut early = world();
    early.server.not_before = date_time_ymd(4000, 1, 1);
    early.server.not_after = date_time_ymd(4001, 1, 1);
    let mut other_host = world();
    other_host.server =
        CertificateParams::new(vec!["*.other.example".to_owned(), "10.0.0.1".to_owned()]).unwrap();
    let mut for_clients = world();
    for_clients.server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let mut constrained = world();
    constrained.authority.name_constraints = Some(NameConstraints {
        permitted_subtrees: vec![GeneralSubtree::DnsName("other.example".to_owned())],
        excluded_subtrees: vec![],
    });
    let mut authority = world();
    authority.server.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let self_signed_authority = World {
        is_self_signed: true,
        server: authority.server.clone(),
        ..world()
    };
    let cases = [
        (
            World {
                is_trusted: false,
                ..world()
            },
            TlsCause::Issuer,
            "this computer does not trust its issuer, Corp Root",
        ),
        (
            World {
                is_self_signed: true,
                ..world()
            },
            TlsCause::Issuer,
            "it is self-signed, so no certificate authority vouches for it",
        ),
        (
            expired,
            TlsCause::Clock,
            "it expired on 1 Jan 2020, and this computer’s date is ",
        ),
        (
            early,
            TlsCause::Clock,
            "it is not valid before 1 Jan 4000, and this computer’s date is ",
        ),
        (
            other_host,
            TlsCause::OtherHost,
            "it is valid only for *.other.example, 10.0.0.1",
        ),
        (
            for_clients,
            TlsCause::Certificate,
            "it was not issued for servers",
        ),
        (
            constrained,
            TlsCause::Certificate,
            "its issuer, Corp Root, is not allowed to certify this host",
        ),
        (
            authority,
            TlsCause::Certificate,
            "it belongs to a certificate authority, not a server",
        ),
        (
            self_signed_authority,
            TlsCause::Certificate,
            "it is self-signed and belongs to a certificate authority, not a server",
        ),
    ];
    for (world, cause, words) in cases {
        let failure = world.sign_in().await;
        assert_eq!(failure.kind, FailureKind::Tls(cause), "{failure:?}");
        let detail = failure.detail.unwrap();
        assert!(detail.starts_with(words), "{detail}");
    }
}
