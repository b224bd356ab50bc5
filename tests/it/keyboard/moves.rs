//! The target of a button gets the focus, whether the button was pressed by pointer or by key.

use egui::{Key, Modifiers};

use crate::support::{Answer, Console, Fault, KEY, On, PARTNER, Setup, Stroke};

/// Presses a button by pointer, Space and Enter, each time from the same state, and checks what gets the focus.
fn in_every_way(mut begin: impl FnMut() -> Console, button: &str, leads_to: &str) {
    let press: [fn(&mut Console, &str); 3] = [
        |console, button| console.click(button),
        |console, button| {
            console.tab_to(button);
            console.strike(Stroke::SPACE);
        },
        |console, button| {
            console.tab_to(button);
            console.strike(Stroke::plain(Key::Enter));
        },
    ];
    for press in press {
        let mut console = begin();
        let before = console.shown_value(leads_to);
        press(&mut console, button);
        assert_eq!(console.focused(), leads_to, "{button}");
        let after = console.shown_value(leads_to);
        assert!(
            before.is_none() || before == after,
            "{button} typed something: {after:?}"
        );
        assert!(after.is_none_or(|text| text.trim() == text), "{button}");
    }
}

fn refused(status: u16) -> Console {
    let mut console = Console::start(Setup::default());
    let answer = Answer::status(status);
    console.server.fault(On::SignIn, Fault::Always(answer));
    console.sign_in_with(&PARTNER.to_string(), KEY);
    console.wait_for_text("Enter the key again.");
    console
}

#[test]
fn correct_the_key() {
    in_every_way(|| refused(401), "Correct the key", "API key");
}

#[test]
fn check_the_address() {
    in_every_way(|| refused(404), "Check the address", "Custom URL");
}

#[test]
fn an_address_for_the_proxy() {
    let mut console = Console::signed_in(Setup::default());
    console.press_with(Modifiers::COMMAND, Key::Comma);
    console.click("Proxy: Address");
    assert_eq!(console.focused(), "Proxy address");
    // Arrow keys choose an option and stay in the group; Enter moves the focus to the field.
    console.click("Proxy: System");
    console.tab_to("Proxy: System");
    console.press(Key::ArrowLeft);
    assert_eq!(console.focused(), "Proxy: Address");
    console.assert_shows("Proxy address");
    console.press(Key::ArrowLeft);
    assert_eq!(console.focused(), "Proxy: None");
    console.press(Key::ArrowRight);
    console.strike(Stroke::plain(Key::Enter));
    assert_eq!(console.focused(), "Proxy address");
}

#[test]
fn a_term_that_is_taken_back_to_be_changed() {
    let begin = || {
        let mut console = Console::signed_in(Setup::default());
        console.type_into("Filter businesses", "country:NL ");
        console.press(Key::Escape);
        console
    };
    for by_key in [false, true] {
        let mut console = begin();
        if by_key {
            console.tab_to("Edit filter country:NL");
            console.strike(Stroke::SPACE);
        } else {
            console.click("Edit filter country:NL");
        }
        assert_eq!(console.focused(), "Filter businesses");
        assert_eq!(console.field_value("Filter businesses"), "country:NL");
    }
}
