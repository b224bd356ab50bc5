//! Removing a profile and its key.

use std::fs;

use egui::Key;
use keyring_core::Error;

use super::{NORTHWIND, item, press_switch, profile, until_first, with_two};
use crate::support::{Console, KEY};

/// Presses Delete on the open profile in the switcher.
fn ask_to_remove_the_open_one(console: &mut Console) {
    press_switch(console);
    console.press(Key::ArrowUp);
    console.press(Key::Delete);
    console.assert_shows(&format!("Dialog: Remove {NORTHWIND}?"));
}

/// Whether any file except the history still contains the server's address.
fn is_written_anywhere(console: &Console, host: &str) -> bool {
    let files = fs::read_dir(console.folder().root()).unwrap();
    // The history keeps its entries of a removed profile.
    let is_history = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with("history");
    let mut others = files
        .flatten()
        .filter(|file| !is_history(&file.file_name()));
    others.any(|file| {
        let text = fs::read(file.path()).unwrap_or_default();
        String::from_utf8_lossy(&text).contains(host)
    })
}

#[test]
fn removing_the_open_profile_leaves_nothing_of_it() {
    let (mut console, other) = with_two();
    let host = profile(&other).environment.host();
    console.type_into("Filter businesses", "0101");
    console.click("Created");
    console.open_form();
    console.type_into("Legal name", "Of the second");
    console.click("Cancel");
    console.pass_a_second();
    console.wait_for("the file", |console| is_written_anywhere(console, &host));

    ask_to_remove_the_open_one(&mut console);
    console.click("Cancel");
    assert!(
        console.keychain.key(&item(&other)).is_some(),
        "not without a yes"
    );
    ask_to_remove_the_open_one(&mut console);
    console.click("Remove profile");
    console.wait_for_text(
        "Northwind in Custom was removed, with its label, filter, columns, draft and import record.",
    );
    console.assert_shows("no longer holds its key");
    assert!(console.state().is_signed_out());
    assert_eq!(console.keychain.key(&item(&other)), None);
    let calls = console.keychain.calls();
    assert_eq!(calls[calls.len() - 2..], ["delete", "read"]);
    console.wait_for("the files", |console| !is_written_anywhere(console, &host));

    // The other profile is complete and can be opened directly.
    assert!(!console.shows(&format!("{NORTHWIND}, Custom")));
    console.press(Key::Enter);
    until_first(&mut console);
    assert_eq!(console.preferences().profiles.len(), 1);
}

#[test]
fn another_profile_can_be_removed_without_leaving_the_open_one() {
    let (mut console, other) = with_two();
    press_switch(&mut console);
    console.press(Key::Delete);
    console.assert_shows("Dialog: Remove Partner 3f2a…9c1e?");
    console.click("Remove profile");
    console.wait_for_text("Profile removed");
    assert_eq!(console.workspace().profile, profile(&other));
    assert_eq!(console.keychain.key(&console.item()), None);
    assert_eq!(console.keychain.key(&item(&other)).as_deref(), Some(KEY));
    console.wait_for("the file", |console| {
        console.preferences().profiles.len() == 1
    });
    assert_eq!(console.preferences().last_profile, Some(profile(&other)));
}

#[test]
fn a_keychain_that_refuses_keeps_the_profile() {
    let (mut console, other) = with_two();
    let refusal = Error::NoStorageAccess("object locked".to_owned().into());
    console.keychain.fail_next(&item(&other), refusal);
    ask_to_remove_the_open_one(&mut console);
    console.click("Remove profile");
    console.wait_for_text("Profile not removed");
    console.assert_shows("The keychain denied access.");
    console.assert_shows("Northwind in Custom is unchanged.");
    assert_eq!(console.workspace().profile, profile(&other), "signed in");
    assert_eq!(console.keychain.key(&item(&other)).as_deref(), Some(KEY));
    assert_eq!(console.preferences().profiles.len(), 2);
}

#[test]
fn a_keychain_that_only_says_so_is_found_out() {
    let (mut console, other) = with_two();
    console.keychain.delete_nothing();
    ask_to_remove_the_open_one(&mut console);
    console.click("Remove profile");
    console.wait_for_text("The key is still in the macOS Keychain");
    assert_eq!(console.state().label(&profile(&other)), NORTHWIND);
    assert_eq!(console.preferences().profiles.len(), 2);
}
