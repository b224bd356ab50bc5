//! Correcting invalid rows before the run, without changing the file.

use egui::{Key, Modifiers, ViewportCommand};
use thred_console::platform::file_dialog::FileDialogOutcome;
use thred_console::state::import::messages::RowFilter;

use super::{Console, HEADER, rows};
use crate::support::{Answer, Fault, KEY, On, RunGate, Setup};

/// Line 3 has an invalid e-mail address; line 4 has one too, and no name.
const ROWS: &str = "\
c-1,Fine Ltd,limited,fine@c.example,GB
c-2,Nearly Ltd,limited,nearly-at-c,GB
c-3,,limited,twice-at-c,GB
";

fn text() -> String {
    format!("{HEADER}{ROWS}")
}

fn at_dry_run() -> Console {
    let console = Console::at_dry_run(Setup::default(), &text());
    let counts = console.file().counts();
    assert_eq!((counts.create, counts.invalid), (1, 2));
    console
}

impl Console {
    fn save_correction(&mut self) {
        self.click("Save correction");
        self.wait_for_dry_run();
    }
}

#[test]
fn a_cell_is_corrected_by_mouse_and_sent_so_while_the_file_stays_as_it_is() {
    let mut console = at_dry_run();
    console.click("Correct line 3");
    assert!(console.is_focused("E-mail"), "what is wrong comes first");
    assert!(console.is_marked_wrong("E-mail"));
    assert!(!console.is_marked_wrong("Country"));
    console.retype("E-mail", "nearly@");
    assert!(
        console.is_marked_wrong("E-mail"),
        "judged while it is typed"
    );
    console.retype("E-mail", "nearly@c.example");
    assert!(!console.is_marked_wrong("E-mail"));
    console.assert_shows("In the file: nearly-at-c");
    console.save_correction();
    let counts = console.file().counts();
    assert_eq!((counts.create, counts.invalid), (2, 1));
    console.assert_shows("Corrected");
    console.click("Create 2 in Custom");
    console.wait_for_end();
    assert_eq!(
        console.stored("c-2").unwrap().email.as_deref(),
        Some("nearly@c.example")
    );
    let file = std::fs::read_to_string(console.folder().file("partners.csv"));
    assert_eq!(file.unwrap(), text());
}

#[test]
fn a_row_is_corrected_by_keyboard_and_the_next_one_is_at_its_place() {
    let mut console = at_dry_run();
    console.click("Invalid: 2");
    console.tab_to("Rows of the file");
    console.press(Key::ArrowDown);
    console.press(Key::Enter);
    console.retype("E-mail", "nearly@c.example");
    console.press(Key::Enter);
    console.wait_for_dry_run();
    assert_eq!(console.file().counts().invalid, 1);
    assert_eq!(console.file().filter, RowFilter::Invalid);
    console.press(Key::Enter);
    console.assert_shows("Correct line 4");
    console.retype("E-mail", "twice@c.example");
    console.retype("Legal name", "Twice Ltd");
    console.press_with(Modifiers::COMMAND, Key::Enter);
    console.wait_for_dry_run();
    assert_eq!(console.file().counts().create, 3);
}

#[test]
fn the_file_of_failed_rows_has_what_was_corrected() {
    let mut console = at_dry_run();
    console.click("Correct line 4");
    console.retype("E-mail", "twice@c.example");
    console.save_correction();
    assert_eq!(console.file().counts().invalid, 2, "it still has no name");
    let path = console.folder().file("left.csv");
    console
        .dialogs
        .answer(FileDialogOutcome::Chosen(path.clone()));
    console.click("Save the 2 invalid rows…");
    console.wait_for_text("2 rows saved");
    let (title, file_name) = console.save_request();
    assert_eq!(title, "Save invalid rows", "nothing has failed yet");
    assert_eq!(file_name, "partners-invalid.csv");
    let saved = std::fs::read_to_string(path).unwrap();
    assert!(
        saved.contains("c-2,Nearly Ltd,limited,nearly-at-c,GB,"),
        "{saved}"
    );
    assert!(
        saved.contains("c-3,,limited,twice@c.example,GB,"),
        "{saved}"
    );
}

#[test]
fn an_interrupted_run_goes_on_with_the_corrected_rows() {
    let mut console = at_dry_run();
    console.click("Correct line 3");
    console.retype("E-mail", "nearly@c.example");
    console.save_correction();
    let late = Answer::real().unanswered();
    console.server.fault(On::Create, Fault::Always(late));
    console.click("Create 2 in Custom");
    console.wait_for("both", |console| console.create_requests() == 2);
    console.begin_with(Console::session_only(console.environment()));
    console.server.clear_faults();
    console.wait_for_text("The import of partners.csv is unfinished.");
    console.click("Resume");
    console.wait_for_text("Resume import of 2");
    assert!(
        !console.shows("Correct line 4"),
        "it goes on with the rows as they were"
    );
    console.click("Resume import of 2 in Custom");
    console.wait_for_end();
    assert_eq!(
        console.stored("c-2").unwrap().email.as_deref(),
        Some("nearly@c.example")
    );
    assert_eq!(console.newcomers(), 2);
}

#[test]
fn what_was_typed_is_not_dropped_by_a_second_escape_and_can_be_taken_back() {
    let mut console = at_dry_run();
    console.click("Correct line 3");
    console.retype("E-mail", "nearly@c.example");
    console.press(Key::Escape);
    console.assert_shows("Discard your changes?");
    console.press(Key::Escape);
    assert_eq!(console.field_value("E-mail"), "nearly@c.example");
    console.save_correction();
    console.click("All rows: 3");
    console.select("Line 3");
    console.press(Key::Enter);
    console.click("Use the file’s values");
    assert_eq!(console.field_value("E-mail"), "nearly-at-c");
    console.save_correction();
    assert_eq!(console.file().counts().invalid, 2);
    assert!(console.file().file.sheet.corrections.is_empty());
}

#[test]
fn a_value_that_is_wrong_is_selected_and_one_that_is_treated_as_empty_is_named() {
    let row = "NULL,Null Ltd,limited,null@c.example,GB\n";
    let mut console = Console::at_dry_run(Setup::default(), &format!("{HEADER}{row}"));
    console.click("Correct line 2");
    assert!(console.is_focused("external_id"));
    console.assert_shows("“NULL” is treated as empty. external_id is missing.");
    console.type_text("n-1");
    assert_eq!(console.field_value("external_id"), "n-1");
    console.save_correction();
    assert_eq!(console.file().counts().create, 1);
}

#[test]
fn the_keyboard_goes_on_from_the_dry_run_to_its_rows() {
    let mut console = Console::signed_in(Setup::default());
    console.open_file("partners.csv", text());
    console.press(Key::Enter);
    console.wait_for_dry_run();
    console.settle();
    assert_eq!(console.focused(), "Rows of the file");
    console.press(Key::ArrowDown);
    console.press(Key::Enter);
    console.assert_shows("Dialog: Correct line");
}

#[test]
fn a_key_is_no_correction() {
    let mut console = at_dry_run();
    console.click("Correct line 3");
    console.paste_into("E-mail", KEY);
    assert_eq!(console.field_value("E-mail"), "nearly-at-c");
    console.assert_shows("This looks like a key or a token, so it was not pasted");
}

#[test]
fn share_mode_shows_no_cell_to_correct() {
    let mut console = at_dry_run();
    console.press_with(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, Key::H);
    console.click("Correct line 3");
    console.assert_shows("Turn off share mode to correct a row");
    assert!(!console.shows("Save correction"));
}

#[test]
fn corrections_stay_where_the_file_is_read_in_another_way_that_keeps_its_rows() {
    let mut console = at_dry_run();
    console.click("Correct line 3");
    console.retype("E-mail", "nearly@c.example");
    console.save_correction();
    console.click("Back to columns");
    console.click("Encoding: UTF-8");
    console.click("Windows-1252");
    console.wait_for_text("Encoding: Windows-1252");
    console.dry_run();
    assert_eq!(console.file().counts().create, 2);
    console.click("Back to columns");
    console.click("Delimiter: comma");
    console.click("semicolon");
    console.wait_for_text("Corrections discarded");
    console.assert_shows("The corrections of 1 row no longer fit and were discarded.");
}

#[test]
fn share_mode_hides_what_is_being_corrected() {
    let mut console = at_dry_run();
    console.click("Correct line 3");
    console.retype("E-mail", "nearly@c.example");
    console.assert_shows("In the file: nearly-at-c");
    console.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);
    assert!(!console.shows("nearly"), "{}", console.screen());
    console.retype("E-mail", "nearly");
    console.assert_shows("The reason is hidden in share mode.");
}

#[test]
fn corrections_of_rows_that_were_not_sent_are_not_lost_after_a_stop() {
    let mut console = Console::at_dry_run(Setup::default(), &rows(10));
    console.until_remembered();
    console.tab_to("Rows of the file");
    console.press(Key::End);
    console.press(Key::Enter);
    console.retype("Legal name", "Corrected Ltd");
    console.save_correction();
    let gate = RunGate::closed();
    console.begin_held(10, &gate);
    console.click("Stop");
    gate.open();
    console.wait_for_end();
    console.assert_shows("6 not sent. Save the remaining rows to a file and import it.");
    assert!(!console.shows("Import the file again"));
    let is_asked = |console: &mut Console| {
        let asked = console.request_close();
        asked.contains(&ViewportCommand::CancelClose)
    };
    assert!(is_asked(&mut console));
    console.assert_shows("6 rows of partners.csv were not created, or");
    console.click("Keep open");
    let path = console.folder().file("left.csv");
    console
        .dialogs
        .answer(FileDialogOutcome::Chosen(path.clone()));
    console.click("Save remaining rows…");
    console.wait_for_text("6 rows saved");
    assert!(!is_asked(&mut console));
    assert!(
        std::fs::read_to_string(path)
            .unwrap()
            .contains("Corrected Ltd")
    );
}

#[test]
fn closing_the_window_asks_about_corrections() {
    let mut console = at_dry_run();
    let is_asked = |console: &mut Console| {
        let asked = console.request_close();
        asked.contains(&ViewportCommand::CancelClose)
    };
    assert!(!is_asked(&mut console));
    console.click("Correct line 3");
    console.retype("E-mail", "nearly@c.example");
    console.save_correction();
    assert!(is_asked(&mut console));
    console.assert_shows("Dialog: Close without importing?");
    console.assert_shows("You corrected 1 row of partners.csv");
    console.click("Keep open");
    assert_eq!(console.file().counts().create, 2);
}
