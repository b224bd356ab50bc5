//! Closing or killing the program at each step of a rotation, and starting it again.

use egui::{Key, Modifiers};
use thred_console::domain::history::HistoryAction;
use thred_console::domain::rotation::RotationStep;

use super::{aged, assert_no_file_holds, fingerprint};
use crate::support::{Console, KEY};

fn locked_and_unlocked(mut console: Console) -> Console {
    console.press_with(Modifiers::COMMAND, Key::L);
    assert!(console.state().locked().is_some());
    assert!(console.state().keys().is_none());
    console.press(Key::Enter);
    console
}

/// Ends the program at every step, and checks that the key works and the rotation resumes.
fn goes_on_after(ending: fn(Console) -> Console) {
    let mut console = aged(83);
    let new = console.walk_to(RotationStep::Portal);
    for step in RotationStep::ALL {
        console.walk_on_to(step, &new);
        console.until_saved();
        assert_no_file_holds(&console, &[&new]);
        console = ending(console);
        console.until_listed();
        console.works();
        console.open_key_page();
        let resumed = match step {
            RotationStep::Portal => RotationStep::Portal,
            RotationStep::Paste
            | RotationStep::Verify
            | RotationStep::OtherSystems
            | RotationStep::Switch => RotationStep::Paste,
            RotationStep::Check => RotationStep::Check,
        };
        assert_eq!(console.step(), resumed);
        if step == RotationStep::Check {
            assert_eq!(console.stored_key(), Some(new.clone()));
        } else {
            assert_eq!(console.stored_key().as_deref(), Some(KEY));
        }
        if step > RotationStep::Paste && step < RotationStep::Check {
            console.assert_shows("The new key was in memory only and was lost.");
            console.assert_shows(&format!("holds the old key ({})", fingerprint(KEY)));
        }
    }
    console.assert_shows("The console no longer has the old key");
    console.server.state().revoke_api_key(KEY);
    console.paste_into("Old API key", KEY);
    console.click("Check the old key");
    console.wait_for_text("The key is rotated");
    console.assert_shows("rejects the old key and accepts the new one");
    assert_eq!(console.stored_key(), Some(new));
    console.works();
}

#[test]
fn a_rotation_goes_on_after_a_close() {
    goes_on_after(Console::restart);
}

#[test]
fn a_rotation_goes_on_after_a_kill() {
    goes_on_after(Console::crash);
}

#[test]
fn a_rotation_goes_on_after_a_lock() {
    goes_on_after(locked_and_unlocked);
}

#[test]
fn a_kill_between_keychain_and_preferences_is_noticed_at_the_next_start() {
    let mut console = aged(83);
    let new = console.walk_to(RotationStep::Switch);
    // The keychain was written, but the preferences were not.
    console.keychain.put(&console.item(), &new);
    let mut console = console.crash();
    console.until_listed();
    assert_eq!(console.step(), RotationStep::Check);
    console.assert_shows("The new key is in use");
    console.assert_shows("Key due in 90 days");
    console.open_key_page();
    console.assert_shows(&format!("holds the new key ({})", fingerprint(&new)));
    console.until_saved();
    assert_eq!(
        console.preferences().profiles[0].key.fingerprint,
        Some(fingerprint(&new))
    );
    console.server.state().revoke_api_key(KEY);
    assert_recorded_once(&console, &new);
    console.paste_into("Old API key", KEY);
    console.click("Check the old key");
    console.wait_for_text("The key is rotated");
}

/// Asserts that the history has exactly one switch, to this key.
#[track_caller]
fn assert_recorded_once(console: &Console, new: &str) {
    let all = console.state().history.all_matching();
    let switches = all
        .iter()
        .filter(|entry| entry.action == HistoryAction::Rotated);
    let told: Vec<_> = switches.map(|entry| entry.fingerprint).collect();
    assert_eq!(told, [Some(fingerprint(new))]);
}

#[test]
fn a_switch_that_ends_behind_the_lock_is_found_and_told() {
    let mut console = aged(83);
    let new = console.walk_to(RotationStep::Switch);
    let dialog = console.keychain.unlock_dialog();
    let open = dialog.lock().unwrap();
    console.begin_to_switch();
    console.press_with(Modifiers::COMMAND, Key::L);
    drop(open);
    console.press(Key::Enter);
    console.until_listed();
    assert_eq!(console.step(), RotationStep::Check);
    assert!(!console.shows("before the console closed"));
    assert_recorded_once(&console, &new);
}

#[test]
fn a_kill_while_the_keychain_is_being_written_leaves_one_of_the_two_keys() {
    let mut console = aged(83);
    let new = console.walk_to(RotationStep::Switch);
    let dialog = console.keychain.unlock_dialog();
    let open = dialog.lock().unwrap();
    console.begin_to_switch();
    // The write waits at the keychain's unlock dialog. The program is killed, and the write still goes through.
    let mut console = console.crash();
    drop(open);
    console.until_listed();
    console.wait_for("the write", |console| {
        console.stored_key().as_deref() == Some(new.as_str())
    });
    console.works();
    let mut console = console.crash();
    console.until_listed();
    console.works();
    assert_eq!(console.step(), RotationStep::Check);
    console.open_key_page();
    console.assert_shows("Confirm the old key is revoked");
}

#[test]
fn a_key_that_was_replaced_elsewhere_is_said() {
    let console = aged(83);
    let other = console.server.state().issue_api_key();
    console.keychain.put(&console.item(), &other);
    let mut console = console.restart();
    console.until_listed();
    console.assert_shows("The API key was replaced elsewhere");
    console.assert_shows("Key due in 90 days");
    console.works();
}

#[test]
fn something_else_than_the_old_key_proves_nothing() {
    let mut console = aged(83);
    console.walk_to(RotationStep::Check);
    let mut console = console.restart();
    console.until_listed();
    console.open_key_page();
    let before = console.log().all().len();
    console.paste_into("Old API key", "sk_live_something_else");
    console.click("Check the old key");
    console.wait_for_text("This is not the old key");
    assert_eq!(console.log().all().len(), before, "it was sent nowhere");
}

#[test]
fn a_rotation_whose_old_key_may_still_work_is_mentioned_until_that_is_settled() {
    let mut console = aged(83);
    console.walk_to(RotationStep::Check);
    let mut console = console.restart();
    console.until_listed();
    console.assert_shows("The key rotation is unfinished.");
    console.assert_shows("The new key is in use, but the old key may still work.");
    console.click("Resume");
    console.assert_shows("Confirm the old key is revoked");
    assert!(!console.shows("The key rotation is unfinished."));
    console.paste_into("Old API key", KEY);
    console.server.state().revoke_api_key(KEY);
    console.click("Check the old key");
    console.wait_for_text("The key is rotated");
    console.press_with(Modifiers::COMMAND, Key::Num1);
    assert!(!console.shows("The key rotation is unfinished."));
}

#[test]
fn an_old_key_that_was_pasted_again_is_checked_until_it_is_dead() {
    let mut console = aged(83);
    console.walk_to(RotationStep::Check);
    let mut console = console.restart();
    console.until_listed();
    console.open_key_page();
    console.paste_into("Old API key", KEY);
    console.click("Check the old key");
    console.wait_for_text("The old key still works");
    assert!(!console.shows("The console no longer has the old key"));
    console.server.state().revoke_api_key(KEY);
    console.click("Check again");
    console.wait_for_text("The key is rotated");
}

#[test]
fn a_new_key_typed_at_the_sign_in_screen_ends_a_rotation_that_was_under_way() {
    let mut console = aged(83);
    let new = console.walk_to(RotationStep::Paste);
    console.server.state().revoke_api_key(KEY);
    let mut console = console.restart();
    console.wait_for_text("rejected the API key");
    console.assert_shows(
        "worked before, so it was revoked or replaced. It was added here 83 days ago",
    );
    console.retype("API key", &new);
    console.click("Sign in to Custom");
    console.wait_for("the new key", |console| {
        console.stored_key() == Some(new.clone())
    });
    console.wait_for("the step", |console| {
        console
            .state()
            .rotation()
            .is_some_and(|rotation| rotation.step == RotationStep::Check)
    });
    console.until_listed();
    console.assert_shows("Key due in 90 days");
}
