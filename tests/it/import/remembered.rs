//! The mapping of columns that an import takes over from the previous one.

use egui::Key;

use super::{Console, signed_in};

const HEADER: &str = "Kennung,legal_name,entity_type,email\n";

fn file(id: &str) -> String {
    format!("{HEADER}{id},Newcomer {id} Ltd,limited,{id}@new.example\n")
}

/// A console after the dry run of a file whose id column was mapped by hand and whose country is a default.
fn mapped_by_hand() -> Console {
    let mut console = signed_in();
    console.open_file("first.csv", file("m-1"));
    assert!(!console.shows("Mapped as last time"));
    console.click("Use of Kennung: Not used");
    console.click("external_id");
    console.click("Defaults…");
    console.choose("Country", "United Kingdom");
    console.click("Done");
    console.dry_run();
    console
}

fn open_another(console: &mut Console, name: &str, text: &str) {
    console.click("Back to columns");
    console.open_file(name, text);
}

#[test]
fn the_next_file_with_the_same_header_row_is_mapped_as_last_time() {
    let mut console = mapped_by_hand();
    open_another(&mut console, "second.csv", &file("m-2"));
    console.assert_shows("Mapped as last time, with the same defaults");
    console.assert_shows("Use of Kennung: external_id");
    console.assert_shows("Defaults (1)…");
    console.dry_run();
    assert_eq!(console.file().counts().create, 1);
    open_another(
        &mut console,
        "third.csv",
        "Kennung,legal_name\nm-3,Other Ltd\n",
    );
    console.assert_shows("Use of Kennung: Not used");
    assert!(!console.shows("Mapped as last time"), "another header row");
}

#[test]
fn that_can_be_undone_by_keyboard_and_what_is_used_then_counts_from_then_on() {
    let mut console = mapped_by_hand();
    open_another(&mut console, "second.csv", &file("m-2"));
    console.tab_to("Undo");
    console.press(Key::Enter);
    assert!(!console.shows("Mapped as last time"));
    console.assert_shows("Use of Kennung: Not used");
    console.assert_shows("Choose a column for external_id, and a column or a default for country");
    // There was no dry run with this mapping, so the one of the first file is still remembered.
    console.open_file("third.csv", file("m-3"));
    console.assert_shows("Mapped as last time");
    console.click("Use of legal_name: Legal name");
    console.click("Not used");
    assert!(!console.shows("Mapped as last time"), "it was changed");
}

#[test]
fn it_is_in_the_preferences_and_holds_nothing_of_the_file() {
    let mut console = mapped_by_hand();
    let path = console.folder().file("preferences.json");
    console.wait_for("the preferences", |_| {
        std::fs::read_to_string(&path).is_ok_and(|text| text.contains("header_sha256"))
    });
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains("Kennung") && !text.contains("m-1"), "{text}");
    let mut console = console.restart_from_disk();
    console.begin_with(Console::session_only(console.environment()));
    console.until_listed();
    console.open_file("next.csv", file("m-2"));
    console.assert_shows("Mapped as last time");
}
