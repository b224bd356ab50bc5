//! Retries, time limits and the classification of failures.

use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::domain::business::BusinessId;
use crate::domain::failure::{FailureKind, Operation, TlsCause, Unreachable};
use crate::domain::request_notice::RequestNotice;
use crate::partner_api::testing::{Reply, Server, client, fast_options, sign_in_reply};
use crate::partner_api::{ApiOptions, ListProgress};

const ID: BusinessId = BusinessId(Uuid::from_u128(7));
/// The smallest valid response for a business.
const BUSINESS: &str = r#"{"id": "00000000-0000-0000-0000-000000000007"}"#;

#[tokio::test]
async fn what_passes_is_repeated_and_every_wait_is_told() {
    let server = Server::start(|seen, number| match number {
        _ if seen.is_sign_in() => sign_in_reply("1"),
        1 => Reply::new(429, &["retry-after: 0"], ""),
        2 => Reply::new(502, &[], "<html><title>Bad gateway</title>"),
        _ => Reply::json(200, BUSINESS),
    })
    .await;
    let client = client(&server.base, fast_options());
    client.api.business(ID).await.unwrap();
    let notices = client.notices();
    let [
        RequestNotice::Retrying {
            operation,
            failure: busy,
            ..
        },
        RequestNotice::Resumed(_),
        RequestNotice::Retrying { failure: down, .. },
        RequestNotice::Resumed(_),
    ] = &notices[..]
    else {
        panic!("{notices:?}");
    };
    assert_eq!(*operation, Operation::ReadBusiness);
    assert!(matches!(busy.kind, FailureKind::RateLimited { .. }));
    assert_eq!(down.detail.as_deref(), Some("an HTML page, Bad gateway"));
}

#[tokio::test]
async fn a_pause_that_is_too_long_to_wait_for_is_not_undercut() {
    for header in ["retry-after: 3600", "retry-after: 3599.2"] {
        let server = Server::start(move |_, _| Reply::new(503, &[header], "")).await;
        let client = client(&server.base, fast_options());
        let failure = client.api.sign_in().await.unwrap_err();
        assert_eq!(failure.requested_pause(), Some(Duration::from_secs(3600)));
        assert_eq!(server.seen().len(), 1, "it is not asked again");
        assert!(client.notices().is_empty());
    }
}

#[tokio::test]
async fn repeating_comes_to_an_end() {
    let server = Server::start(|_, _| Reply::new(503, &["retry-after: 0"], "")).await;
    let client = client(&server.base, fast_options());
    let failure = client.api.sign_in().await.unwrap_err();
    assert_eq!(failure.status, Some(503));
    assert_eq!(server.seen().len(), 3);
    assert_eq!(failure.request, 3);
}

#[tokio::test]
async fn a_wait_ends_when_nobody_waits_for_it() {
    let server = Server::start(|_, _| Reply::new(503, &["retry-after: 3600"], "")).await;
    let mut options = fast_options();
    options.retry.retry_after_cap = Duration::from_secs(7200);
    let client = client(&server.base, options);
    let waits = async {
        while client.notices().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        _ = client.api.sign_in() => panic!("it does not wait"),
        () = waits => {}
    }
    tokio::time::pause();
    tokio::time::sleep(Duration::from_secs(9000)).await;
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn an_answer_that_is_cut_off_is_asked_for_again() {
    let server = Server::start(|seen, number| match number {
        _ if seen.is_sign_in() => sign_in_reply("1"),
        1 => Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\":").then_close(),
        2 => Reply::raw("HTTP/1.1 200 OK\r\n\r\n{\"id\":").then_close(),
        _ => Reply::json(200, BUSINESS),
    })
    .await;
    let client = client(&server.base, fast_options());
    client.api.business(ID).await.unwrap();
    assert_eq!(server.seen().len(), 4);
    let broken = FailureKind::Unreachable(Unreachable::Broken);
    for notice in client.notices() {
        if let RequestNotice::Retrying { failure, .. } = notice {
            assert_eq!(failure.kind, broken, "{failure:?}");
        }
    }
}

#[tokio::test]
async fn a_server_that_says_nothing_has_a_time_limit() {
    for reply in [
        || Reply::raw("").then_hang(),
        || Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{").then_hang(),
    ] {
        let server = Server::start(move |_, _| reply()).await;
        let mut options = fast_options();
        options.retry.attempts = 1;
        let limit = options.read_timeout;
        let client = client(&server.base, options);
        let failure = server.outlast(client.api.sign_in()).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::TimedOut { limit });
    }
}

#[tokio::test]
async fn the_reasons_for_no_answer_are_told_apart() {
    let nobody = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let failure = client(&nobody, fast_options())
        .api
        .sign_in()
        .await
        .unwrap_err();
    assert_eq!(failure.kind, FailureKind::Unreachable(Unreachable::Refused));
    assert_eq!((failure.status, failure.request), (None, 1));

    let unnamed = "https://no-such-host.invalid";
    let failure = client(unnamed, fast_options())
        .api
        .sign_in()
        .await
        .unwrap_err();
    assert_eq!(
        failure.kind,
        FailureKind::Unreachable(Unreachable::NameNotFound)
    );

    let plain = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let https = format!("https://{}", plain.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = plain.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    let failure = client(&https, fast_options())
        .api
        .sign_in()
        .await
        .unwrap_err();
    let kind = FailureKind::Tls(TlsCause::Handshake);
    assert_eq!(failure.kind, kind, "{failure:?}");
    let detail = "the server there does not speak TLS";
    assert_eq!(failure.detail.as_deref(), Some(detail));
}

#[tokio::test]
async fn what_is_no_thred_answer_is_said() {
    for (body, detail) in [
        (
            "<!doctype html><title>Log in to Wi-Fi</title>",
            "an HTML page, Log in to Wi-Fi",
        ),
        ("", "an empty answer"),
        ("ok", "not JSON"),
        ("[1]", "JSON that is not a token"),
        (
            r#"{"token":1}"#,
            "JSON that is not a token, line 1 column 11",
        ),
    ] {
        let server = Server::start(move |_, _| Reply::new(200, &[], body)).await;
        let client = client(&server.base, fast_options());
        let failure = client.api.sign_in().await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::UnexpectedResponse, "{body}");
        assert_eq!(failure.detail.as_deref(), Some(detail), "{body}");
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn clocks_that_differ_are_told_once() {
    let server = Server::start(|seen, _| {
        // The test clock stands at 2026-02-02 02:40:00.
        let headers = ["date: Mon, 02 Feb 2026 03:40:00 GMT"];
        match seen.is_sign_in() {
            true => Reply::new(200, &headers, r#"{"access_token":"t","expires_in":3600}"#),
            false => Reply::new(200, &headers, BUSINESS),
        }
    })
    .await;
    let client = client(&server.base, fast_options());
    client.api.business(ID).await.unwrap();
    client.api.business(ID).await.unwrap();
    assert_eq!(client.notices(), [RequestNotice::ClockSkew(Some(3600))]);
}

#[tokio::test]
async fn while_one_page_is_to_wait_no_other_is_asked_for() {
    let server = Server::start(|seen, _| {
        if seen.is_sign_in() {
            return sign_in_reply("1");
        }
        let page: u128 = seen.line.split(['=', '&', ' ']).nth(2).unwrap().parse().unwrap();
        if page == 2 {
            return Reply::new(429, &["retry-after: 2"], "");
        }
        let id = Uuid::from_u128(page);
        let body = format!(
            r#"{{"count":60,"page_info":{{"total_count":60,"total_pages":60}},"results":[{{"id":"{id}"}}]}}"#
        );
        let answer = Reply::json(200, &body);
        if page == 1 { answer } else { answer.held() }
    })
    .await;
    let mut options = fast_options();
    options.list.page_size = 1;
    options.list.in_flight = 2;
    options.retry.retry_after_cap = Duration::from_secs(60);
    options.retry.attempts = 2;
    let client = client(&server.base, options);
    let (sender, mut receiver) = mpsc::channel(64);
    let receive = async { while receiver.recv().await.is_some() {} };
    // The response for the other page arrives while the client is waiting.
    let let_go = async {
        while client.notices().is_empty() {
            tokio::task::yield_now().await;
        }
        server.let_go();
    };
    let (ended, (), ()) = tokio::join!(client.api.load_businesses(sender), receive, let_go);
    assert!(matches!(
        ended.unwrap_err().kind,
        FailureKind::RateLimited { .. }
    ));
    let asked: Vec<_> = server.seen().into_iter().map(|seen| seen.line).collect();
    let second: Vec<_> = (0..asked.len())
        .filter(|at| asked[*at].contains("page=2&"))
        .collect();
    let [refused, repeated] = second[..] else {
        panic!("{asked:?}");
    };
    // The page requested at the same time, and those after the pause that overtook the second page: not all of them.
    assert!(repeated - refused <= 20, "{asked:?}");
}

#[tokio::test]
async fn a_long_list_is_read_with_eight_requests_at_once() {
    const PAGES: usize = 100;
    let server = Server::start(|seen, _| {
        if seen.is_sign_in() {
            return sign_in_reply("1");
        }

        let page: usize = seen.line.split(['=', '&', ' ']).nth(2).unwrap().parse().unwrap();
        if page > PAGES {
            return Reply::json(404, r#"{"detail":"Invalid page."}"#);
        }
        let rows: Vec<_> = ((page - 1) * 100..page * 100)
            .map(|n| {
                let id = Uuid::from_u128(n as u128 + 1);
                format!(
                    r#"{{"id":"{id}","external_id":"user-{n}","name":"Bäckerei {n}","legal_name":"Bäckerei {n} GmbH","entity_type":"gmbh","country":"DE","province":null,"eu_nace_industry_code":"56.30","is_active":true,"activation_at":"2026-01-02T03:04:05Z","created_at":"2026-01-02T03:04:05.123456Z","updated_at":"2026-01-02T03:04:05+00:00","vat_number":"DE{n}","company_number":null,"tax_id":null,"base_currency":"EUR"}}"#
                )
            })
            .collect();
        let total = PAGES * 100;
        Reply::json(
            200,
            &format!(
                r#"{{"count":{total},"page_info":{{"total_count":{total},"total_pages":{PAGES}}},"results":[{}]}}"#,
                rows.join(",")
            ),
        )
    })
    .await;
    let client = client(&server.base, ApiOptions::default());
    let (sender, mut receiver) = mpsc::channel(16);
    let receive = async {
        let mut rows = 0;
        while let Some(news) = receiver.recv().await {
            if let ListProgress::Page {
                rows: new, total, ..
            } = news
            {
                rows += new.len();
                assert_eq!(total, Some(PAGES as u64 * 100));
            }
        }
        rows
    };
    let (summary, rows) = tokio::join!(client.api.load_businesses(sender), receive);
    let summary = summary.unwrap();
    assert!(summary.is_exact(), "{summary:?}");
    // The last page is full, so the client requests one more.
    assert_eq!((rows, summary.pages as usize), (PAGES * 100, PAGES + 1));
    let first = &server.seen()[1];
    assert!(
        first
            .line
            .starts_with("GET /v1/platform/businesses/?page=1&page_size=100 ")
    );
}
