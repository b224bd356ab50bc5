//! The keychain at sign-in, start and sign-out, and its failures.

use egui::{Key, Modifiers};
use keyring_core::Error;
use thred_console::state::session::open::{KeyStoring, Open};

use crate::support::{Console, KEY, On, PARTNER, Setup};

fn broken(text: &str) -> Box<dyn std::error::Error + Send + Sync> {
    text.to_owned().into()
}

/// The errors of a store, each with its title.
fn failures() -> Vec<(Error, &'static str)> {
    vec![
        (Error::NoDefaultStore, "No keychain on this computer"),
        (
            Error::NoStorageAccess(broken("SS error: prompt dismissed")),
            "The keychain stayed locked",
        ),
        (
            Error::NoStorageAccess(broken("object locked")),
            "The keychain denied access",
        ),
        (
            Error::NoStorageAccess(broken("SS error: result not returned from SS API")),
            "The keychain is not set up",
        ),
        (
            Error::Ambiguous(Vec::new()),
            "The keychain has duplicate keys",
        ),
        (
            Error::TooLong("secret".into(), 7),
            "The key is too long for the keychain",
        ),
        (
            Error::Invalid("a".into(), "b".into()),
            "The keychain reported an error",
        ),
    ]
}

#[test]
fn a_keychain_that_fails_is_named_and_the_session_goes_on() {
    for (error, title) in failures() {
        let mut console = Console::start(Setup::default());
        console.keychain.fail_next(&console.item(), error);
        console.sign_in();
        console.wait_for_text(title);
        assert!(
            console
                .toast()
                .body
                .ends_with("You are signed in for this session only."),
            "{:?}",
            console.toast()
        );
        console.assert_shows("Signed in for this session");
        console.wait_until("the list", |state| {
            state.workspace().unwrap().list.shown_count() == 6
        });
        assert_eq!(console.keychain.key(&console.item()), None);
        assert_eq!(console.preferences().last_profile, None);

        console.click("Try again");
        console.wait_for("the key", |console| {
            console.keychain.key(&console.item()).as_deref() == Some(KEY)
        });
        console.wait_until("the news", |state| {
            state.open().is_some_and(Open::is_key_in_keychain)
        });
        assert!(!console.shows(title), "told until it is mended");
    }
}

#[test]
fn the_way_to_try_again_stays_in_the_status_bar() {
    let mut console = Console::start(Setup::default());
    console
        .keychain
        .fail_next(&console.item(), Error::NoDefaultStore);
    console.sign_in();
    console.wait_for_text("No keychain on this computer");
    console.click("Close");
    assert!(!console.shows("No keychain on this computer"));
    console.click("Save the key…");
    console.wait_for("the key", |console| {
        console.keychain.key(&console.item()).is_some()
    });
}

/// A console that has signed in and saved its profile, to be restarted.
fn after_a_run() -> Console {
    let mut console = Console::start(Setup::default());
    console.sign_in();
    console.wait_for("the preferences", |console| {
        console.preferences().last_profile.is_some()
    });
    console
}

#[test]
fn a_keychain_that_fails_at_start_up_has_words_a_retry_and_the_form() {
    for (error, title) in failures() {
        let console = after_a_run();
        console.keychain.fail_next(&console.item(), error);
        let mut console = console.restart();
        console.wait_for_text(title);
        console.assert_shows("Try again, or sign in below with the key.");
        assert_eq!(console.log().count(&On::SignIn), 1);
        console.click("Try again");
        console.wait_until("the sign-in", |state| state.workspace().is_some());
    }
}

#[test]
fn a_keychain_that_stays_locked_at_start_up_can_be_done_without() {
    let console = after_a_run();
    let dismissed = Error::NoStorageAccess(broken("SS error: prompt dismissed"));
    console.keychain.fail_next(&console.item(), dismissed);
    let mut console = console.restart();
    console.wait_for_text("The keychain stayed locked");
    console.click("This session only");
    console.assert_shows("The key stays in memory until the console locks or closes.");
    let calls = console.keychain.calls();
    console.retype("API key", KEY);
    console.click("Sign in to Custom");
    console.until_listed();
    console.assert_shows("Signed in for this session");
    assert_eq!(console.keychain.calls(), calls, "it is not asked again");
    assert_eq!(console.keychain.key(&console.item()).as_deref(), Some(KEY));
}

#[test]
fn a_keychain_whose_thread_has_ended_leaves_nobody_waiting() {
    let mut console = Console::start(Setup::default());
    console.keychain.die();
    console.sign_in();
    console.wait_for_text("The keychain reported an error");
    console.assert_shows("You are signed in for this session only.");
    // The keychain's thread is gone for good, so the retry fails too, without hanging.
    console.click("Try again");
    console.wait_until("the answer", |state| {
        let open = state.open();
        open.is_some_and(|open| matches!(open.storing, KeyStoring::Failed(_)))
    });
    assert_eq!(console.keychain.calls(), ["write"]);
}

#[test]
fn a_key_that_is_gone_at_start_up_is_told() {
    let console = after_a_run();
    let item = console.item();
    thred_console::platform::keychain::Keychain::delete(&*console.keychain, &item).unwrap();
    let mut console = console.restart();
    console.wait_for_text("The key is no longer in the keychain");
    console.assert_shows("Sign in below with the key to store it again.");
}

#[test]
fn a_stored_text_that_is_no_key_is_told() {
    let console = after_a_run();
    console.keychain.put(&console.item(), "not a key\n at all");
    let mut console = console.restart();
    console.wait_for_text("The stored key is unusable");
}

#[test]
fn a_stored_key_that_no_longer_works_leaves_the_form_filled() {
    let console = after_a_run();
    console.server.state().revoke_api_key(KEY);
    let mut console = console.restart();
    console.wait_for_text("rejected the API key");
    assert_eq!(console.field_value("Custom URL"), console.server.base_url());
    assert_eq!(
        console.keychain.key(&console.item()).as_deref(),
        Some(KEY),
        "nothing is deleted unasked"
    );
}

#[test]
fn while_the_keychain_waits_for_its_user_the_window_can_be_used() {
    let console = after_a_run();
    let dialog = console.keychain.unlock_dialog();
    let open = dialog.lock().unwrap();
    let mut console = console.restart();
    console.wait_for_text("Waiting for the macOS Keychain");
    console.assert_shows("If it asks you to unlock it, its window may be behind this one.");
    console.click("Sign in another way");
    assert!(console.shows("API key"));
    drop(open);
    console.wait_for("the late answer", |console| {
        console.keychain.calls() == ["write", "read"]
    });
    console.settle();
    assert!(console.state().is_signed_out(), "it is dropped");
    console.sign_in();
}

#[test]
fn a_key_that_cannot_be_removed_is_told() {
    let mut console = after_a_run();
    console.keychain.fail_next(
        &console.item(),
        Error::NoStorageAccess(broken("SS error: prompt dismissed")),
    );
    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Q);
    console.click("Sign out of Custom");
    console.wait_for_text(
        "Signed out, but the key is still in the macOS Keychain. The keychain stayed locked.",
    );
    assert!(console.state().workspace().is_none());
}

#[test]
fn a_new_key_replaces_the_old_one_in_place() {
    let console = after_a_run();
    let new = console.server.state().issue_api_key();
    console.server.state().revoke_api_key(KEY);
    let mut console = console.restart();
    console.wait_for_text("rejected the API key");
    console.retype("API key", &new);
    console.click("Sign in to Custom");
    console.wait_for("the new key", |console| {
        console.keychain.key(&console.item()).as_deref() == Some(new.as_str())
    });
    assert_eq!(
        console.keychain.calls(),
        ["write", "read", "write"],
        "never deleted and made anew"
    );
}

#[test]
fn a_sign_out_waits_for_the_key_that_is_still_being_stored() {
    let mut console = Console::start(Setup::default());
    let dialog = console.keychain.unlock_dialog();
    let open = dialog.lock().unwrap();
    console.sign_in();
    console.wait_for("the write", |console| console.keychain.calls() == ["write"]);
    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Q);
    console.click("Sign out of Custom");
    console.settle();
    console.assert_shows("The key is being removed from the macOS Keychain.");
    drop(open);
    console.wait_for_text("Signed out. The key was removed from the macOS Keychain.");
    assert_eq!(console.keychain.calls(), ["write", "delete"]);
    assert_eq!(console.keychain.key(&console.item()), None);
    assert_eq!(console.preferences().last_profile, None);
}

#[test]
fn a_key_that_was_gone_before_the_sign_out_is_told_in_a_sentence() {
    let mut console = after_a_run();
    let item = console.item();
    thred_console::platform::keychain::Keychain::delete(&*console.keychain, &item).unwrap();
    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Q);
    console.click("Sign out of Custom");
    console.wait_for_text("Signed out. The macOS Keychain no longer held the key.");
}

#[test]
fn a_session_from_the_variables_leaves_nothing_on_disk() {
    let mut console = Console::start(Setup::default());
    console.begin_with(Console::session_only(console.environment()));
    console.until_listed();
    console.click("Country");
    console.select("Acme Ltd");
    console.copy_token();
    console.fill();
    console.assert_shows("Draft kept in memory until the console closes");
    console.pass_a_second();
    console.click("Create in Custom");
    console.wait_for_text("Created in Custom");
    console.open_form();
    console.type_into("Legal name", "Lindenhof");
    console.pass_a_second();
    console.close();
    let host = console.environment().host();
    for file in std::fs::read_dir(console.folder().root()).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        for trace in [&PARTNER.to_string(), &host, "Lindenhof", "Acme"] {
            assert!(!text.contains(trace), "{trace} in {}", path.display());
        }
    }
}

#[test]
fn after_a_sign_out_the_form_is_about_the_profile_that_was_left() {
    let mut console = Console::signed_in(Setup::default());
    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Q);
    console.click("Sign out of Custom");
    console.wait_for_text("Signed out.");
    assert_eq!(console.field_value("Partner UUID"), PARTNER.to_string());
    let server = console.server.base_url();
    let address = console.field_value("Custom URL");
    assert_eq!(address.trim_end_matches('/'), server.trim_end_matches('/'));
    assert_eq!(console.field_value("API key"), "");
}
