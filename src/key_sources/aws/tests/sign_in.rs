//! Which credentials are used, and why there are none.

use std::io;
use std::sync::Arc;

use parking_lot::Mutex;
use secrecy::ExposeSecret as _;
use tracing_subscriber::layer::SubscriberExt as _;

use super::fake::{Fake, SECRET_KEY, json, problem, source, xml};
use crate::key_sources::aws::fetch;
use crate::partner_api::testing::Reply;

const FOUND: &str = r#"{"SecretString":"TK-Live"}"#;

fn assumed() -> Reply {
    xml(
        200,
        r#"<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
        <Credentials><AccessKeyId>ASIASENTINELOFROLE00</AccessKeyId><SecretAccessKey>SENTINEL-of-the-role</SecretAccessKey>
        <SessionToken>SENTINEL-token-of-the-role</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
        <AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/r/s</Arn><AssumedRoleId>A:s</AssumedRoleId>
        </AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>"#,
    )
}

fn refused(code: &str) -> Reply {
    let body = format!(
        "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>Not you.</Message></Error></ErrorResponse>"
    );
    xml(403, &body)
}

fn keys() -> String {
    format!("aws_access_key_id = AKIASENTINELOFFILE00\naws_secret_access_key = {SECRET_KEY}\n")
}

fn role(more: &str) -> String {
    format!(
        "[profile base]\n{}[profile role]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\n\
         endpoint_url = URL\n{more}",
        keys()
    )
}

#[tokio::test]
async fn keys_of_a_profile_are_used() {
    let config = format!("[profile team]\n{}", keys());
    let fake = Fake::answering([json(200, FOUND)])
        .await
        .configured(&config);
    let fetched = fake.fetch_by("team").await.unwrap();
    assert_eq!(fetched.text.expose_secret(), "TK-Live");
    let seen = fake.seen();
    let signature = seen[0].header("authorization").unwrap();
    assert!(signature.contains("AKIASENTINELOFFILE00"), "{signature}");
}

#[tokio::test]
async fn a_role_is_assumed_before_the_secret_is_asked_for() {
    let fake = Fake::answering([assumed(), json(200, FOUND)])
        .await
        .configured(&role(""));
    let fetched = fake.fetch_by("role").await.unwrap();
    assert_eq!(fetched.text.expose_secret(), "TK-Live");
    let seen = fake.seen();
    assert_eq!(seen.len(), 2);
    assert!(
        seen[0].body.contains("Action=AssumeRole"),
        "{}",
        seen[0].body
    );
    assert_eq!(
        seen[1].header("x-amz-security-token"),
        Some("SENTINEL-token-of-the-role")
    );
}

#[tokio::test]
async fn a_missing_secret_names_the_account_of_the_role() {
    let missing = json(400, r#"{"__type":"ResourceNotFoundException"}"#);
    let fake = Fake::answering([assumed(), missing])
        .await
        .configured(&role(""));
    let problem = problem(fake.fetch_by("role").await);
    assert!(
        problem
            .body
            .contains("in region eu-central-1 of account 123456789012"),
        "{problem:?}"
    );
}

#[tokio::test]
async fn a_role_that_is_refused_says_why() {
    for (code, more, title) in [
        ("AccessDenied", "", "AWS does not let you assume the role"),
        (
            "AccessDenied",
            "mfa_serial = arn:aws:iam::123456789012:mfa/ada\n",
            "The AWS role needs an MFA code",
        ),
        ("ExpiredToken", "", "The AWS session has expired"),
        (
            "InvalidClientTokenId",
            "",
            "AWS does not know the access key",
        ),
        (
            "SignatureDoesNotMatch",
            "",
            "The AWS secret access key is wrong",
        ),
    ] {
        let fake = Fake::answering([refused(code)])
            .await
            .configured(&role(more));
        let problem = problem(fake.fetch_by("role").await);
        assert_eq!(problem.title, title, "{code}: {problem:?}");
    }
}

#[tokio::test]
async fn a_role_needs_a_region() {
    let fake = Fake::answering([]).await.configured(&role(""));
    let nowhere = crate::domain::key_source::aws::AwsSource {
        region: None,
        ..source(Some("role"))
    };
    let problem = problem(fetch(&nowhere, &fake.context(&[])).await);
    assert_eq!(problem.title, "No AWS region");
    assert_eq!(fake.seen().len(), 0);
}

#[tokio::test]
async fn profiles_that_cannot_be_used_have_words_of_their_own() {
    let fake = Fake::answering([]).await.configured(
        "[profile bare]\nregion = eu-central-1\n\
         [profile loop]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = loop2\n\
         [profile loop2]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = loop\n\
         [profile console]\nlogin_session = arn:aws:iam::1:user/ada\n\
         [profile sso]\nsso_session = thred-console-test-without-a-session\nsso_account_id = 123456789012\n\
         sso_role_name = reader\n\
         [sso-session thred-console-test-without-a-session]\nsso_region = eu-central-1\n\
         sso_start_url = https://thred-console-test.invalid/start\n",
    );
    for (profile, title, line) in [
        (
            "absent",
            "There is no AWS profile called absent",
            Some("aws configure --profile absent"),
        ),
        (
            "bare",
            "No AWS credentials",
            Some("aws configure --profile bare"),
        ),
        ("loop", "The AWS profile loop can’t be used", None),
        (
            "sso",
            "Not signed in to AWS",
            Some("aws sso login --profile sso"),
        ),
        (
            "console",
            "The console can’t use the login of the AWS profile console",
            Some(
                "aws configure set credential_process 'aws configure export-credentials --format process --profile \
                 console' --profile console-exported",
            ),
        ),
    ] {
        let problem = problem(fake.fetch_by(profile).await);
        assert_eq!(problem.title, title, "{problem:?}");
        assert_eq!(problem.help_command.as_deref(), line, "{problem:?}");
    }
    assert_eq!(fake.seen().len(), 0);
    let absent = problem(fake.fetch_by("absent").await);
    assert!(
        absent
            .body
            .contains("has: bare, console, loop, loop2, sso."),
        "{absent:?}"
    );
}

#[tokio::test]
async fn a_configuration_that_cannot_be_read_names_its_line() {
    let fake = Fake::answering([])
        .await
        .configured("[profile a]\nSENTINEL without a sign\n");
    let problem = problem(fake.fetch_by("a").await);
    assert_eq!(problem.title, "The AWS configuration can’t be read");
    assert!(
        problem.detail.as_deref().unwrap().contains("line 2"),
        "{problem:?}"
    );
}

/// Collects the log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The SDK would log access key ids at `info`, and the output of a process at `warn`.
#[tokio::test]
async fn nothing_of_a_sign_in_is_logged_at_any_level() {
    let log = Log::default();
    let writer = log.clone();
    let lines = tracing_subscriber::fmt::layer().with_writer(move || writer.clone());
    let _guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(lines));
    tracing::info!("this is kept");
    let mut config = role("");
    config.push_str("[profile bad]\ncredential_process = echo SENTINEL >&2; exit 1\n");
    let fake = Fake::answering([assumed(), json(200, FOUND)])
        .await
        .configured(&config);
    assert!(fake.fetch_by("role").await.is_ok());
    problem(fake.fetch_by("bad").await);
    let logged = String::from_utf8(log.0.lock().clone()).unwrap();
    assert!(logged.contains("this is kept"));
    for secret in ["SENTINEL", "AKIA", "ASIA", "TK-Live"] {
        assert!(!logged.contains(secret), "{secret}: {logged}");
    }
}
