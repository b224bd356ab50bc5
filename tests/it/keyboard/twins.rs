//! Everything that the pointer can drag also works with a key or a button.

use egui::{Key, Modifiers};
use thred_console::state::list::ListColumn;

use crate::support::{Console, Setup};

fn width_of(console: &Console, column: ListColumn) -> Option<f32> {
    let columns = &console.workspace().layout.columns;
    columns
        .iter()
        .find(|entry| entry.column == column)
        .unwrap()
        .width
}

#[test]
fn columns_are_moved_sized_and_hidden_by_keys() {
    let mut console = Console::signed_in(Setup::default());
    console.tab_to("Choose columns");
    console.press(Key::Enter);
    console.go_to("Make Status wider", Modifiers::NONE, Key::Tab);
    console.press(Key::Enter);
    let once = width_of(&console, ListColumn::Status).unwrap();
    console.press(Key::Space);
    assert!(width_of(&console, ListColumn::Status).unwrap() > once);
    console.go_to("Make Status narrower", Modifiers::SHIFT, Key::Tab);
    console.press(Key::Enter);
    assert_eq!(width_of(&console, ListColumn::Status), Some(once));
    console.go_to("Move Status left", Modifiers::SHIFT, Key::Tab);
    console.press(Key::Enter);
    let columns = &console.workspace().layout.columns;
    assert_eq!(columns[4].column, ListColumn::Status);
    assert_eq!(columns[5].column, ListColumn::ExternalId);
    console.go_to("Country", Modifiers::SHIFT, Key::Tab);
    console.press(Key::Enter);
    assert!(console.workspace().layout.columns[1].is_hidden);
    console.press(Key::Escape);
    assert_eq!(console.focused(), "Choose columns");
    assert!(!console.shows("Make Status wider"));
    assert_eq!(console.preferences().layouts.len(), 1, "it is remembered");
}

#[test]
fn the_list_is_sorted_by_keys() {
    let mut console = Console::signed_in(Setup::default());
    let before = console.listed();
    console.tab_to("Name");
    console.press(Key::Enter);
    let mut sorted = before.clone();
    sorted.sort();
    assert_eq!(console.listed(), sorted);
    assert_ne!(before, sorted);
}

#[test]
fn a_chip_of_the_filter_is_removed_by_keys() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::Slash);
    console.type_text("country:NL ");
    assert_eq!(console.listed().len(), 2);
    let remove = "Remove filter country:NL";
    console.go_to(remove, Modifiers::SHIFT, Key::Tab);
    console.press(Key::Enter);
    assert_eq!(console.listed().len(), 6);
}

#[test]
fn the_pane_grows_and_shrinks_by_keys() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let left = |console: &Console| {
        console.position_of("Close details").left() - console.position_of("Copy id").left()
    };
    let before = left(&console);
    console.press(Key::OpenBracket);
    let wider = left(&console);
    assert!(wider > before, "{before} {wider}");
    console.press(Key::CloseBracket);
    assert_eq!(left(&console), before);
    for _ in 0..40 {
        console.press(Key::OpenBracket);
    }
    assert!(left(&console) < before + 200.0, "it has a limit");
}

#[test]
fn the_arrows_stay_in_an_open_menu() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.tab_to("Format: Raw");
    console.press(Key::Enter);
    // The current choice has the focus.
    let first = console.focused();
    assert_eq!(first, "Raw token");
    console.press(Key::ArrowUp);
    let last = console.focused();
    assert_ne!(last, first);
    console.press(Key::ArrowDown);
    assert_eq!(console.focused(), first);
    console.press(Key::End);
    assert_eq!(console.focused(), last);
}
