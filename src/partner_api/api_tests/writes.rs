//! Creating, changing and archiving businesses.

use serde_json::{Map, json};
use uuid::Uuid;

use crate::domain::business::BusinessId;
use crate::domain::failure::{FailureKind, Operation};
use crate::domain::request_notice::RequestNotice;
use crate::domain::write_outcome::{CreateOutcome, WriteOutcome};
use crate::partner_api::testing::{KEY, Reply, Server, client, fast_options, sign_in_reply};

const ID: BusinessId = BusinessId(Uuid::from_u128(7));

fn body() -> Map<String, serde_json::Value> {
    let body = json!({"external_id": "user-1", "legal_name": "Acmé"});
    body.as_object().cloned().unwrap()
}

#[tokio::test]
async fn writes_are_sent_as_documented() {
    let server = Server::start(|seen, _| {
        if seen.is_sign_in() {
            sign_in_reply("1")
        } else if seen.line.contains("archive/") {
            Reply::new(204, &[], "")
        } else {
            let created = r#""external_id":"user-1","legal_name":"Acmé""#;
            Reply::json(201, &format!(r#"{{"id":"{ID}",{created}}}"#))
        }
    })
    .await;
    let client = client(&server.base, fast_options());
    let created = client.api.create(&body()).await.unwrap();
    assert_eq!(created.outcome, CreateOutcome::Created);
    client.api.update(ID, &body()).await.unwrap();
    client.api.set_archived(ID, true).await.unwrap();
    client.api.set_archived(ID, false).await.unwrap();

    let one = format!("/v1/platform/businesses/{ID}/");
    let json = r#"{"external_id":"user-1","legal_name":"Acmé"}"#;
    let expected = [
        ("POST /v1/platform/businesses/".to_owned(), json),
        (format!("PATCH {one}"), json),
        (format!("GET {one}"), ""),
        (format!("POST {one}archive/"), ""),
        (format!("POST {one}unarchive/"), ""),
    ];
    let seen = &server.seen()[1..];
    assert_eq!(seen.len(), expected.len());
    for (seen, (line, body)) in seen.iter().zip(expected) {
        assert_eq!(seen.line, format!("{line} HTTP/1.1"));
        assert_eq!(seen.body, body);
        assert_eq!(seen.header("authorization"), Some("Bearer partner-1"));
        let content_type = (!body.is_empty()).then_some("application/json");
        assert_eq!(seen.header("content-type"), content_type);
    }
}

#[tokio::test]
async fn a_renewed_sign_in_and_a_busy_server_are_waited_for() {
    let server = Server::start(|seen, number| match number {
        _ if seen.is_sign_in() => sign_in_reply("1"),
        1 => Reply::new(429, &["retry-after: 0"], ""),
        2 => Reply::json(401, r#"{"error_code":"invalid_token"}"#),
        _ => {
            let existing = r#""external_id":"user-1","name":"Acmé""#;
            Reply::json(200, &format!(r#"{{"id":"{ID}",{existing}}}"#))
        }
    })
    .await;
    let client = client(&server.base, fast_options());
    let answer = client.api.create(&body()).await.unwrap();
    assert_eq!(answer.outcome, CreateOutcome::Existed);
    assert_eq!((server.sign_ins(), server.seen().len()), (2, 5));
    assert!(matches!(
        client.notices()[..],
        [RequestNotice::Retrying { .. }, RequestNotice::Resumed(_)]
    ));
}

#[tokio::test]
async fn the_sign_in_is_repeated_even_where_the_write_would_not_be() {
    let server = Server::start(|seen, number| match number {
        0 => Reply::new(503, &[], ""),
        _ if seen.is_sign_in() => sign_in_reply("1"),
        _ => Reply::new(503, &["retry-after: 0"], ""),
    })
    .await;
    let client = client(&server.base, fast_options());
    let failure = client.api.create(&body()).await.unwrap_err();
    assert_eq!(failure.outcome, WriteOutcome::Unknown);
    assert_eq!(failure.failure.status, Some(503));
    assert_eq!((server.sign_ins(), server.seen().len()), (2, 3));
}

#[tokio::test]
async fn a_long_refusal_hides_what_must_not_be_echoed() {
    let text = format!("{} partner-1 {KEY}", "x ".repeat(1_000));
    let refusal =
        json!({"error_code": "validation_error", "detail": text, "errors": {"tin": [text]}});
    let server = Server::start(move |seen, _| {
        if seen.is_sign_in() {
            sign_in_reply("1")
        } else {
            Reply::json(400, &refusal.to_string())
        }
    })
    .await;
    let client = client(&server.base, fast_options());
    let failure = client.api.create(&body()).await.unwrap_err();
    assert_eq!(failure.outcome, WriteOutcome::NotDone);
    let detail = failure.failure.detail.as_deref().unwrap();
    assert!(detail.ends_with("x [hidden] [hidden]"), "{detail}");
    assert!(matches!(&failure.failure.kind, FailureKind::Invalid { fields } if fields.len() == 1));
    assert!(!format!("{failure:?}").contains("s3cret"));
}

#[tokio::test]
async fn an_answer_that_says_little_is_read_again() {
    let full = format!(r#"{{"id":"{ID}","external_id":"user-1","name":"Acmé"}}"#);
    let other = format!(r#"{{"id":"{ID}","external_id":"user-2","name":"Other"}}"#);
    let unnamed = format!(r#"{{"id":"{ID}","external_id":"user-1"}}"#);
    let bare = format!(r#"{{"id":"{ID}"}}"#);
    let cases = [
        (&bare, 200, &full, Some("Acmé")),
        (&unnamed, 200, &full, Some("Acmé")),
        // It is the id of another business.
        (&bare, 200, &other, None),
        (&bare, 404, &bare, None),
        (&bare, 200, &bare, None),
    ];
    for (created, status, read, name) in cases {
        let (created, read) = (created.clone(), read.clone());
        let server = Server::start(move |seen, _| match seen.asked() {
            _ if seen.is_sign_in() => sign_in_reply("1"),
            "POST /v1/platform/businesses/" => Reply::json(201, &created),
            _ => Reply::json(status, &read),
        })
        .await;
        let client = client(&server.base, fast_options());
        let answer = client.api.create(&body()).await;
        assert_eq!(server.seen().len(), 3);
        match name {
            Some(name) => {
                let answer = answer.unwrap();
                assert_eq!(answer.outcome, CreateOutcome::Created);
                assert_eq!(answer.detail.business.name, Some(name.into()));
            }
            None => {
                let failure = answer.unwrap_err();
                assert_eq!(failure.outcome, WriteOutcome::Unknown, "{failure:?}");
                assert_eq!(failure.failure.operation, Operation::CreateBusiness);
            }
        }
    }
}
