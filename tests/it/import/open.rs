//! Opening a file, mapping its columns, and the dry run.

use std::time::Duration;

use egui::{Key, Modifiers};
use thred_console::domain::business::CompactBusiness;
use thred_console::domain::draft::Field;
use thred_console::domain::export::{ExportColumn, to_csv};
use thred_console::domain::import::ColumnTarget;
use thred_console::platform::file_dialog::FileDialogOutcome;
use thred_console::state::import::page::ImportPageState;

use super::{HEADER, rows, signed_in};
use crate::support::{Answer, Console, Fault, On, RunGate, Setup};

#[test]
fn a_file_is_opened_by_the_dialog_and_nothing_is_written() {
    let mut console = signed_in();
    let text = format!(
        "{HEADER}new-1,One Ltd,limited,a@b.example,GB\nacme-1,Acme Ltd,limited,,GB\n\
         zoo-6,Other Zoo,limited,,GB\nnew-2,No Mail Ltd,limited,,GB\nnew-1,Twin Ltd,limited,c@d.example,GB\n"
    );
    console.open_file("partners.csv", text);
    console.assert_shows("5 rows, 5 of 5 columns mapped");
    console.assert_shows("Encoding: UTF-8");
    console.assert_shows("Delimiter: comma");
    console.dry_run();
    assert_eq!(
        console.file().counts().to_string(),
        "create 1 · already exist 1 · differ 1 · invalid 2"
    );
    console.assert_shows("Nothing has been sent yet.");
    console.assert_shows("E-mail is missing");
    console.assert_shows("Same external_id as line 2");
    assert!(console.offers("Create 1 in Custom"));
    console.click("Invalid: 2");
    assert_eq!(console.file().shown.len(), 2);
    assert!(console.offers("Save the 2 invalid rows…"));
    assert_eq!(console.create_requests(), 0);
    assert!(console.notes().is_empty());
}

#[test]
fn a_file_is_opened_by_dropping_it() {
    let mut console = signed_in();
    let path = console.write("dropped.csv", rows(3));
    console.drop_files(&[&path]);
    console.wait_for("the columns", |console| {
        console.workspace().import.open().is_some()
    });
    console.assert_shows("dropped.csv");
    console.drop_files(&[&path, &path]);
    console.assert_shows("You dropped 2 files. None was opened. Drop one file at a time.");
}

#[test]
fn closing_the_dialog_changes_nothing() {
    let mut console = signed_in();
    console.press(Key::I);
    console.dialogs.answer(FileDialogOutcome::Cancelled);
    console.click("Open file…");
    assert!(matches!(
        console.workspace().import.stage,
        ImportPageState::Empty
    ));
}

#[test]
fn a_system_without_a_dialog_is_told() {
    let mut console = signed_in();
    console.press(Key::I);
    for (answer, words) in [
        (
            FileDialogOutcome::Unavailable,
            "This system shows no file dialog.",
        ),
        (
            FileDialogOutcome::Unresponsive,
            "did not respond. Try again.",
        ),
    ] {
        console.dialogs.answer(answer);
        console.click("Open file…");
        console.wait_for_text(words);
    }
}

#[test]
fn the_use_of_a_column_and_the_delimiter_are_changed() {
    let mut console = signed_in();
    console.open_file(
        "odd.csv",
        "external_id;Label;entity_type;email;country\nnew-1;One Ltd;limited;a@b.example;GB\n",
    );
    console.assert_shows("Choose a column or a default for");
    assert!(!console.offers("Dry run"));
    console.click("Use of Label: Not used");
    console.click("Legal name");
    let target = console.file().mapping.target(1);
    assert_eq!(target, ColumnTarget::Field(Field::LegalName));
    console.click("Delimiter: semicolon");
    console.click("comma");
    console.wait_for_text("Delimiter: comma");
    console.assert_shows("1 row, ");
    console.click("Delimiter: comma");
    console.click("semicolon");
    console.wait_for_text("Delimiter: semicolon");
    console.click("Use of Label: Not used");
    console.click("Legal name");
    console.dry_run();
    assert_eq!(console.file().counts().create, 1);
}

#[test]
fn another_encoding_keeps_the_use_of_the_columns() {
    let mut console = signed_in();
    console.open_file(
        "odd.csv",
        "external_id,Label,entity_type,email,country\nnew-1,One Ltd,limited,a@b.example,GB\n",
    );
    let widths = ["Use of Label: Not used", "Use of email: E-mail"]
        .map(|name| console.rect_of(name).width());
    assert_eq!(widths[0], widths[1]);
    console.click("Use of Label: Not used");
    console.click("Legal name");
    console.click("Defaults…");
    console.choose("Country", "Germany");
    console.click("Done");
    console.assert_shows("Defaults (1)…");
    console.click("Encoding: UTF-8");
    console.click("Windows-1252");
    console.wait_for_text("Encoding: Windows-1252");
    let mapping = &console.file().mapping;
    assert_eq!(mapping.target(1), ColumnTarget::Field(Field::LegalName));
    assert_eq!(mapping.default_of(Field::Country), "DE");
}

#[test]
fn a_file_that_cannot_be_read_so_stays_as_it_was() {
    let mut console = signed_in();
    // With semicolons as the delimiter, the second cell begins with a quotation mark.
    let text = format!("{HEADER}new-1,One;\"Two Ltd,limited,a@b.example,GB\n");
    console.open_file("odd.csv", text);
    console.click("Delimiter: comma");
    console.click("semicolon");
    console.wait_for_text("The file can’t be read with this encoding");
    console.assert_shows("is never closed");
    console.assert_shows("Delimiter: comma");
    assert_eq!(console.file().mapping.used(), 5);
    assert!(console.offers("Dry run"));
}

#[test]
fn a_list_that_is_not_whole_is_told_in_the_dry_run() {
    let mut console = signed_in();
    console.open_file("partners.csv", rows(1));
    console.dry_run();
    console.assert_shows("New businesses go to Custom.");
    let gate = RunGate::closed();
    let held = Answer::real().held_by(&gate);
    console.server.fault(On::List, Fault::Always(held));
    console.press(Key::F5);
    console.assert_shows("The list is incomplete");
    console.press_with(Modifiers::COMMAND, Key::Num1);
    console.pass(Duration::from_secs(11));
    console.click("Stop");
    console.press(Key::I);
    console.assert_shows("The list is incomplete");
    gate.open();
}

#[test]
fn in_a_narrow_window_the_reason_has_the_room() {
    let mut console = signed_in();
    console.open_file("partners.csv", rows(1));
    console.dry_run();
    console.resize(egui::vec2(900.0, 600.0));
    let [name, reason] = ["Legal name", "Reason"].map(|column| console.rect_of(column).width());
    assert!(reason > name, "{reason} beside {name}");
}

#[test]
fn what_was_exported_exists_already() {
    let mut console = signed_in();
    let list = &console.workspace().list;
    let rows = list.businesses().rows().iter();
    let csv = to_csv(rows.map(CompactBusiness::to_business), &ExportColumn::ALL);
    let count = list.businesses().len();
    console.open_file("export.csv", csv);
    console.dry_run();
    let counts = console.file().counts();
    assert_eq!((counts.exist, counts.total()), (count, count), "{counts}");
    assert!(!console.offers("Create 0 in Custom"));
}

#[test]
fn the_sample_is_saved_and_can_be_imported() {
    let mut console = Console::signed_in(crate::support::Setup {
        any_script: true,
        ..Default::default()
    });
    console.press(Key::I);
    let path = console.folder().file("sample.csv");
    console
        .dialogs
        .answer(FileDialogOutcome::Chosen(path.clone()));
    console.click("Save a sample file…");
    console.wait_for_text("Sample file saved");
    console.choose_file(&path);
    console.wait_for("the columns", |console| {
        console.workspace().import.open().is_some()
    });
    console.dry_run();
    assert_eq!(console.file().counts().create, 3);
}

#[test]
fn what_was_not_done_is_said_in_full_beside_the_buttons_of_a_small_window() {
    let setup = Setup {
        size: egui::vec2(900.0, 600.0),
        ..Setup::default()
    };
    let text = format!("{}new-3,Three Ltd,gmbh,c@new.example,GB\n", rows(2));
    let console = Console::at_dry_run(setup, &text);
    let said = console.text_rect("Nothing has been sent yet. New businesses go to Custom.");
    let first = console.rect_of("Save the invalid row…");
    assert!(said.right() <= first.left(), "{said:?} {first:?}");
    assert!(said.top() >= 500.0 && said.bottom() <= 600.0, "{said:?}");
}
