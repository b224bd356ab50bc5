//! The fault layer, its log and gates, and faults of connections and bodies do what their names say.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use reqwest::{Method, header};
use serde_json::Value;

use super::probe::{LIST, Probe, client};
use crate::support::{Answer, Fault, On, RecordingVerifier, RunGate, closed_port};

#[tokio::test]
async fn faults_queue_up_hit_only_their_requests_and_can_be_cleared() {
    let probe = Probe::start().await;
    let server = &probe.server;
    server.fault(On::List, Fault::Once(Answer::status(401)));
    server.fault(On::List, Fault::Times(2, Answer::status(503)));
    server.fault(On::Get, Fault::Always(Answer::empty(500)));
    let mut codes = Vec::new();
    for _ in 0..4 {
        codes.push(probe.get(LIST).await.unwrap().status().as_u16());
    }
    assert_eq!(codes, [401, 503, 503, 200]);
    let [id, _] = probe.two_ids();
    let path = format!("{LIST}{id}/");
    for _ in 0..3 {
        let answer = probe.get(&path).await.unwrap();
        assert_eq!(answer.status(), 500);
        assert_eq!(answer.text().await.unwrap(), "");
    }
    server.clear_faults();
    assert_eq!(probe.get(&path).await.unwrap().status(), 200);
    assert_eq!(probe.sign_in().await["token_type"], "Bearer");

    let in_nl = On::matching(|seen| seen.query("country") == Some("NL"));
    server.fault(in_nl, Fault::Always(Answer::status(403)));
    assert_eq!(
        probe
            .get(&format!("{LIST}?country=NL"))
            .await
            .unwrap()
            .status(),
        403
    );
    assert_eq!(probe.get(LIST).await.unwrap().status(), 200);
}

#[tokio::test]
async fn every_request_is_logged_as_it_came() {
    let probe = Probe::start().await;
    let log = probe.server.log();
    probe.page(2).await;
    client()
        .get(format!("{}/nowhere", probe.server.base_url()))
        .send()
        .await
        .unwrap();
    let all = log.all();
    assert_eq!(all.len(), 3);
    assert_eq!(
        (all[0].method.clone(), all[0].scheme()),
        (Method::POST, Some("Basic"))
    );
    assert_eq!(all[1].uri, "/v1/platform/businesses/?page=2&page_size=20");
    assert_eq!(
        all[1].authorization(),
        Some(format!("Bearer {}", probe.own_token()).as_str())
    );
    assert_eq!((all[1].page(), all[2].authorization()), (2, None));
    assert!(all[0].body.is_empty());
    assert_eq!(
        [On::Any, On::SignIn, On::Page(2), On::Page(1), On::Token].map(|on| log.count(&on)),
        [3, 1, 1, 0, 0]
    );
    assert!(
        !format!("{all:?}").contains(probe.own_token()),
        "the log does not print what it keeps"
    );
}

#[tokio::test]
async fn a_gate_holds_answers_and_the_log_counts_them() {
    let probe = Arc::new(Probe::start().await);
    let gate = RunGate::closed();
    probe
        .server
        .fault(On::List, Fault::Always(Answer::real().held_by(&gate)));
    let asking: Vec<_> = (1..=3)
        .map(|page| {
            let probe = probe.clone();
            tokio::spawn(async move { probe.page(page).await })
        })
        .collect();
    let log = probe.server.log();
    log.until(|log| log.in_flight() == 3).await;
    assert!(asking.iter().all(|task| !task.is_finished()));
    gate.open();
    for task in asking {
        assert_eq!(task.await.unwrap()["count"], 45);
    }
    log.until(|log| log.in_flight() == 0).await;
    assert_eq!(log.most_in_flight(), 3);
}

#[tokio::test]
async fn a_client_that_gives_up_is_no_longer_in_flight() {
    let probe = Arc::new(Probe::start().await);
    probe.server.fault(
        On::Any,
        Fault::Always(Answer::real().held_by(&RunGate::closed())),
    );
    let asking = tokio::spawn({
        let probe = probe.clone();
        async move { probe.page(1).await }
    });
    let log = probe.server.log();
    log.until(|log| log.in_flight() == 1).await;
    asking.abort();
    log.until(|log| log.in_flight() == 0).await;
}

#[tokio::test]
async fn limits_and_dates_are_told_in_headers() {
    let probe = Probe::start().await;
    let date = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    let limited = || Answer::status(429);
    probe
        .server
        .fault(On::List, Fault::Once(limited().retry_after_secs(7)));
    probe
        .server
        .fault(On::List, Fault::Once(limited().retry_after_date(date)));
    probe
        .server
        .fault(On::List, Fault::Once(Answer::real().dated(date)));
    let written = "Fri, 15 Jan 2027 08:00:00 GMT";
    for (status, name, value) in [
        (429, header::RETRY_AFTER, "7"),
        (429, header::RETRY_AFTER, written),
        (200, header::DATE, written),
    ] {
        let answer = probe.get(LIST).await.unwrap();
        assert_eq!(answer.status(), status);
        let values: Vec<_> = answer.headers().get_all(name).iter().collect();
        assert_eq!(values, [value]);
    }
    assert!(
        probe
            .get(LIST)
            .await
            .unwrap()
            .headers()
            .contains_key(header::DATE)
    );
}

#[tokio::test]
async fn connections_break_where_they_should() {
    let probe = Probe::start().await;
    probe
        .server
        .fault(On::List, Fault::Once(Answer::real().cut_off()));
    let mut answer = probe.get(LIST).await.expect("the head arrives");
    let announced = answer.content_length().unwrap();
    let mut received = 0;
    let failure = loop {
        match answer.chunk().await {
            Ok(Some(chunk)) => received += chunk.len() as u64,
            Ok(None) => panic!("the body looks complete"),
            Err(failure) => break failure,
        }
    };
    assert_eq!(received, announced / 2, "{failure}");

    // Without a byte of the response there is no status. The fault applies to every request, because a client may retry by
    // itself on a kept-alive connection.
    probe
        .server
        .fault(On::List, Fault::Always(Answer::real().hung_up()));
    let failure = probe.get(LIST).await.unwrap_err();
    assert!(
        failure.is_request() && failure.status().is_none(),
        "{failure:?}"
    );

    let nobody = client().get(closed_port().await).send().await.unwrap_err();
    assert!(nobody.is_connect());
}

#[tokio::test]
async fn bodies_are_damaged_as_named() {
    let probe = Probe::start().await;
    let mut bodies = Vec::new();
    for answer in [
        Answer::real().truncated_json(),
        Answer::real().invalid_utf8(),
        Answer::wrong_shape(),
        Answer::nested(5_000),
        Answer::html(502),
        Answer::canned(200, "application/json", b"{\"results\": NaN}".to_vec()),
    ] {
        probe.server.fault(On::List, Fault::Once(answer));
        bodies.push(probe.get(LIST).await.unwrap().bytes().await.unwrap());
    }
    let parsed: Vec<_> = bodies
        .iter()
        .map(|body| serde_json::from_slice::<Value>(body).is_ok())
        .collect();
    assert_eq!(parsed, [false, false, true, false, false, false]);
    assert!(std::str::from_utf8(&bodies[0]).is_ok());
    assert!(std::str::from_utf8(&bodies[1]).is_err());
    assert!(bodies[4].starts_with(b"<!DOCTYPE html>"));
}

#[tokio::test]
async fn an_endless_body_outlasts_any_sane_limit() {
    let probe = Probe::start().await;
    probe.server.fault(On::List, Fault::Once(Answer::endless()));
    let mut answer = probe.get(LIST).await.unwrap();
    assert_eq!(answer.content_length(), None);
    let mut received = 0;
    while received < 8 << 20 {
        received += answer.chunk().await.unwrap().expect("more").len();
    }
}

#[tokio::test]
async fn a_witness_tells_who_was_told_a_secret() {
    let witness = RecordingVerifier::start().await;
    let probe = Probe::start().await;
    probe.server.fault(
        On::List,
        Fault::Once(Answer::redirect(302, &witness.url("/elsewhere/"))),
    );
    let answer = probe.get(LIST).await.unwrap();
    assert_eq!(answer.status(), 302);
    let location = answer.headers()[header::LOCATION]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(witness.seen().is_empty());

    client().get(&location).send().await.unwrap();
    assert_eq!(witness.seen().len(), 1);
    witness.assert_no_credentials();
    client()
        .get(&location)
        .bearer_auth("x")
        .send()
        .await
        .unwrap();
    let told = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        witness.assert_no_credentials()
    }));
    assert!(told.is_err());
}
