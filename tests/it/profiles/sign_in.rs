//! Signing in to a profile beside others, and choosing one when signed out.

use egui::{Key, Modifiers};

use super::{NORTHWIND, press_switch, profile, until_open, with_other, with_two};
use crate::support::{Answer, Console, Fault, KEY, On, PARTNER, Setup};

fn sign_out(console: &mut Console) {
    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Q);
    console.click("Sign out of Custom");
    console.wait_for_text("Signed out. The key was removed");
}

#[test]
fn the_list_of_another_profile_starts_at_its_top() {
    let mut setup = Setup::default();
    setup.demo.businesses = 250;
    let mut console = Console::signed_in(setup);
    console.press(Key::ArrowDown);
    console.press(Key::End);
    console.wait_for_text("row 256 of 256");
    sign_out(&mut console);
    console.click("Explore the demo");
    console.wait_for_text("row 1 of 250");
}

#[test]
fn a_label_can_be_given_at_the_first_sign_in() {
    let mut console = Console::start(Setup::default());
    assert!(
        !console.shows("TextInput: Label"),
        "the first screen is small"
    );
    console.click("Add a label");
    assert!(console.is_focused("Label"));
    console.type_into("Label", "Harbour Lane");
    console.sign_in();
    console.assert_shows("Harbour Lane");
    console.wait_for("the preferences", |console| {
        console.preferences().profiles.len() == 1
    });
    let console = console.restart();
    assert_eq!(
        console.state().label(&profile(&console.server)),
        "Harbour Lane"
    );
}

#[test]
fn who_is_signed_out_chooses_among_the_profiles() {
    let (mut console, _other) = with_two();
    sign_out(&mut console);
    console.assert_shows("Your profiles");
    console.assert_shows(&format!("{NORTHWIND}, Custom"));
    console.assert_shows(", no key");
    assert!(!console.shows("PasswordInput"), "one click is enough");
    let before = console.log().count(&On::SignIn);
    console.click(&format!(
        "Partner 3f2a…9c1e, Custom, {}",
        console.environment().host()
    ));
    console.wait_until("the list", |state| state.workspace().is_some());
    assert_eq!(console.log().count(&On::SignIn), before + 1);
}

#[test]
fn a_signed_out_profile_keeps_its_name_and_gets_its_key_back() {
    let (mut console, other) = with_two();
    sign_out(&mut console);
    let host = profile(&other).environment.host();
    console.wait_for("the file", |console| {
        console.preferences().last_profile.is_none()
    });
    let mut console = console.restart();
    console.click(&format!("{NORTHWIND}, Custom, {host}, no key"));
    assert_eq!(console.field_value("Custom URL"), other.base_url());
    assert!(console.is_focused("API key"));
    console.type_into("API key", KEY);
    console.click("Sign in to Custom");
    console.wait_for("the key", |console| {
        console.keychain.key(&super::item(&other)).is_some()
    });
    console.assert_shows(NORTHWIND);
}

#[test]
fn the_form_is_there_for_another_profile() {
    let (mut console, _other) = with_two();
    sign_out(&mut console);
    console.click("Add a profile…");
    assert!(console.shows("API key"));
    console.sign_in();
}

#[test]
fn the_demo_is_shown_beside_a_profile_that_stays_signed_in() {
    let (mut console, other) = with_two();
    super::press_switch(&mut console);
    console.click("Add a profile…");
    console.click("Explore the demo");
    console.wait_until("the demo", |state| {
        state.workspace().is_some_and(|workspace| {
            workspace.profile.is_demo() && !workspace.list.loading.is_running()
        })
    });
    console.assert_shows("Environment: Demo, profiles");
    assert_eq!(console.preferences().last_profile, Some(profile(&other)));
    // Although the demo is not in the list of profiles, the same two keys switch back from it.
    super::switch_to(&mut console, &other);
    assert_eq!(console.listed().len(), 3);
}

#[test]
fn the_form_keeps_nothing_of_a_profile_whose_key_was_fetched() {
    let (mut console, other) = with_other();
    let secret = console.folder().file("secret");
    std::fs::write(&secret, format!("{PARTNER}:{KEY}")).unwrap();
    press_switch(&mut console);
    console.click("Add a profile…");
    console.retype("Custom URL", &other.base_url());
    console.type_into("Label", NORTHWIND);
    console.click("Get the key from…");
    console.retype("Command", &format!("cat {}", secret.display()));
    console.click("Test with Custom");
    console.wait_for_text("Custom accepts the key");
    console.click("Save and sign in");
    until_open(&mut console, &other);
    press_switch(&mut console);
    console.click("Add a profile…");
    assert_eq!(console.field_value("Label"), "");
    assert!(
        !console.is_marked_wrong("Partner UUID"),
        "not yet submitted"
    );
}

#[test]
fn the_sign_in_screen_offers_nothing_that_needs_a_session() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.until_remembered();
    console
        .server
        .fault(On::Token, Fault::Once(Answer::status(404)));
    console.press(Key::T);
    console.wait_for_text("Token not copied");
    assert!(console.offers("Refresh") || console.offers("Copy token"));
    press_switch(&mut console);
    console.click("Add a profile…");
    console.assert_shows("Token not copied");
    assert!(!console.offers("Refresh") && !console.offers("Copy token"));
}
