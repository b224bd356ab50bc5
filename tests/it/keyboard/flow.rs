//! The main tasks by keyboard alone: signing in, copying a token, creating a business and rotating the key.

use egui::{Key, Modifiers};
use thred_console::domain::rotation::RotationStep;

use crate::support::{Console, KEY, On, PARTNER, Setup};

#[test]
fn the_whole_way_from_the_sign_in_to_a_new_business_and_a_new_key() {
    let mut console = Console::start(Setup::default());
    sign_in(&mut console);
    copy_a_token(&mut console);
    create_a_business(&mut console);
    rotate_the_key(&mut console);
}

#[test]
fn the_demo_is_tried_and_its_key_rotated() {
    let mut console = Console::start(Setup::default());
    enter(&mut console, "Explore the demo");
    console.until_listed();
    console.press_with(Modifiers::COMMAND, Key::Num4);
    enter(&mut console, "Rotate key");
    at(&console, RotationStep::Portal);
    // In the demo, this button plays the portal and enters the new key.
    enter(&mut console, "New key");
    console.wait_for_text("The new key works");
    from_the_proof_to_the_switch(&mut console, "Switch in Demo");
    enter(&mut console, "Check the old key");
    console.wait_for_text("The old key still works");
    enter(&mut console, "Revoke the old key");
    close_the_assistant(&mut console);
}

fn sign_in(console: &mut Console) {
    console.tab_to("Partner UUID");
    console.type_text(&PARTNER.to_string());
    console.tab_to("API key");
    console.type_text(KEY);
    console.tab_to("Sign in to Custom");
    console.press(Key::Enter);
    console.wait_until("the list", |state| {
        state
            .workspace()
            .is_some_and(|workspace| !workspace.list.loading.is_running())
    });
}

fn copy_a_token(console: &mut Console) {
    // The list has the focus from the start.
    assert_eq!(console.focused(), "Businesses");
    console.press(Key::Slash);
    assert_eq!(console.focused(), "Filter businesses");
    console.type_text("acme");
    assert_eq!(console.listed(), ["Acme Ltd"]);
    // In the field, a letter that is a shortcut elsewhere is only typed.
    console.type_text("t");
    assert_eq!(console.token_requests(), 0);
    console.press(Key::Backspace);
    console.press(Key::ArrowDown);
    console.press(Key::Escape);
    let token = console.copy_token();
    assert!(!token.is_empty());
    assert_eq!(
        console.workspace().selected,
        Some(console.id_of("Acme Ltd"))
    );
    // The toast's button works by keyboard as well.
    console.tab_to("Clear now");
    console.press(Key::Enter);
    console.wait_for("the clearing", |console| {
        console.clipboard.content().is_none()
    });
}

fn create_a_business(console: &mut Console) {
    console.tab_to("Businesses");
    console.press(Key::N);
    assert!(
        console.focused().starts_with("Country"),
        "{}",
        console.focused()
    );
    // Submitting too early moves the focus to the first invalid field.
    console.press_with(Modifiers::COMMAND, Key::Enter);
    assert!(
        console.focused().starts_with("Country"),
        "{}",
        console.focused()
    );
    console.press(Key::Enter);
    console.go_to("Netherlands", Modifiers::NONE, Key::ArrowDown);
    console.press(Key::Enter);
    // Closing the menu has restored the focus.
    assert!(
        console.focused().starts_with("Country"),
        "{}",
        console.focused()
    );
    console.press_with(Modifiers::COMMAND, Key::Enter);
    console.go_to("external_id", Modifiers::NONE, Key::Tab);
    console.type_text("keys-1");
    console.tab_to("Legal name");
    console.type_text("Toetsenbord B.V.");
    console.tab_to("E-mail");
    console.type_text("info@toetsenbord.example");
    console.go_to("Entity type", Modifiers::SHIFT, Key::Tab);
    console.type_text("bv");
    console.press_with(Modifiers::COMMAND, Key::Enter);
    console.wait_for("the new business", |console| {
        !console.workspace().creating.is_open
            && console.listed().contains(&"Toetsenbord B.V.".to_owned())
    });
    assert_eq!(console.log().count(&On::Create), 1);
    // The focus is back on the list, with the new business selected.
    assert_eq!(console.focused(), "Businesses");
    console.copy_token();
}

fn rotate_the_key(console: &mut Console) {
    console.press_with(Modifiers::COMMAND, Key::Num4);
    enter(console, "Rotate key");
    at(console, RotationStep::Portal);
    console.tab_to("Partner Portal address");
    console.type_text("https://portal.thred.example/keys");
    console.press(Key::Enter);
    enter(console, "Open the Partner Portal");
    assert_eq!(console.opened.lock().unwrap().len(), 1);

    at(console, RotationStep::Paste);
    let new = console.server.state().issue_api_key();
    console.tab_to("New API key");
    console.paste_text(&new);
    console.press(Key::Enter);
    console.wait_for_text("The new key works");
    from_the_proof_to_the_switch(console, "Switch in Custom");
    assert_eq!(console.keychain.key(&console.item()), Some(new));

    enter(console, "Check the old key");
    console.wait_for_text("The old key still works");
    console.server.state().revoke_api_key(KEY);
    enter(console, "Check again");
    close_the_assistant(console);
    // Copying a token works with the new key.
    console.press_with(Modifiers::COMMAND, Key::Num1);
    assert_eq!(console.focused(), "Businesses");
    console.copy_token();
}

/// Steps 3 to 5, ticking off one system that uses the key.
fn from_the_proof_to_the_switch(console: &mut Console, switch: &str) {
    at(console, RotationStep::Verify);
    enter(console, "Continue to other systems");
    at(console, RotationStep::OtherSystems);
    console.tab_to("Another system");
    console.type_text("Back end");
    console.press(Key::Enter);
    console.tab_to("Back end has the new key");
    console.press(Key::Space);
    let consumers = &console.state().known_now().unwrap().consumers;
    assert_eq!((consumers.0.len(), consumers.open()), (1, 0));
    enter(console, "Continue to the switch");
    at(console, RotationStep::Switch);
    enter(console, switch);
    console.wait_for_text("Confirm the old key is revoked");
    at(console, RotationStep::Check);
}

/// Closes the assistant at its last step.
fn close_the_assistant(console: &mut Console) {
    console.wait_for_text("The key is rotated");
    enter(console, "Done");
    console.assert_shows("Your API key");
}

/// Reaches a button with Tab and presses it with Enter.
#[track_caller]
fn enter(console: &mut Console, button: &str) {
    console.tab_to(button);
    console.press(Key::Enter);
}

/// Asserts that the assistant is at this step and shows it.
#[track_caller]
fn at(console: &Console, step: RotationStep) {
    assert_eq!(
        console.state().rotation().map(|rotation| rotation.step),
        Some(step)
    );
    console.assert_shows(&format!("Step {} of 6, current: ", step.number()));
}
