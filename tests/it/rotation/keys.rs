//! A rotation by keyboard: each step puts the focus where it is needed, and letters are no shortcuts.

use egui::{Key, Modifiers};
use thred_console::domain::rotation::RotationStep;
use thred_console::state::rotation::RotationActivity;
use thred_console::state::shell::messages::Page;

use crate::support::{Console, KEY, Setup, Stroke};

const ENTER: Stroke = Stroke::plain(Key::Enter);

/// Asserts the current step and its focused control.
#[track_caller]
fn at(console: &Console, step: RotationStep, focused: &str) {
    let rotation = console.state().rotation().expect("a rotation");
    assert_eq!(rotation.step, step);
    assert_eq!(console.focused(), focused, "{step:?}");
}

#[test]
fn a_system_that_was_entered_but_not_added_is_in_the_list_at_the_switch() {
    let mut console = super::aged(83);
    console.walk_to(RotationStep::OtherSystems);
    console.type_into("Another system", "CI");
    console.click("Continue to the switch");
    console.assert_shows("1 system on your list has not been ticked.");
    let consumers = &console.state().known_now().unwrap().consumers;
    assert_eq!(consumers.0[0].name, "CI");
}

/// Presses every letter that is a shortcut elsewhere.
fn type_all_letters(console: &mut Console) {
    for key in [
        Key::I,
        Key::N,
        Key::T,
        Key::C,
        Key::E,
        Key::R,
        Key::J,
        Key::K,
    ] {
        console.press(key);
    }
    console.press_with(Modifiers::SHIFT, Key::T);
    console.strike(Stroke::GERMAN_SLASH);
    console.strike(Stroke::GERMAN_QUESTION);
    assert_eq!(console.workspace().page, Page::Key);
    assert!(!console.workspace().creating.is_open);
    assert!(console.toasts().is_empty(), "{:?}", console.toasts());
    assert!(!console.shows("Filter terms"));
}

#[test]
fn each_step_takes_the_keyboard_a_paste_and_enter() {
    let mut console = Console::signed_in(Setup::default());
    console.press_with(Modifiers::COMMAND, Key::Num4);
    assert_eq!(console.focused(), "Rotate key");
    console.strike(ENTER);
    at(&console, RotationStep::Portal, "Partner Portal address");
    console.strike(ENTER);
    console.assert_shows("Enter the full address");
    console.tab_to("Stop and keep the old key");
    type_all_letters(&mut console);
    console.paste_text(" portal.thred.example/keys\n");
    at(&console, RotationStep::Portal, "Partner Portal address");
    console.strike(ENTER);
    at(&console, RotationStep::Portal, "Open the Partner Portal");
    console.strike(ENTER);
    assert_eq!(console.opened.lock().unwrap().len(), 1);

    at(&console, RotationStep::Paste, "New API key");
    console.tab_to("Back");
    type_all_letters(&mut console);
    let new = console.server.state().issue_api_key();
    console.paste_text(&new);
    at(&console, RotationStep::Paste, "New API key");
    console.strike(ENTER);
    console.wait_for_text("The new key works");
    at(&console, RotationStep::Verify, "Continue to other systems");
    type_all_letters(&mut console);
    console.strike(ENTER);

    at(&console, RotationStep::OtherSystems, "Another system");
    console.tab_to("Stop and keep the old key");
    type_all_letters(&mut console);
    console.paste_text("Back\n end");
    assert_eq!(console.field_value("Another system"), "Back end");
    console.strike(ENTER);
    let consumers = &console.state().known_now().unwrap().consumers;
    assert_eq!(consumers.0.len(), 1);
    at(&console, RotationStep::OtherSystems, "Another system");
    // With an empty field, Enter continues to the next step.
    console.strike(ENTER);
    at(&console, RotationStep::Switch, "Switch in Custom");
    console.strike(ENTER);
    console.wait_for_text("Confirm the old key is revoked");
    at(&console, RotationStep::Check, "Check the old key");
    console.server.state().revoke_api_key(KEY);
    console.strike(ENTER);
    console.wait_for_text("The key is rotated");
    assert_eq!(console.focused(), "Done");
    console.strike(ENTER);
    assert_eq!(console.focused(), "Rotate key");

    // The portal's address is saved now, so a paste on the first step is taken as the key.
    console.strike(ENTER);
    at(&console, RotationStep::Portal, "Open the Partner Portal");
    let newer = console.server.state().issue_api_key();
    console.paste_text(&newer);
    at(&console, RotationStep::Paste, "New API key");
    console.strike(ENTER);
    console.wait_for_text("The new key works");
}

#[test]
fn by_pointer_the_steps_take_the_keyboard_as_well() {
    let mut console = Console::signed_in(Setup::default());
    console.click("API key");
    console.click("Rotate key");
    at(&console, RotationStep::Portal, "Partner Portal address");
    console.click("I have the new key");
    at(&console, RotationStep::Paste, "New API key");
    console.click("Back");
    at(&console, RotationStep::Portal, "Partner Portal address");
    // Only letters are disabled. The keys for help and other pages still work.
    console.press(Key::F1);
    console.assert_shows("Filter terms");
    console.press(Key::Escape);
    at(&console, RotationStep::Portal, "Partner Portal address");
    console.press_with(Modifiers::COMMAND, Key::Num1);
    assert_eq!(console.focused(), "Businesses");
}

#[test]
fn a_held_enter_does_not_press_what_the_next_step_offers() {
    let mut console = Console::signed_in(Setup::default());
    console.walk_to(RotationStep::Verify);
    console.hold(ENTER);
    for _ in 0..20 {
        console.repeat(ENTER);
    }
    console.release(ENTER);
    assert_eq!(console.keys().work, RotationActivity::Idle);
    assert!(
        console.step() <= RotationStep::Switch,
        "{:?}",
        console.step()
    );
}

#[test]
fn in_a_wide_window_the_step_stands_in_the_middle() {
    let mut console = Console::signed_in(Setup::default());
    console.press_with(Modifiers::COMMAND, Key::Num4);
    let left = |console: &Console| console.rect_of("Rotate key").left();
    let beside_the_way = left(&console);
    console.resize(egui::vec2(1_590.0, 900.0));
    assert_eq!(left(&console), beside_the_way);
    console.resize(egui::vec2(1_920.0, 1_080.0));
    let aside = left(&console) - beside_the_way;
    assert!((200.0..600.0).contains(&aside), "{aside}");
}
