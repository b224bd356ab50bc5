//! Connections that fail: redirects, endless responses, silent servers, unknown certificate authorities.

use std::fs;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::fake::{Fake, told};
use super::*;

#[tokio::test]
async fn a_redirect_is_named_and_the_token_goes_nowhere_else() {
    let elsewhere = Fake::start(|_| told(200, SECRET_V2)).await;
    let location = format!("{}/v1/{TOKEN}?token={TOKEN}", elsewhere.address);
    let fake = Fake::start(move |_| (307, String::new(), Some(location.clone()))).await;
    let problem = problem(&source(&fake.address, &[]), &with_token()).await;
    assert_eq!(problem.title, "Vault redirected the request");
    assert!(problem.body.contains(&elsewhere.address), "{problem:?}");
    assert!(elsewhere.asked().is_empty());
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off() {
    let fake = Fake::start(|_| told(200, &" ".repeat(3 << 20))).await;
    let problem = problem(&source(&fake.address, &[]), &with_token()).await;
    assert_eq!(problem.title, "Vault sent too much data");
}

#[tokio::test]
async fn nobody_there_is_unreachable() {
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap().port()
    };
    let source = source(&format!("http://127.0.0.1:{port}"), &[]);
    let problem = problem(&source, &with_token()).await;
    assert_eq!(problem.title, "Vault could not be reached");
    assert!(problem.body.contains("No key was read."), "{problem:?}");
}

/// The paused clock advances by itself when nothing else happens.
#[tokio::test(start_paused = true)]
async fn a_silent_server_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let problem = problem(&source(&address, &[]), &with_token()).await;
    assert_eq!(problem.title, "Vault did not answer in time");
}

/// The address of a TLS server, and the certificate of its certificate authority.
async fn start_tls() -> (String, String) {
    let (authority_key, key) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority
        .distinguished_name
        .push(DnType::CommonName, "Vault Root");
    let pem = authority.self_signed(&authority_key).unwrap().pem();
    let issuer = Issuer::from_params(&authority, &authority_key);
    let server = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let certificate = server.signed_by(&key, &issuer).unwrap();
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
            // The test is whether the client continues after the handshake.
            drop(acceptor.accept(stream).await);
        }
    });
    (format!("https://localhost:{port}"), pem)
}

#[tokio::test]
async fn an_unknown_authority_is_named_and_can_be_trusted_by_a_file() {
    let (address, pem) = start_tls().await;
    let context = with_token();
    let unknown = problem(&source(&address, &[]), &context).await;
    assert_eq!(unknown.title, "The connection to Vault is not secure");
    assert!(unknown.body.contains("Vault Root"), "{unknown:?}");
    assert!(unknown.body.contains("PEM file"), "{unknown:?}");
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("ca.pem");
    fs::write(&file, pem).unwrap();
    let path = file.display().to_string();
    let trusted = problem(&source(&address, &[("ca_file", &path)]), &context).await;
    assert_eq!(trusted.title, "Vault could not be reached", "{trusted:?}");
    fs::write(&file, "no certificate").unwrap();
    let damaged = problem(&source(&address, &[("ca_file", &path)]), &context).await;
    assert!(
        damaged.body.contains("No certificate was found"),
        "{damaged:?}"
    );
    let missing = problem(&source(&address, &[("ca_file", "/no/ca.pem")]), &context).await;
    assert!(
        missing
            .body
            .contains("/no/ca.pem The file no longer exists."),
        "{missing:?}"
    );
}
