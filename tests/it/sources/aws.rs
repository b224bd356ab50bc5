//! Keys from AWS Secrets Manager, simulated by moto, which checks signatures and policies: see `tests/sources/aws.sh`.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use secrecy::ExposeSecret as _;
use thred_console::domain::key_source::aws::AwsSource;
use thred_console::domain::key_source::{ExternalSource, FetchedKey, FieldNames, SourceProblem};
use thred_console::domain::network::NetworkSettings;
use thred_console::key_sources::{FetchContext, fetch_key};
use thred_console::platform::clock::SystemClock;

const REGION: &str = "eu-central-1";

fn source(secret: &str, profile: Option<&str>) -> AwsSource {
    AwsSource {
        secret: secret.to_owned(),
        region: None,
        profile: profile.map(str::to_owned),
        is_key_alone: false,
        names: FieldNames::default(),
    }
}

/// Fetches with these variables in addition to those of the process.
async fn fetch_with(
    source: AwsSource,
    variables: &[(&str, &str)],
) -> Result<FetchedKey, SourceProblem> {
    let variables: HashMap<String, String> = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let home = PathBuf::from(std::env::var("HOME").unwrap());
    let variable = move |name: &str| {
        let set = variables.get(name).cloned();
        set.or_else(|| std::env::var(name).ok())
    };
    let context = FetchContext {
        network: NetworkSettings::default(),
        variable: Arc::new(variable),
        home: Some(home),
        answer: None,
        clock: Arc::new(SystemClock),
    };
    let source = ExternalSource::Aws(source);
    let fetched = fetch_key(source.clone(), None, &context).await;
    fetched.inspect(|fetched| assert_eq!(fetched.source.external(), Some(&source)))
}

async fn fetch(secret: &str, profile: &str) -> Result<FetchedKey, SourceProblem> {
    fetch_with(source(secret, Some(profile)), &[]).await
}

#[track_caller]
fn assert_key(fetched: Result<FetchedKey, SourceProblem>, expected: &str) {
    let fetched = fetched.unwrap();
    assert_eq!(fetched.key.secret().expose_secret(), expected);
    assert_eq!(
        fetched.partner.to_string(),
        "3f2a71c8-05de-4b7e-8d14-61fa20b39c1e"
    );
    assert_eq!(fetched.version.name.unwrap().len(), 8);
    assert!(fetched.version.created.is_some());
}

/// Checks the texts of the problem, and that they contain no secret.
#[track_caller]
fn assert_problem(
    fetched: Result<FetchedKey, SourceProblem>,
    title: &str,
    body: &str,
    helps: Option<&str>,
) {
    let problem = fetched.map(|_| ()).unwrap_err();
    println!("{problem:#?}");
    assert_eq!(problem.title, title, "{problem:?}");
    assert!(problem.body.contains(body), "{problem:?}");
    assert_eq!(problem.help_command.as_deref(), helps, "{problem:?}");
    let all = format!("{problem:?}");
    for secret in ["SENTINEL", "AKIA", "ASIA", "TK-Live", "xxxxxxxx"] {
        assert!(!all.contains(secret), "{secret}: {all}");
    }
}

/// The access key id and secret access key of a user who may read the secrets.
fn reader() -> (String, String) {
    let path = PathBuf::from(std::env::var("HOME").unwrap()).join("reader.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[tokio::test]
#[ignore = "started by tests/sources/run"]
async fn the_key_comes_by_variables() {
    let (id, secret) = reader();
    let variables = [
        ("AWS_ACCESS_KEY_ID", id.as_str()),
        ("AWS_SECRET_ACCESS_KEY", secret.as_str()),
        ("AWS_REGION", REGION),
        // As in every AWS tool, access keys take precedence over a profile in a variable.
        ("AWS_PROFILE", "stranger"),
    ];
    let fetched = fetch_with(source("thred/production", None), &variables).await;
    assert_key(fetched, "TK-Live-kept-by-moto-0001");
}

#[tokio::test]
#[ignore = "started by tests/sources/run"]
async fn the_key_comes_by_a_profile() {
    for profile in ["reader", "role", "process"] {
        println!("{profile}");
        let fetched = fetch("thred/production", profile).await;
        assert_key(fetched, "TK-Live-kept-by-moto-0001");
    }
    let named = [("AWS_PROFILE", "role")];
    let fetched = fetch_with(source("thred/production", None), &named).await;
    assert_key(fetched, "TK-Live-kept-by-moto-0001");
}

#[tokio::test]
#[ignore = "started by tests/sources/run"]
async fn a_profile_that_is_named_wins_over_variables() {
    let variables = [
        ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "x"),
    ];
    let fetched = fetch_with(source("thred/production", Some("reader")), &variables).await;
    assert_key(fetched, "TK-Live-kept-by-moto-0001");
}

#[tokio::test]
#[ignore = "started by tests/sources/run"]
async fn a_secret_may_be_stored_as_bytes_if_it_is_text() {
    let fetched = fetch("thred/text-as-bytes", "reader").await;
    assert_key(fetched, "TK-Live-kept-by-moto-0002");
    assert_problem(
        fetch("thred/binary", "reader").await,
        "The secret is not text",
        "binary data",
        None,
    );
}

#[tokio::test]
#[ignore = "started by tests/sources/run"]
async fn a_secret_that_is_not_there_is_named_with_its_region() {
    assert_problem(
        fetch("thred/other", "reader").await,
        "There is no such secret",
        "no secret called thred/other in region eu-central-1.",
        Some(
            "aws secretsmanager list-secrets --query 'SecretList[].Name' --output text --region eu-central-1 \
             --profile reader",
        ),
    );
    let elsewhere = AwsSource {
        region: Some("eu-west-1".to_owned()),
        ..source("thred/production", Some("reader"))
    };
    assert_problem(
        fetch_with(elsewhere, &[]).await,
        "There is no such secret",
        "in region eu-west-1",
        Some(
            "aws secretsmanager list-secrets --query 'SecretList[].Name' --output text --region eu-west-1 \
             --profile reader",
        ),
    );
    assert_problem(
        fetch("thred/deleted", "reader").await,
        "The secret is scheduled for deletion",
        "can still be restored",
        Some(
            "aws secretsmanager restore-secret --secret-id thred/deleted --region eu-central-1 --profile reader",
        ),
    );
}

#[tokio::test]
#[ignore = "started by tests/sources/run"]
async fn wrong_keys_are_told_from_missing_permissions() {
    let with_region = |profile: &str| AwsSource {
        region: Some(REGION.to_owned()),
        ..source("thred/production", Some(profile))
    };
    assert_problem(
        fetch_with(with_region("swapped"), &[]).await,
        "The AWS secret access key is wrong",
        "Enter both keys again.",
        Some("aws configure --profile swapped"),
    );
    assert_problem(
        fetch_with(with_region("unknown"), &[]).await,
        "AWS does not know the access key",
        "deleted or disabled",
        Some("aws configure --profile unknown"),
    );
    assert_problem(
        fetch_with(with_region("stranger"), &[]).await,
        "AWS denies access to the secret",
        "secretsmanager:GetSecretValue on thred/production in region eu-central-1",
        Some("aws sts get-caller-identity --profile stranger"),
    );
}

#[tokio::test]
#[ignore = "started by tests/sources/run"]
async fn a_role_that_may_not_be_assumed_is_named() {
    assert_problem(
        fetch("thred/production", "role-denied").await,
        "AWS does not let you assume the role",
        "The role of the AWS profile role-denied",
        Some("aws sts get-caller-identity --profile role-denied"),
    );
    assert_problem(
        fetch("thred/production", "role-mfa").await,
        "The AWS role needs an MFA code",
        "the AWS profile role-mfa",
        Some(
            "eval \"$(aws configure export-credentials --format env --profile role-mfa)\" && thred-console",
        ),
    );
}

#[tokio::test]
#[ignore = "started by tests/sources/run"]
async fn a_process_that_fails_says_nothing_of_its_own() {
    assert_problem(
        fetch("thred/production", "process-fails").await,
        "The credential process of the AWS profile process-fails failed",
        "Its output is not shown",
        Some("aws sts get-caller-identity --profile process-fails"),
    );
}

#[tokio::test]
#[ignore = "started by tests/sources/run"]
async fn an_sso_session_that_expired_or_never_was_asks_to_sign_in() {
    for (profile, line) in [
        ("sso", "aws sso login --profile sso"),
        ("sso-never", "aws sso login --profile sso-never"),
    ] {
        assert_problem(
            fetch("thred/production", profile).await,
            "Not signed in to AWS",
            "has expired or was never started",
            Some(line),
        );
    }
}

#[tokio::test]
#[ignore = "started by tests/sources/run"]
async fn what_is_not_configured_is_named() {
    assert_problem(
        fetch("thred/production", "absent").await,
        "There is no AWS profile called absent",
        "The AWS configuration has: assumer, no-region, process, process-fails, reader, ",
        Some("aws configure --profile absent"),
    );
    assert_problem(
        fetch_with(source("thred/production", None), &[]).await,
        "No AWS credentials",
        "container and instance metadata services",
        Some("aws configure"),
    );
    assert_problem(
        fetch("thred/production", "assumer").await,
        "No AWS region",
        "The settings, AWS_REGION and the AWS profile assumer do not set one",
        Some("aws configure set region eu-central-1 --profile assumer"),
    );
}

mod chain {
    use super::{assert_key, fetch_with, source};

    /// Run once for each link of the credential chain, with the variables for that link.
    #[tokio::test]
    #[ignore = "started by tests/sources/run"]
    async fn the_key_comes_without_a_profile() {
        let fetched = fetch_with(source("thred/production", None), &[]).await;
        assert_key(fetched, "TK-Live-kept-by-moto-0001");
    }
}

/// The same service through the AWS command line, as a command source.
mod command_line {
    use super::*;
    use thred_console::domain::key_source::{SourceKind, TypedSource};

    async fn fetch(line: &str) -> Result<FetchedKey, SourceProblem> {
        let typed = TypedSource::blank(SourceKind::Command).with("command", line);
        let context = FetchContext {
            network: NetworkSettings::default(),
            variable: Arc::new(|name| std::env::var(name).ok()),
            home: Some(PathBuf::from(std::env::var("HOME").unwrap())),
            answer: None,
            clock: Arc::new(SystemClock),
        };
        fetch_key(ExternalSource::read(&typed).unwrap(), None, &context).await
    }

    #[tokio::test]
    #[ignore = "started by tests/sources/run"]
    async fn the_tool_of_aws_prints_the_key_or_says_why_not() {
        let line = "aws secretsmanager get-secret-value --secret-id thred/production --query SecretString \
                    --output text --profile";
        let fetched = fetch(&format!("{line} reader")).await.unwrap();
        assert_eq!(
            fetched.key.secret().expose_secret(),
            "TK-Live-kept-by-moto-0001"
        );
        let expired = fetch(&format!("{line} sso")).await.unwrap_err();
        println!("{expired:#?}");
        assert_eq!(
            expired.help_command.as_deref(),
            Some("aws sso login --profile sso")
        );
        assert!(!format!("{expired:?}").contains("SENTINEL"));
    }
}
