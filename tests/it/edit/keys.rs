//! The keys of the form for editing a business.

use egui::{Key, Modifiers};

use crate::support::{Console, On, Setup};

fn editing() -> Console {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.press(Key::F2);
    console.assert_shows("Dialog: Edit business: Acme Ltd");
    console
}

#[test]
fn ctrl_enter_reviews_the_changes_and_enter_saves_them() {
    let mut console = editing();
    console.submit();
    console.assert_shows("Dialog: Edit business");
    console.retype("Legal name", "Acme Trading Ltd");
    console.submit();
    console.assert_shows("Dialog: Save these changes?");
    assert_eq!(console.log().count(&On::Update), 0);
    console.press(Key::Enter);
    console.wait_for_text("Changes saved");
    let stored = console.stored("acme-1").unwrap();
    assert_eq!(stored.legal_name.as_deref(), Some("Acme Trading Ltd"));
}

#[test]
fn ctrl_enter_leads_to_the_first_invalid_field() {
    let mut console = editing();
    console.retype("Legal name", "");
    console.tab_to("E-mail");
    console.submit();
    console.assert_shows("Dialog: Edit business");
    assert!(console.is_focused("Legal name"));
    assert!(console.is_marked_wrong("Legal name"));
}

#[test]
fn enter_in_a_field_keeps_the_focus() {
    let mut console = editing();
    console.retype("Legal name", "Acme Trading Ltd");
    console.press(Key::Enter);
    assert!(console.is_focused("Legal name"));
    console.assert_shows("Dialog: Edit business");
    console.press(Key::Escape);
    console.click("Discard");
    console.press(Key::N);
    console.type_into("Legal name", "Acme");
    console.press(Key::Enter);
    assert!(console.is_focused("Legal name"));
}

#[test]
fn f2_says_what_it_needs_and_does_nothing_over_a_form() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::F2);
    console.assert_shows("Select a business first");
    console.press(Key::N);
    console.press(Key::F2);
    assert!(!console.shows("Dialog: Edit business"));
    console.press_with(Modifiers::NONE, Key::Escape);
}
