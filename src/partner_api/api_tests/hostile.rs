//! Servers that redirect, send endless bodies or never finish, and secrets that must not reach the log.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::mpsc;
use tracing_subscriber::fmt::MakeWriter;
use uuid::Uuid;

use crate::domain::business::BusinessId;
use crate::domain::failure::FailureKind;
use crate::partner_api::testing::{
    KEY, PARTNER, Reply, Server, client, fast_options, sign_in_reply,
};

const ID: BusinessId = BusinessId(Uuid::from_u128(7));
/// The smallest valid response for a business.
const BUSINESS: &str = r#"{"id": "00000000-0000-0000-0000-000000000007"}"#;

#[tokio::test]
async fn a_redirect_is_never_followed() {
    let witness = Server::start(|_, _| sign_in_reply("stolen")).await;
    for status in [301, 302, 303, 307, 308] {
        let location = format!("location: {}/v1/platform/oauth2/token/?{KEY}", witness.base);
        let server = Server::start(move |_, _| Reply::new(status, &[&location], "")).await;
        let client = client(&server.base, fast_options());
        let failure = client.api.sign_in().await.unwrap_err();
        let target = format!("{}/v1/platform/oauth2/token/", witness.base);
        assert_eq!(failure.kind, FailureKind::Redirected { target });
        assert_eq!(server.seen().len(), 1);
    }
    assert!(witness.seen().is_empty());
}

#[tokio::test]
async fn a_redirect_to_a_look_alike_is_named_in_punycode() {
    // The first letter is Cyrillic.
    let location = "location: https://аpi.thredfi.com/v1/";
    let server = Server::start(move |_, _| Reply::new(302, &[location], "")).await;
    let client = client(&server.base, fast_options());
    let target = "https://xn--pi-6kc.thredfi.com/v1/".to_owned();
    let failure = client.api.sign_in().await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Redirected { target });
}

#[tokio::test]
async fn next_is_not_an_address_to_go_to() {
    let witness = Server::start(|_, _| Reply::json(200, "{}")).await;
    let next = format!("{}/v1/platform/businesses/?page=2", witness.base);
    let server = Server::start(move |seen, number| {
        if seen.is_sign_in() {
            return sign_in_reply("1");
        }
        let (id, next) = match number {
            1 => (1, format!("\"{next}\"")),
            _ => (2, "null".to_owned()),
        };
        let id = Uuid::from_u128(id);
        Reply::json(
            200,
            &format!(r#"{{"next":{next},"results":[{{"id":"{id}"}}]}}"#),
        )
    })
    .await;
    let client = client(&server.base, fast_options());
    let (sender, _receiver) = mpsc::channel(16);
    let summary = client.api.load_businesses(sender).await.unwrap();
    assert_eq!((summary.unique, summary.total), (2, None));
    assert!(summary.is_exact());
    assert!(witness.seen().is_empty());
    assert!(server.seen()[2].line.contains("?page=2&page_size=100 "));
}

#[tokio::test]
async fn an_answer_that_is_no_http_is_not_asked_for_again() {
    let headers = "x: y\r\n".repeat(2_000);
    let many = format!("HTTP/1.1 200 OK\r\n{headers}\r\n");
    for (answer, words) in [
        (many.as_str(), "not valid HTTP"),
        ("<html>hello", "not valid HTTP"),
        (
            "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}",
            "not valid HTTP",
        ),
        (
            "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}",
            "not valid gzip",
        ),
    ] {
        let answer = answer.to_owned();
        let server = Server::start(move |_, _| Reply::raw(&answer).then_close()).await;
        let client = client(&server.base, fast_options());
        let failure = client.api.sign_in().await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::UnexpectedResponse, "{failure:?}");
        assert_eq!(failure.detail.as_deref(), Some(words));
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn an_endless_body_is_cut_off() {
    for head in [
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n",
    ] {
        let server = Server::start(move |_, _| Reply::raw(head).then_endless()).await;
        let client = client(&server.base, fast_options());
        let failure = client.api.sign_in().await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::TooLarge { limit: 1 << 20 });
        assert_eq!(failure.status, Some(200));
    }
}

#[tokio::test]
async fn an_endless_body_does_not_hide_what_the_status_says() {
    let reply = |_: &_, _| Reply::raw("HTTP/1.1 403 No\r\n\r\n").then_endless();
    let server = Server::start(reply).await;
    let client = client(&server.base, fast_options());
    let failure = client.api.sign_in().await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::NotPermitted);
}

#[tokio::test]
async fn a_body_that_trickles_has_a_time_limit() {
    let server = Server::start(|_, _| {
        Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{").then_hang()
    })
    .await;
    let mut options = fast_options();
    options.retry.attempts = 1;
    let client = client(&server.base, options);
    let failure = server.outlast(client.api.sign_in()).await.unwrap_err();
    assert!(matches!(failure.kind, FailureKind::TimedOut { .. }));
}

#[tokio::test]
async fn an_answer_that_never_comes_to_its_point_has_one_limit() {
    const CHUNKED: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    for (head, bytes) in [
        ("", &b"HTTP/1.1 100 Continue\r\n\r\n"[..]),
        ("", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        (CHUNKED, b"0000000000000000"),
    ] {
        let server = Server::start(move |_, _| Reply::raw(head).then_endlessly(bytes)).await;
        let mut options = fast_options();
        // No other limit may end the request.
        options.connect_timeout = Duration::from_secs(600);
        options.read_timeout = Duration::from_secs(600);
        let limit = Duration::from_millis(200);
        options.request_timeout = limit;
        options.retry.attempts = 1;
        let client = client(&server.base, options);
        let failure = client.api.sign_in().await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::TimedOut { limit }, "{head}");
    }
}

#[tokio::test]
async fn a_refusal_stands_whatever_becomes_of_its_body() {
    let head = "HTTP/1.1 403 No\r\ntransfer-encoding: chunked\r\n\r\n";
    let server = Server::start(move |_, _| Reply::raw(head).then_endlessly(b"0000")).await;
    let mut options = fast_options();
    options.read_timeout = Duration::from_secs(600);
    options.retry.attempts = 1;
    let mut kinds = Vec::new();
    // On a slow machine the shortest limit may elapse before the headers arrive.
    for millis in [100, 1_000, 10_000] {
        options.request_timeout = Duration::from_millis(millis);
        let client = client(&server.base, options.clone());
        kinds.push(client.api.sign_in().await.unwrap_err().kind);
        if kinds.ends_with(&[FailureKind::NotPermitted]) {
            return;
        }
    }
    panic!("{kinds:?}");
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[test]
fn no_secret_reaches_the_log_or_a_failure() {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    let basic = STANDARD.encode(format!("{PARTNER}:{KEY}"));
    let secrets = [
        KEY,
        "s3cret%2Fkey",
        &basic,
        "partner-s3cret",
        "business-s3cret",
    ];
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    // With only one subscriber in the process, `tracing` lets the first thread that reaches a callsite decide for all threads whether it is logged,
    // and the threads of other tests have no subscriber.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut said = String::new();
    // A single-threaded runtime, so that log records of libraries are captured as well.
    tracing::subscriber::with_default(subscriber, || {
        tracing::callsite::rebuild_interest_cache();
        runtime.block_on(async {
            let server = Server::start(|seen, number| {
                let authorization = seen.header("authorization").unwrap_or_default();
                let echo = format!(
                    r#"{{"error":"got {authorization} {KEY}","details":{{"x":["{authorization}"]}}}}"#
                );
                match number {
                    _ if seen.line.contains("/oauth2/token/ ") && !seen.is_sign_in() => Reply::json(
                        200,
                        r#"{"access_token":"business-s3cret","expires_in":3600,"scope":"partner-s3cret"}"#,
                    ),
                    0 => Reply::json(500, &echo),
                    1 => sign_in_reply("s3cret"),
                    2 => Reply::json(200, BUSINESS),
                    3 => Reply::json(400, &echo),
                    4 => Reply::new(403, &[], &format!("<title>{authorization}</title>")),
                    _ => Reply::new(302, &[&format!("location: /{authorization}")], ""),
                }
            })
            .await;
            let client = client(&server.base, fast_options());
            client.api.business(ID).await.unwrap();
            for _ in 0..3 {
                let failure = client.api.business(ID).await.unwrap_err();
                said += &format!("{failure:?} {}\n", failure.support_block());
            }
            let failure = client.api.business_token(ID).await.unwrap_err();
            said += &format!("{failure:?} {:?} {:?}", client.api, client.notices());
        });
    });
    let log = String::from_utf8(log.0.lock().clone()).unwrap();
    assert!(log.contains("/v1/platform/businesses/") && log.contains("ReadBusiness"));
    assert!(
        log.contains("TRACE"),
        "the libraries' records are not caught"
    );
    for secret in secrets {
        assert!(!log.contains(secret), "{secret} in the log:\n{log}");
        assert!(!said.contains(secret), "{secret} in a failure:\n{said}");
    }
}
