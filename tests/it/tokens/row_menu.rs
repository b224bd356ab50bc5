//! The menu of a row on the page of tokens, and the key that forgets a token.

use std::time::Duration;

use egui::{Key, Modifiers};

use crate::support::{Console, Setup};

/// A console on the page of tokens, with tokens of two businesses and no details open.
fn with_tokens() -> Console {
    let mut console = Console::signed_in(Setup::default());
    for name in ["Acme Ltd", "Zebra Zoo"] {
        console.select(name);
        console.copy_token();
    }
    console.press(Key::Escape);
    console.press_with(Modifiers::COMMAND, Key::Num2);
    console
}

#[test]
fn a_secondary_click_opens_the_menu_of_a_token_alone() {
    let mut console = with_tokens();
    let row = console.row_rect("Acme Ltd");
    console.right_click_at(row.left_center() + egui::vec2(200.0, 0.0));
    assert!(!console.workspace().is_detail_open);
    assert_eq!(
        console.workspace().selected,
        Some(console.id_of("Acme Ltd"))
    );
    for line in [
        "Copy token",
        "Copy token as…",
        "Fetch a new token",
        "Forget this token",
    ] {
        console.assert_shows(&format!("MenuItem: {line}"));
    }
    let copies = console.clipboard.copies();
    console.click("Copy token as…");
    console.press(Key::Num2);
    console.wait_for("the copy", |console| console.clipboard.copies() > copies);
    assert!(console.clipboard.content().unwrap().contains("Bearer "));
    assert_eq!(console.token_requests(), 2, "its token is used again");
}

#[test]
fn the_menu_key_opens_it_and_a_new_token_is_fetched() {
    let mut console = with_tokens();
    console.press(Key::Home);
    console.press(Key::Menu);
    assert_eq!(console.focused(), "Copy token");
    console.type_text("fe");
    console.press(Key::Enter);
    console.wait_for("the request", |console| console.token_requests() == 3);
}

#[test]
fn an_expired_token_has_a_menu_too() {
    let mut console = with_tokens();
    console.pass(Duration::from_hours(1));
    console.press(Key::Home);
    let first = console.workspace().selected.unwrap();
    console.press(Key::Menu);
    console.type_text("fo");
    console.press(Key::Enter);
    assert_eq!(console.workspace().tokens.len(), 1);
    assert!(console.workspace().tokens.get(first).is_none());
}

#[test]
fn delete_forgets_the_selected_token_on_this_page_only() {
    let mut console = with_tokens();
    console.press_with(Modifiers::COMMAND, Key::Num1);
    console.press(Key::Delete);
    assert_eq!(console.workspace().tokens.len(), 2, "not in the list");
    console.press_with(Modifiers::COMMAND, Key::Num2);
    console.press(Key::Home);
    let first = console.workspace().selected.unwrap();
    console.press(Key::Delete);
    assert_eq!(console.workspace().tokens.len(), 1);
    assert!(console.workspace().tokens.get(first).is_none());
    console.press(Key::Questionmark);
    console.assert_shows("Delete: On the Tokens page, forget the selected token");
}
