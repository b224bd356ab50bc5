//! Closing the window while an import is running or has failed rows.

use egui::{Key, Modifiers, ViewportCommand};
use thred_console::platform::file_dialog::FileDialogOutcome;

use super::rows;
use crate::support::{Answer, Console, ErrorShape, Fault, On, RunGate, Setup};

/// A run of ten rows with four requests that wait for the gate.
fn running(gate: &RunGate) -> Console {
    let mut console = Console::at_dry_run(Setup::default(), &rows(10));
    console.until_remembered();
    console.begin_held(10, gate);
    console
}

fn is_asked(console: &mut Console) -> bool {
    let asked = console.request_close();
    asked.contains(&ViewportCommand::CancelClose)
}

const TITLE: &str = "Dialog: The import is still running";

#[test]
fn closing_asks_while_rows_are_being_sent() {
    let gate = RunGate::closed();
    let mut console = running(&gate);
    assert!(is_asked(&mut console));
    console.assert_shows(TITLE);
    console.assert_shows("10 rows of partners.csv are left.");
    console.click("Keep running");
    assert!(!console.shows(TITLE));
    assert!(console.run().unwrap().is_sending());
    assert!(is_asked(&mut console));
    assert!(console.click_closes_window("Close and resume later"));
    assert!(!is_asked(&mut console));
    gate.open();
    let mut console = console.restart();
    console.until_listed();
    console.wait_for_text("The import of partners.csv is unfinished.");
}

#[test]
fn the_question_goes_away_once_the_import_has_ended() {
    let gate = RunGate::closed();
    let mut console = running(&gate);
    assert!(is_asked(&mut console));
    gate.open();
    console.wait_for_end();
    console.settle();
    assert!(!console.shows(TITLE));
    assert!(!is_asked(&mut console));
}

#[test]
fn a_paused_import_and_a_signal_do_not_ask() {
    let gate = RunGate::closed();
    let mut console = running(&gate);
    console.click("Pause");
    assert!(!is_asked(&mut console), "nothing is being sent");
    console.click("Resume");
    console.terminate();
    assert!(!is_asked(&mut console), "nobody may be there to answer");
    gate.open();
}

#[test]
fn an_import_that_leaves_no_record_cannot_be_resumed_and_says_so() {
    let mut console = Console::start(Setup::default());
    console.begin_with(Console::session_only(console.environment()));
    console.until_listed();
    console.open_file("partners.csv", rows(10));
    console.dry_run();
    let gate = RunGate::closed();
    console.begin_held(10, &gate);
    assert!(is_asked(&mut console));
    console.assert_shows("it can’t be resumed");
    console.click("Keep open");
    console.click("Pause");
    assert!(is_asked(&mut console), "while it is paused");
    console.click("Keep open");
    console.press_with(Modifiers::COMMAND, Key::L);
    console.assert_shows("Unlock");
    assert!(is_asked(&mut console), "behind the lock");
    assert!(console.click_closes_window("Close and stop the import"));
    gate.open();
}

#[test]
fn failed_rows_that_were_not_saved_ask_until_they_are() {
    let mut console = Console::at_dry_run(Setup::default(), &rows(3));
    let rejected = Answer::invalid(ErrorShape::Details, &[("email", "Not deliverable.")]);
    console.server.fault(On::Create, Fault::Once(rejected));
    console.click("Create 3 in Custom");
    console.wait_for_end();
    assert!(is_asked(&mut console));
    console.assert_shows("Dialog: Close without saving rows?");
    console.assert_shows("1 row of partners.csv was not created, or");
    console.click("Keep open");
    let path = console.folder().file("failed.csv");
    console.dialogs.answer(FileDialogOutcome::Chosen(path));
    console.click("Save failed rows…");
    console.wait_for_text("1 row saved");
    assert!(!is_asked(&mut console));
}

#[test]
fn failed_rows_behind_the_lock_ask_too() {
    let mut console = Console::at_dry_run(Setup::default(), &rows(3));
    let rejected = Answer::invalid(ErrorShape::Details, &[("email", "Not deliverable.")]);
    console.server.fault(On::Create, Fault::Once(rejected));
    console.click("Create 3 in Custom");
    console.wait_for_end();
    console.press_with(Modifiers::COMMAND, Key::L);
    assert!(console.state().open().is_none());
    assert!(is_asked(&mut console));
    console.assert_shows("1 row of partners.csv was not created, or");
}

#[test]
fn no_key_acts_behind_the_question() {
    let gate = RunGate::closed();
    let mut console = running(&gate);
    console.press_with(Modifiers::COMMAND, Key::K);
    assert!(is_asked(&mut console));
    console.press(Key::Enter);
    assert!(!console.shows(TITLE), "Enter answers the question");
    assert!(console.run().unwrap().is_sending());
    assert_eq!(console.log().count(&On::Token), 0);
    gate.open();
}
