//! An open menu gets the keys, however it was opened, and nothing behind it reacts.

use egui::{Key, Modifiers};

use crate::support::{Burst, Console, Setup};

/// A console with the second row selected and its menu opened by the pointer.
fn with_row_menu() -> Console {
    let mut console = Console::signed_in(Setup::default());
    let listed = console.listed();
    console.select(&listed[1]);
    console.press(Key::Escape);
    let row = console.row_rect(&listed[1]);
    console.right_click_at(row.center());
    console.assert_shows("MenuItem: Copy token");
    console
}

#[test]
fn arrows_and_enter_choose_in_a_row_menu_opened_by_the_pointer() {
    let mut console = with_row_menu();
    let selected = console.workspace().selected;
    console.press(Key::Enter);
    console.assert_shows("MenuItem: Copy token");
    assert!(!console.workspace().is_detail_open, "nothing is chosen yet");
    console.press(Key::ArrowDown);
    assert_eq!(console.focused(), "Copy token");
    console.press(Key::ArrowDown);
    assert_eq!(console.focused(), "Copy token as…");
    console.press(Key::ArrowUp);
    console.press(Key::ArrowUp);
    assert_eq!(console.focused(), "Filter by this currency");
    console.type_text("o");
    assert_eq!(console.focused(), "Open details");
    assert_eq!(console.workspace().selected, selected);
    assert_eq!(console.token_requests(), 0);
    console.press(Key::Enter);
    assert!(console.workspace().is_detail_open);
    assert!(!console.shows("MenuItem"));
    assert_eq!(console.workspace().selected, selected);
}

#[test]
fn left_and_right_change_nothing_in_a_menu() {
    let stay = |console: &mut Console, row: &str| {
        for arrow in [Key::ArrowRight, Key::ArrowLeft] {
            console.press(arrow);
            assert_eq!(console.focused(), row, "after {arrow:?}");
            console.press(arrow);
            assert_eq!(console.focused(), row, "after two of {arrow:?}");
        }
    };
    let mut console = with_row_menu();
    stay(&mut console, "Menu");
    console.press(Key::ArrowDown);
    stay(&mut console, "Copy token");
    console.press(Key::Escape);
    console.click("Export the shown list");
    console.press(Key::ArrowDown);
    stay(&mut console, "Export 6 as CSV…");
    console.press(Key::Escape);
    console.tab_to("Choose columns");
    console.press(Key::Enter);
    let first = console.focused();
    stay(&mut console, &first);
    console.press(Key::Escape);
    console.press(Key::N);
    console.tab_to("Country: not chosen");
    console.press(Key::Enter);
    let first = console.focused();
    stay(&mut console, &first);
}

#[test]
fn left_and_right_right_after_another_arrow_change_nothing_in_a_menu() {
    for arrow in [Key::ArrowRight, Key::ArrowLeft] {
        let mut console = with_row_menu();
        console.burst(&[
            Burst::Key(Key::ArrowDown),
            Burst::Key(Key::ArrowDown),
            Burst::Key(arrow),
        ]);
        assert_eq!(console.focused(), "Copy token as…", "after {arrow:?}");
    }
}

#[test]
fn escape_gives_the_keys_back_to_the_list() {
    let mut console = with_row_menu();
    let listed = console.listed();
    console.press(Key::Escape);
    assert!(!console.shows("MenuItem"));
    assert_eq!(console.focused(), "Businesses");
    console.press(Key::ArrowDown);
    assert_eq!(
        console.workspace().selected,
        Some(console.id_of(&listed[2]))
    );
}

#[test]
fn a_menu_of_a_button_opened_by_the_pointer_has_the_keys() {
    let mut console = Console::signed_in(Setup::default());
    console.click("Export the shown list");
    console.press(Key::ArrowDown);
    assert_eq!(console.focused(), "Export 6 as CSV…");
    console.press(Key::ArrowDown);
    assert_eq!(console.focused(), "Export 6 as JSON…");
    assert_eq!(console.workspace().selected, None);
    console.press(Key::Escape);
    assert_eq!(console.focused(), "Export the shown list");
}

#[test]
fn tab_stays_in_an_open_panel() {
    let mut console = Console::signed_in(Setup::default());
    console.click("Choose columns");
    for modifiers in [Modifiers::NONE, Modifiers::SHIFT] {
        let mut passed = Vec::new();
        for _ in 0..70 {
            console.press_with(modifiers, Key::Tab);
            passed.push(console.focused());
        }
        assert!(passed.contains(&"Reset columns".to_owned()), "{passed:?}");
        assert!(!passed.contains(&"Businesses".to_owned()), "{passed:?}");
    }
    // A click in the panel does not give the keys to the list either.
    console.click("Country");
    console.press(Key::ArrowDown);
    assert_eq!(console.workspace().selected, None);
    assert_eq!(console.focused(), "Country");
}

#[test]
fn letters_lead_to_a_value_in_a_select_opened_by_the_pointer() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::N);
    console.click("Country: not chosen");
    console.type_text("ire");
    assert_eq!(console.focused(), "Ireland");
    console.press(Key::Enter);
    assert_eq!(console.chosen("Country"), "Ireland");
}
