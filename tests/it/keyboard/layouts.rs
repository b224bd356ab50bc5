//! Keyboard layouts, in which logical key, physical key and typed text differ.

use egui::{Key, Modifiers};

use crate::support::{Console, Setup, Stroke};

#[test]
fn a_key_works_again_where_shift_is_let_go_first() {
    let mut console = Console::signed_in(Setup::default());
    for round in 0..3 {
        console.strike(Stroke::GERMAN_SLASH);
        assert_eq!(console.focused(), "Filter businesses", "round {round}");
        console.press(Key::Escape);
        assert_eq!(console.focused(), "Businesses", "round {round}");
        console.strike(Stroke::GERMAN_QUESTION);
        console.assert_shows("Filter terms");
        console.press(Key::Escape);
        assert!(!console.shows("Filter terms"));
    }
    assert_eq!(console.field_value("Filter businesses"), "");
}

#[test]
fn a_held_key_does_what_it_does_once() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.copy_token();
    let copies = console.clipboard.copies();
    console.hold(Stroke::T);
    console.wait_for("the copy", |console| console.clipboard.copies() > copies);
    console.repeat(Stroke::T);
    console.repeat(Stroke::T);
    console.release(Stroke::T);
    assert_eq!(console.clipboard.copies(), copies + 1);
    // The key is held while the window loses the focus, so the window never sees its release.
    console.hold(Stroke::T);
    console.lose_window_focus();
    console.strike(Stroke::T);
    console.wait_for("the copy", |console| {
        console.clipboard.copies() >= copies + 3
    });
}

#[test]
fn no_letter_acts_as_the_third_sign_on_its_key() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.press(Key::Escape);
    let copies = console.clipboard.copies();
    console.strike(Stroke::EURO);
    assert_eq!(
        console.clipboard.copies(),
        copies,
        "AltGr+E is the euro sign"
    );
    console.press_with(Modifiers::ALT, Key::E);
    assert_eq!(console.clipboard.copies(), copies, "Alt+E is nothing");
    console.press(Key::E);
    console.wait_for("the copy", |console| {
        console.clipboard.content().as_deref() == Some("acme-1")
    });
    // On a layout of another script, the physical key counts, whatever it types.
    let copies = console.clipboard.copies();
    console.strike(Stroke::CYRILLIC_E);
    console.wait_for("the copy", |console| console.clipboard.copies() > copies);
}

#[test]
fn a_sign_acts_where_it_is_and_not_where_another_layout_has_it() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let left = |console: &Console| console.position_of("Copy id").left();
    let before = left(&console);
    console.strike(Stroke::U_UMLAUT);
    assert_eq!(left(&console), before, "ü is no bracket");
    console.strike(Stroke::GERMAN_BRACKET);
    assert!(left(&console) < before, "a bracket is, with AltGr as well");
}

#[test]
fn every_page_has_the_digit_of_its_place() {
    let mut console = Console::signed_in(Setup::default());
    for (digit, shows) in [
        (Key::Num2, "No tokens in this session"),
        (Key::Num3, "Button: Open file…"),
        (Key::Num4, "Button: Rotate key"),
        (Key::Num5, "Filter history"),
        (Key::Num6, "Created per month"),
        (Key::Num1, "Filter businesses"),
    ] {
        console.press_with(Modifiers::COMMAND, digit);
        console.assert_shows(shows);
    }
}

#[test]
fn the_usual_keys_do_what_people_expect() {
    let mut console = Console::signed_in(Setup::default());
    console.press_with(Modifiers::COMMAND, Key::F);
    assert_eq!(console.focused(), "Filter businesses");
    console.press(Key::F1);
    console.assert_shows("Filter terms");
    console.press(Key::Escape);
    console.press(Key::Escape);
    assert_eq!(console.focused(), "Businesses");
    console.press(Key::J);
    let first = console.workspace().selected;
    assert!(first.is_some());
    console.press(Key::J);
    assert_ne!(console.workspace().selected, first);
    console.press(Key::K);
    assert_eq!(console.workspace().selected, first);
}

#[test]
fn shift_insert_asks_for_what_is_on_the_clipboard() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::Slash);
    console.hold(Stroke::SHIFT_INSERT);
    assert!(console.asks_for_paste());
    console.release(Stroke::SHIFT_INSERT);
}

#[test]
fn the_menu_key_opens_the_menu_of_the_selected_row() {
    for (modifiers, key) in [(Modifiers::NONE, Key::Menu), (Modifiers::SHIFT, Key::F10)] {
        let mut console = Console::signed_in(Setup::default());
        console.press(Key::J);
        let selected = console.workspace().selected.unwrap();
        console.press_with(modifiers, key);
        assert_eq!(console.focused(), "Copy token");
        console.press(Key::ArrowDown);
        console.press(Key::ArrowDown);
        assert_eq!(console.focused(), "Copy id");
        console.press(Key::Enter);
        console.wait_for("the copy", |console| {
            console.clipboard.content() == Some(selected.to_string())
        });
        assert_eq!(console.focused(), "Businesses");
    }
}
