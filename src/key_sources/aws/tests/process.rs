//! The credential process of a profile.

use std::time::Duration;

use rustix::process::{Pid, test_kill_process};
use secrecy::ExposeSecret as _;

use super::fake::{Fake, json, problem, xml};

const FOUND: &str = r#"{"SecretString":"TK-Live"}"#;
const PRINTED: &str = r#"{"Version":1,"AccessKeyId":"AKIASENTINELPROCESS0","SecretAccessKey":"x"}"#;
const ASSUMED: &str = r#"<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
    <Credentials><AccessKeyId>ASIASENTINELOFROLE00</AccessKeyId><SecretAccessKey>y</SecretAccessKey>
    <SessionToken>z</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
    <AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/r/s</Arn><AssumedRoleId>A:s</AssumedRoleId>
    </AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>"#;

/// Whether the first request was signed with the keys that the process printed.
fn uses_its_keys(fake: &Fake) -> bool {
    let seen = fake.seen();
    let signature = seen[0].header("authorization");
    signature.is_some_and(|signature| signature.contains("AKIASENTINELPROCESS0"))
}

#[tokio::test]
async fn a_process_hands_out_keys_and_its_errors_are_not_shown() {
    let config = format!(
        "[profile good]\ncredential_process = echo '{PRINTED}'\n\
         [profile bad]\ncredential_process = echo SENTINEL >&2; exit 1\n\
         [profile odd]\ncredential_process = echo SENTINEL\n"
    );
    let fake = Fake::answering([json(200, FOUND)])
        .await
        .configured(&config);
    let fetched = fake.fetch_by("good").await.unwrap();
    assert_eq!(fetched.text.expose_secret(), "TK-Live");
    assert!(uses_its_keys(&fake));
    for profile in ["bad", "odd"] {
        let problem = problem(fake.fetch_by(profile).await);
        assert_eq!(
            problem.title,
            format!("The credential process of the AWS profile {profile} failed")
        );
        assert_eq!(problem.detail, None);
    }
}

/// The default profile is in the credentials file. One role is assumed with its keys, the other with those of the role's own
/// process.
#[tokio::test]
async fn a_process_is_found_wherever_the_chain_has_it() {
    let role = "role_arn = arn:aws:iam::1:role/r\nendpoint_url = URL\n";
    let config = format!(
        "[profile outer]\nsource_profile = default\n{role}\
         [profile own]\nsource_profile = own\ncredential_process = echo '{PRINTED}'\n{role}"
    );
    for (profile, is_role) in [("default", false), ("outer", true), ("own", true)] {
        let assumed = is_role.then(|| xml(200, ASSUMED));
        let replies = assumed.into_iter().chain([json(200, FOUND)]);
        let fake = Fake::answering(replies).await.configured(&config);
        let credentials = format!("[default]\ncredential_process = echo '{PRINTED}'\n");
        std::fs::write(fake.home().join(".aws/credentials"), credentials).unwrap();
        let fetched = fake.fetch_by(profile).await;
        let fetched = fetched.map_err(|problem| format!("{profile}: {problem:?}"));
        assert_eq!(fetched.unwrap().text.expose_secret(), "TK-Live");
        assert!(uses_its_keys(&fake), "{profile}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_process_that_never_ends_is_given_up_after_a_minute() {
    let fake = Fake::answering([])
        .await
        .configured("[profile slow]\ncredential_process = sleep 600\n");
    let began = tokio::time::Instant::now();
    let problem = problem(fake.fetch_by("slow").await);
    assert_eq!(began.elapsed().as_secs(), 60);
    assert_eq!(problem.title, "AWS did not answer in time", "{problem:?}");
}

#[tokio::test]
async fn a_process_ends_with_the_fetch() {
    let fake = Fake::answering([]).await;
    let notes = fake.home().join("pid");
    let config = format!(
        "[profile slow]\ncredential_process = echo $$ > '{}'; sleep 600; true\n",
        notes.display()
    );
    let fake = fake.configured(&config);
    let started = async {
        loop {
            match std::fs::read_to_string(&notes) {
                Ok(text) if text.ends_with('\n') => break text.trim().parse().unwrap(),
                _ => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    };
    // Dropping the fetch is how the user cancels it.
    let pid = tokio::select! {
        fetched = fake.fetch_by("slow") => panic!("it ended: {}", fetched.is_ok()),
        pid = started => Pid::from_raw(pid).unwrap(),
    };
    let gone = async {
        while test_kill_process(pid).is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), gone)
        .await
        .unwrap();
}
