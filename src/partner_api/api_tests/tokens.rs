//! Fetching business tokens, and rejecting those that must not be handed out.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use crate::domain::business::BusinessId;
use crate::domain::failure::{FailureKind, Operation};
use crate::domain::token::{TokenCheck, TokenProblem};
use crate::partner_api::testing::{KEY, Reply, Server, client, fast_options, sign_in_reply};

const ID: BusinessId = BusinessId(Uuid::from_u128(7));

async fn server(body: impl Fn() -> String + Send + Sync + 'static) -> Server {
    Server::start(move |seen, _| {
        if seen.is_sign_in() {
            sign_in_reply("1")
        } else {
            Reply::json(200, &body())
        }
    })
    .await
}

fn jwt(business: BusinessId) -> String {
    let payload = format!(r#"{{"business_id":"{business}","iat":1770000000,"exp":1770003600}}"#);
    format!(
        "eyJhbGciOiJIUzI1NiJ9.{}.c2ln",
        URL_SAFE_NO_PAD.encode(payload)
    )
}

#[tokio::test]
async fn a_business_token_is_asked_for_at_its_own_path_without_a_body() {
    let body = || {
        let token = jwt(ID);
        format!(
            r#"{{"access_token":"{token}","expires_in":3600,"scope":"business_access","business_id":"{ID}"}}"#
        )
    };
    let server = server(body).await;
    let client = client(&server.base, fast_options());
    let token = client.api.business_token(ID).await.unwrap();
    assert_eq!((token.business, token.checked), (ID, TokenCheck::Matched));
    assert_eq!(token.lifetime.as_secs(), 3595);

    let seen = &server.seen()[1];
    assert_eq!(
        seen.line,
        format!("POST /v1/platform/{ID}/oauth2/token/ HTTP/1.1")
    );
    assert_eq!(seen.header("authorization"), Some("Bearer partner-1"));
    assert_eq!(seen.header("content-length"), Some("0"));
    let lengths = seen
        .headers
        .iter()
        .filter(|(name, _)| name == "content-length");
    assert_eq!(lengths.count(), 1);
    assert_eq!(seen.body, "");
}

#[tokio::test]
async fn the_sign_in_itself_is_never_handed_out() {
    let server = server(|| r#"{"access_token":"partner-1","expires_in":3600}"#.to_owned()).await;
    let client = client(&server.base, fast_options());
    let failure = client.api.business_token(ID).await.unwrap_err();
    assert_eq!(
        failure.kind,
        FailureKind::TokenRejected(TokenProblem::GivesFullAccess)
    );
    assert_eq!(failure.operation, Operation::FetchToken);
}

#[tokio::test]
async fn an_earlier_sign_in_and_the_key_are_never_handed_out() {
    for secret in ["partner-1", KEY] {
        let server = Server::start(move |seen, number| {
            if seen.is_sign_in() {
                sign_in_reply(&number.to_string())
            } else {
                let body = format!(r#"{{"access_token":"{secret}","expires_in":3600}}"#);
                Reply::json(200, &body)
            }
        })
        .await;
        let client = client(&server.base, fast_options());
        client.api.sign_in().await.unwrap();
        client.api.sign_in().await.unwrap();
        let failure = client.api.business_token(ID).await.unwrap_err();
        assert_eq!(
            failure.kind,
            FailureKind::TokenRejected(TokenProblem::GivesFullAccess)
        );
    }
}

/// Expects that the token in this response is refused because it is for the other business.
async fn assert_refused_for(other: BusinessId, body: impl Fn() -> String + Send + Sync + 'static) {
    let server = server(body).await;
    let client = client(&server.base, fast_options());
    let failure = client.api.business_token(ID).await.unwrap_err();
    let named = other.to_string();
    assert_eq!(
        failure.kind,
        FailureKind::TokenRejected(TokenProblem::OtherBusiness { named })
    );
}

#[tokio::test]
async fn a_token_for_another_business_is_refused() {
    let other = BusinessId(Uuid::from_u128(8));
    let body = move || format!(r#"{{"access_token":"{}","expires_in":3600}}"#, jwt(other));
    assert_refused_for(other, body).await;
}

/// Python reads the token, although the last character of its payload has bits that belong to no byte.
#[tokio::test]
async fn a_token_that_only_careless_readers_read_is_refused_as_well() {
    let other = BusinessId(Uuid::from_u128(8));
    let body = move || {
        let payload = format!(r#"{{"business_id":"{other}","scope":"partner_access"}}"#);
        let encoded = URL_SAFE_NO_PAD.encode(payload);
        let start = encoded.strip_suffix('Q').unwrap();
        format!(r#"{{"access_token":"eyJ.{start}R.c2ln","expires_in":3600}}"#)
    };
    assert_refused_for(other, body).await;
}

/// A token that is too long is not searched: that could take seconds.
#[tokio::test]
async fn the_length_of_a_token_is_checked_first() {
    let long = format!("partner-1.{}", "a".repeat(9_000));
    let bytes = long.len();
    let server = server(move || format!(r#"{{"access_token":"{long}","expires_in":3600}}"#)).await;
    let client = client(&server.base, fast_options());
    let failure = client.api.business_token(ID).await.unwrap_err();
    assert_eq!(
        failure.kind,
        FailureKind::TokenRejected(TokenProblem::TooLong { bytes })
    );
}

#[tokio::test]
async fn a_problem_does_not_quote_a_secret() {
    let body = || r#"{"access_token":"t","expires_in":9,"scope":"for partner-1 only"}"#.to_owned();
    let server = server(body).await;
    let client = client(&server.base, fast_options());
    let failure = client.api.business_token(ID).await.unwrap_err();
    assert_eq!(
        failure.kind,
        FailureKind::TokenRejected(TokenProblem::OtherScope {
            named: "for [hidden] only".into()
        })
    );
}

#[tokio::test]
async fn a_token_of_another_type_is_refused_without_quoting_a_secret() {
    const OPAQUE: &str = "opaque-4f2a9c";
    let long = OPAQUE.repeat(4);
    for (token, named_type) in [
        ("t", "partner-1"),
        // The server names the token instead of its type, or mixes up the two.
        (OPAQUE, OPAQUE),
        ("Bearer", &long),
    ] {
        let body =
            format!(r#"{{"access_token":"{token}","expires_in":9,"token_type":"{named_type}"}}"#);
        let server = server(move || body.clone()).await;
        let client = client(&server.base, fast_options());
        let failure = client.api.business_token(ID).await.unwrap_err();
        assert_eq!(
            failure.kind,
            FailureKind::TokenRejected(TokenProblem::OtherType {
                named: "[hidden]".into()
            })
        );
    }
}

#[tokio::test]
async fn the_rejected_token_is_not_quoted() {
    let body = || r#"{"access_token":"opaque-4f2a9c","expires_in":9,"scope":"opaque-4f2a9c"}"#;
    let server = server(move || body().to_owned()).await;
    let client = client(&server.base, fast_options());
    let failure = client.api.business_token(ID).await.unwrap_err();
    assert_eq!(
        failure.kind,
        FailureKind::TokenRejected(TokenProblem::OtherScope {
            named: "[hidden]".into()
        })
    );
}
