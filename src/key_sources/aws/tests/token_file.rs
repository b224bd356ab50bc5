//! Files of web identity tokens, which are checked before the SDK reads them.

use std::fs;
use std::path::{Path, PathBuf};

use secrecy::ExposeSecret as _;

use super::fake::{Fake, json, problem, source, xml};
use crate::domain::key_source::SourceProblem;
use crate::key_sources::aws::fetch;

const ARN: &str = "arn:aws:iam::123456789012:role/r";

/// A profile with this token file, and a role that is assumed with it.
fn configuration(file: &Path) -> String {
    format!(
        "[profile web]\nrole_arn = {ARN}\nweb_identity_token_file = {}\nendpoint_url = URL\n\
         [profile role]\nrole_arn = {ARN}\nsource_profile = web\nendpoint_url = URL\n",
        file.display()
    )
}

/// Paths that hold no token, with the reason.
fn unusable(folder: &Path) -> Vec<(PathBuf, &'static str)> {
    let at = |name: &str| folder.join(name);
    fs::create_dir(at("folder")).unwrap();
    fs::write(at("large"), "x".repeat(100_000)).unwrap();
    fs::write(at("bytes"), [0xFF, 0xFE]).unwrap();
    let mut all = vec![
        (at("missing"), "it does not exist"),
        (at("folder"), "it is not an ordinary file"),
        (at("large"), "it is larger than 65536 bytes"),
        (at("bytes"), "it is not text"),
    ];
    if cfg!(unix) {
        all.push((PathBuf::from("/dev/zero"), "it is not an ordinary file"));
    }
    all
}

#[track_caller]
fn assert_names(problem: &SourceProblem, named_by: &str, file: &Path, why: &str) {
    assert_eq!(problem.title, "The token file can’t be read");
    let words = format!("{named_by} names {}: {why}.", file.display());
    assert!(problem.body.starts_with(&words), "{problem:?}");
}

#[tokio::test]
async fn the_token_file_of_a_profile_is_checked_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    for (file, why) in unusable(folder.path()) {
        let fake = Fake::answering([]).await.configured(&configuration(&file));
        for profile in ["web", "role"] {
            let problem = problem(fake.fetch_by(profile).await);
            assert_names(&problem, "The AWS profile web", &file, why);
        }
        assert_eq!(fake.seen().len(), 0);
    }
}

#[tokio::test]
async fn the_token_file_of_the_environment_is_checked_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let fake = Fake::answering([]).await;
    for (file, why) in unusable(folder.path()) {
        let file_variable = ("AWS_WEB_IDENTITY_TOKEN_FILE", file.to_str().unwrap());
        let context = fake.context(&[("AWS_ROLE_ARN", ARN), file_variable]);
        let problem = problem(fetch(&source(None), &context).await);
        assert_names(&problem, "AWS_WEB_IDENTITY_TOKEN_FILE", &file, why);
    }
}

/// Without a container, the SDK would read the file all the same.
#[tokio::test]
async fn the_token_file_of_a_container_is_checked_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let fake = Fake::answering([]).await;
    for (file, why) in unusable(folder.path()) {
        let token = (
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
            file.to_str().unwrap(),
        );
        let uri = ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1/");
        let context = fake.context(&[token, uri]);
        let in_container = problem(fetch(&source(None), &context).await);
        assert_names(
            &in_container,
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
            &file,
            why,
        );
    }
}

/// The SDK then reads no file.
#[tokio::test]
async fn a_source_profile_with_keys_needs_no_token_file() {
    let keys = "aws_access_key_id = AKIASENTINELOFFILE00\naws_secret_access_key = x\n";
    let configuration = configuration(Path::new("/nowhere/token"));
    let configuration = configuration.replace("[profile web]\n", &format!("[profile web]\n{keys}"));
    let assumed = xml(
        200,
        r#"<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
        <Credentials><AccessKeyId>ASIASENTINELOFROLE00</AccessKeyId><SecretAccessKey>y</SecretAccessKey>
        <SessionToken>z</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
        </AssumeRoleResult></AssumeRoleResponse>"#,
    );
    let found = json(200, r#"{"SecretString":"TK-Live"}"#);
    let fake = Fake::answering([assumed, found])
        .await
        .configured(&configuration);
    let fetched = fake.fetch_by("role").await.unwrap();
    assert_eq!(fetched.text.expose_secret(), "TK-Live");
    let seen = fake.seen();
    let signature = seen[0].header("authorization").unwrap();
    assert!(signature.contains("AKIASENTINELOFFILE00"), "{signature}");
    // Its own keys do not replace the token file of a profile that is no source.
    let problem = problem(fake.fetch_by("web").await);
    assert_names(
        &problem,
        "The AWS profile web",
        Path::new("/nowhere/token"),
        "it does not exist",
    );
}

#[tokio::test]
async fn the_token_of_a_profile_is_exchanged_for_keys() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    fs::write(&file, "SENTINEL-web-token").unwrap();
    let assumed = xml(
        200,
        r#"<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
        <AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>ASIASENTINELOFROLE00</AccessKeyId>
        <SecretAccessKey>SENTINEL-of-the-role</SecretAccessKey><SessionToken>SENTINEL-token-of-the-role</SessionToken>
        <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult>
        </AssumeRoleWithWebIdentityResponse>"#,
    );
    let found = json(200, r#"{"SecretString":"TK-Live"}"#);
    let fake = Fake::answering([assumed, found])
        .await
        .configured(&configuration(&file));
    let fetched = fake.fetch_by("web").await.unwrap();
    assert_eq!(fetched.text.expose_secret(), "TK-Live");
    let body = &fake.seen()[0].body;
    assert!(
        body.contains("WebIdentityToken=SENTINEL-web-token"),
        "{body}"
    );
}
