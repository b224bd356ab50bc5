//! The command source with real tools.

use std::env;
use std::path::PathBuf;
use std::sync::Arc;

use secrecy::ExposeSecret as _;
use thred_console::domain::credentials::PartnerId;
use thred_console::domain::key_source::{
    ExternalSource, FetchedKey, SourceKind, SourceProblem, TypedSource,
};
use thred_console::key_sources::{FetchContext, fetch_key};
use thred_console::platform::clock::SystemClock;

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("{name} is set by tests/sources/command.sh"))
}

async fn fetch(line: &str) -> Result<FetchedKey, SourceProblem> {
    let typed = TypedSource::blank(SourceKind::Command).with("command", line);
    let source = ExternalSource::read(&typed).unwrap();
    let context = FetchContext {
        network: Default::default(),
        variable: Arc::new(|name| env::var(name).ok()),
        home: env::var_os("HOME").map(PathBuf::from),
        answer: None,
        clock: Arc::new(SystemClock),
    };
    let known = PartnerId::parse(&variable("SOURCES_PARTNER")).unwrap();
    fetch_key(source, Some(known), &context).await
}

async fn problem(line: &str) -> SourceProblem {
    match fetch(line).await {
        Ok(_) => panic!("{line} handed out a key"),
        Err(problem) => problem,
    }
}

/// Fetches the key and checks that it is the one that the script stored.
async fn fetches(line: &str) {
    let fetched = fetch(line)
        .await
        .unwrap_or_else(|problem| panic!("{line}: {problem:?}"));
    assert!(
        fetched.key.secret().expose_secret() == variable("SOURCES_KEY"),
        "{line} handed out another key"
    );
    assert_eq!(
        fetched.partner,
        PartnerId::parse(&variable("SOURCES_PARTNER")).unwrap()
    );
    let program = &fetched.source.external().unwrap().in_full()[0].1;
    assert!(program.starts_with("\"/"), "{program}");
}

#[tokio::test]
#[ignore = "started by tests/sources/run"]
async fn pass_prints_a_key_alone_and_with_its_partner() {
    fetches("pass show thred/production").await;
    fetches("pass show thred/both").await;
    let problem = problem("pass show thred/nowhere").await;
    assert_eq!(problem.title, "pass failed with exit code 1");
    let detail = problem.detail.unwrap();
    assert!(
        detail.contains("thred/nowhere is not in the password store"),
        "{detail}"
    );
    assert_eq!(problem.help_command, None);
}

#[tokio::test]
#[ignore = "started by tests/sources/run"]
async fn secret_tool_looks_a_key_up() {
    fetches("secret-tool lookup service thred account production").await;
    let problem = problem("secret-tool lookup service thred account nobody").await;
    assert_eq!(problem.title, "secret-tool failed with exit code 1");
}

#[tokio::test]
#[ignore = "started by tests/sources/run"]
async fn keepassxc_opens_a_database_with_a_key_file() {
    let (database, key) = (variable("SOURCES_DATABASE"), variable("SOURCES_KEY_FILE"));
    let show = "keepassxc-cli show -q -s -a Password";
    fetches(&format!("{show} --no-password -k {key} {database} Thred")).await;
    let problem = problem(&format!("{show} {} Thred", variable("SOURCES_LOCKED"))).await;
    assert!(problem.title.starts_with("keepassxc-cli "), "{problem:?}");
    assert!(!format!("{problem:?}").contains("sesame"));
}

#[tokio::test]
#[ignore = "started by tests/sources/run"]
async fn no_tool_sees_the_variables_of_thred() {
    assert_eq!(variable("THRED_API_KEY"), "sentinel-of-the-environment");
    let problem = problem("sh -c 'env | grep ^THRED_ >&2; exit 7'").await;
    assert_eq!(problem.title, "sh failed with exit code 7");
    assert_eq!(problem.detail, None);
}
