//! Signing in and renewing the sign-in, also by many tasks at once.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use futures_util::future::join_all;
use uuid::Uuid;

use crate::domain::business::BusinessId;
use crate::domain::failure::{FailureKind, Operation};
use crate::domain::token::TokenProblem;
use crate::partner_api::testing::{
    KEY, PARTNER, Reply, Server, client, fast_options, sign_in_reply,
};

const ID: BusinessId = BusinessId(Uuid::from_u128(7));
/// Always another business: requesting the same one again would count as insisting.
fn other(number: u128) -> BusinessId {
    BusinessId(Uuid::from_u128(100 + number))
}

/// The smallest valid response for a business.
const BUSINESS: &str = r#"{"id": "00000000-0000-0000-0000-000000000007"}"#;

#[tokio::test]
async fn signing_in_sends_the_documented_form_and_nothing_else() {
    let server = Server::start(|_, _| sign_in_reply("1")).await;
    let client = client(&server.base, fast_options());
    client.api.sign_in().await.unwrap();
    client.api.sign_in().await.unwrap();

    let seen = server.seen();
    assert_eq!(seen.len(), 2, "proving always asks");
    assert_eq!(seen[0].line, "POST /v1/platform/oauth2/token/ HTTP/1.1");
    assert_eq!(
        seen[0].body,
        format!("grant_type=client_credentials&client_id={PARTNER}")
    );
    let basic = STANDARD.encode(format!("{PARTNER}:{KEY}"));
    assert_eq!(
        seen[0].header("authorization"),
        Some(&*format!("Basic {basic}"))
    );
    assert_eq!(seen[0].header("accept"), Some("application/json"));
    let agent = concat!("thred-console/", env!("CARGO_PKG_VERSION"));
    assert_eq!(seen[0].header("user-agent"), Some(agent));
}

#[tokio::test]
async fn many_tasks_share_one_sign_in() {
    let server = Server::start(|seen, _| {
        if seen.is_sign_in() {
            sign_in_reply("1")
        } else {
            Reply::json(200, BUSINESS)
        }
    })
    .await;
    let client = client(&server.base, fast_options());
    let results = join_all((0..20).map(|_| client.api.business(ID))).await;
    assert!(results.iter().all(Result::is_ok));
    assert_eq!(server.sign_ins(), 1);
}

#[tokio::test]
async fn many_tasks_share_one_refusal() {
    let server = Server::start(|_, _| Reply::json(401, r#"{"error":"invalid_client"}"#)).await;
    let client = client(&server.base, fast_options());
    for failure in join_all((0..20).map(|_| client.api.business(ID))).await {
        let failure = failure.unwrap_err();
        assert_eq!(failure.kind, FailureKind::KeyRejected);
        assert_eq!(failure.operation, Operation::ReadBusiness);
        assert_eq!(failure.status, Some(401));
    }
    assert_eq!(server.sign_ins(), 1);
    // Later requests sign in again: the key may have become valid.
    assert!(client.api.business(ID).await.is_err());
    assert_eq!(server.sign_ins(), 2);
}

#[tokio::test]
async fn a_401_renews_once_for_all_and_repeats_once() {
    let server = Server::start(|seen, number| {
        if seen.is_sign_in() {
            sign_in_reply(&number.to_string())
        } else if seen.header("authorization") == Some("Bearer partner-0") {
            // All ten are in flight with the token that gets rejected.
            Reply::json(401, r#"{"error_code":"invalid_token"}"#).after_requests(1 + 10)
        } else {
            Reply::json(200, BUSINESS)
        }
    })
    .await;
    let client = client(&server.base, fast_options());
    let results = join_all((0..10).map(|_| client.api.business(ID))).await;
    assert!(results.iter().all(Result::is_ok));
    assert_eq!(server.sign_ins(), 2);
    assert_eq!(server.seen().len(), 2 + 10 + 10);
    assert!(client.notices().is_empty(), "a renewal is silent");
}

#[tokio::test]
async fn a_second_401_is_the_end() {
    let server = Server::start(|seen, _| {
        if seen.is_sign_in() {
            sign_in_reply("1")
        } else {
            Reply::json(401, r#"{"error_code":"invalid_token","detail":"Expired."}"#)
        }
    })
    .await;
    let client = client(&server.base, fast_options());
    let failure = client.api.business(ID).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::SessionRejected);
    assert_eq!(failure.detail.as_deref(), Some("Expired."));
    assert_eq!((server.sign_ins(), server.seen().len()), (2, 4));
}

#[tokio::test]
async fn a_sign_in_is_renewed_before_its_end_by_the_boot_clock() {
    let server = Server::start(|seen, _| {
        if seen.is_sign_in() {
            sign_in_reply("1")
        } else {
            Reply::json(200, BUSINESS)
        }
    })
    .await;
    let client = client(&server.base, fast_options());
    client.api.business(ID).await.unwrap();
    client.clock.advance(Duration::from_secs(3_299));
    client.api.business(ID).await.unwrap();
    assert_eq!(server.sign_ins(), 1);
    client.clock.advance(Duration::from_secs(1));
    client.api.business(ID).await.unwrap();
    assert_eq!(server.sign_ins(), 2);
}

#[tokio::test]
async fn a_lifetime_that_cannot_be_believed_is_short() {
    for stated in ["null", "\"soon\"", "99999999999999999999", "{}"] {
        let server = Server::start(move |seen, _| {
            if seen.is_sign_in() {
                let body = format!(r#"{{"access_token":"partner","expires_in":{stated}}}"#);
                Reply::json(200, &body)
            } else {
                Reply::json(200, BUSINESS)
            }
        })
        .await;
        let client = client(&server.base, fast_options());
        client.api.business(ID).await.unwrap();
        client.clock.advance(Duration::from_secs(53));
        client.api.business(ID).await.unwrap();
        assert_eq!(server.sign_ins(), 1, "{stated}");
        client.clock.advance(Duration::from_secs(1));
        client.api.business(ID).await.unwrap();
        assert_eq!(server.sign_ins(), 2, "{stated}");
    }
}

#[tokio::test]
async fn a_sign_in_that_can_never_work_is_refused_with_the_reason() {
    let jwt = |payload: &str| {
        format!(
            "eyJhbGciOiJIUzI1NiJ9.{}.c2ln",
            URL_SAFE_NO_PAD.encode(payload)
        )
    };
    let ended = TokenProblem::ExpiredOnArrival;
    for (token, expires_in, problem) in [
        ("partner 1".to_owned(), "3600", TokenProblem::Malformed),
        (" partner".to_owned(), "3600", TokenProblem::Malformed),
        ("partner\\t1".to_owned(), "3600", TokenProblem::Malformed),
        ("pärtner".to_owned(), "3600", TokenProblem::Malformed),
        ("partner".to_owned(), "0", ended.clone()),
        ("partner".to_owned(), "-5", ended.clone()),
        (
            jwt(r#"{"iat":1770000000,"exp":1770000000}"#),
            "3600",
            ended.clone(),
        ),
        (
            jwt(r#"{"iat":1770003600,"exp":1770000000}"#),
            "3600",
            ended.clone(),
        ),
        (jwt(r#"{"iat":1770003600,"exp":0}"#), "null", ended.clone()),
        (jwt(r#"{"exp":0}"#), "3600", ended),
        (
            "a".repeat(8_193),
            "3600",
            TokenProblem::TooLong { bytes: 8_193 },
        ),
    ] {
        let body = format!(r#"{{"access_token":"{token}","expires_in":{expires_in}}}"#);
        let server = Server::start(move |_, _| Reply::json(200, &body)).await;
        let client = client(&server.base, fast_options());
        let failure = client.api.sign_in().await.unwrap_err();
        assert_eq!(
            failure.kind,
            FailureKind::SignInUnusable(problem),
            "{token:?}"
        );
        assert_eq!((failure.status, server.seen().len()), (Some(200), 1));
        assert!(
            client.api.business(ID).await.is_err(),
            "nothing is sent with it"
        );
        assert_eq!(server.sign_ins(), server.seen().len());
    }
}

#[tokio::test]
async fn a_sign_in_that_is_over_by_the_servers_clock_is_refused() {
    let payload = URL_SAFE_NO_PAD.encode(r#"{"iat":1770000000,"exp":1770003600}"#);
    let body = format!(r#"{{"access_token":"eyJ.{payload}.c2ln","expires_in":3600}}"#);
    let date = "date: Mon, 02 Feb 2026 03:40:00 GMT";
    let server = Server::start(move |_, _| Reply::new(200, &[date], &body)).await;
    let failure = client(&server.base, fast_options())
        .api
        .sign_in()
        .await
        .unwrap_err();
    let problem = TokenProblem::ExpiredOnArrival;
    assert_eq!(failure.kind, FailureKind::SignInUnusable(problem));
}

#[tokio::test]
async fn a_renewal_waits_as_long_as_the_server_asks() {
    let server = Server::start(|seen, number| {
        if !seen.is_sign_in() {
            Reply::json(200, BUSINESS)
        } else if number == 0 {
            sign_in_reply("1")
        } else {
            Reply::new(503, &["retry-after: 120"], "")
        }
    })
    .await;
    let client = client(&server.base, fast_options());
    client.api.business(ID).await.unwrap();
    // Within the last five minutes of the sign-in.
    client.clock.advance(Duration::from_secs(3_310));
    for n in 0..6 {
        client.api.business(other(n)).await.unwrap_err();
        client.clock.advance(Duration::from_secs(19));
    }
    assert_eq!(
        server.seen().len(),
        3,
        "the pause is the server's, not the token endpoint's"
    );
    client.clock.advance(Duration::from_secs(7));
    client.api.business(other(6)).await.unwrap_err();
    assert_eq!(server.sign_ins(), 3);
}

#[tokio::test]
async fn a_pause_outlasts_the_sign_in_and_only_the_user_cuts_it_short() {
    let server = Server::start(|seen, number| {
        if !seen.is_sign_in() {
            Reply::json(200, BUSINESS)
        } else if number == 0 {
            sign_in_reply("1")
        } else {
            Reply::new(503, &["retry-after: 600"], "")
        }
    })
    .await;
    let client = client(&server.base, fast_options());
    client.api.business(ID).await.unwrap();
    // Within the last five minutes of the sign-in.
    client.clock.advance(Duration::from_secs(3_310));
    client.api.business(other(2)).await.unwrap_err();
    assert_eq!(server.sign_ins(), 2);
    client.clock.advance(Duration::from_secs(599));
    let failure = client.api.business(other(3)).await.unwrap_err();
    assert_eq!(failure.requested_pause(), Some(Duration::from_secs(600)));
    assert_eq!(failure.operation, Operation::ReadBusiness);
    assert_eq!(server.sign_ins(), 2, "it is over, and the pause is not");
    let told = client.api.sign_in().await.unwrap_err();
    assert_eq!((told.operation, told.at), (Operation::SignIn, failure.at));
    assert_eq!(server.sign_ins(), 2, "the user learns of the pause");
    client.api.sign_in().await.unwrap_err();
    assert_eq!(server.sign_ins(), 3, "and asks for it again");
    client.clock.advance(Duration::from_secs(599));
    client.api.business(other(4)).await.unwrap_err();
    assert_eq!(server.sign_ins(), 3);
    client.clock.advance(Duration::from_secs(1));
    client.api.business(other(5)).await.unwrap_err();
    assert_eq!(server.sign_ins(), 4);
}

#[tokio::test]
async fn a_renewal_that_fails_for_now_does_not_stop_a_live_sign_in() {
    let server = Server::start(|seen, number| {
        if !seen.is_sign_in() {
            Reply::json(200, BUSINESS)
        } else if number == 0 {
            sign_in_reply("1")
        } else {
            Reply::json(503, "")
        }
    })
    .await;
    let client = client(&server.base, fast_options());
    client.api.business(ID).await.unwrap();
    client.clock.advance(Duration::from_secs(3_400));
    client.api.business(ID).await.unwrap();
    client.api.business(ID).await.unwrap();
    assert_eq!(server.sign_ins(), 2, "it is not asked for every request");
    client.clock.advance(Duration::from_secs(300));
    let failure = client.api.business(ID).await.unwrap_err();
    assert!(matches!(failure.kind, FailureKind::ServiceDown { .. }));
}
