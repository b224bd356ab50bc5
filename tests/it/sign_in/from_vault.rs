//! A key that a Vault AppRole reads. Its secret ID is typed once and then kept in the keychain.

use egui::{Key, Modifiers};
use thred_console::domain::key_source::ExternalSource;
use thred_console::platform::keychain::KeychainItem;
use thred_console::state::session::attempt::SignInProblem;

use crate::support::{Console, FakeVault, KEY, PARTNER, Setup};

const ROLE: &str = "9f3c-role-of-the-console";
const SECRET_ID: &str = "SENTINEL-secret-id-0001";

/// The keychain item of the answer that the key source of the open session asks for.
fn item(console: &Console) -> KeychainItem {
    let open = console.state().open().expect("a session");
    let source: &ExternalSource = open.source.external().expect("a source");
    KeychainItem::answer(
        &source.answer_id().expect("a prompt that is kept"),
        &source.name(),
    )
}

fn fill_in(console: &mut Console, vault: &FakeVault) {
    console.click("Get the key from…");
    console.choose("API key from", "HashiCorp Vault or OpenBao");
    console.retype("Address", &vault.address());
    console.retype("Path of the secret", "secret/thred/production");
    console.choose("Log in with", "AppRole");
    console.retype("Role ID", ROLE);
    console.paste_into("Secret ID", SECRET_ID);
}

fn start(console: &Console) -> FakeVault {
    let partner = PARTNER.to_string();
    console.block_on(FakeVault::start(ROLE, SECRET_ID, &partner, KEY))
}

#[test]
fn the_secret_id_is_typed_once_and_kept_by_the_keychain_alone() {
    let mut console = Console::start(Setup::default());
    let vault = start(&console);
    fill_in(&mut console, &vault);
    console.click("Test with Custom");
    console.wait_for_text("Custom accepts the key");
    assert!(console.keychain.calls().is_empty(), "it was only tested");
    console.click("Save and sign in");
    console.until_listed();
    let item = item(&console);
    console.wait_for("the keychain", |console| {
        console.keychain.key(&item).as_deref() == Some(SECRET_ID)
    });
    console.assert_shows("Key from Vault · secret/thred/production v4");
    console.until_saved();
    let written = serde_json::to_string(&console.preferences()).unwrap();
    assert!(!written.contains("SENTINEL") && !written.contains(KEY));
    assert_eq!(vault.logins(), 1, "once for the test and the sign-in");

    console.press_with(Modifiers::COMMAND, Key::L);
    console.assert_shows("Locked");
    console.press(Key::Enter);
    console.until_listed();
    assert_eq!(vault.logins(), 2);
    let mut console = console.restart();
    console.until_listed();
    assert_eq!(vault.logins(), 3);
}

#[test]
fn a_secret_id_that_was_replaced_is_asked_for_and_kept_anew() {
    let mut console = Console::start(Setup::default());
    let vault = start(&console);
    fill_in(&mut console, &vault);
    console.click("Test with Custom");
    console.wait_for_text("Custom accepts the key");
    console.click("Save and sign in");
    console.until_listed();
    let item = item(&console);
    console.until_saved();

    vault.replace_secret_id("SENTINEL-secret-id-0002");
    console.press_with(Modifiers::COMMAND, Key::L);
    console.press(Key::Enter);
    console.wait_for("the refusal", |console| {
        console
            .state()
            .locked()
            .is_some_and(|locked| matches!(locked.problem, Some(SignInProblem::Source(..))))
    });
    console.paste_into("Secret ID", "SENTINEL-secret-id-0002");
    console.press(Key::Enter);
    console.until_listed();
    console.wait_for("the keychain", |console| {
        console.keychain.key(&item).as_deref() == Some("SENTINEL-secret-id-0002")
    });

    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Q);
    console.click("Sign out of Custom");
    console.wait_for("the keychain", |console| {
        console.keychain.key(&item).is_none()
    });
}
