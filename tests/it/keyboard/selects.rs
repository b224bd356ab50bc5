//! Selects: typing letters finds a value, and values are in alphabetical order.

use egui::Key;

use crate::support::{Console, Setup};

#[test]
fn letters_open_a_select_and_lead_to_a_value() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::N);
    assert!(console.focused().starts_with("Country"));
    console.type_text("ire");
    assert_eq!(console.focused(), "Ireland");
    console.press(Key::Enter);
    assert_eq!(console.chosen("Country"), "Ireland");
    // In an open select, a letter moves to the next value that begins with it.
    console.press(Key::Enter);
    console.pass(std::time::Duration::from_secs(2));
    console.type_text("s");
    let first = console.focused();
    assert_eq!(first, "Singapore");
}

#[test]
fn values_are_in_the_order_of_the_alphabet() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::N);
    console.press(Key::Enter);
    let screen = console.screen();
    let rows = screen
        .lines()
        .filter(|line| line.starts_with("MenuItemRadio"));
    let names: Vec<&str> = rows.collect();
    assert!(names.len() > 10 && names.is_sorted(), "{names:?}");
}
