//! Requests to servers that are not Thred's.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::Arc;

use rcgen::{CertificateParams, KeyPair};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;
use url::Url;
use zeroize::Zeroizing;

use crate::domain::failure::{FailureKind, ProxyFault, TlsCause, Unreachable};
use crate::domain::network::NetworkSettings;
use crate::domain::settings::Proxy;
use crate::partner_api::testing::{KEY, Reply, Server, clock, fast_options};
use crate::partner_api::{
    ApiOptions, ForeignResponse, HttpClient, HttpProblem, HttpRequest, Secrets, read_ca_file,
};

async fn send(options: ApiOptions, url: &str) -> Result<ForeignResponse, HttpProblem> {
    let client = HttpClient::with_limits("Vault", options, &[], clock());
    let request = HttpRequest::new("PUT", Url::parse(url).unwrap())
        .and_then(|request| request.with_header("X-Vault-Token", KEY))
        .unwrap()
        .with_body(Zeroizing::new(b"{}".to_vec()));
    client.send(request, &Secrets::new([KEY])).await
}

async fn failure(options: ApiOptions, url: &str) -> FailureKind {
    match send(options, url).await.unwrap_err() {
        HttpProblem::NoAnswer(failure) => failure.kind,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_answer_of_any_status_comes_whole_with_its_headers() {
    for status in [200, 404, 472, 503] {
        let server =
            Server::start(move |_, _| Reply::new(status, &["X-Name: value"], r#"{"errors":[]}"#))
                .await;
        let url = format!("{}/v1/a%2Fb?c=d", server.base);
        let answer = send(fast_options(), &url).await.unwrap();
        assert_eq!(answer.status, status);
        assert_eq!(&**answer.body, br#"{"errors":[]}"#);
        let header = answer.headers.iter().find(|(name, _)| name == "x-name");
        assert_eq!(header.unwrap().1.as_str(), "value");
        let seen = &server.seen()[0];
        assert_eq!(seen.line, "PUT /v1/a%2Fb?c=d HTTP/1.1");
        assert_eq!(seen.header("x-vault-token"), Some(KEY));
        assert_eq!(seen.body, "{}");
    }
}

#[tokio::test]
async fn a_redirect_is_named_and_not_followed() {
    let elsewhere = Server::start(|_, _| Reply::json(200, "{}")).await;
    let location = format!("location: {}/{KEY}?token={KEY}", elsewhere.base);
    let server = Server::start(move |_, _| Reply::new(307, &[&location], "")).await;
    let answer = send(fast_options(), &server.base).await.unwrap();
    let target = answer.redirect.unwrap();
    assert!(target.starts_with(&elsewhere.base), "{target}");
    assert!(!target.contains(KEY) && !target.contains('?'), "{target}");
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn without_encryption_only_this_computer_is_asked() {
    for host in ["vault.example:8200", "10.0.0.1:8200", "169.254.169.254"] {
        let problem = send(fast_options(), &format!("http://{host}/v1")).await;
        let host = host.to_owned();
        assert_eq!(problem.unwrap_err(), HttpProblem::Unprotected { host });
    }
    // The address where cloud machines find their credentials is allowed, and bypasses the proxy.
    let proxy = Server::start(|_, _| Reply::json(200, "{}")).await;
    let mut options = fast_options();
    options.network.proxy = Proxy::Url(Url::parse(&proxy.base).unwrap());
    options.connect_timeout = std::time::Duration::from_nanos(1);
    const CLOUD: &[IpAddr] = &[IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1))];
    let client = HttpClient::with_limits("AWS", options, CLOUD, clock());
    let request = HttpRequest::new("GET", Url::parse("http://192.0.2.1/latest").unwrap()).unwrap();
    let problem = client.send(request, &Secrets::default()).await.unwrap_err();
    let HttpProblem::NoAnswer(failure) = problem else {
        panic!("{problem:?}")
    };
    assert!(failure.is_offline(), "{failure:?}");
    assert_eq!(failure.host, "192.0.2.1");
    assert!(proxy.seen().is_empty());
}

#[tokio::test]
async fn what_is_not_an_answer_is_told_apart() {
    let large = Server::start(|_, _| Reply::raw("HTTP/1.1 200 OK\r\n\r\n").then_endless()).await;
    let limit = fast_options().body_limit;
    let kind = failure(fast_options(), &large.base).await;
    assert_eq!(kind, FailureKind::TooLarge { limit });

    let silent = Server::start(|_, _| Reply::raw("").then_hang()).await;
    let kind = silent.outlast(failure(fast_options(), &silent.base)).await;
    assert!(matches!(kind, FailureKind::TimedOut { .. }), "{kind:?}");

    let nobody = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let kind = failure(fast_options(), &nobody).await;
    assert_eq!(kind, FailureKind::Unreachable(Unreachable::Refused));

    let proxy = Server::start(|_, _| Reply::raw("HTTP/1.1 403 No\r\n\r\n").then_close()).await;
    let mut options = fast_options();
    options.network.proxy = Proxy::Url(Url::parse(&proxy.base).unwrap());
    let kind = failure(options, "https://vault.test.invalid").await;
    let (proxy, fault) = (proxy.base.clone(), ProxyFault::Refused);
    assert_eq!(kind, FailureKind::Proxy { proxy, fault });

    let speechless = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", speechless.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = speechless.accept().await {
            // A server of a protocol where the server speaks first.
            let _ = stream.write_all(b"SSH-2.0-server\r\n").await;
        }
    });
    let kind = failure(fast_options(), &url).await;
    assert_eq!(kind, FailureKind::Tls(TlsCause::Handshake));
}

#[test]
fn a_second_file_of_authorities_is_trusted_besides_the_first() {
    let file = |name: &str| {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        read_ca_file(PathBuf::from(name), pem.as_bytes()).unwrap()
    };
    let network = NetworkSettings {
        ca: Some(Arc::new(file("company.example"))),
        ..NetworkSettings::default()
    };
    let both = network.trusting(file("vault.example")).ca.unwrap();
    assert_eq!(both.path, PathBuf::from("vault.example"));
    assert_eq!(both.certificates.len(), 2);
}

#[test]
fn a_header_with_a_line_break_is_no_header() {
    let request = || HttpRequest::new("GET", Url::parse("https://vault.example").unwrap());
    let with = |value| request().and_then(|request| request.with_header("X-Vault-Token", value));
    assert!(with("hvs.abc").is_some());
    assert!(with("hvs.abc\r\nX-Other: 1").is_none());
}
