//! Proxies that block requests.

use tokio::net::TcpListener;
use url::Url;

use crate::domain::failure::{FailureKind, ProxyFault};
use crate::domain::settings::Proxy;
use crate::partner_api::testing::{Reply, Server, client, fast_options};

/// A name that no resolver knows, so only a proxy can reach it.
const HOST: &str = "https://thred.test.invalid";

async fn sign_in_by(proxy: &str) -> FailureKind {
    let mut options = fast_options();
    options.network.proxy = Proxy::Url(Url::parse(proxy).unwrap());
    let failure = client(HOST, options).api.sign_in().await.unwrap_err();
    failure.kind
}

#[tokio::test]
async fn what_a_proxy_does_instead_of_connecting_is_told_apart() {
    for (answer, fault) in [
        (
            "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n",
            ProxyFault::WantsPassword,
        ),
        ("HTTP/1.1 403 Forbidden\r\n\r\n", ProxyFault::Refused),
        ("HTTP/1.1 502 Bad Gateway\r\n\r\n", ProxyFault::Refused),
        ("nonsense\r\n\r\n", ProxyFault::Refused),
        ("", ProxyFault::Refused),
    ] {
        let proxy = Server::start(move |_, _| Reply::raw(answer).then_close()).await;
        let kind = sign_in_by(&proxy.base).await;
        let expected = FailureKind::Proxy {
            proxy: proxy.base.clone(),
            fault,
        };
        assert_eq!(kind, expected, "{answer}");
        let seen = proxy.seen();
        assert_eq!(seen.len(), 1, "asked once");
        assert!(seen[0].line.starts_with("CONNECT thred.test.invalid:443 "));
        assert_eq!(seen[0].header("authorization"), None);
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_not_taken_for_the_server() {
    let nobody = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    for proxy in [nobody.as_str(), "http://no-such-proxy.invalid:8080"] {
        let expected = FailureKind::Proxy {
            proxy: proxy.to_owned(),
            fault: ProxyFault::NotReached,
        };
        assert_eq!(sign_in_by(proxy).await, expected);
    }
}

#[tokio::test]
async fn a_proxy_that_does_not_connect_in_time_is_named() {
    let proxy = Server::start(|_, _| Reply::raw("").then_hang()).await;
    let mut options = fast_options();
    // The shortest of the limits.
    let limit = options.connect_timeout / 10;
    options.connect_timeout = limit;
    options.retry.attempts = 1;
    options.network.proxy = Proxy::Url(Url::parse(&proxy.base).unwrap());
    let client = client(HOST, options);
    let failure = proxy
        .outlast_by(limit, client.api.sign_in())
        .await
        .unwrap_err();
    let expected = FailureKind::Proxy {
        proxy: proxy.base.clone(),
        fault: ProxyFault::TimedOut { limit },
    };
    assert_eq!(failure.kind, expected);
    assert!(failure.is_transient());
}

#[tokio::test]
async fn a_407_in_answer_to_the_request_itself_is_a_proxys_too() {
    let server = Server::start(|_, _| Reply::new(407, &["proxy-authenticate: Basic"], "")).await;
    let client = client(&server.base, fast_options());
    let failure = client.api.sign_in().await.unwrap_err();
    let host = server.base.strip_prefix("http://").unwrap();
    let expected = FailureKind::Proxy {
        proxy: format!("A proxy in front of {host}"),
        fault: ProxyFault::WantsPassword,
    };
    assert_eq!(failure.kind, expected);
    assert_eq!(failure.status, Some(407));
}
