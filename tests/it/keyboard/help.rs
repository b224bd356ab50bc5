//! The help.

use egui::{Key, Vec2};

use crate::support::{Console, Setup};

#[test]
fn it_names_the_version_and_opens_documentation_and_folder() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::Questionmark);
    console.assert_shows(&format!("Version {}", env!("CARGO_PKG_VERSION")));
    console.click("Documentation");
    console.click("Log folder");
    let opened = console.opened.lock().unwrap().clone();
    let folder = console.folder().root().display().to_string();
    assert_eq!(opened.len(), 2, "{opened:?}");
    assert!(opened[0].starts_with("https://docs."));
    assert_eq!(opened[1].trim_end_matches('/'), format!("file://{folder}"));
    console.assert_shows("Dialog: Help");
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
