//! Unlocking: reading the key again from its source, and the failures of that.

use egui::{Key, Modifiers};
use keyring_core::Error;
use thred_console::demo::DemoOptions;
use thred_console::domain::credentials::{ApiKey, Credentials, PartnerId};
use thred_console::domain::keychain::KeychainProblem;
use thred_console::platform::keychain::Keychain as _;
use thred_console::state::session::lock::LockReason;
use thred_console::state::shell::messages::Page;

use super::signed_in;
use crate::support::{Answer, Console, Fault, KEY, On, PARTNER, RunGate, Setup};

#[test]
fn the_key_is_read_from_the_keychain_again() {
    let mut console = signed_in(Setup::default());
    console.click("Lock");
    assert!(console.is_locked(), "the button in the band");
    console.assert_shows("Reads the key from the macOS Keychain");
    assert_eq!(console.keychain.calls(), ["write"]);
    console.click("Unlock");
    console.until_listed();
    assert_eq!(console.keychain.calls(), ["write", "read"]);
    console.assert_shows("Acme Ltd");
}

#[test]
fn while_the_keychain_waits_the_lock_says_so_and_can_go_back() {
    let mut console = signed_in(Setup::default());
    let dialog = console.keychain.unlock_dialog();
    let open = dialog.lock().unwrap();
    console.lock();
    console.press(Key::Enter);
    console.assert_shows("Waiting for the macOS Keychain");
    console.assert_shows("If it asks you to unlock it, its window may be behind this one.");
    console.click("Cancel");
    assert!(console.is_locked());
    drop(open);
    console.wait_for("the late answer", |console| {
        console.keychain.calls() == ["write", "read"]
    });
    console.settle();
    assert!(console.is_locked(), "it is dropped");
    console.unlock();
}

#[test]
fn what_goes_wrong_has_words_and_ways_out() {
    let mut console = signed_in(Setup::default());
    console.lock();
    console.keychain.fail_next(
        &console.item(),
        Error::NoStorageAccess("SS error: prompt dismissed".into()),
    );
    console.press(Key::Enter);
    console.wait_for_text("The keychain stayed locked");
    assert!(matches!(
        console.locked().problem,
        Some(
            thred_console::state::session::attempt::SignInProblem::Keychain(
                KeychainProblem::Dismissed,
                _
            )
        )
    ));
    console
        .server
        .fault(On::SignIn, Fault::Once(Answer::status(401)));
    console.click("Try again");
    console.wait_for_text("rejected the API key");
    assert!(console.focused().contains("Enter another key…"), "it helps");
    console.keychain.delete(&console.item()).unwrap();
    console.click("Try again");
    console.wait_for_text("The key is no longer in the keychain");
    console.click("Sign in another way");
    assert_eq!(console.field_value("Partner UUID"), PARTNER.to_string());
    assert_eq!(console.field_value("Custom URL"), console.server.base_url());
    console.retype("API key", KEY);
    console.click("Sign in to Custom");
    console.until_listed();
}

#[test]
fn a_keychain_that_stays_locked_can_be_asked_again_or_done_without() {
    let mut console = signed_in(Setup::default());
    let dismiss = |console: &Console| {
        console.keychain.fail_next(
            &console.item(),
            Error::NoStorageAccess("SS error: prompt dismissed".into()),
        );
    };
    console.lock();
    dismiss(&console);
    console.press(Key::Enter);
    console.wait_for_text("Try again, or enter the key for this session only.");
    let calls = console.keychain.calls().len();
    console.click("Try again");
    console.until_listed();
    assert_eq!(
        console.keychain.calls().len(),
        calls + 1,
        "it was asked anew"
    );

    console.lock();
    dismiss(&console);
    console.press(Key::Enter);
    console.wait_for_text("The keychain stayed locked");
    console.click("Enter the key for this session only");
    assert_eq!(console.field_value("Partner UUID"), PARTNER.to_string());
    console.assert_shows("The key stays in memory until the console locks or closes.");
    let calls = console.keychain.calls();
    console.retype("API key", KEY);
    console.click("Sign in to Custom");
    console.until_listed();
    console.assert_shows("Signed in for this session");
    assert_eq!(
        console.keychain.calls(),
        calls,
        "the keychain is left alone"
    );
}

#[test]
fn a_key_for_this_session_only_has_to_be_entered_again() {
    let mut console = Console::start(Setup::default().locking_after(10));
    console.click("Don’t save it");
    console.sign_in();
    console.until_listed();
    console.type_into("Filter businesses", "country:NL ");
    console.pass(std::time::Duration::from_mins(9));
    console.assert_shows("Stay unlocked");
    console.pass(std::time::Duration::from_mins(1));
    console.assert_shows("The key was for this session only. Enter it again.");
    console.click("Sign in again…");
    assert_eq!(console.field_value("Partner UUID"), PARTNER.to_string());
    assert_eq!(console.field_value("API key"), "");
    console.retype("API key", KEY);
    console.click("Sign in to Custom");
    console.until_listed();
    assert_eq!(console.listed().len(), 2, "the filter has come back");
}

#[test]
fn variables_of_the_environment_are_read_again() {
    let mut console = Console::start(Setup::default());
    *console.variables.lock().unwrap() = Some(Credentials {
        environment: console.environment(),
        partner: PartnerId(PARTNER),
        key: ApiKey::parse(KEY).unwrap(),
    });
    console.begin_with(Console::session_only(console.environment()));
    console.until_listed();
    console.lock();
    console.assert_shows("which keep it while the console runs");
    console.unlock();
    assert!(console.keychain.calls().is_empty());

    console.lock();
    *console.variables.lock().unwrap() = None;
    console.press(Key::Enter);
    console.wait_for_text("The environment variables no longer hold this key");
}

#[test]
fn the_demo_goes_on_behind_the_lock() {
    let demo = DemoOptions {
        businesses: 20,
        credentials: None,
        ..DemoOptions::default()
    };
    let mut console = Console::start(Setup {
        businesses: Vec::new(),
        demo,
        any_script: true,
        ..Setup::default()
    });
    console.click("Explore the demo");
    console.until_listed();
    // A business that a fresh demo server would not have.
    console.fill();
    console.click("Create in Demo");
    console.wait_for_text("Created in Demo");
    console.press(Key::N);
    console.type_into("external_id", "half-typed");
    console.lock();
    console.assert_shows("The demo keeps running and needs no key");
    console.unlock();
    assert_eq!(console.listed().len(), 21);
    assert!(
        console
            .listed()
            .contains(&"Harbour Lane Books Ltd".to_owned())
    );
    assert_eq!(console.field_value("external_id"), "half-typed");
}

#[test]
fn it_starts_locked_where_that_is_set() {
    let mut setup = Setup::default();
    setup.settings.locks_at_start = true;
    let mut console = signed_in(setup);
    console.until_remembered();
    let mut console = console.restart();
    console.settle();
    assert!(console.is_locked());
    assert_eq!(console.locked().why, LockReason::AtStart);
    assert_eq!(console.keychain.calls(), ["write"], "nothing was read");
    console.assert_shows("Nothing has been read yet.");
    console.assert_shows("127.0.0.1");
    console.unlock();
    assert_eq!(console.workspace().page, Page::Businesses);
}

#[test]
fn help_is_there_and_nothing_else() {
    let mut console = signed_in(Setup::default());
    console.lock();
    console.press(Key::Questionmark);
    console.assert_shows("Lock");
    console.press(Key::Escape);
    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Q);
    assert!(!console.shows("Sign out?"));
    assert!(console.is_locked());
    assert!(console.locked().problem.is_none());
}

#[test]
fn a_second_lock_while_unlocking_is_not_needed() {
    let mut console = signed_in(Setup::default());
    console.lock();
    let gate = RunGate::closed();
    let held = Answer::real().held_by(&gate);
    console.server.fault(On::SignIn, Fault::Once(held));
    console.press(Key::Enter);
    console.wait_for("the request", |console| {
        console.log().count(&On::SignIn) == 2
    });
    console.assert_shows("Unlocking…");
    assert!(!console.shows("Acme Ltd"));
    console.press_with(Modifiers::COMMAND, Key::L);
    gate.open();
    console.until_listed();
}

#[test]
fn a_key_that_is_stored_behind_the_lock_is_remembered_with_its_day() {
    let mut console = Console::start(Setup::default());
    let dialog = console.keychain.unlock_dialog();
    let open = dialog.lock().unwrap();
    console.sign_in();
    console.wait_for("the write", |console| console.keychain.calls() == ["write"]);
    console.lock();
    drop(open);
    console.wait_for("the preferences", |console| {
        let saved = console.preferences();
        let known = saved.profiles.first();
        known.is_some_and(|known| known.key.added_at.is_some())
    });
    assert!(console.is_locked());
    console.unlock();
    console.assert_shows("Key due in 90 days");
}

#[test]
fn a_key_that_was_not_stored_behind_the_lock_is_told_there() {
    for is_unlocking in [false, true] {
        let mut console = Console::start(Setup::default());
        let dismissed = Error::NoStorageAccess("SS error: prompt dismissed".into());
        console.keychain.fail_next(&console.item(), dismissed);
        let dialog = console.keychain.unlock_dialog();
        let open = dialog.lock().unwrap();
        console.sign_in();
        console.wait_for("the write", |console| console.keychain.calls() == ["write"]);
        console.lock();
        if is_unlocking {
            console.press(Key::Enter);
            console.assert_shows("Waiting for the macOS Keychain");
        }
        drop(open);
        console.wait_for_text("The keychain stayed locked");
        console.assert_shows("Enter it again");
        assert!(console.is_locked());
        console.click("Sign in again…");
        console.retype("API key", KEY);
        console.click("Sign in to Custom");
        console.until_listed();
    }
}
