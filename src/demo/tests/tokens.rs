//! Credentials, keys and tokens.

use uuid::Uuid;

use super::{
    LIST, SIGN_IN,
    client::{Client, start},
    results, small,
};
use crate::demo::DemoOptions;

#[tokio::test]
async fn signs_in_with_the_key_alone_with_a_form_and_with_json() {
    let server = start(small()).await;
    let client = Client::of(&server);
    let basic = client.basic(server.api_key());
    let id = server.partner_id();
    let form = format!("grant_type=client_credentials&client_id={id}");
    let json = format!(r#"{{"grant_type":"client_credentials","client_id":"{id}"}}"#);
    for (content_type, body) in [
        ("", String::new()),
        ("application/x-www-form-urlencoded", form),
        ("application/json", json),
    ] {
        let answer = client.post(SIGN_IN, &basic, content_type, &body).await;
        assert_eq!(answer.status, 200, "{content_type}");
        assert_eq!(answer.json["token_type"], "Bearer");
        assert_eq!(answer.json["expires_in"], 3600);
        assert!(answer.json.get("scope").is_none());
        assert!(answer.header("date").is_some());
    }
}

#[tokio::test]
async fn refuses_wrong_credentials() {
    let server = start(small()).await;
    let client = Client::of(&server);
    for (authorization, code) in [
        (client.basic("wrong"), "invalid_credentials"),
        ("Basic !!!".to_owned(), "invalid_credentials"),
        ("Bearer x".to_owned(), "invalid_credentials"),
        (String::new(), "authentication_required"),
    ] {
        let answer = client.post(SIGN_IN, &authorization, "", "").await;
        assert_eq!(
            (answer.status, answer.code()),
            (401, code),
            "{authorization}"
        );
        assert!(answer.header("www-authenticate").is_some());
    }
    let form = "application/x-www-form-urlencoded";
    let basic = client.basic(server.api_key());
    let answer = client
        .post(SIGN_IN, &basic, form, "grant_type=password")
        .await;
    assert_eq!((answer.status, answer.code()), (400, "validation_error"));
    let other = format!("client_id={}", Uuid::nil());
    assert_eq!(client.post(SIGN_IN, &basic, form, &other).await.status, 401);
}

#[tokio::test]
async fn rotates_keys() {
    let server = start(small()).await;
    let client = Client::of(&server);
    let new = server.state().issue_api_key();
    let old = server.api_key();
    for key in [old, &new] {
        assert_eq!(
            client
                .post(SIGN_IN, &client.basic(key), "", "")
                .await
                .status,
            200
        );
    }
    server.state().revoke_api_key(old);
    assert_eq!(
        client
            .post(SIGN_IN, &client.basic(old), "", "")
            .await
            .status,
        401
    );
    assert_eq!(
        client
            .post(SIGN_IN, &client.basic(&new), "", "")
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn gives_tokens_for_one_business() {
    let server = start(DemoOptions {
        token_ttl_secs: 900,
        ..small()
    })
    .await;
    let client = Client::of(&server);
    let partner = client.sign_in(&server).await;
    let list = client.get(LIST, &partner).await.json;
    let [id, other] = [0, 1].map(|n| results(&list)[n]["id"].as_str().unwrap().to_owned());
    let answer = client
        .post(
            &format!("/v1/platform/{id}/oauth2/token/"),
            &partner,
            "",
            "",
        )
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json["scope"], "business_access");
    assert_eq!(answer.json["business_id"], id);
    assert_eq!(answer.json["expires_in"], 900);

    let token = answer.json["access_token"].as_str().unwrap();
    let claims = server.state().signer().read(token).unwrap();
    assert_eq!(claims.business_id.unwrap().to_string(), id);
    assert_eq!(
        (claims.sub, claims.exp - claims.iat),
        (server.partner_id(), 900)
    );

    let business = format!("Bearer {token}");
    assert_eq!(
        client.get(&format!("{LIST}{id}/"), &business).await.status,
        200
    );
    assert_eq!(
        client
            .get(&format!("{LIST}{other}/"), &business)
            .await
            .code(),
        "permission_denied"
    );
    assert_eq!(client.get(LIST, &business).await.status, 403);
    let again = client
        .post(
            &format!("/v1/platform/{id}/oauth2/token/"),
            &business,
            "",
            "",
        )
        .await;
    assert_eq!(again.status, 403, "a business token begets no other");

    for unknown in [Uuid::nil().to_string(), "no-uuid".to_owned()] {
        let answer = client
            .post(
                &format!("/v1/platform/{unknown}/oauth2/token/"),
                &partner,
                "",
                "",
            )
            .await;
        assert_eq!((answer.status, answer.code()), (404, "business_not_found"));
    }
}

#[tokio::test]
async fn an_ended_or_broken_token_is_invalid() {
    let server = start(DemoOptions {
        partner_ttl_secs: 0,
        ..small()
    })
    .await;
    let client = Client::of(&server);
    let ended = client.sign_in(&server).await;
    // A token with a lifetime of 0 expires at the end of the current second, so no sleep is needed.
    while client.get(LIST, &ended).await.status == 200 {
        tokio::task::yield_now().await;
    }
    for authorization in [ended.as_str(), "Bearer a.b.c", "Bearer", "Basic abc"] {
        let answer = client.get(LIST, authorization).await;
        assert_eq!(
            (answer.status, answer.code()),
            (401, "invalid_token"),
            "{authorization}"
        );
    }
    assert_eq!(client.get(LIST, "").await.code(), "authentication_required");
}
