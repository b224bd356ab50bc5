//! Opening, mapping, and the dry run.

use egui::Key;
use thred_console::{
    domain::{
        draft::Field,
        export::{Column, to_csv},
        import::Target,
    },
    platform::file_dialog::FileAnswer,
    state::importing::{ROWS_PER_FRAME, Stage},
};

use super::{HEADER, rows, signed_in};
use crate::support::Console;

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
    console.assert_shows("Nothing has been written yet.");
    console.assert_shows("E-mail is missing");
    console.assert_shows("Same external_id as line 2");
    assert!(console.offers("Create 1 in Custom"));
    console.click("Invalid: 2");
    assert_eq!(console.file().shown.len(), 2);
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
    console.assert_shows("2 files were dropped. One is imported at a time; none was opened.");
}

#[test]
fn closing_the_dialog_changes_nothing() {
    let mut console = signed_in();
    console.press(Key::I);
    console.dialogs.answer(FileAnswer::Cancelled);
    console.click("Open file…");
    assert!(matches!(console.workspace().import.stage, Stage::Empty));
}

#[test]
fn a_system_without_a_dialog_is_told() {
    let mut console = signed_in();
    console.press(Key::I);
    console.dialogs.answer(FileAnswer::Unavailable);
    console.click("Open file…");
    console.wait_for_text("No file opened");
}

#[test]
fn the_use_of_a_column_and_the_delimiter_are_changed() {
    let mut console = signed_in();
    console.open_file(
        "odd.csv",
        "external_id;Label;entity_type;email;country\nnew-1;One Ltd;limited;a@b.example;GB\n",
    );
    console.assert_shows("No column is used for");
    assert!(!console.offers("Dry run"));
    console.click("Use of Label: Not used");
    console.click("Legal name");
    let target = console.file().mapping.target(1);
    assert_eq!(target, Target::Field(Field::LegalName));
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
fn what_was_exported_exists_already() {
    let mut console = signed_in();
    let list = &console.workspace().list;
    let csv = to_csv(list.book().rows().iter().map(AsRef::as_ref), &Column::ALL);
    let count = list.book().len();
    console.open_file("export.csv", csv);
    console.dry_run();
    let counts = console.file().counts();
    assert_eq!((counts.exist, counts.total()), (count, count), "{counts}");
    assert!(!console.offers("Create 0 in Custom"));
}

#[test]
fn a_frame_looks_at_a_few_rows_however_many_there_are() {
    let mut console = signed_in();
    console.open_file("many.csv", rows(10_000));
    let mut before = 0;
    let mut frames = 0;
    console.click("Dry run");
    while !console.file().is_judged() {
        console.frame();
        let now = console.file().dry.verdicts.len();
        assert!(now - before <= 60 * ROWS_PER_FRAME, "{before} → {now}");
        if frames > 0 {
            assert!(now - before <= ROWS_PER_FRAME, "{before} → {now}");
        }
        before = now;
        frames += 1;
    }
    assert_eq!(console.file().counts().create, 10_000);
}

#[test]
fn the_sample_is_saved_and_can_be_imported() {
    let mut console = Console::signed_in(crate::support::Setup {
        any_script: true,
        ..Default::default()
    });
    console.press(Key::I);
    let path = console.folder().file("sample.csv");
    console.dialogs.answer(FileAnswer::Chosen(path.clone()));
    console.click("Save a sample file…");
    console.wait_for_text("Sample file saved");
    console.choose_file(&path);
    console.wait_for("the columns", |console| {
        console.workspace().import.open().is_some()
    });
    console.dry_run();
    assert_eq!(console.file().counts().create, 3);
}
