//! The switcher: switching between profiles, and sign-ins that fail or are cancelled.

use egui::{Key, Modifiers};

use super::{
    NORTHWIND, item, press_switch, profile, sign_in_to, switch_to, until_first, until_open,
    with_other, with_two,
};
use crate::support::{Answer, Console, Fault, KEY, On, PARTNER, RunGate, Setup, without_hosts};

#[test]
fn a_second_profile_stands_beside_the_first() {
    let (mut console, other) = with_two();
    assert_eq!(console.listed().len(), 3);
    console.assert_shows(NORTHWIND);
    assert_eq!(console.keychain.key(&console.item()).as_deref(), Some(KEY));
    assert_eq!(console.keychain.key(&item(&other)).as_deref(), Some(KEY));
    let order: Vec<_> = console
        .preferences()
        .profiles
        .iter()
        .map(|known| known.profile.clone())
        .collect();
    assert_eq!(order, [profile(&other), profile(&console.server)]);
    press_switch(&mut console);
    console.assert_shows(&format!(
        "{NORTHWIND}, Custom, {}, open",
        profile(&other).environment.host()
    ));
    assert!(
        !console.tree().contains("High contrast"),
        "colours have a page"
    );
}

#[test]
fn two_keys_lead_to_the_profile_before_and_two_back() {
    let (mut console, other) = with_two();
    press_switch(&mut console);
    console.press(Key::Enter);
    until_first(&mut console);
    console.wait_for("the preferences", |console| {
        console.preferences().last_profile == Some(profile(&console.server))
    });
    switch_to(&mut console, &other);
    assert_eq!(console.listed().len(), 3);
    console.assert_shows("Signed in");
    assert_eq!(
        console.keychain.calls(),
        ["write", "write", "read", "read"],
        "what was read is not written again"
    );
}

#[test]
fn quick_fingers_are_understood() {
    let (mut console, other) = with_two();
    let (none, ctrl) = (Modifiers::NONE, Modifiers::COMMAND);
    console.press_quickly(&[(ctrl, Key::E), (none, Key::ArrowUp), (none, Key::F2)]);
    console.assert_shows("Dialog: Rename profile");
    assert_eq!(console.field_value("Label"), NORTHWIND);
    console.press(Key::Escape);
    console.press_quickly(&[(ctrl, Key::E), (none, Key::Enter)]);
    until_first(&mut console);
    switch_to(&mut console, &other);
}

#[test]
fn title_and_band_name_environment_and_label() {
    let (mut console, other) = with_two();
    assert_eq!(
        without_hosts(console.title()),
        "Custom · Northwind · Thred Partner Console"
    );
    press_switch(&mut console);
    console.press(Key::ArrowUp);
    console.press(Key::F2);
    console.assert_shows("Dialog: Rename profile");
    assert_eq!(console.field_value("Label"), NORTHWIND);
    console.retype("Label", " South \u{202E} ");
    console.click("Rename");
    assert_eq!(
        without_hosts(console.title()),
        "Custom · South [U+202E] · Thred Partner Console"
    );
    console.assert_shows("Label: South [U+202E]");
    console.wait_for("the preferences", |console| {
        let saved = console.preferences();
        saved.known(&profile(&other)).unwrap().label == "South [U+202E]"
    });
}

#[test]
fn typing_finds_a_profile_and_escape_gives_the_focus_back() {
    let (mut console, _other) = with_two();
    console.focus("Filter businesses");
    press_switch(&mut console);
    assert!(console.is_focused("Find a profile"));
    console.type_into("Find a profile", "north");
    let rows: Vec<String> = console
        .screen()
        .lines()
        .filter(|line| line.starts_with("ListBoxOption: "))
        .map(str::to_owned)
        .collect();
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert!(rows[0].contains(NORTHWIND), "{rows:?}");
    console.press(Key::Escape);
    assert!(!console.shows("Dialog: Switch profile"));
    assert!(console.is_focused("Filter businesses"));
}

#[test]
fn the_arrows_walk_the_list_and_enter_picks() {
    let (mut console, _other) = with_two();
    press_switch(&mut console);
    // The arrow keys wrap around the list, which ends with "Add a profile…". The open profile is chosen, which closes the dialog.
    console.press(Key::ArrowUp);
    console.press(Key::Enter);
    assert!(!console.shows("Dialog: Switch profile"));
    assert_eq!(console.listed().len(), 3, "it stays open");
    press_switch(&mut console);
    console.press(Key::ArrowDown);
    console.press(Key::Enter);
    console.assert_shows("stays signed in until this sign-in succeeds");
}

#[test]
fn page_up_and_down_home_and_end_move_the_choice() {
    let (mut console, _other) = with_two();
    for (key, enters, opens) in [
        (Key::End, Key::Enter, "Dialog: Sign out?"),
        (Key::PageDown, Key::Enter, "Dialog: Sign out?"),
        (Key::Home, Key::F2, "Dialog: Rename profile"),
        (Key::PageUp, Key::F2, "Dialog: Rename profile"),
    ] {
        press_switch(&mut console);
        console.press(key);
        console.press(enters);
        console.assert_shows(opens);
        if enters == Key::F2 {
            assert_eq!(console.field_value("Label"), NORTHWIND, "{key:?}");
        }
        console.press(Key::Escape);
    }
}

#[test]
fn enter_on_the_chip_opens_the_list_and_picks_nothing() {
    let (mut console, other) = with_two();
    console.tab_to("Environment: Custom, profiles");
    console.press(Key::Enter);
    console.assert_shows("Dialog: Switch profile");
    assert_eq!(console.workspace().profile, profile(&other));
    assert!(console.is_focused("Find a profile"));
}

#[test]
fn the_form_for_another_leaves_the_first_signed_in() {
    let (mut console, other) = with_other();
    let token = console_token(&mut console);
    press_switch(&mut console);
    console.click("Add a profile…");
    console.assert_shows("Partner 3f2a…9c1e in Custom stays signed in until this sign-in succeeds");
    console.press(Key::Escape);
    assert_eq!(console.listed().len(), 6);
    assert_eq!(console.log().count(&On::SignIn), 1);

    // A key that the other server rejects does not end the session either.
    press_switch(&mut console);
    console.click("Add a profile…");
    console.retype("Custom URL", &other.base_url());
    console.retype("Partner UUID", &PARTNER.to_string());
    console.retype("API key", "sk_wrong_0123456789");
    console.click("Sign in to Custom");
    console.wait_for_text("rejected the API key");
    console.click("Back to Custom");
    assert_eq!(console.workspace().profile, profile(&console.server));
    assert_eq!(console.workspace().tokens.len(), 1);
    assert_eq!(console.clipboard.content().as_deref(), Some(token.as_str()));
    console.press(Key::F5);
    console.until_listed();
    assert_eq!(
        console.log().count(&On::SignIn),
        1,
        "nothing was signed in anew"
    );

    press_switch(&mut console);
    console.click("Add a profile…");
    sign_in_to(&mut console, &other, "");
    assert_eq!(console.listed().len(), 3);
}

fn console_token(console: &mut Console) -> String {
    console.select("Acme Ltd");
    console.copy_token()
}

#[test]
fn a_switch_that_fails_says_why_and_leads_back() {
    let (mut console, other) = with_two();
    console.server.state().revoke_api_key(KEY);
    press_switch(&mut console);
    console.press(Key::Enter);
    console.wait_for_text("rejected the API key");
    assert_eq!(console.field_value("Custom URL"), console.server.base_url());
    console.click("Back to Custom");
    assert_eq!(console.workspace().profile, profile(&other));
    assert_eq!(console.preferences().last_profile, Some(profile(&other)));
    assert_eq!(console.keychain.key(&console.item()).as_deref(), Some(KEY));
}

#[test]
fn a_switch_can_be_given_up() {
    let (mut console, other) = with_two();
    let gate = RunGate::closed();
    let held = Answer::real().held_by(&gate);
    console.server.fault(On::SignIn, Fault::Once(held));
    press_switch(&mut console);
    console.press(Key::Enter);
    console.wait_for_text("Signing in to Custom as Partner 3f2a…9c1e");
    console.click("Back to Custom");
    assert_eq!(console.workspace().profile, profile(&other));
    gate.open();
    console.press(Key::F5);
    console.until_listed();
    assert_eq!(console.workspace().profile, profile(&other));
    assert_eq!(console.listed().len(), 3);
}

#[test]
fn a_key_that_is_gone_can_be_typed_again() {
    let (mut console, other) = with_two();
    thred_console::platform::keychain::Keychain::delete(&*console.keychain, &console.item())
        .unwrap();
    press_switch(&mut console);
    console.press(Key::Enter);
    console.wait_for_text("The key is no longer in the keychain");
    console.click("Back to Custom");
    assert_eq!(console.workspace().profile, profile(&other));
    // Now the profile is known to have no key, and choosing it opens the form directly.
    press_switch(&mut console);
    console.assert_shows("no key");
    console.press(Key::Enter);
    assert_eq!(console.field_value("Custom URL"), console.server.base_url());
    console.retype("API key", KEY);
    console.click("Sign in to Custom");
    console.wait_for("the key", |console| {
        console.keychain.key(&console.item()).is_some()
    });
    assert_eq!(console.workspace().profile, profile(&console.server));
}

#[test]
fn share_mode_hides_whose_key_is_gone() {
    let (mut console, _other) = with_two();
    thred_console::platform::keychain::Keychain::delete(&*console.keychain, &console.item())
        .unwrap();
    console.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);
    press_switch(&mut console);
    console.press(Key::Enter);
    console.wait_for_text("The key is no longer in the keychain");
    let problem = console.screen();
    let problem = problem.lines().find(|line| line.contains("has no key for"));
    assert!(
        !problem.unwrap().contains(&PARTNER.to_string()[..4]),
        "{problem:?}"
    );
}

#[test]
fn the_chip_in_the_band_opens_the_list_and_signing_out_is_in_it() {
    let (mut console, other) = with_two();
    console.click("Environment: Custom, profiles");
    console.click("Sign out…");
    console.click("Sign out of Custom");
    console.wait_for_text("The key was removed from the macOS Keychain");
    assert_eq!(console.keychain.key(&item(&other)), None);
    assert!(
        console.keychain.key(&console.item()).is_some(),
        "the other one stays"
    );
    console.press_with(Modifiers::COMMAND, Key::E);
    assert!(!console.shows("Dialog: Switch profile"), "sign in first");
}

#[test]
fn the_switcher_and_the_palette_name_their_keys_alike() {
    let mut console = Console::signed_in(Setup::default());
    for (key, enter) in [(Key::K, "Run"), (Key::E, "Open")] {
        console.press_with(Modifiers::COMMAND, key);
        for words in ["Choose", enter, "Esc closes"] {
            console.assert_shows(&format!("Label: {words}"));
        }
        console.press(Key::Escape);
    }
}

#[test]
fn a_profile_that_cannot_be_opened_is_named_above_its_problem() {
    let (mut console, other) = with_two();
    press_switch(&mut console);
    console.press(Key::Enter);
    until_first(&mut console);
    other.fault(On::SignIn, Fault::Always(Answer::status(500)));
    press_switch(&mut console);
    console.press(Key::Enter);
    console.wait_for_text("Northwind could not be opened");
    assert!(!console.shows("Add a profile"), "{}", console.screen());
    other.clear_faults();
    console.click("Try again");
    until_open(&mut console, &other);
    press_switch(&mut console);
    console.click("Add a profile…");
    console.assert_shows("Add a profile");
}
