//! Faults of tokens do what their names say.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::probe::Probe;
use crate::support::{Answer, Fault, On};

fn claims(answer: &Value) -> Value {
    let payload = answer["access_token"]
        .as_str()
        .unwrap()
        .split('.')
        .nth(1)
        .unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

#[tokio::test]
async fn tokens_of_other_businesses() {
    let probe = Probe::start().await;
    let [id, other] = probe.two_ids().map(|id| id.to_string());
    let [asked, foreign] = probe.two_ids();
    let honest = probe.token(asked).await;
    assert_eq!(
        (&honest["business_id"], &claims(&honest)["business_id"]),
        (&json!(id), &json!(id))
    );

    probe
        .server
        .fault(On::Token, Fault::Once(Answer::token_of(foreign)));
    probe.server.fault(
        On::Token,
        Fault::Once(Answer::token_of_in_disguise(foreign)),
    );
    let plain = probe.token(asked).await;
    assert_eq!(
        (&plain["business_id"], &claims(&plain)["business_id"]),
        (&json!(other), &json!(other))
    );
    let disguised = probe.token(asked).await;
    assert_eq!(
        (
            &disguised["business_id"],
            &claims(&disguised)["business_id"]
        ),
        (&json!(id), &json!(other))
    );
}

#[tokio::test]
async fn tokens_that_are_not_what_was_asked_for() {
    let probe = Probe::start().await;
    let [id, _] = probe.two_ids();
    for answer in [
        Answer::scope("partner_access"),
        Answer::opaque_token(),
        Answer::echoed_token(),
    ] {
        probe.server.fault(On::Token, Fault::Once(answer));
    }
    let scoped = probe.token(id).await;
    assert_eq!(
        (&scoped["scope"], &claims(&scoped)["scope"]),
        (&json!("partner_access"), &json!("partner_access"))
    );
    assert!(
        !probe.token(id).await["access_token"]
            .as_str()
            .unwrap()
            .contains('.')
    );
    assert_eq!(probe.token(id).await["access_token"], probe.own_token());
}

#[tokio::test]
async fn lives_that_are_missing_absurd_or_by_another_clock() {
    let probe = Probe::start().await;
    let [id, _] = probe.two_ids();
    for value in [json!(0), json!(-5), json!(1e18), json!("3600"), json!(null)] {
        probe
            .server
            .fault(On::Token, Fault::Once(Answer::expires_in(value.clone())));
        assert_eq!(probe.token(id).await["expires_in"], value);
    }
    probe
        .server
        .fault(On::Token, Fault::Once(Answer::without("expires_in")));
    assert!(probe.token(id).await.get("expires_in").is_none());

    let honest = claims(&probe.token(id).await)["iat"].as_i64().unwrap();
    probe
        .server
        .fault(On::Token, Fault::Once(Answer::clock_off_by(-86_400)));
    let late = claims(&probe.token(id).await);
    assert!((honest - 86_400..honest - 86_000).contains(&late["iat"].as_i64().unwrap()));
    assert_eq!(
        late["exp"].as_i64().unwrap() - late["iat"].as_i64().unwrap(),
        3600
    );
}
