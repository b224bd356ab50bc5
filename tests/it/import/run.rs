//! The run that sends the rows.

use std::time::Duration;

use thred_console::domain::import::{RowOutcome, Tally};
use thred_console::platform::file_dialog::FileDialogOutcome;
use thred_console::state::import::messages::RowFilter;
use thred_console::state::import::open_file::ImportStep;
use thred_console::state::shell::messages::Page;

use super::{HEADER, rows};
use crate::support::{Answer, Console, ErrorShape, Fault, On, RunGate, Setup};

fn at_dry_run(text: &str) -> Console {
    Console::at_dry_run(Setup::default(), text)
}

#[test]
fn every_row_is_created_once_and_joins_the_list() {
    let mut console = at_dry_run(&rows(41));
    console.click("Create 41 in Custom");
    console.wait_for_end();
    assert_eq!((console.created(), console.newcomers()), (41, 41));
    assert_eq!(console.create_requests(), 41);
    assert!(console.log().most_in_flight() <= 8, "list pages included");
    console.assert_shows("41 created.");
    assert!(
        console
            .listed()
            .iter()
            .any(|name| name == "Newcomer 41 Ltd")
    );
    assert!(
        console.notes().is_empty(),
        "a run that is over leaves no notes"
    );
}

#[test]
fn four_requests_at_most_are_under_way() {
    let mut console = at_dry_run(&rows(20));
    let gate = RunGate::closed();
    console
        .server
        .fault(On::Create, Fault::Always(Answer::real().held_by(&gate)));
    console.click("Create 20 in Custom");
    console.wait_for("four", |console| console.create_requests() == 4);
    assert_eq!(console.log().in_flight(), 4);
    gate.open();
    console.wait_for_end();
    assert_eq!(console.newcomers(), 20);
}

#[test]
fn an_outage_pauses_the_run_and_leaves_its_rows_open() {
    let mut console = at_dry_run(&rows(40));
    console
        .server
        .fault(On::Create, Fault::Always(Answer::html(502)));
    console.click("Create 40 in Custom");
    console.wait_for_text("Paused: ");
    console.wait_for("rest", |console| console.log().in_flight() == 0);
    console.settle();
    assert!(
        console.create_requests() <= 8,
        "{} requests into an outage",
        console.create_requests()
    );
    assert_eq!(console.run().unwrap().progress(), (0, 40));
    console.assert_shows("none is created twice");
    console.wait_for_text("Nothing is sent until you resume");
    console.server.clear_faults();
    console.click("Resume");
    console.wait_for_end();
    // One row may have used both of its attempts before the outage paused the run.
    let tally = console.run().unwrap().tally();
    assert!(tally.unknown <= 1, "{tally:?}");
    assert_eq!(tally.created + tally.unknown, 40);
}

#[test]
fn stopped_in_an_outage_what_was_sent_is_told_as_not_known() {
    let mut console = at_dry_run(&rows(40));
    let lost = Answer::real().hung_up();
    console.server.fault(On::Create, Fault::Always(lost));
    console.click("Create 40 in Custom");
    console.wait_for_text("Paused: ");
    console.wait_for("rest", |console| console.log().in_flight() == 0);
    console.click("Stop");
    console.wait_for_end();
    let tally = console.run().unwrap().tally();
    assert!((4..=5).contains(&tally.unknown), "{tally:?}");
    assert_eq!((tally.created, tally.existed, tally.rejected), (0, 0, 0));
    assert_eq!(console.newcomers(), tally.unknown);
    console.assert_shows("Failed: 0");
    console.assert_shows(&format!("Unknown: {}", tally.unknown));
    let left = 40 - tally.unknown;
    console.assert_shows(&format!(
        "{left} not sent, {} with an unknown result. Import the file again to send the rest",
        tally.unknown
    ));
    console.click(&format!("Unknown: {}", tally.unknown));
    assert_eq!(console.file().shown.len(), tally.unknown);
}

#[test]
fn stopped_while_the_server_wants_a_pause_no_row_has_failed() {
    let mut console = at_dry_run(&rows(6));
    let busy = Answer::status(429).retry_after_secs(50);
    console.server.fault(On::Create, Fault::Always(busy));
    console.click("Create 6 in Custom");
    console.wait_for_text("Paused: ");
    console.wait_for("rest", |console| console.log().in_flight() == 0);
    console.click("Stop");
    console.wait_for_end();
    console.assert_shows("Failed: 0");
    console.assert_shows("Not sent: 6");
    console.assert_shows("6 not sent. Import the file again to send the rest");
    assert_eq!(console.newcomers(), 0);
}

#[test]
fn a_refused_key_says_what_stays_and_leads_to_another_key() {
    let mut console = at_dry_run(&rows(8));
    console
        .server
        .fault(On::Create, Fault::Times(3, Answer::real()));
    console
        .server
        .fault(On::Create, Fault::Always(Answer::status(401)));
    console
        .server
        .fault(On::SignIn, Fault::Always(Answer::status(401)));
    console.click("Create 8 in Custom");
    console.wait_for_text("Paused: ");
    console.wait_for("the three", |console| console.created() == 3);
    console.assert_shows("Businesses already created stay. The remaining rows have not been sent.");
    assert!(!console.shows("Nothing was"), "{}", console.screen());
    console.click("Replace the key");
    assert_eq!(console.workspace().page, Page::Key);
}

#[test]
fn it_pauses_and_resumes() {
    let mut console = at_dry_run(&rows(12));
    let gate = RunGate::closed();
    console.begin_held(12, &gate);
    console.click("Pause");
    console.wait_for_text("Paused. Finishing 4 rows");
    gate.open();
    console.wait_for("the four", |console| console.created() == 4);
    console.pass(Duration::from_secs(5));
    assert_eq!(console.create_requests(), 4);
    console.assert_shows("Paused. Nothing is sent until you resume");
    console.assert_shows("4 of 12");
    let [stop, resume] = ["Stop", "Resume"].map(|name| console.rect_of(name).left());
    assert!(stop < resume, "the filled button stands at the right");
    console.click("Resume");
    console.wait_for_end();
    assert_eq!(console.newcomers(), 12);
}

#[test]
fn the_table_follows_the_work_until_a_row_is_selected() {
    let mut console = at_dry_run(&rows(300));
    let gates = [RunGate::closed(), RunGate::closed()];
    for gate in &gates {
        let real = Fault::Times(100, Answer::real());
        console.server.fault(On::Create, real);
        let held = Answer::real().held_by(gate);
        console.server.fault(On::Create, Fault::Times(4, held));
    }
    // A row that was selected in the dry run does not hold the table.
    console.press(egui::Key::End);
    console.assert_shows("Line 301, row 300 of 300");
    console.click("Create 300 in Custom");
    console.wait_for("the first hundred", |console| {
        console.create_requests() == 104 && console.created() == 100
    });
    console.settle();
    console.assert_shows("Line 105, row 104 of 300");
    assert!(!console.shows("Line 2, row 1 of 300"));
    console.press(egui::Key::Home);
    console.assert_shows("Line 2, row 1 of 300");
    gates[0].open();
    console.wait_for("the second hundred", |console| {
        console.create_requests() == 208 && console.created() == 204
    });
    console.settle();
    console.assert_shows("Line 2, row 1 of 300");
    gates[1].open();
    console.wait_for_end();
}

#[test]
fn the_result_begins_with_the_rows_that_failed() {
    let mut console = at_dry_run(&rows(60));
    let rejected = Answer::invalid(ErrorShape::Details, &[("email", "Not deliverable.")]);
    console.server.fault(On::Create, Fault::Once(rejected));
    console.click("Create 60 in Custom");
    console.wait_for_end();
    console.settle();
    console.assert_shows("row 1 of 60");
    assert!(console.rows()[0].contains(", Failed. "));
}

#[test]
fn it_is_stopped_and_what_was_not_sent_can_be_saved() {
    let mut console = at_dry_run(&rows(12));
    let gate = RunGate::closed();
    console.begin_held(12, &gate);
    console.click("Stop");
    console.assert_shows("Stopping: waiting for the last answers");
    gate.open();
    console.wait_for_end();
    assert_eq!((console.created(), console.newcomers()), (4, 4));
    console.assert_shows("Not sent: the import was stopped first");
    console.assert_shows("Failed: 0");
    console.assert_shows(
        "8 not sent. Import the file again to send the rest; no row is created twice.",
    );
    console.click("Not sent: 8");
    console.assert_shows("row 1 of 8");
    let path = console.folder().file("left.csv");
    console
        .dialogs
        .answer(FileDialogOutcome::Chosen(path.clone()));
    console.click("Save remaining rows…");
    console.wait_for_text("8 rows saved");
    console.choose_file(&path);
    console.wait_for("the columns", |console| console.offers("Dry run"));
    console.dry_run();
    console.click("Create 8 in Custom");
    console.wait_for_end();
    assert_eq!(console.newcomers(), 12);
}

#[test]
fn a_lost_answer_is_asked_for_again_and_nothing_is_created_twice() {
    let mut console = at_dry_run(&rows(3));
    let lost = Answer::real().hung_up();
    console.server.fault(On::Create, Fault::Once(lost));
    console.click("Create 3 in Custom");
    console.wait_for_end();
    assert_eq!((console.create_requests(), console.newcomers()), (4, 3));
    let tally = console.run().unwrap().tally();
    let expected = Tally {
        created: 2,
        existed: 1,
        ..Tally::default()
    };
    assert_eq!(tally, expected);
    console.assert_shows("probably created by the earlier request");
}

#[test]
fn an_answer_that_stays_away_is_told_as_not_known() {
    let mut console = at_dry_run(&rows(1));
    let lost = Answer::real().hung_up();
    console.server.fault(On::Create, Fault::Always(lost));
    console.click("Create 1 in Custom");
    console.wait_for_end();
    assert_eq!((console.create_requests(), console.newcomers()), (2, 1));
    console.assert_shows("May or may not have been created");
    console.assert_shows("1 with an unknown result. Import the file again to find out");
    assert!(console.offers("Save remaining rows…"));
}

#[test]
fn a_refused_row_tells_why_and_the_others_go_on() {
    let mut console = at_dry_run(&rows(5));
    let refused = Answer::invalid(ErrorShape::Details, &[("email", "Not deliverable.")]);
    console.server.fault(On::Create, Fault::Once(refused));
    console.click("Create 5 in Custom");
    console.wait_for_end();
    assert_eq!(console.newcomers(), 4);
    console.assert_shows("E-mail: Not deliverable.");
    let names = console.rows();
    assert!(names[0].contains(", Failed. "), "{names:?}");
    console.assert_shows("1 failed.");
    console.click("Failed: 1");
    assert_eq!(console.file().filter, RowFilter::Failed);
    assert_eq!(console.file().shown.len(), 1);
}

#[test]
fn what_meets_every_row_pauses_the_run() {
    let mut console = at_dry_run(&rows(6));
    let refused = Answer::status(403);
    console.server.fault(On::Create, Fault::Always(refused));
    console.click("Create 6 in Custom");
    console.wait_for_text("Paused: ");
    assert!(console.create_requests() <= 4);
    console.server.clear_faults();
    console.wait_for("rest", |console| console.log().in_flight() == 0);
    console.click("Resume");
    console.wait_for_end();
    assert_eq!(console.newcomers(), 6);
}

#[test]
fn failed_rows_are_saved_mended_and_imported() {
    let mut console = at_dry_run(&format!(
        "{HEADER}new-1,One Ltd,limited,a@b.example,GB\nnew-2,Two Ltd,gmbh,c@d.example,GB\n"
    ));
    console.click("Create 1 in Custom");
    console.wait_for_end();
    assert!(matches!(console.file().step, ImportStep::Done(_)));
    let path = console.folder().file("failed.csv");
    console
        .dialogs
        .answer(FileDialogOutcome::Chosen(path.clone()));
    console.click("Save invalid rows…");
    console.wait_for_text("1 row saved");
    assert_eq!(
        console.save_request(),
        (
            "Save invalid rows".to_owned(),
            "partners-invalid.csv".to_owned()
        )
    );
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("import_reason"), "{text}");
    assert!(!text.contains("new-1"), "{text}");
    console.open_file("mended.csv", text.replace(",gmbh,", ",limited,"));
    console.dry_run();
    console.click("Create 1 in Custom");
    console.wait_for_end();
    assert_eq!(console.newcomers(), 2);
    let outcomes = console.run().unwrap().journal.outcomes.values();
    assert!(outcomes.into_iter().all(RowOutcome::is_final));
}

#[test]
fn a_business_that_is_stored_with_other_values_is_said_in_its_row() {
    let mut console = at_dry_run(&rows(3));
    let answer = Answer::real().edited(|_, value| value["email"] = "other@new.example".into());
    console.server.fault(On::Create, Fault::Once(answer));
    console.click("Create 3 in Custom");
    console.wait_for_end();
    console.settle();
    assert_eq!(console.created(), 3);
    let row = &console.rows()[0];
    assert!(
        row.contains("Created. The server stored other values for: e-mail"),
        "{row}"
    );
}

#[test]
fn another_file_is_asked_for_at_once_and_the_result_stays_until_there_is_one() {
    let mut console = at_dry_run(&rows(1));
    console.click("Back to columns");
    let button = "Open another file…";
    for page in ["columns", "result"] {
        let asked = console.dialogs.asked().len();
        console.click(button);
        assert_eq!(console.dialogs.asked().len(), asked + 1, "{page}");
        console.assert_shows(button);
        if console.offers("Dry run") {
            console.dry_run();
            console.click("Create 1 in Custom");
            console.wait_for_end();
        }
    }
    console.open_file("second.csv", rows(2));
    assert_eq!(console.file().name(), "second.csv");
}

#[test]
fn the_saved_reason_names_the_file_whose_line_it_means() {
    let mut console = at_dry_run(&format!(
        "{HEADER}new-1,One Ltd,limited,a@b.example,GB\nnew-2,Two Ltd,gmbh,c@d.example,GB\n\
         new-1,One More Ltd,limited,e@f.example,GB\n"
    ));
    console.assert_shows("Same external_id as line 2");
    console.click("Create 1 in Custom");
    console.wait_for_end();
    console.assert_shows("2 invalid. Save these rows to a file, correct it and import it.");
    let path = console.folder().file("failed.csv");
    console
        .dialogs
        .answer(FileDialogOutcome::Chosen(path.clone()));
    console.click("Save invalid rows…");
    console.wait_for_text("2 rows saved");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(
        text.contains("Same external_id as line 2 of partners.csv"),
        "{text}"
    );
}
