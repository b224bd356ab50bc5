//! A key press takes effect in the frame that receives it.

use egui::{Key, Modifiers};

use crate::support::{Console, Setup};

#[test]
fn a_shortcut_shows_its_page_in_the_same_frame() {
    let mut console = Console::signed_in(Setup::default());
    console.hold_for_a_frame(Modifiers::COMMAND, Key::Num2);
    console.assert_shows("No tokens in this session");
    console.let_go(Modifiers::COMMAND, Key::Num2);
    console.hold_for_a_frame(Modifiers::COMMAND, Key::Num1);
    console.assert_shows("row 1 of 6");
}

#[test]
fn an_arrow_moves_the_selection_and_the_details_in_the_same_frame() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let before = console.workspace().selected.unwrap();
    console.hold_for_a_frame(Modifiers::NONE, Key::ArrowUp);
    let after = console.workspace().selected.unwrap();
    assert_ne!(after, before);
    assert!(
        console.shows(&after.to_string()) && !console.shows(&before.to_string()),
        "{}",
        console.screen()
    );
}

#[test]
fn what_is_typed_into_the_filter_filters_in_the_same_frame() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::Slash);
    console.type_for_a_frame("acme");
    console.assert_shows("Acme Ltd, row 1 of 1");
}
