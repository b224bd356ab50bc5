//! Selecting many rows by keyboard.

use egui::{Key, Modifiers};

use crate::support::{Console, Setup};

#[test]
fn ctrl_a_selects_every_row_that_the_filter_shows() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::J);
    let first = console.workspace().selected;
    console.press_with(Modifiers::COMMAND, Key::A);
    console.assert_shows("6 selected");
    assert_eq!(console.workspace().selected, first, "it stays");
    console.press(Key::Escape);
    assert_eq!(console.workspace().selected_rows.several(), None);

    console.type_into("Filter businesses", "country:NL ");
    // In a field, the key selects the text.
    console.press_with(Modifiers::COMMAND, Key::A);
    assert_eq!(console.workspace().selected_rows.several(), None);
    console.press(Key::Escape);
    console.press_with(Modifiers::COMMAND, Key::A);
    console.assert_shows("2 selected");
    assert_eq!(
        console.workspace().selected,
        Some(console.id_of("Closed Shop")),
        "the former one is hidden"
    );
}

#[test]
fn select_all_is_in_the_palette_and_in_the_help() {
    let mut console = Console::signed_in(Setup::default());
    console.press_with(Modifiers::COMMAND, Key::K);
    console.type_text("select all");
    console.press(Key::Enter);
    console.assert_shows("6 selected");
    console.press(Key::Questionmark);
    for text in [
        "Ctrl+A: Select all shown businesses",
        "Shift+Home or Shift+End: ",
    ] {
        console.assert_shows(text);
    }
}

#[test]
fn nothing_is_selected_in_an_empty_list_or_on_another_page() {
    let mut console = Console::signed_in(Setup::default());
    console.type_into("Filter businesses", "nowhere");
    console.press(Key::Escape);
    console.press_with(Modifiers::COMMAND, Key::A);
    console.assert_shows("Nothing matches the filter");
    assert_eq!(console.workspace().selected, None);
    console.retype("Filter businesses", "");
    console.press_with(Modifiers::COMMAND, Key::Num2);
    console.press_with(Modifiers::COMMAND, Key::A);
    console.assert_shows("Go to Businesses first");
    assert_eq!(console.workspace().selected_rows.several(), None);
}

#[test]
fn shift_with_home_and_end_selects_up_to_there() {
    let mut console = Console::signed_in(Setup::with_many(250));
    for _ in 0..3 {
        console.press(Key::J);
    }
    console.press_with(Modifiers::SHIFT, Key::End);
    console.assert_shows("248 selected");
    console.press(Key::Home);
    console.press(Key::J);
    console.press_with(Modifiers::SHIFT, Key::Home);
    console.assert_shows("2 selected");
    let ids = console.workspace().selected_ids();
    let listed = console.listed();
    assert_eq!(ids, [console.id_of(&listed[0]), console.id_of(&listed[1])]);
}
