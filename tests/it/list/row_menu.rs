//! The menu of a row, the selection of several rows, and the double-click.

use egui::{Key, Modifiers, vec2};
use thred_console::demo::DemoBusiness;
use thred_console::platform::file_dialog::FileDialogOutcome;

use crate::support::{Console, Setup, business};

fn start() -> Console {
    let mut setup = Setup::default();
    setup.businesses.push(DemoBusiness {
        vat_number: Some("NL 812.345-678".to_owned().into()),
        ..business(7, "Quayside", "quay-7", "NL")
    });
    Console::signed_in(setup)
}

/// Selects a row without opening its details, and opens its menu with the menu key.
fn open_menu(console: &mut Console, name: &str) {
    console.type_into("Filter businesses", name);
    console.press(Key::Enter);
    console.press(Key::Menu);
    console.assert_shows("MenuItem: Copy token");
}

fn copies(console: &mut Console, line: &str) -> String {
    let before = console.clipboard.copies();
    console.click(line);
    console.wait_for(line, |console| console.clipboard.copies() > before);
    console.clipboard.content().unwrap()
}

#[test]
fn every_text_of_a_row_is_copied_from_its_menu() {
    let mut console = start();
    for (line, text) in [
        ("Copy external_id", "quay-7"),
        ("Copy VAT number", "NL 812.345-678"),
        ("Copy row as JSON", "{\"id\": "),
    ] {
        open_menu(&mut console, "Quayside");
        let copied = copies(&mut console, line);
        assert!(copied.starts_with(text), "{line}: {copied}");
        console.retype("Filter businesses", "");
    }
    open_menu(&mut console, "Acme");
    console.assert_shows("MenuItem: Copy e-mail | No e-mail is known for this business");
}

#[test]
fn the_menu_filters_by_what_the_row_has() {
    let mut console = start();
    console.select("Quayside");
    let row = console.row_rect("Quayside");
    console.press(Key::Escape);
    console.right_click_at(row.center());
    console.click("Filter by this country");
    assert_eq!(console.workspace().list.filter(), "country:NL");
    assert_eq!(console.listed().len(), 3);
    assert_eq!(console.token_requests(), 0);
}

#[test]
fn a_secondary_click_selects_the_row_and_opens_its_menu_alone() {
    let mut console = start();
    let row = console.row_rect("Quayside");
    console.right_click_at(row.center());
    console.assert_shows("MenuItem: Copy token");
    let workspace = console.workspace();
    assert_eq!(workspace.selected, Some(console.id_of("Quayside")));
    assert!(!workspace.is_detail_open);
    console.click("Open details");
    assert!(console.workspace().is_detail_open);
}

#[test]
fn the_form_opens_from_the_menu_once_the_business_is_read() {
    let mut console = start();
    open_menu(&mut console, "Quayside");
    console.click("Edit…");
    console.wait_for("the form", |console| console.workspace().editing.is_some());
    console.assert_shows("Dialog: Edit");
}

#[test]
fn a_menu_that_is_higher_than_the_window_scrolls() {
    let mut console = Console::signed_in(Setup {
        size: vec2(600.0, 400.0),
        ..Setup::default()
    });
    console.press(Key::J);
    console.press(Key::Menu);
    console.press(Key::End);
    console.settle();
    assert_eq!(console.focused(), "Filter by this currency");
    let place = console.rect_of("Filter by this currency");
    assert!(place.top() >= 0.0 && place.bottom() <= 400.0, "{place:?}");
}

#[test]
fn shift_counts_though_it_comes_up_in_the_same_frame() {
    let mut console = start();
    console.press(Key::J);
    console.flick(Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(console.workspace().selected_rows.several(), Some(2));
    console.press(Key::J);
    console.flick(Modifiers::SHIFT, Key::F10);
    console.assert_shows("MenuItem: Copy token");
    assert_eq!(console.focused(), "Copy token");
}

#[test]
fn the_menu_shows_all_its_lines_where_the_window_has_room() {
    let mut console = start();
    console.press(Key::J);
    console.press(Key::Menu);
    let whole = console.rect_of("Filter by this currency");
    console.press(Key::End);
    console.settle();
    assert_eq!(console.focused(), "Filter by this currency");
    assert_eq!(
        console.rect_of("Filter by this currency"),
        whole,
        "scrolled"
    );
}

#[test]
fn a_double_click_copies_the_token() {
    let mut console = start();
    let row = console.row_rect("Acme Ltd");
    console.double_click_at(row.center());
    console.wait_for("the copy", |console| {
        console.state().clipboard.held().is_some()
    });
    console.assert_shows("Token for Acme Ltd (Custom) copied");
}

#[test]
fn several_rows_give_their_ids_and_an_export_but_no_token() {
    let mut console = start();
    let listed = console.listed();
    console.select(&listed[1]);
    console.press(Key::Escape);
    console.press_with(Modifiers::SHIFT, Key::ArrowDown);
    console.press_with(Modifiers::SHIFT, Key::ArrowDown);
    console.assert_shows("3 selected");
    console.press(Key::T);
    console.assert_shows("Select one business");
    assert_eq!(console.token_requests(), 0);
    let fourth = console.row_rect(&listed[4]);
    console.ctrl_click_at(fourth.center());
    console.assert_shows("4 selected");
    let before = console.clipboard.copies();
    console.press(Key::C);
    console.wait_for("the ids", |console| console.clipboard.copies() > before);
    let ids = console.clipboard.content().unwrap();
    let expected: Vec<String> = [1, 2, 3, 4]
        .map(|at| console.id_of(&listed[at]).to_string())
        .to_vec();
    assert_eq!(ids.lines().collect::<Vec<_>>(), expected);
    console.right_click_at(fourth.center());
    console.assert_shows("MenuItem: Copy 3 external_ids");
    let path = console.folder().file("chosen.csv");
    console
        .dialogs
        .answer(FileDialogOutcome::Chosen(path.clone()));
    console.click("Export 4 selected as CSV…");
    console.until_saved_to(&path);
    let written = std::fs::read_to_string(&path).unwrap();
    assert_eq!(written.lines().count(), 5, "{written}");
    console.click("Clear selection");
    assert!(!console.shows("selected"));
    // With a single row selected, a token can be copied again.
    console.copy_token();
}

#[test]
fn a_copy_of_several_tells_how_many_it_holds_and_how_many_have_none() {
    let mut setup = Setup::default();
    let nameless = |number, name| DemoBusiness {
        external_id: None,
        ..business(number, name, "", "NL")
    };
    setup.businesses = vec![
        business(1, "Acme", "acme-1", "NL"),
        nameless(2, "Bolt"),
        nameless(3, "Crane"),
    ];
    let mut console = Console::signed_in(setup);
    assert_eq!(console.listed(), ["Crane", "Bolt", "Acme"]);
    console.select("Crane");
    console.press(Key::Escape);
    console.press_with(Modifiers::SHIFT, Key::ArrowDown);
    console.press_with(Modifiers::SHIFT, Key::ArrowDown);
    console.assert_shows("3 selected");
    console.press(Key::C);
    console.wait_for_text("Copied 3 ids");
    console.press(Key::Menu);
    console.assert_shows("MenuItem: Copy 3 ids");
    assert_eq!(copies(&mut console, "Copy 1 external_id"), "acme-1");
    console.wait_for_text("Copied 1 external_id");
    console.assert_shows("2 businesses have none.");

    console.select("Crane");
    console.press(Key::Escape);
    console.press_with(Modifiers::SHIFT, Key::ArrowDown);
    console.assert_shows("2 selected");
    let before = console.clipboard.copies();
    console.press(Key::E);
    console.assert_shows("The selected businesses have no external_id");
    console.press(Key::Menu);
    console
        .assert_shows("MenuItem: Copy external_ids | The selected businesses have no external_id");
    assert_eq!(console.clipboard.copies(), before);
}

#[test]
fn a_value_that_cannot_be_a_filter_term_is_not_offered_as_one() {
    let mut setup = Setup::default();
    setup.businesses.push(DemoBusiness {
        entity_type: Some("limited, old".into()),
        ..business(7, "Quayside", "quay-7", "NL")
    });
    let mut console = Console::signed_in(setup);
    open_menu(&mut console, "Quayside");
    console.assert_shows("Filter by this country");
    assert!(!console.shows("Filter by this type"));
}
