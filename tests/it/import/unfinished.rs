//! Resuming interrupted runs.

use std::time::Duration;

use super::rows;
use crate::support::{Answer, Console, Fault, On, RunGate, Setup};

/// An interrupted run of ten rows: three are known to be created, four were created without a response, three were not
/// sent.
fn interrupted() -> Console {
    break_off(Console::at_dry_run(Setup::default(), &rows(10)))
}

fn break_off(mut console: Console) -> Console {
    console.begin_to_the_middle();
    console.begin_with(Console::session_only(console.environment()));
    console.server.clear_faults();
    console.wait_for_text("The import of partners.csv is unfinished.");
    console
}

#[test]
fn it_goes_on_where_it_broke_off() {
    let mut console = interrupted();
    console.assert_shows("7 of 10 left.");
    console.click("Resume");
    console.wait_for_text("Resume import of 7");
    for text in [
        "All rows: 10",
        "Create: 7",
        "Created: 3",
        "Already exist: 0",
        "3 of 10 exist already. Nothing more has been sent.",
    ] {
        console.assert_shows(text);
    }
    console.click("Create: 7");
    console.assert_shows("row 1 of 7");
    console.click("Created: 3");
    console.assert_shows("row 1 of 3");
    console.click("All rows: 10");
    let before = console.create_requests();
    console.click("Resume import of 7 in Custom");
    console.wait_for_end();
    assert_eq!(console.create_requests() - before, 7);
    assert_eq!(console.newcomers(), 10);
    for tile in [
        "All rows: 10",
        "Created: 6",
        "Already existed: 4",
        "Failed: 0",
    ] {
        console.assert_shows(tile);
    }
    console.assert_shows("probably created by the earlier request");
    assert!(console.notes().is_empty());
}

/// The rest of the run still sends "NULL" unchanged, as the first part did.
#[test]
fn it_goes_on_with_the_repairs_that_were_chosen() {
    let row = |n| format!("new-{n},Newcomer {n} Ltd,limited,n{n}@new.example,GB,NULL\n");
    let rows: String = (1..=10).map(row).collect();
    let header = "external_id,legal_name,entity_type,email,country,tin\n";
    let mut console = Console::at_dry_run(Setup::default(), &format!("{header}{rows}"));
    console.click("Placeholders for empty values: Treat as empty");
    console.wait_for_dry_run();
    let mut console = break_off(console);
    console.click("Resume");
    console.wait_for_text("Resume import of 7");
    console.assert_shows("Placeholders for empty values: 10 cells");
    assert!(
        !console.shows("Treat as empty"),
        "the rows stay as they were read"
    );
    console.click("Resume import of 7 in Custom");
    console.wait_for_end();
    for id in ["new-1", "new-10"] {
        let stored = console.stored(id).unwrap();
        assert_eq!(stored.tin.as_deref(), Some("NULL"));
    }
}

#[test]
fn it_is_offered_again_if_another_file_is_asked_for_and_none_chosen() {
    let mut console = interrupted();
    console.click("Resume");
    console.wait_for_text("Resume import of 7");
    console.click("Open another file…");
    console.assert_shows("The import of partners.csv is unfinished.");
}

#[test]
fn what_is_asked_about_again_does_not_count_as_answered() {
    let mut console = interrupted();
    console.click("Resume");
    console.wait_for_text("Resume import of 7");
    let gate = RunGate::closed();
    let held = Answer::real().held_by(&gate);
    console.server.fault(On::Create, Fault::Always(held));
    let before = console.create_requests();
    console.click("Resume import of 7 in Custom");
    console.wait_for("four", |console| console.create_requests() == before + 4);
    console.settle();
    assert_eq!(console.run().unwrap().progress(), (3, 10));
    console.assert_shows("3 of 10");
    console.click("Pause");
    console.wait_for_text("Paused. Finishing 4 rows");
    console.click("Resume");
    gate.open();
    console.wait_for_end();
    assert_eq!(console.run().unwrap().progress(), (10, 10));
}

#[test]
fn a_row_in_doubt_that_is_only_refused_now_stays_in_doubt() {
    let mut console = interrupted();
    console.click("Resume");
    console.wait_for_text("Resume import of 7");
    console
        .server
        .fault(On::Create, Fault::Always(Answer::status(429)));
    console.click("Resume import of 7 in Custom");
    console.wait_for_text("Paused: ");
    console.wait_for("rest", |console| console.log().in_flight() == 0);
    console.click("Stop");
    console.wait_for_end();
    let tally = console.run().unwrap().tally();
    assert_eq!((tally.unknown, tally.rejected), (4, 0));
}

#[test]
fn the_notes_are_for_their_owner_only_and_hold_no_secret() {
    let console = interrupted();
    let notes = console.notes();
    assert_eq!(notes.len(), 1);
    let text = std::fs::read_to_string(&notes[0]).unwrap();
    assert!(!text.contains(crate::support::KEY));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&notes[0]).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_file_that_has_changed_does_not_go_on() {
    let mut console = interrupted();
    console.write("partners.csv", rows(11));
    let before = console.create_requests();
    console.click("Resume");
    console.wait_for_text("The file has changed since the import was interrupted");
    assert_eq!(console.create_requests(), before);
    console.click("Discard…");
    console.click("Discard import");
    console.wait_for("no notes", |console| console.notes().is_empty());
}

#[test]
fn it_is_discarded_only_once_that_is_confirmed() {
    let mut console = interrupted();
    console.press(egui::Key::I);
    let notes = console.notes();
    console.click("Discard…");
    console.assert_shows("Dialog: Discard the import?");
    console.assert_shows("7 of 10 rows of partners.csv are left.");
    console.press(egui::Key::Escape);
    assert!(!console.shows("Dialog: "));
    assert_eq!(console.notes(), notes);
    console.click("Discard…");
    console.click("Discard import");
    console.wait_for("no notes", |console| console.notes().is_empty());
    assert!(!console.shows("is unfinished"));
}

/// A file with `count` other valid rows.
fn other_rows(count: usize) -> String {
    rows(count).replace("new-", "other-")
}

#[test]
fn another_import_begins_only_once_the_interrupted_one_may_be_discarded() {
    let mut console = interrupted();
    let notes = console.notes();
    let text = std::fs::read_to_string(&notes[0]).unwrap();
    let before = console.create_requests();
    console.open_file("other.csv", other_rows(3));
    console.dry_run();
    console.click("Create 3 in Custom");
    console.assert_shows("Dialog: Discard the interrupted import?");
    console.assert_shows("7 of 10 rows of partners.csv are left.");
    console.press(egui::Key::Escape);
    assert!(!console.shows("Dialog: "));
    assert_eq!(std::fs::read_to_string(&notes[0]).unwrap(), text);
    assert_eq!(console.create_requests(), before, "nothing was sent");
    assert!(console.workspace().import.unfinished().is_some());
    console.click("Create 3 in Custom");
    console.click("Discard and start");
    console.wait_for_end();
    assert_eq!(
        (console.create_requests(), console.newcomers()),
        (before + 3, 10)
    );
    assert!(console.notes().is_empty());
}

#[test]
fn a_resumed_run_with_more_rows_than_the_first_is_offered_again() {
    let mut console = Console::at_dry_run(Setup::default(), &rows(8));
    console.click("Create 8 in Custom");
    console.wait_for_end();
    console.open_file("partners.csv", rows(18));
    console.dry_run();
    let mut console = break_off(console);
    // Without the list, rows that exist count as new.
    console
        .server
        .fault(On::List, Fault::Always(Answer::status(403)));
    console.begin_with(Console::session_only(console.environment()));
    console.wait_for("the sign-in", |console| console.state().open().is_some());
    console.until_listed();
    console.press(egui::Key::I);
    console.wait_for_text("The import of partners.csv is unfinished");
    console.click("Resume import");
    console.wait_for_text("Resume import of 15");
    let before = console.create_requests();
    console
        .server
        .fault(On::Create, Fault::Times(8, Answer::real()));
    let late = Answer::real().unanswered();
    console.server.fault(On::Create, Fault::Always(late));
    console.click("Resume import of 15 in Custom");
    console.wait_for("the middle of the run", |console| {
        let existed = console.run().unwrap().tally().existed;
        existed == 8 && console.create_requests() == before + 12
    });
    console.begin_with(Console::session_only(console.environment()));
    console.server.clear_faults();
    console.wait_for_text("The import of partners.csv is unfinished.");
    console.assert_shows("7 of 18 left.");
    assert_eq!(console.notes().len(), 1);
    console.click("Resume");
    console.wait_for_text("Resume import of 7");
    console.click("Resume import of 7 in Custom");
    console.wait_for_end();
    assert_eq!(console.newcomers(), 18);
}

#[test]
fn a_lock_pauses_a_run_which_is_continued_after_it() {
    let mut console = Console::at_dry_run(Setup::default(), &rows(10));
    console.until_remembered();
    console.begin_to_the_middle();
    console.press_with(egui::Modifiers::COMMAND, egui::Key::L);
    console.assert_shows("The import of partners.csv is paused. You can resume it later.");
    let sent = console.create_requests();
    console.pass(Duration::from_mins(5));
    assert_eq!(console.create_requests(), sent, "nothing is sent meanwhile");
    assert_eq!(console.notes().len(), 1, "the journal is on disk");

    console.server.clear_faults();
    console.press(egui::Key::Enter);
    console.until_listed();
    console.wait_for("the offer", |console| {
        console.workspace().import.unfinished().is_some()
    });
    console.click("Resume import");
    console.wait_for_text("Resume import of 7");
    console.click("Resume import of 7 in Custom");
    console.wait_for_end();
    assert_eq!(console.newcomers(), 10, "each once");
}
