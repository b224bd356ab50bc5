//! Each row is reported with its own result, whatever the line endings of the file. Rows were once identified by line
//! number and lines counted by line feeds, which made a file from Excel for Mac a single row.

use egui::{Key, Modifiers};
use thred_console::state::import::open_file::ImportStep;
use thred_console::state::import::row_result::RowResult;

use crate::support::{Answer, Console, ErrorShape, Fault, On, RunGate, Setup};

const ROWS: usize = 10;

/// The line endings of the rows, used in turn, and the one inside each row's quoted cell.
const MIXES: [(&[&str], &str); 6] = [
    (&["\r"], "\n"),
    (&["\n"], "\r"),
    (&["\r\n"], "\n"),
    (&["\r\n"], "\r"),
    (&["\r", "\n", "\r\n"], "\r\n"),
    (&["\n"], "\n"),
];

/// A file of valid rows. The quoted cell is in a column that is not used.
fn file((ends, inner): (&[&str], &str)) -> String {
    let mut ends = ends.iter().cycle();
    let mut line = |text: String| format!("{text}{}", ends.next().unwrap());
    let mut text = line("external_id,legal_name,entity_type,email,country,shoe_size".to_owned());
    for n in 1..=ROWS {
        text.push_str(&line(format!(
            "new-{n},Newcomer {n} Ltd,limited,n{n}@new.example,GB,\"4{inner}2\""
        )));
    }
    text
}

fn at_dry_run(mix: (&[&str], &str)) -> Console {
    let console = Console::at_dry_run(Setup::default(), &file(mix));
    assert_eq!(console.file().counts().create, ROWS, "{mix:?}");
    console
}

/// Asserts that the server has every row that is shown as created, and no other.
#[track_caller]
fn assert_results_match_server(console: &Console, mix: (&[&str], &str)) {
    let open = console.file();
    let store = console.server.state().store();
    for verdict in &open.dry.verdicts {
        let told = open.result_of(verdict).name();
        let is_there = store.get_by_external_id(&verdict.external_id).is_some();
        let is_told = matches!(told, "Created" | "Already existed");
        assert_eq!(
            is_told, is_there,
            "{} is told as {told}: {mix:?}",
            verdict.external_id
        );
    }
}

/// An interrupted run: the server answered three rows and created four more without answering; the rest was not sent.
fn interrupted(mix: (&[&str], &str)) -> Console {
    let mut console = at_dry_run(mix);
    console.until_remembered();
    console.begin_to_the_middle();
    console
}

/// Resumes the run to its end, after which each business exists once.
fn is_resumed(console: &mut Console, mix: (&[&str], &str)) {
    console.server.clear_faults();
    console.wait_until("the offer", |state| {
        let workspace = state.workspace();
        workspace.is_some_and(|workspace| workspace.import.unfinished().is_some())
    });
    console.press(Key::I);
    console.assert_shows("7 of 10 left.");
    let before = console.create_requests();
    console.click("Resume import");
    console.wait_for_text("Resume import of 7");
    console.click("Resume import of 7 in Custom");
    console.wait_for_end();
    assert_eq!(console.create_requests() - before, 7, "{mix:?}");
    assert_eq!(console.newcomers(), ROWS, "{mix:?}");
    assert_results_match_server(console, mix);
    assert!(console.notes().is_empty());
}

#[test]
fn refused_rows_are_told_as_refused() {
    for mix in MIXES {
        let mut console = at_dry_run(mix);
        let refused = Answer::invalid(ErrorShape::Details, &[("email", "Not deliverable.")]);
        console.server.fault(On::Create, Fault::Times(3, refused));
        console.click("Create 10 in Custom");
        console.wait_for_end();
        assert_eq!(console.newcomers(), ROWS - 3);
        assert_results_match_server(&console, mix);
        console.assert_shows("Failed: 3");
        let failed: Vec<usize> = console
            .file()
            .failed()
            .into_iter()
            .map(|(row, _)| row)
            .collect();
        let store = console.server.state().store();
        let absent = (0..ROWS).filter(|row| {
            let id = format!("new-{}", row + 1);
            store.get_by_external_id(&id).is_none()
        });
        assert_eq!(failed, absent.collect::<Vec<_>>(), "{mix:?}");
    }
}

#[test]
fn rows_after_a_stop_are_told_as_not_sent() {
    for mix in MIXES {
        let mut console = at_dry_run(mix);
        let gate = RunGate::closed();
        console.begin_held(10, &gate);
        console.click("Stop");
        gate.open();
        console.wait_for_end();
        assert_results_match_server(&console, mix);
        assert!(!console.shows("All rows are in the list"), "{mix:?}");
        console.assert_shows("Not sent: 6");
        let open = console.file();
        let unsent = open.dry.verdicts.iter();
        let unsent = unsent.filter(|one| matches!(open.result_of(one), RowResult::Unsent));
        assert_eq!(unsent.count(), ROWS - 4, "{mix:?}");
    }
}

#[test]
fn a_pause_leaves_no_row_out() {
    for mix in MIXES {
        let mut console = at_dry_run(mix);
        let gate = RunGate::closed();
        console.begin_held(10, &gate);
        console.click("Pause");
        gate.open();
        console.wait_for("the four", |console| console.created() == 4);
        console.assert_shows("4 of 10");
        assert!(matches!(console.file().step, ImportStep::Running(_)));
        console.click("Resume");
        console.wait_for_end();
        assert_eq!(
            (console.created(), console.newcomers()),
            (ROWS, ROWS),
            "{mix:?}"
        );
        assert_results_match_server(&console, mix);
        console.assert_shows("All rows are in the list");
    }
}

#[test]
fn a_crash_leaves_no_row_out() {
    for mix in MIXES {
        let mut console = interrupted(mix);
        assert_eq!(console.notes().len(), 1, "the journal is on disk");
        console.begin_with(Console::session_only(console.environment()));
        is_resumed(&mut console, mix);
    }
}

#[test]
fn a_lock_leaves_no_row_out() {
    for mix in MIXES {
        let mut console = interrupted(mix);
        console.press_with(Modifiers::COMMAND, Key::L);
        console.assert_shows("The import of partners.csv is paused. You can resume it later.");
        console.server.clear_faults();
        console.press(Key::Enter);
        console.until_listed();
        is_resumed(&mut console, mix);
    }
}

#[test]
fn a_run_whose_notes_cannot_be_read_is_told_and_they_go() {
    let mut console = interrupted(MIXES[0]);
    let notes = console.notes().remove(0);
    let text = std::fs::read_to_string(&notes).unwrap();
    console.close();
    std::fs::write(&notes, text.replace("\"version\":", "\"version\"")).unwrap();
    console.server.clear_faults();
    let sent = console.create_requests();
    console.begin_with(Console::session_only(console.environment()));
    console.wait_for_text("The record of the interrupted import can’t be read.");
    console.wait_for("no notes", |console| console.notes().is_empty());
    assert_eq!(console.create_requests(), sent);
    assert!(console.workspace().import.unfinished().is_none());
}
