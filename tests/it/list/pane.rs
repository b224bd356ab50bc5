//! The details of the selected business: copying values, and the note that the filter hides the business.

use egui::{Key, Modifiers, vec2};
use thred_console::demo::DemoBusiness;

use crate::support::{Console, Setup, business};

fn with_numbers() -> Console {
    let mut setup = Setup::default();
    setup.businesses.push(DemoBusiness {
        vat_number: Some("NL 812.345-678".to_owned().into()),
        ..business(7, "Quayside", "quay-7", "NL")
    });
    let mut console = Console::at_business(setup, "Quayside");
    console.wait_until("the details", |state| {
        state.workspace().unwrap().selected_detail().is_some()
    });
    console
}

fn copied(console: &mut Console, text: &str, said: &str) {
    console.wait_for(text, |console| {
        console.clipboard.content().as_deref() == Some(text)
    });
    console.assert_shows(said);
}

#[test]
fn a_click_on_a_value_copies_it_and_says_so() {
    let mut console = with_numbers();
    let row = console.text_rect("VAT number: NL 812.345-678");
    console.click_at(row.left_center() + vec2(140.0, 0.0));
    copied(&mut console, "NL 812.345-678", "Copied VAT number");
    let row = console.text_rect("external_id: quay-7");
    console.click_at(row.left_center() + vec2(140.0, 0.0));
    copied(&mut console, "quay-7", "Copied external_id");
    console.click("Copy creation time");
    copied(&mut console, "2025-10-09T09:00:20Z", "Copied creation time");
}

#[test]
fn the_heading_is_copied_part_by_part_and_not_said_again_below() {
    let mut console = with_numbers();
    console.click("Copy name");
    copied(&mut console, "Quayside", "Copied name");
    console.tab_to("Copy country");
    console.press(Key::Enter);
    copied(&mut console, "NL", "Copied country");
    console.tab_to("Copy status");
    console.press(Key::Space);
    copied(&mut console, "Active", "Copied status");
    for said_above in ["Label: Name: ", "Label: Country: ", "Label: Status: "] {
        assert!(!console.shows(said_above), "{said_above}");
    }
}

#[test]
fn a_part_of_a_value_is_selected_without_copying_the_whole() {
    let mut console = with_numbers();
    let row = console.text_rect("VAT number: NL 812.345-678");
    let start = row.left_center() + vec2(132.0, 0.0);
    let part = console.drag_and_copy(start, start + vec2(40.0, 0.0));
    let part = part.expect("a part is selected");
    assert!(part.starts_with("NL") && part.len() < 14, "{part}");
    assert!(console.toasts().is_empty(), "it was no click");
}

#[test]
fn raw_json_is_copied_from_any_place_in_it() {
    let mut console = with_numbers();
    console.click("Raw JSON");
    console.resize(vec2(900.0, 600.0));
    assert!(console.rect_of("Copy JSON").bottom() < 600.0);
    console.click("Copy JSON");
    console.wait_for("the copy", |console| {
        let content = console.clipboard.content().unwrap_or_default();
        content.contains("812.345-678")
    });
}

#[test]
fn the_selected_row_is_scrolled_to_when_filter_and_page_change() {
    let mut console = Console::signed_in(Setup::with_many(200));
    console.press(Key::End);
    console.press(Key::End);
    let last = console.listed().pop().unwrap();
    let is_seen = |console: &Console| {
        let rows = console.rows();
        rows.iter().any(|row| row.starts_with(&last))
    };
    assert!(is_seen(&console), "{last}");
    console.type_into("Filter businesses", "business");
    console.press(Key::Escape);
    assert!(is_seen(&console), "still with a filter");
    console.retype("Filter businesses", "");
    assert!(is_seen(&console), "and without");
    console.press_with(Modifiers::COMMAND, Key::Num2);
    console.press_with(Modifiers::COMMAND, Key::Num1);
    assert!(is_seen(&console), "and after another page");
}

#[test]
fn the_pane_says_when_the_filter_hides_its_business() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let hidden = "Not in the list: the filter hides it.";
    assert!(!console.shows(hidden));
    console.type_into("Filter businesses", "zebra");
    console.assert_shows(hidden);
    console.click("Show it");
    assert!(!console.shows(hidden));
    assert_eq!(console.field_value("Filter businesses"), "");
    assert_eq!(
        console.workspace().selected,
        Some(console.id_of("Acme Ltd"))
    );
    console.assert_shows("Row: Acme Ltd, row");
}

#[test]
fn a_toast_covers_neither_the_pane_nor_says_what_the_status_bar_says() {
    for size in [vec2(900.0, 600.0), vec2(1280.0, 800.0)] {
        let mut console = Console::at_business(
            Setup {
                size,
                ..Setup::default()
            },
            "Acme Ltd",
        );
        console.copy_token();
        let said = "Token for Acme Ltd (Custom) copied. 59 min left";
        let toast = console.status_rect(said);
        let pane = console.position_of("Close details").right() - 280.0;
        assert!(toast.right() < pane, "{toast:?} {pane}");
        let ways = console.screen().matches("Button: Clear now").count();
        assert_eq!(ways, 1, "the one in the status bar");
    }
}

#[test]
fn keys_leave_the_pane_alone_where_it_is_not_on_screen() {
    let mut console = with_numbers();
    console.press_with(Modifiers::COMMAND, Key::Num5);
    console.press(Key::OpenBracket);
    console.assert_shows("Open the details first");
    console.press(Key::Escape);
    console.press_with(Modifiers::COMMAND, Key::Num1);
    assert!(console.offers("Close details"));
}
