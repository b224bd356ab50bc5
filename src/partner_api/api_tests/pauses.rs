//! While a server asks for a pause, it gets no other requests.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Map, json};
use uuid::Uuid;

use crate::domain::business::BusinessId;
use crate::domain::environment::{BaseUrl, Environment};
use crate::domain::failure::{FailureKind, Operation};
use crate::domain::request_notice::RequestNotice;
use crate::domain::time::Clock;
use crate::partner_api::testing::{Client, Reply, Server, client, fast_options, sign_in_reply};
use crate::partner_api::{ApiOptions, Probe};

const ID: BusinessId = BusinessId(Uuid::from_u128(7));
const OTHER: BusinessId = BusinessId(Uuid::from_u128(8));
const THIRD: BusinessId = BusinessId(Uuid::from_u128(9));
const FOURTH: BusinessId = BusinessId(Uuid::from_u128(10));

/// Accepts the sign-in, rejects the first request for a business with this `Retry-After`, and knows no business.
async fn busy(retry_after: &'static str) -> Server {
    Server::start(move |seen, number| {
        if seen.is_sign_in() {
            sign_in_reply("1")
        } else if number == 1 {
            Reply::new(429, &[retry_after], "")
        } else {
            Reply::json(404, "")
        }
    })
    .await
}

#[tokio::test]
async fn a_long_pause_is_kept_by_everything_that_asks_the_server() {
    let server = busy("retry-after: 300").await;
    let options = fast_options();
    let first = client(&server.base, options.clone());
    let told = first.api.business(ID).await.unwrap_err();
    assert_eq!(server.seen().len(), 2);

    // Also in another session at the same server.
    for (client, id) in [(&first, OTHER), (&client(&server.base, options), THIRD)] {
        let body = json!({"external_id": "shop-1"});
        let body: Map<_, _> = body.as_object().unwrap().clone();
        let refusals = [
            client.api.business(id).await.unwrap_err(),
            client.api.create_once(&body).await.unwrap_err().failure,
            client.api.create_once(&body).await.unwrap_err().failure,
        ];
        for failure in refusals {
            assert_eq!(failure.kind, told.kind);
            assert_eq!(failure.at, told.at, "so that the same end is told");
        }
    }
    let failure = first.api.business_token(ID).await.unwrap_err();
    assert_eq!(
        (failure.operation, &failure.kind),
        (Operation::FetchToken, &told.kind)
    );
    assert_eq!(server.seen().len(), 2, "nothing was asked");

    let failure = first.api.business_token(ID).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::NotFound, "the user insists");
    assert_eq!(server.seen().len(), 3);
    first.api.business(FOURTH).await.unwrap_err();
    first.api.sign_in().await.unwrap_err();
    assert_eq!(server.seen().len(), 3, "which counts for nothing else");

    first.clock.advance(Duration::from_secs(300));
    let failure = first.api.business(FOURTH).await.unwrap_err();
    assert_eq!(
        (server.seen().len(), failure.kind),
        (4, FailureKind::NotFound)
    );
}

#[tokio::test]
async fn another_server_is_not_affected() {
    let (busy, other) = (busy("retry-after: 300").await, busy("x: y").await);
    let options = fast_options();
    let _ = client(&busy.base, options.clone()).api.business(ID).await;
    let _ = client(&other.base, options).api.business(ID).await;
    assert!(other.seen().len() >= 2);
}

#[tokio::test]
async fn a_short_pause_is_waited_for_by_everything() {
    let server = busy("retry-after: 1").await;
    let mut options = fast_options();
    options.retry.retry_after_cap = Duration::from_secs(60);
    let client = client(&server.base, options);
    let is_told = || {
        let is_retry = |notice: &RequestNotice| matches!(notice, RequestNotice::Retrying { .. });
        client.notices().iter().any(is_retry)
    };
    // Measured from before the pause, so that a stalling machine can only lengthen it.
    let begun = Instant::now();
    let token = async {
        while !is_told() {
            tokio::task::yield_now().await;
        }
        let failure = client.api.business_token(ID).await.unwrap_err();
        (failure.kind, begun.elapsed())
    };
    let (_, (kind, took)) = tokio::join!(client.api.business(ID), token);
    assert_eq!(kind, FailureKind::NotFound);
    assert!(took >= Duration::from_secs(1), "{took:?}");
}

fn probe(server: &Server, options: ApiOptions, client: &Client) -> Probe {
    let environment = Environment::Custom(BaseUrl::parse(&server.base).unwrap());
    let clock = Arc::clone(&client.clock) as Arc<dyn Clock>;
    Probe::new(&environment, options, clock).unwrap()
}

#[tokio::test]
async fn a_test_of_the_connection_keeps_the_pause_too() {
    let server = busy("retry-after: 300").await;
    let options = fast_options();
    let client = client(&server.base, options.clone());
    let told = client.api.business(ID).await.unwrap_err();
    let probe = probe(&server, options, &client);
    for _ in 0..2 {
        let refused = probe.reach(Some(&client.api)).await.unwrap_err();
        assert_eq!(
            (refused.kind, refused.at),
            (told.kind.clone(), told.at),
            "however often it is tested"
        );
    }
    assert_eq!(server.seen().len(), 2, "nothing was asked");
    client.clock.advance(Duration::from_secs(300));
    probe.reach(Some(&client.api)).await.unwrap();
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn a_pause_that_the_test_is_asked_for_is_kept_by_everything() {
    let server = Server::start(|_, _| Reply::new(503, &["retry-after: 300"], "")).await;
    let options = fast_options();
    let client = client(&server.base, options.clone());
    let probe = probe(&server, options, &client);
    probe.reach(None).await.unwrap();
    let refused = client.api.business(ID).await.unwrap_err();
    assert_eq!(refused.requested_pause(), Some(Duration::from_secs(300)));
    assert!(probe.reach(None).await.is_err());
    assert_eq!(server.seen().len(), 1, "only the first was asked");
}

#[tokio::test]
async fn the_longest_of_several_pauses_counts() {
    let server = Server::start(move |seen, _| {
        if seen.is_sign_in() {
            sign_in_reply("1")
        } else {
            let headers = ["retry-after: 1", "retry-after: 300", "retry-after: soon"];
            Reply::new(429, &headers, "")
        }
    })
    .await;
    let client = client(&server.base, fast_options());
    let failure = client.api.business(ID).await.unwrap_err();
    let retry_after = Some(Duration::from_secs(300));
    assert_eq!(failure.kind, FailureKind::RateLimited { retry_after });
    assert_eq!(server.seen().len(), 2);
}
