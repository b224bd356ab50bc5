//! Signing in with a typed key.

use egui::{Key, Modifiers};
use thred_console::domain::key_source::KeySource;
use thred_console::state::session::open::Open;

use crate::support::{Answer, Console, Fault, KEY, On, PARTNER, RunGate, Setup};

#[track_caller]
fn open(console: &Console) -> &Open {
    console.state().open().expect("signed in")
}

#[test]
fn typed_proved_stored_and_signed_in_again_at_the_next_start_until_sign_out() {
    let mut console = Console::start(Setup::default());
    console.assert_shows("The key is saved in the macOS Keychain once Custom accepts it.");
    console.sign_in();
    console.wait_for("the key in the keychain", |console| {
        open(console).is_key_in_keychain()
    });
    assert_eq!(console.keychain.key(&console.item()).as_deref(), Some(KEY));
    console.assert_shows("Signed in");

    let mut console = console.restart();
    console.wait_until("the sign-in", |state| state.open().is_some());
    assert!(open(&console).is_key_in_keychain());
    assert_eq!(console.log().count(&On::SignIn), 2);
    assert_eq!(
        console.keychain.calls(),
        ["write", "read"],
        "what was read is not written again"
    );

    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Q);
    console.assert_shows("The console removes the API key from the macOS Keychain");
    console.click("Sign out of Custom");
    console.wait_for_text("Signed out. The key was removed from the macOS Keychain.");
    assert_eq!(console.keychain.key(&console.item()), None);
    assert!(console.state().workspace().is_none());

    let console = console.restart();
    assert!(console.state().is_signed_out() && console.sign_in_problem().is_none());
    assert_eq!(
        console.log().count(&On::SignIn),
        2,
        "nothing signs in by itself any more"
    );
    assert_eq!(console.keychain.calls(), ["write", "read", "delete"]);
}

#[test]
fn a_look_alike_host_is_named_in_punycode_before_anything_is_sent() {
    let mut console = Console::start(Setup::default());
    // The first letter is Cyrillic.
    console.retype("Custom URL", "https://аpi.thredfi.com");
    console.assert_shows("Requests go to xn--pi-6kc.thredfi.com.");
    assert!(
        console.offers("Sign in to xn--pi-6kc.thredfi.com"),
        "it is not Production"
    );
    console.retype("Custom URL", "https://api.thredfi.com");
    assert!(!console.shows("Requests go to"));
}

#[test]
fn a_look_alike_host_of_a_key_source_is_named_as_well() {
    let mut console = Console::start(Setup::default());
    console.click("Get the key from…");
    console.choose("API key from", "HashiCorp Vault or OpenBao");
    // Both have a Cyrillic letter.
    console.retype("Address", "https://vаult.example.com:8200");
    console.assert_shows("Requests go to xn--vult-53d.example.com:8200.");
    console.retype("Address", "https://vault.example.com:8200");
    assert!(!console.shows("Requests go to"));
    console.retype("Path of the secret", "https://vаult.example.com/ui/vault");
    console.assert_shows("Requests go to xn--vult-53d.example.com.");
    console.retype("Path of the secret", "secret/größe");
    assert!(!console.shows("Requests go to"));
}

#[test]
fn a_wrong_key_stores_nothing_and_loses_nothing_else_that_was_typed() {
    let mut console = Console::start(Setup::default());
    console.sign_in_with(&PARTNER.to_string(), "sk_live_Wrong/Key+0123456789");
    let host = console.environment().host();
    console.wait_for_text(&format!("{host} rejected the API key"));
    console.assert_shows("You are not signed in, and nothing was stored or changed.");
    assert!(console.keychain.calls().is_empty());
    assert_eq!(console.preferences(), Default::default());
    assert_eq!(
        console.log().count(&On::SignIn),
        1,
        "a refused key is not tried again"
    );

    assert_eq!(console.field_value("Partner UUID"), PARTNER.to_string());
    assert_eq!(console.field_value("Custom URL"), console.server.base_url());
    // A rejected key is cleared from the field too.
    console.click("Sign in to Custom");
    console.assert_shows("Enter the API key from the Partner Portal.");
    assert_eq!(console.log().count(&On::SignIn), 1);

    console.retype("API key", KEY);
    console.press(Key::Enter);
    console.wait_until("the sign-in", |state| state.workspace().is_some());
}

#[test]
fn a_mistyped_key_of_a_known_profile_is_not_called_revoked() {
    let mut console = Console::start(Setup::default());
    console.sign_in_with(&PARTNER.to_string(), KEY);
    console.until_listed();
    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Q);
    console.click("Sign out of Custom");
    console.wait_for_text("Signed out.");
    console.sign_in_with(&PARTNER.to_string(), "sk_live_Wrong/Key+0123456789");
    console.wait_for_text("is not the one that worked before (fingerprint ");
    assert!(!console.shows("revoked or replaced"));
}

#[test]
fn the_key_is_stored_only_after_the_server_has_accepted_it() {
    let mut console = Console::start(Setup::default());
    let gate = RunGate::closed();
    console
        .server
        .fault(On::SignIn, Fault::Once(Answer::real().held_by(&gate)));
    console.sign_in_with(&PARTNER.to_string(), KEY);
    console.until_log(|log| log.count(&On::SignIn) == 1);
    console.settle();
    assert!(
        console.keychain.calls().is_empty(),
        "not before it is proved"
    );
    console.assert_shows("Signing in…");
    gate.open();
    console.wait_for("the writing", |console| {
        console.keychain.key(&console.item()).is_some()
    });
}

#[test]
fn the_sign_in_is_asked_for_as_the_vendor_documents_it() {
    let console = Console::signed_in(Setup::default());
    let asked = &console.log().of(&On::SignIn)[0];
    let pair = format!("{PARTNER}:{KEY}");
    let basic = format!(
        "Basic {}",
        base64::Engine::encode(&base64::engine::general_purpose::STANDARD, pair)
    );
    assert_eq!(asked.authorization(), Some(basic.as_str()));
    assert_eq!(
        asked.body,
        format!("grant_type=client_credentials&client_id={PARTNER}")
    );
    let later = console.log().all();
    assert!(
        later[1..]
            .iter()
            .all(|seen| seen.scheme() == Some("Bearer")),
        "{later:?}"
    );
}

#[test]
fn a_key_that_is_not_to_be_kept_is_not() {
    let mut console = Console::start(Setup::default());
    console.click("Don’t save it");
    console.assert_shows("The key stays in memory until the console locks or closes.");
    console.sign_in();
    console.assert_shows("Signed in for this session");
    assert_eq!(open(&console).source, KeySource::Typed);

    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Q);
    console.click("Sign out of Custom");
    console.wait_for_text("Signed out. The key was in memory only and was removed.");
    assert!(!console.shows("Enter the key again"), "nothing has failed");
    assert!(console.keychain.calls().is_empty());
    assert_eq!(console.preferences().last_profile, None);
}

#[test]
fn credentials_of_the_environment_leave_no_trace() {
    let mut console = Console::start(Setup::default());
    let command = Console::session_only(console.environment());
    console.begin_with(command);
    console.wait_until("the sign-in", |state| state.workspace().is_some());
    console.assert_shows("Signed in for this session");
    let console = console.restart();
    assert!(console.state().is_signed_out());
    assert!(console.keychain.calls().is_empty());
    assert_eq!(console.preferences().last_profile, None);
    assert!(console.preferences().profiles.is_empty());
}

#[test]
fn what_is_missing_or_wrong_is_said_beside_its_field_and_nothing_is_sent() {
    let mut console = Console::start(Setup::default());
    console.click("Sign in to Custom");
    console.assert_shows("Enter the API key from the Partner Portal.");

    console.type_into("Partner UUID", "3f2a71c8-05de-4b7e-8d14-61fa20b39c1g");
    assert!(console.is_marked_wrong("Partner UUID"));
    console.retype("Partner UUID", &format!("  {PARTNER}\r\n"));
    assert!(
        !console.is_marked_wrong("Partner UUID"),
        "what surrounds it does not matter"
    );
    console.type_into("API key", "two words");
    console.assert_shows("Character 4 is not valid in an API key.");

    for (url, reason) in [
        (
            "http://thred.example.com",
            "http:// would send the API key unprotected.",
        ),
        (
            "ftp://thred.example.com",
            "Only https:// addresses are supported.",
        ),
        (
            "https://me:pw@thred.example.com",
            "Leave the user name and password out of the address.",
        ),
        (
            "https://thred.example.com/v1",
            "Remove everything after the host.",
        ),
    ] {
        console.retype("Custom URL", url);
        console.assert_shows(reason);
        console.click("Sign in");
    }
    assert!(console.log().all().is_empty(), "{:?}", console.log().all());
    assert!(console.state().is_signed_out());
}

#[test]
fn signing_in_can_be_cancelled_and_the_late_answer_is_dropped() {
    let mut console = Console::start(Setup::default());
    let gate = RunGate::closed();
    console
        .server
        .fault(On::SignIn, Fault::Once(Answer::real().held_by(&gate)));
    console.sign_in_with(&PARTNER.to_string(), KEY);
    console.until_log(|log| log.count(&On::SignIn) == 1);
    console.pass(std::time::Duration::from_secs(11));
    console.assert_shows(&format!(
        "Waiting for {} to answer, 11 s",
        console.environment().host()
    ));
    console.click("Cancel");
    gate.open();
    console.until_log(|log| log.in_flight() == 0);
    console.settle();
    assert!(console.state().is_signed_out() && console.sign_in_problem().is_none());
    assert!(console.keychain.calls().is_empty());
    assert_eq!(console.field_value("Partner UUID"), PARTNER.to_string());
    // Cancelling clears the key.
    console.click("Sign in to Custom");
    console.assert_shows("Enter the API key from the Partner Portal.");
    assert_eq!(console.log().count(&On::SignIn), 1);
}

#[test]
fn answers_that_come_after_sign_out_are_dropped() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let gate = RunGate::closed();
    for on in [On::Token, On::List] {
        console
            .server
            .fault(on, Fault::Always(Answer::real().held_by(&gate)));
    }
    console.press(Key::T);
    console.press(Key::F5);
    console.until_log(|log| log.count(&On::Token) == 1 && log.count(&On::Page(1)) == 2);
    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Q);
    console.click("Sign out of Custom");
    console.until_log(|log| log.in_flight() == 0);
    gate.open();
    console.wait_for_text("Signed out.");
    assert!(console.state().workspace().is_none());
    assert_eq!(console.clipboard.copies(), 0);

    console.server.clear_faults();
    console.sign_in();
    assert!(console.workspace().tokens.is_empty() && !console.workspace().tokens.is_fetching());
    assert!(console.workspace().selected.is_none());
}

#[test]
fn production_typed_as_custom_is_called_production() {
    let mut console = Console::start(Setup::default());
    for typed in ["api.thredfi.com", "https://backend.thredfi.com"] {
        console.retype("Custom URL", typed);
        console.assert_shows("Sign in to Production");
        console.assert_shows("once Production accepts it");
    }
}
