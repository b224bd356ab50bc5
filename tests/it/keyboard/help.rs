//! The help dialog, and its list of licences.

use egui::{Key, Modifiers, Vec2};

use crate::support::{Console, Setup};

#[test]
fn it_names_the_version_and_opens_documentation_and_folder() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::Questionmark);
    console.assert_shows(&format!("Version {}", env!("CARGO_PKG_VERSION")));
    console.click("Documentation");
    console.click("Data folder");
    let opened = console.opened.lock().unwrap().clone();
    let folder = console.folder().root().display().to_string();
    assert_eq!(opened.len(), 2, "{opened:?}");
    assert!(opened[0].starts_with("https://docs."));
    assert_eq!(opened[1].trim_end_matches('/'), format!("file://{folder}"));
    console.assert_shows("Dialog: Help");
}

#[test]
fn it_lists_the_licences_of_what_is_in_the_program() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::Questionmark);
    console.click("Licences");
    console.assert_shows("Dialog: Licences");
    assert!(!console.shows("Dialog: Help"));
    // The search field has the focus.
    console.type_text("jetbrains");
    console.assert_shows("JetBrains Mono 2.242: OFL-1.1");
    assert!(!console.shows("accesskit"));
    console.type_text(" gpl");
    console.assert_shows("No software matches.");
    console.press(Key::Escape);
    assert!(!console.shows("Dialog: Licences"));
}

#[test]
fn licences_scroll_by_keys_and_open_from_the_palette_and_while_locked() {
    let mut console = Console::signed_in(Setup::default());
    console.press_with(Modifiers::COMMAND, Key::K);
    console.type_text("licences");
    console.press(Key::Enter);
    console.assert_shows("accesskit");
    console.press(Key::End);
    console.assert_shows("Rust standard library");
    assert!(!console.shows("accesskit_consumer"));
    console.press(Key::Escape);

    console.press_with(Modifiers::COMMAND, Key::L);
    console.press(Key::F1);
    console.click("Licences");
    console.assert_shows("Dialog: Licences");
}

#[test]
fn it_has_two_columns_where_there_is_room() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::Questionmark);
    let beside = |console: &Console| {
        let top = |text: &str| console.place_of_text(text).top();
        (top("T: Copy a token") - top("Ctrl+1: Go to Businesses")).abs() < 1.0
    };
    assert!(beside(&console));
    console.resize(Vec2::new(700.0, 600.0));
    assert!(!beside(&console));
}
