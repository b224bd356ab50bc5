//! Where a command gets its key from, and its errors if it gets none.

use std::fs;

use serde_json::Value;
use thred_console::runtime::PREFERENCES_FILE;

use super::{CommandLine, said, source};
use crate::support::{Answer, Fault, On};

const ID: &str = "9f0a4c1e-0000-4000-8000-00000000dead";

#[tokio::test]
async fn a_rejected_key_is_told_from_every_other_problem() {
    let cli = CommandLine::start().await;
    let mut command = cli.with_variables(&["token", ID]);
    command.env("THRED_API_KEY", "a-key-that-has-expired-long-ago");
    said(command).await.failed_with(8, "rejected the API key");
    cli.server
        .fault(On::SignIn, Fault::Always(Answer::html(200)));
    let elsewhere = cli.with_variables(&["token", ID]);
    said(elsewhere)
        .await
        .failed_with(9, "did not answer like the Thred API");
    let mut half = cli.with_variables(&["token", ID]);
    half.env_remove("THRED_API_KEY");
    said(half)
        .await
        .failed_with(2, "THRED_PARTNER_UUID is set but THRED_API_KEY is not");
}

#[tokio::test]
async fn a_rejected_sign_in_is_told_with_the_reason_of_the_server() {
    let cli = CommandLine::start().await;
    let key = cli.server.api_key();
    let reason = serde_json::json!({
        "error": "invalid_client",
        "error_description": format!("Key {key}\u{1b}[2J revoked"),
    });
    cli.server
        .fault(On::SignIn, Fault::Always(Answer::json(401, &reason)));
    for arguments in [&["token", ID][..], &["list"]] {
        let said = cli.run_with_variables(arguments).await;
        let said = said.failed_with(8, "Check the key and the partner UUID.\nDetail: Key ");
        assert!(said.err.trim_end().ends_with(" revoked"), "{}", said.err);
        assert!(!said.err.contains('\u{1b}'), "{}", said.err);
        cli.assert_no_secret_in(&said.err, "the message");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn an_address_without_a_key_does_not_fall_back_to_another_server() {
    let cli = CommandLine::start().await;
    cli.save_profile();
    let mut command = cli.command(&["list"]);
    command.env("THRED_BASE_URL", "https://thred.example.com");
    said(command)
        .await
        .failed_with(2, "THRED_BASE_URL is set, but");
    assert!(!cli.was_asked().exists());
}

#[tokio::test]
async fn a_look_alike_server_is_sent_nothing() {
    let cli = CommandLine::start().await;
    let mut command = cli.with_variables(&["token", ID]);
    // The first letter is Cyrillic.
    command.env("THRED_BASE_URL", "https://аpi.thredfi.com");
    said(command)
        .await
        .failed_with(2, "look-alike or accented letters");
}

#[tokio::test]
async fn a_missing_keychain_is_told_with_what_helps() {
    let cli = CommandLine::start().await;
    cli.save(|_, _| {});
    cli.run(&["token", ID])
        .await
        .failed_with(6, "Without a desktop, set THRED_PARTNER_UUID");
    assert!(cli.server.log().all().is_empty());
    let history = cli.history();
    assert_eq!(history[0]["action"], "token_on_command_line");
    assert_eq!(history[0]["why"], "keychain");
}

#[cfg(unix)]
#[tokio::test]
async fn a_program_hands_out_the_key_and_the_history_shows_the_token() {
    let cli = CommandLine::start().await;
    cli.save_profile();
    let rows = cli.rows().await;
    cli.run(&["token", &rows[0][1], "--format", "env"])
        .await
        .done();
    let history = cli.history();
    assert_eq!(history.len(), 1);
    let entry = &history[0];
    assert_eq!(entry["result"], "done");
    assert_eq!(entry["business"], rows[0][0].as_str());
    assert_eq!(entry["name"], rows[0][2].as_str());
    assert_eq!(entry["format"], "env_line");
    assert_eq!(entry["key_from"], "print-key");
    assert_eq!(entry["fingerprint"].as_str().map(str::len), Some(8));
}

#[cfg(unix)]
#[tokio::test]
async fn the_history_has_the_cause_of_each_failure() {
    let cli = CommandLine::start().await;
    cli.save_profile();
    let id = cli.rows().await[0][0].clone();
    for answer in [
        Answer::status(403),
        Answer::redirect(302, "https://elsewhere.invalid/"),
        Answer::json(200, &Value::Null),
    ] {
        cli.server.clear_faults();
        cli.server.fault(On::Token, Fault::Always(answer));
        let said = cli.run(&["token", &id]).await;
        assert_eq!(said.code, Some(9), "{}", said.err);
    }
    cli.server.clear_faults();
    let page = serde_json::json!({ "count": 9, "results": [] });
    let incomplete = Fault::Always(Answer::json(200, &page));
    cli.server.fault(On::List, incomplete);
    cli.run(&["token", "ext:a"])
        .await
        .failed_with(9, "The server’s list is incomplete");
    let history = cli.history();
    let causes: Vec<_> = history.iter().map(|entry| entry["why"].as_str()).collect();
    let expected = [
        "not_permitted",
        "redirected",
        "unexpected_response",
        "other",
    ];
    assert_eq!(causes, expected.map(Some));
}

#[cfg(unix)]
#[tokio::test]
async fn a_source_that_was_changed_since_is_not_run() {
    let cli = CommandLine::start().await;
    cli.save_profile();
    let path = cli.folder().file(PREFERENCES_FILE);
    let mut json: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let other = cli.script("other", "#!/bin/sh\ntouch \"$0.ran\"\n");
    let place = &mut json["data"]["profiles"][0]["source"]["source"];
    *place = serde_json::to_value(source(&other)).unwrap();
    fs::write(&path, json.to_string()).unwrap();

    cli.run(&["token", ID])
        .await
        .failed_with(7, "you have not approved");
    let listed = cli.run(&["profiles"]).await.done();
    assert!(listed.contains("other (not approved)"), "{listed}");
    assert!(!cli.home.path().join("other.ran").exists());
    assert_eq!(cli.server.log().count(&On::Any), 0);
}

#[cfg(unix)]
#[tokio::test]
async fn a_program_that_fails_is_named_and_its_words_are_not_repeated() {
    let cli = CommandLine::start().await;
    let program = cli.script("locked", "#!/bin/sh\necho secret-in-words >&2\nexit 3\n");
    cli.save(|saved, profile| saved.set_source(profile, Some(source(&program))));
    let said = cli.run(&["token", ID]).await.failed_with(7, "locked");
    assert!(!said.err.contains("secret-in-words"), "{}", said.err);
}
