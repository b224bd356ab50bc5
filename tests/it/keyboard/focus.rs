//! The focus: it is visible, moves in reading order, and is restored after dialogs.

use egui::{Key, Modifiers};

use crate::support::{Console, Setup};

#[test]
fn tab_goes_through_the_list_as_one_reads() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.press(Key::Escape);
    console.tab_to("Environment: Custom, profiles");
    console.press_with(Modifiers::SHIFT, Key::Tab);
    let stops = console.stops();
    let expected = [
        "Environment: Custom, profiles",
        "Copy partner UUID",
        "Find a business or run a command",
        "Lock",
        "Businesses, 6",
        "Tokens",
        "Import",
        "API key",
        "History",
        "Overview",
        "Settings",
        "Help",
        "Filter businesses",
        "Refresh",
        "Choose columns",
        "Export the shown list",
        "New business",
        "Businesses",
        "Name",
    ];
    assert_eq!(stops[..expected.len()], expected, "{stops:#?}");
}

#[test]
fn the_details_come_after_the_list_and_the_status_bar_last() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.copy_token();
    let stops = console.stops();
    let place = |name: &str| {
        let found = stops.iter().position(|stop| stop == name);
        found.unwrap_or_else(|| panic!("no {name} in {stops:#?}"))
    };
    let order = [
        place("Help"),
        place("Filter businesses"),
        place("Businesses"),
        place("Close details"),
        place("Copy token"),
        place("Format: Raw"),
        place("Copy external_id"),
    ];
    // The cycle may begin at any stop.
    let breaks = order.windows(2).filter(|pair| pair[0] > pair[1]).count();
    assert!(breaks <= 1, "{stops:#?}");
    assert!(stops.contains(&"Clear now".to_owned()));
}

#[test]
fn the_keyboard_comes_back_after_dialogs_menus_and_the_palette() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    for (opens, with) in [
        (Key::Questionmark, Modifiers::NONE),
        (Key::N, Modifiers::NONE),
        (Key::T, Modifiers::SHIFT),
        (Key::K, Modifiers::COMMAND),
        (Key::Q, Modifiers::COMMAND.plus(Modifiers::SHIFT)),
    ] {
        console.tab_to("Copy id");
        console.press_with(with, opens);
        console.settle();
        assert_ne!(console.focused(), "Copy id", "{opens:?} opens something");
        console.press(Key::Escape);
        console.settle();
        assert_eq!(console.focused(), "Copy id", "after {opens:?}");
    }
    console.tab_to("Format: Raw");
    for ends in [Key::Escape, Key::Enter] {
        console.press(Key::Enter);
        console.press(Key::ArrowDown);
        assert_ne!(console.focused(), "Format: Raw");
        console.press(ends);
        console.settle();
        assert!(
            console.focused().starts_with("Format: "),
            "after {ends:?}: {}",
            console.focused()
        );
    }
}

#[test]
fn arrow_keys_stay_with_what_has_the_focus() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.press(Key::Escape);
    console.tab_to("Refresh");
    for arrow in [Key::ArrowDown, Key::ArrowRight, Key::ArrowUp] {
        console.press(arrow);
        console.settle();
        assert_eq!(console.focused(), "Refresh", "after {arrow:?}");
    }
    console.tab_to("Country");
    console.press(Key::ArrowUp);
    console.press(Key::ArrowRight);
    assert_eq!(console.focused(), "Type");
    console.press(Key::ArrowLeft);
    console.press(Key::ArrowLeft);
    console.press(Key::ArrowLeft);
    assert_eq!(console.focused(), "Name");
    console.press(Key::ArrowDown);
    console.settle();
    assert_eq!(console.focused(), "Businesses");
}

#[test]
fn escape_closes_one_thing_at_a_time() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.press(Key::Slash);
    console.press_with(Modifiers::COMMAND, Key::K);
    console.press(Key::Escape);
    assert_eq!(console.focused(), "Filter businesses");
    assert!(console.workspace().is_detail_open);
    console.press(Key::Escape);
    assert!(console.workspace().is_detail_open);
    assert_ne!(console.focused(), "Filter businesses");
    console.press(Key::Escape);
    assert!(!console.workspace().is_detail_open);
}

#[test]
fn every_page_has_something_that_the_keyboard_begins_with() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let pages = [
        (Key::Num2, "Go to Businesses"),
        (Key::Num4, "Rotate key"),
        (Key::Num5, "History entries"),
        (Key::Comma, "Theme: System"),
    ];
    for (key, begins) in pages {
        // Start from a field of another page.
        console.press(Key::Slash);
        console.press_with(Modifiers::COMMAND, key);
        console.wait_for("the keyboard", |console| console.focused() == begins);
    }
    console.press_with(Modifiers::COMMAND, Key::Num1);
    assert_eq!(console.focused(), "Businesses");
    console.press(Key::I);
    assert_eq!(console.focused(), "Open file…");
    // The same if the page was opened with the pointer, or with the keyboard in the list of pages.
    console.click("Settings");
    assert_eq!(console.focused(), "Theme: System");
    console.tab_to("API key");
    console.press(Key::Enter);
    assert_eq!(console.focused(), "Rotate key");
}

#[test]
fn a_dialog_begins_with_its_safe_way_out() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Q);
    assert_eq!(console.focused(), "Cancel");
    console.press(Key::Enter);
    assert!(console.state().open().is_some());
    assert_eq!(console.focused(), "Businesses");
    console.press(Key::Questionmark);
    assert_eq!(console.focused(), "Close");
    console.press(Key::Escape);
    assert_eq!(console.focused(), "Businesses");
    // After the question about unsaved input, the focus returns to the field.
    console.press(Key::N);
    console.tab_to("external_id");
    console.type_text("x-1");
    console.press(Key::Escape);
    assert_eq!(console.focused(), "Keep editing");
    console.press(Key::Enter);
    assert_eq!(console.focused(), "external_id");
}

#[test]
fn a_click_beside_a_dialog_leaves_the_focus_where_it_is() {
    let beside = egui::pos2(20.0, 500.0);
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.click("Edit");
    let first = console.focused();
    assert!(!first.is_empty() && first != "Close", "{first}");
    console.click_at(beside);
    assert_eq!(console.focused(), first);
    console.tab_to("Legal name");
    console.click_at(beside);
    console.type_text(" x");
    assert!(console.field_value("Legal name").contains(" x"));
    console.press(Key::Escape);
    console.click("Discard");
    console.press(Key::Questionmark);
    console.tab_to("Documentation");
    console.click_at(beside);
    assert_eq!(console.focused(), "Documentation");
}

#[test]
fn a_click_on_an_empty_part_of_a_dialog_leaves_the_focus_where_it_is() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.click("Edit");
    console.tab_to("Legal name");
    let field = console.field_rect("Legal name");
    let close = console.rect_of("Close");
    for place in [
        field.left_center() - egui::vec2(12.0, 0.0),
        field.center_top() - egui::vec2(0.0, 8.0),
        close.left_center() - egui::vec2(40.0, 0.0),
    ] {
        console.click_at(place);
        assert_eq!(console.focused(), "Legal name", "after {place:?}");
    }
    console.type_text(" x");
    assert!(console.field_value("Legal name").contains(" x"));
}
