//! The preferences file with several profiles: damaged, from a newer version, and private.

use std::fs;

use thred_console::runtime::PREFERENCES_FILE;

use super::{profile, with_two};
use crate::support::Console;

/// The names of the copies of the preferences that were set aside for this reason.
fn set_aside(console: &Console, why: &str) -> Vec<String> {
    let files = fs::read_dir(console.folder().root()).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names
        .filter(|name| name.starts_with(&format!("{PREFERENCES_FILE}.{why}-")))
        .collect()
}

#[test]
fn damaged_preferences_make_way_for_the_previous_copy() {
    let (mut console, _other) = with_two();
    console.close();
    fs::write(console.folder().file(PREFERENCES_FILE), "{\"kind\": oops").unwrap();
    let mut console = console.restart_from_disk();
    console.wait_for_text("A file could not be used");
    console.assert_shows("it is damaged at line 1");
    console.assert_shows("The previous copy is used.");
    console.until_listed();
    // The copy is one write older, so it lacks the label, which came with the last write.
    let known = &console.state().saved.profiles;
    assert!(
        known
            .iter()
            .any(|known| known.profile == profile(&console.server))
    );
    let [aside] = &set_aside(&console, "damaged")[..] else {
        panic!("one file is set aside");
    };
    console.assert_shows(aside);
    let text = fs::read_to_string(console.folder().file(aside)).unwrap();
    assert_eq!(text, "{\"kind\": oops");
}

#[test]
fn newer_preferences_are_kept_whole_and_the_console_begins_anew() {
    let (mut console, _other) = with_two();
    console.close();
    let newer =
        r#"{"kind":"thred-console preferences","version":2,"data":{"profiles":"elsewhere"}}"#;
    fs::write(console.folder().file(PREFERENCES_FILE), newer).unwrap();
    let mut console = console.restart_from_disk();
    console.wait_for_text("it was written by a newer version of this program");
    console.assert_shows("The console continues without it.");
    assert!(console.state().is_signed_out());
    // From now on, the console writes a new file.
    console.click("Custom");
    console.retype("Custom URL", &console.server.base_url());
    console.sign_in();
    console.until_remembered();
    let [aside] = &set_aside(&console, "newer")[..] else {
        panic!("one file is set aside");
    };
    let text = fs::read_to_string(console.folder().file(aside)).unwrap();
    assert_eq!(text, newer);
}

#[cfg(unix)]
#[test]
fn the_preferences_are_their_owners_alone_and_hold_no_key() {
    use std::os::unix::fs::PermissionsExt as _;

    let (mut console, _other) = with_two();
    console.close();
    for file in fs::read_dir(console.folder().root()).unwrap().flatten() {
        let mode = file.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", file.path());
        let text = fs::read_to_string(file.path()).unwrap();
        assert!(!text.contains(crate::support::KEY), "{:?}", file.path());
    }
}
