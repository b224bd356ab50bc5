//! Connections that fail: redirects, endless responses, silent servers, unknown certificate authorities.

use std::fs;

use tokio::net::TcpListener;

use super::*;
use crate::partner_api::testing::TlsServer;

#[tokio::test]
async fn a_redirect_is_named_and_the_token_goes_nowhere_else() {
    let elsewhere = Server::start(|_, _| told(200, SECRET_V2)).await;
    let location = format!("location: {}/v1/{TOKEN}?token={TOKEN}", elsewhere.base);
    let fake = Server::start(move |_, _| Reply::new(307, &[&*location], "")).await;
    let problem = problem(&source(&fake.base, &[]), &with_token()).await;
    assert_eq!(problem.title, "Vault redirected the request");
    assert!(problem.body.contains(&elsewhere.base), "{problem:?}");
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off() {
    let fake = Server::start(|_, _| told(200, &" ".repeat(3 << 20))).await;
    let problem = problem(&source(&fake.base, &[]), &with_token()).await;
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

#[tokio::test]
async fn an_unknown_authority_is_named_and_can_be_trusted_by_a_file() {
    let (address, pem) = TlsServer::valid().start().await;
    let context = with_token();
    let unknown = problem(&source(&address, &[]), &context).await;
    assert_eq!(unknown.title, "The connection to Vault is not secure");
    assert!(unknown.body.contains("Corp Root"), "{unknown:?}");
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
