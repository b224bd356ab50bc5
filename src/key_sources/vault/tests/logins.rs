//! Logging in to Vault, and revoking the token afterwards.

use std::time::Duration;

use super::*;

const LOGGED_IN: &str = r#"{"request_id":"1","data":null,"auth":{"client_token":"hvs.CAESIJ-s3cret-token-of-the-user","mfa_requirement":null}}"#;

/// Answers logins like this, and everything else as a server with a secret.
async fn server(status: u16, body: &'static str) -> Server {
    let tell = kv2(move |asked| {
        if asked.asked().contains("/login") {
            told(status, body)
        } else if asked.asked().contains("revoke-self") {
            told(204, "")
        } else {
            told(200, SECRET_V2)
        }
    });
    Server::start(tell).await
}

#[tokio::test]
async fn a_token_of_a_login_is_used_and_given_back() {
    for (fields, line, body) in [
        (
            &[("login", "approle"), ("role_id", "console")][..],
            "POST /v1/auth/approle/login",
            serde_json::json!({ "role_id": "console", "secret_id": PASSWORD }),
        ),
        (
            &[
                ("login", "userpass"),
                ("userpass_user", "ada b"),
                ("userpass_mount", "auth/people/"),
            ],
            "POST /v1/auth/people/login/ada%20b",
            serde_json::json!({ "password": PASSWORD }),
        ),
        (
            &[("login", "ldap"), ("ldap_user", "ada")],
            "POST /v1/auth/ldap/login/ada",
            serde_json::json!({ "password": PASSWORD }),
        ),
    ] {
        let fake = server(200, LOGGED_IN).await;
        fetch(&source(&fake.base, fields), &with_answer(PASSWORD))
            .await
            .unwrap();
        let asked = fake.seen();
        assert_eq!(asked[0].asked(), line);
        assert_eq!(asked[0].header("x-vault-token"), None);
        let sent: serde_json::Value = serde_json::from_str(&asked[0].body).unwrap();
        assert_eq!(sent, body);
        assert_eq!(asked.len(), 4);
        assert_eq!(asked[3].asked(), "POST /v1/auth/token/revoke-self");
        for asked in &asked[1..] {
            assert_eq!(asked.header("x-vault-token"), Some(TOKEN));
        }
    }
}

#[tokio::test]
async fn a_token_of_a_login_is_given_back_after_a_failure_too() {
    let fake = Server::start(kv2(|asked| {
        if asked.asked().contains("/login") {
            told(200, LOGGED_IN)
        } else if asked.asked().contains("revoke-self") {
            told(500, r#"{"errors":["s3cret-token-of-the-user"]}"#)
        } else {
            told(404, r#"{"errors":[]}"#)
        }
    }))
    .await;
    let source = source(&fake.base, &[("login", "ldap"), ("ldap_user", "ada")]);
    let problem = problem(&source, &with_answer(PASSWORD)).await;
    assert!(
        problem.title.starts_with("There is no secret"),
        "{problem:?}"
    );
    assert_eq!(fake.asked()[3], "POST /v1/auth/token/revoke-self");
    // A token that was there before is not the console's to revoke.
    let fake = Server::start(kv2(|_| told(200, SECRET_V2))).await;
    let own = super::source(&fake.base, &[]);
    fetch(&own, &with_token()).await.unwrap();
    assert_eq!(fake.asked().len(), 2);
}

#[tokio::test]
async fn a_token_of_a_login_is_given_back_after_a_cancelled_fetch_too() {
    let fake = Server::start(kv2(|asked| {
        if asked.asked().contains("/login") {
            told(200, LOGGED_IN)
        } else if asked.asked().contains("revoke-self") {
            told(204, "")
        } else {
            told(200, SECRET_V2).held()
        }
    }))
    .await;
    let source = source(&fake.base, &[("login", "ldap"), ("ldap_user", "ada")]);
    let context = with_answer(PASSWORD);
    let has_asked_for = async |path: &str| {
        while !fake.asked().iter().any(|asked| asked.contains(path)) {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        _ = fetch(&source, &context) => panic!("the secret is held back"),
        () = has_asked_for("/secret/data/") => {}
    }
    let revoked = has_asked_for("revoke-self");
    tokio::time::timeout(Duration::from_secs(60), revoked)
        .await
        .unwrap();
    assert_eq!(fake.seen()[3].header("x-vault-token"), Some(TOKEN));
}

#[tokio::test]
async fn each_refusal_of_a_login_has_words_of_its_own() {
    let mfa = r#"{"auth":{"client_token":"","mfa_requirement":{"mfa_request_id":"1"}}}"#;
    let wrapped = r#"{"auth":null,"wrap_info":{"token":"hvs.CAESIJ-s3cret-token-of-the-user"}}"#;
    for (status, body, title) in [
        (
            400,
            r#"{"errors":["invalid role or secret ID"]}"#,
            "Vault rejected the login",
        ),
        (
            400,
            r#"{"errors":["invalid username or password s3cret password & of=ada"]}"#,
            "Vault rejected the login",
        ),
        (
            400,
            r#"{"errors":["missing MFA code"]}"#,
            "Vault asks for a second factor",
        ),
        (200, mfa, "Vault asks for a second factor"),
        (200, wrapped, "Vault sent a wrapped answer"),
        (403, DENIED, "Vault has no such login method"),
        (
            404,
            r#"{"errors":["no handler for route \"auth/ldap/login/ada\". route entry not found."]}"#,
            "Vault has no such login method",
        ),
        (
            200,
            r#"{"auth":{"client_token":""}}"#,
            "The answer is not from Vault",
        ),
        (503, r#"{"errors":["Vault is sealed"]}"#, "Vault is sealed"),
    ] {
        let fake = server(status, body).await;
        let source = source(&fake.base, &[("login", "ldap"), ("ldap_user", "ada")]);
        let problem = problem(&source, &with_answer(PASSWORD)).await;
        assert!(problem.title.starts_with(title), "{body}: {problem:?}");
        let lines = fake.asked();
        assert!(
            !lines.iter().any(|line| line.contains("/secret/")),
            "{lines:?}"
        );
    }
}

#[tokio::test]
async fn without_an_answer_of_the_user_nothing_is_asked() {
    let fake = server(200, LOGGED_IN).await;
    for fields in [
        &[("login", "approle"), ("role_id", "console")][..],
        &[("login", "userpass"), ("userpass_user", "ada")],
    ] {
        let source = source(&fake.base, fields);
        for context in [context(&[]), with_answer("")] {
            let problem = problem(&source, &context).await;
            assert_eq!(problem.title, "Vault needs your input");
        }
    }
    assert!(fake.seen().is_empty());
}
