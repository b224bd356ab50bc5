//! Responses of Secrets Manager.

use std::sync::Arc;
use std::time::Duration;

use secrecy::ExposeSecret as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::fake::{Fake, KEY_ID, TOKEN, json, problem, source, xml};
use crate::domain::network::NetworkSettings;
use crate::domain::settings::Proxy;
use crate::key_sources::FetchContext;
use crate::key_sources::aws::fetch;
use crate::partner_api::testing::Reply;

const FULL: &str = r#"{"ARN":"arn:aws:secretsmanager:eu-central-1:1:secret:thred/production-AbCdEf",
    "Name":"thred/production","VersionId":"f4f0332e-69a6-46d5-997e-3eb177e23881",
    "SecretString":"{\"api_key\":\"k\"}","VersionStages":["AWSCURRENT"],"CreatedDate":1.7958271645E9}"#;

#[tokio::test]
async fn the_current_value_is_asked_for_once_and_signed() {
    let fake = Fake::answering([json(200, FULL)]).await;
    let fetched = fake.fetch().await.unwrap();
    assert_eq!(fetched.text.expose_secret(), r#"{"api_key":"k"}"#);
    assert_eq!(fetched.version.name.as_deref(), Some("f4f0332e"));
    assert_eq!(fetched.version.created.unwrap().as_second(), 1_795_827_164);
    let seen = fake.seen();
    assert_eq!(seen.len(), 1);
    let header = |name: &str| seen[0].header(name).unwrap().to_owned();
    assert_eq!(seen[0].asked(), "POST /");
    assert_eq!(header("x-amz-target"), "secretsmanager.GetSecretValue");
    assert_eq!(header("x-amz-security-token"), TOKEN);
    assert!(header("authorization").contains(&format!("Credential={KEY_ID}/")));
    assert!(header("authorization").contains("/eu-central-1/secretsmanager/"));
    let body: serde_json::Value = serde_json::from_str(&seen[0].body).unwrap();
    assert_eq!(
        body,
        serde_json::json!({"SecretId": "thred/production", "VersionStage": "AWSCURRENT"})
    );
}

#[tokio::test]
async fn whether_the_secret_is_the_key_alone_is_found_out() {
    let whole = Fake::answering([json(200, FULL)]).await;
    assert_eq!(whole.fetch().await.unwrap().found, None);
    let alone = Fake::answering([json(200, r#"{"SecretString":"TK-Live"}"#)]).await;
    let found = alone.fetch().await.unwrap().found.unwrap();
    assert_eq!(found.store_command().is_some(), cfg!(unix));
}

#[tokio::test]
async fn bytes_are_read_where_they_are_text() {
    let text = Fake::answering([json(200, r#"{"SecretBinary":"VEstTGl2ZQ=="}"#)]).await;
    assert_eq!(text.fetch().await.unwrap().text.expose_secret(), "TK-Live");
    for (answer, title) in [
        (r#"{"SecretBinary":"//4A"}"#, "The secret is not text"),
        ("{}", "The secret has no value"),
        ("<html>", "The console did not understand AWS’s answer"),
    ] {
        let fake = Fake::answering([json(200, answer)]).await;
        assert_eq!(problem(fake.fetch().await).title, title);
    }
}

/// Code, message of the service, and the title shown for it.
const ERRORS: [(&str, &str, &str); 22] = [
    (
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret.",
        "There is no such secret",
    ),
    (
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
        "The secret has no value",
    ),
    (
        "InvalidRequestException",
        "You can't perform this operation on the secret because it was marked for deletion.",
        "The secret is scheduled for deletion",
    ),
    (
        "InvalidRequestException",
        "Something else.",
        "AWS returned an error (InvalidRequestException)",
    ),
    (
        "ValidationException",
        "Invalid name.",
        "AWS returned an error (ValidationException)",
    ),
    (
        "com.amazonaws.secretsmanager#AccessDeniedException",
        "User: arn:aws:iam::1:user/ada is not authorized to perform: secretsmanager:GetSecretValue",
        "AWS denies access to the secret",
    ),
    (
        "AccessDeniedException",
        "Access to KMS is not allowed",
        "AWS denies access to the secret’s encryption key",
    ),
    (
        "DecryptionFailure",
        "Secrets Manager can't decrypt the protected secret text.",
        "AWS denies access to the secret’s encryption key",
    ),
    (
        "ExpiredTokenException",
        "The security token included in the request is expired",
        "The AWS session has expired",
    ),
    (
        "ExpiredToken",
        "The provided token has expired.",
        "The AWS session has expired",
    ),
    (
        "UnrecognizedClientException",
        "The security token included in the request is invalid.",
        "AWS does not know the access key",
    ),
    (
        "InvalidClientTokenId",
        "Invalid.",
        "AWS does not know the access key",
    ),
    (
        "InvalidSignatureException",
        "The request signature we calculated does not match: x-amz-security-token:SENTINEL",
        "The AWS secret access key is wrong",
    ),
    (
        "SignatureDoesNotMatch",
        "No match.",
        "The AWS secret access key is wrong",
    ),
    (
        "InvalidSignatureException",
        "Signature expired: 20261128T000000Z is now earlier than 20261128T005500Z",
        "This computer’s clock is off",
    ),
    (
        "RequestTimeTooSkewed",
        "Too skewed.",
        "This computer’s clock is off",
    ),
    (
        "ThrottlingException",
        "Rate exceeded",
        "AWS received too many requests",
    ),
    (
        "Throttling",
        "Rate exceeded",
        "AWS received too many requests",
    ),
    (
        "InternalServiceError",
        "An error occurred on the server side.",
        "AWS returned an error (InternalServiceError)",
    ),
    (
        "Odd<b>\u{202e}Code",
        "Odd.",
        "AWS returned an error (OddbCode)",
    ),
    (
        "AccessDeniedException",
        "AKIASENTINELKEYID000 with SENTINEL-session-token-0123456789 may not",
        "AWS denies access to the secret",
    ),
    (
        "",
        "No code.",
        "The console did not understand AWS’s answer",
    ),
];

#[tokio::test]
async fn every_error_is_told_by_its_code_whatever_its_status() {
    for (code, said, title) in ERRORS {
        let said_json = serde_json::to_string(said).unwrap();
        let code_json = serde_json::to_string(code).unwrap();
        let in_body = format!(r#"{{"__type":{code_json},"message":{said_json}}}"#);
        let in_xml = format!("<ErrorResponse><Error><Code>{code}</Code><Message>{said}</Message>");
        let mut forms = vec![(400, json(400, &in_body)), (404, json(404, &in_body))];
        // As some AWS-compatible servers return it.
        if !code.contains(['#', '<']) {
            forms.push((403, xml(403, &in_xml)));
        }
        for (status, form) in forms {
            let fake = Fake::answering([form]).await;
            let problem = problem(fake.fetch().await);
            assert_eq!(problem.title, title, "{code} {status}: {problem:?}");
            assert!(!problem.body.is_empty());
            assert!(fake.seen().len() <= 2, "{code}: {}", fake.seen().len());
        }
    }
}

#[tokio::test]
async fn only_what_may_pass_is_asked_for_again_and_once() {
    for (answer, requests) in [
        (json(400, r#"{"__type":"AccessDeniedException"}"#), 1),
        (json(400, r#"{"__type":"ResourceNotFoundException"}"#), 1),
        (json(503, ""), 2),
        (json(400, r#"{"__type":"ThrottlingException"}"#), 2),
    ] {
        let fake = Fake::answering([answer.clone()]).await;
        problem(fake.fetch().await);
        assert_eq!(fake.seen().len(), requests, "{answer:?}");
    }
    let fake = Fake::answering([json(500, ""), json(200, FULL)]).await;
    assert!(fake.fetch().await.is_ok());
}

#[tokio::test]
async fn a_server_that_fails_or_points_elsewhere_is_told() {
    let fake = Fake::answering([json(503, "busy")]).await;
    assert_eq!(
        problem(fake.fetch().await).title,
        "AWS returned an error (503)"
    );

    let target = "https://login.example/?token=SENTINEL".to_owned();
    let fake = Fake::answering([Reply::new(302, &[&format!("location: {target}")], "")]).await;
    let problem = problem(fake.fetch().await);
    assert_eq!(problem.title, "AWS redirected the request");
    assert!(
        problem.body.contains("https://login.example/"),
        "{problem:?}"
    );
    assert_eq!(fake.seen().len(), 1);
}

#[tokio::test]
async fn an_answer_larger_than_any_secret_is_cut_off() {
    let large = format!(r#"{{"SecretString":"{}"}}"#, "x".repeat(1 << 20));
    let fake = Fake::answering([json(200, &large)]).await;
    let problem = problem(fake.fetch().await);
    assert!(problem.title.contains("too much"), "{problem:?}");
}

#[tokio::test]
async fn http_to_another_computer_is_never_used() {
    let fake = Fake::answering([]).await;
    let url = "http://secrets.example:8080";
    let variables = [
        ("AWS_ACCESS_KEY_ID", KEY_ID),
        ("AWS_SECRET_ACCESS_KEY", "x"),
        ("AWS_ENDPOINT_URL", url),
    ];
    let fetched = fetch(&source(None), &fake.context(&variables)).await;
    let problem = problem(fetched);
    assert!(
        problem
            .title
            .contains("secrets.example:8080 would not be encrypted"),
        "{problem:?}"
    );
}

#[tokio::test]
async fn nothing_listening_a_proxy_and_a_wrong_address_have_words_of_their_own() {
    let fake = Fake::answering([]).await;
    let free = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let closed = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let keys = [
        ("AWS_ACCESS_KEY_ID", KEY_ID),
        ("AWS_SECRET_ACCESS_KEY", "x"),
    ];
    let at = |url: &str| {
        let mut variables = keys.to_vec();
        variables.push(("AWS_ENDPOINT_URL", url));
        fake.context(&variables)
    };
    let source = source(None);
    let unreachable = problem(fetch(&source, &at(&closed)).await);
    assert!(unreachable.title.contains("AWS"), "{unreachable:?}");
    let wrong = problem(fetch(&source, &at("not an address")).await);
    assert_eq!(
        wrong.title, "The address in the AWS configuration is not valid",
        "{wrong:?}"
    );
    // An unreachable proxy on the way to another computer.
    let by_proxy = FetchContext {
        network: NetworkSettings {
            proxy: Proxy::Url(closed.parse().unwrap()),
            ca: None,
        },
        ..at("https://secretsmanager.invalid")
    };
    let by_proxy = problem(fetch(&source, &by_proxy).await);
    assert!(
        by_proxy.title.to_lowercase().contains("proxy"),
        "{by_proxy:?}"
    );
}

#[tokio::test]
async fn dropping_the_fetch_closes_its_connection() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let fake = Fake::answering([]).await;
    let variables = [
        ("AWS_ACCESS_KEY_ID", KEY_ID),
        ("AWS_SECRET_ACCESS_KEY", "x"),
        ("AWS_ENDPOINT_URL", url.as_str()),
    ];
    let context = Arc::new(fake.context(&variables));
    let asking = tokio::spawn(async move { fetch(&source(None), &context).await.is_ok() });
    let (mut connection, _) = listener.accept().await.unwrap();
    let mut buffer = vec![0; 1 << 16];
    assert!(connection.read(&mut buffer).await.unwrap() > 0);
    asking.abort();
    let ended = async {
        while connection
            .read(&mut buffer)
            .await
            .is_ok_and(|read| read > 0)
        {}
        let _ = connection.shutdown().await;
    };
    tokio::time::timeout(Duration::from_secs(60), ended)
        .await
        .unwrap();
}
