//! The data folder, which may be in use by a window or unusable.

use std::fs;

use futures_util::future::join_all;
use thred_console::runtime::PREFERENCES_FILE;

use super::{CommandLine, said};
use crate::support::On;

#[cfg(unix)]
#[tokio::test]
async fn a_command_works_beside_a_window_and_loses_no_line_of_the_history() {
    let cli = CommandLine::start().await;
    cli.save_profile();
    // As an open window does.
    let _window = cli.folder().lock().unwrap();
    let before = fs::read(cli.folder().file(PREFERENCES_FILE)).unwrap();
    let rows = cli.rows().await;
    let tokens = rows[..6].iter().map(async |row| {
        cli.run(&["token", &row[0]]).await.done();
    });
    join_all(tokens).await;
    let history = cli.history();
    let mut told: Vec<&str> = history
        .iter()
        .filter_map(|entry| entry["business"].as_str())
        .collect();
    let mut issued: Vec<&str> = rows[..6].iter().map(|row| row[0].as_str()).collect();
    told.sort_unstable();
    issued.sort_unstable();
    assert_eq!(told, issued);
    assert_eq!(
        fs::read(cli.folder().file(PREFERENCES_FILE)).unwrap(),
        before
    );
}

#[cfg(unix)]
#[tokio::test]
async fn a_token_that_cannot_be_written_down_is_not_printed() {
    let cli = CommandLine::start().await;
    cli.save_profile();
    let id = cli.rows().await[0][0].clone();
    // Missing permissions would not stop root. Opening a folder as a file fails for every user.
    fs::create_dir(cli.folder().file("history.lock")).unwrap();
    cli.run(&["token", &id])
        .await
        .failed_with(11, "The history could not be written");
    let said = cli.run(&["doctor"]).await;
    assert_eq!(said.code, Some(1));
    assert!(said.out.contains("is not writable"), "{}", said.out);
    // `list` writes nothing, so it works.
    cli.run(&["list"]).await.done();
}

#[cfg(unix)]
#[tokio::test]
async fn preferences_of_others_decide_nothing() {
    use std::os::unix::fs::PermissionsExt as _;
    let cli = CommandLine::start().await;
    cli.save_profile();
    let path = cli.folder().file(PREFERENCES_FILE);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).unwrap();
    for arguments in [&["list"][..], &["token", "ext:a"], &["profiles"]] {
        let refused = cli.run_with_variables(arguments).await;
        let refused = refused.failed_with(11, "other users of this computer can change it");
        assert!(
            refused.err.contains("run chmod 600 on it"),
            "{}",
            refused.err
        );
    }
    let told = cli.run(&["doctor"]).await;
    assert_eq!(told.code, Some(1), "{}", told.err);
    assert!(told.out.contains("run chmod 600 on it"), "{}", told.out);
    assert!(
        !cli.was_asked().exists(),
        "the program of the preferences was run"
    );
    assert_eq!(cli.server.log().count(&On::Any), 0, "nothing was sent");
}

#[cfg(unix)]
#[tokio::test]
async fn the_doctor_finds_a_disk_without_room() {
    let cli = CommandLine::start().await;
    cli.save_profile();
    // A limit on file size acts like a full disk, for root too: empty files can still be created.
    let limit = "trap '' XFSZ; ulimit -f 1";
    let told = said(CommandLine::after(limit, &cli.command(&["doctor"]))).await;
    assert_eq!(told.code, Some(1), "{}", told.err);
    assert!(told.out.contains("is not writable"), "{}", told.out);
    let left = fs::read_dir(cli.folder().root()).unwrap();
    let left = left.filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_string_lossy().ends_with(".tmp")
    });
    assert_eq!(left.count(), 0, "it left a file");
}

#[tokio::test]
async fn preferences_of_a_newer_version_are_left_to_it() {
    let cli = CommandLine::start().await;
    cli.save(|_, _| {});
    let path = cli.folder().file(PREFERENCES_FILE);
    let mut json: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    json["version"] = 99.into();
    fs::write(&path, json.to_string()).unwrap();
    let refused = cli.run(&["list"]).await;
    let refused = refused.failed_with(11, "Use the newer version of the program");
    assert!(!refused.err.contains("previous copy"), "{}", refused.err);
    assert_eq!(fs::read_to_string(&path).unwrap(), json.to_string());
}

#[tokio::test]
async fn damaged_preferences_stay_where_they_are() {
    let cli = CommandLine::start().await;
    cli.folder().ensure().unwrap();
    let path = cli.folder().file(PREFERENCES_FILE);
    fs::write(&path, "{").unwrap();
    for arguments in [&["token", "x"][..], &["list"], &["profiles"]] {
        cli.run(arguments)
            .await
            .failed_with(11, "it is damaged at line 1");
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), "{");
}
