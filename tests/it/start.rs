//! Starts of the program itself: a second one on the same folder, and one whose output cannot be written.

use std::{
    fs::{self, File},
    path::Path,
    process::{Command, Output, Stdio},
};

use thred_console::{
    platform::{
        files::{AppFolder, FolderLock, HOME_VARIABLE},
        instance::{InstanceListener, RaiseOutcome},
    },
    runtime::PREFERENCES_FILE,
};

/// The program without a display, so that it exits by itself.
fn program(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_thred-console"));
    command
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("THRED_API_KEY")
        .env_remove("THRED_PARTNER_UUID")
        .env(HOME_VARIABLE, home)
        .stdin(Stdio::null());
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn locked(folder: &AppFolder) -> FolderLock {
    folder.lock().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn a_second_start_on_one_folder_says_so_and_touches_nothing() {
    let home = tempfile::tempdir().unwrap();
    let folder = AppFolder::at(home.path().join("data"));
    let lock = locked(&folder);
    // A damaged file, which a start would set aside, and a leftover, which it would remove.
    fs::write(folder.file(PREFERENCES_FILE), "{").unwrap();
    fs::write(folder.file(".thred-console-1-1.tmp"), "").unwrap();
    let before = names(folder.root());
    for arguments in [&[][..], &["--demo"]] {
        let output = program(folder.root()).args(arguments).output().unwrap();
        let said = said(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        let process = format!("Another console (process {})", std::process::id());
        assert!(said.contains(&process), "{said}");
        assert!(
            said.contains(&folder.root().display().to_string()),
            "{said}"
        );
        assert_eq!(names(folder.root()), before);
    }

    // Another folder is another instance. This folder is free again once the first instance has ended, however it ended.
    let elsewhere = program(&home.path().join("other")).output().unwrap();
    assert!(
        said(&elsewhere).contains("No display"),
        "{}",
        said(&elsewhere)
    );
    drop(lock);
    let next = program(folder.root()).output().unwrap();
    assert!(said(&next).contains("No display"), "{}", said(&next));
    assert_ne!(names(folder.root()), before);
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_second_start_raises_the_first_and_hands_over_its_arguments_but_no_secret() {
    let home = tempfile::tempdir().unwrap();
    let folder = AppFolder::at(home.path().join("data"));
    let raise = |folder: &AppFolder| program(folder.root()).arg("raise").output().unwrap();
    assert_eq!(raise(&folder).status.code(), Some(13));
    let lock = locked(&folder);
    let listener = InstanceListener::bind(&folder, &lock).unwrap();
    let (deliver, calls) = std::sync::mpsc::channel();
    tokio::spawn(listener.serve(move |call| {
        deliver.send(call.request).unwrap();
        call.answer.send(RaiseOutcome::WithoutDemo).unwrap();
    }));
    let key = "a-key-that-is-never-handed-over";
    let output = program(folder.root())
        .arg("--demo")
        .env("THRED_API_KEY", key)
        .output()
        .unwrap();
    let said = said(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("brought to the front"), "{said}");
    assert!(said.contains("the demo was not opened"), "{said}");
    assert!(said.contains("did not get THRED_API_KEY."), "{said}");
    assert!(calls.try_recv().unwrap().demo);
    assert_eq!(raise(&folder).status.code(), Some(0));
    assert!(!calls.try_recv().unwrap().demo);
    // Another folder is another instance.
    let other = AppFolder::at(home.path().join("other"));
    assert_eq!(raise(&other).status.code(), Some(13));
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[cfg(target_os = "linux")]
#[test]
fn where_nothing_can_be_printed_the_program_does_not_fall_over() {
    let home = tempfile::tempdir().unwrap();
    // Every write to this device fails.
    let full = || File::options().write(true).open("/dev/full").unwrap();
    for arguments in [
        &["serve-demo", "--businesses", "1"][..],
        &["--help"],
        &["--version"],
    ] {
        let output = program(home.path())
            .args(arguments)
            .stdout(full())
            .output()
            .unwrap();
        let said = said(&output);
        assert!(!said.contains("internal error"), "{arguments:?}: {said}");
        assert!(matches!(output.status.code(), Some(0 | 1 | 12)), "{said}");
    }
    // The same if standard error can't be written either.
    let status = program(home.path())
        .stdout(full())
        .stderr(full())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(1));
}
