//! What an import leaves in the history: each row is counted once, also if the import is interrupted or discarded.

use egui::{Key, Modifiers};
use thred_console::domain::history::{HistoryAction, HistoryCounts, HistoryOutcome, ReadLines};
use thred_console::runtime::HISTORY_STEM;

use super::rows;
use crate::support::{Answer, Console, ErrorShape, Fault, On, RunGate, Setup};

type Recorded = (HistoryAction, HistoryOutcome, HistoryCounts);

impl Console {
    /// The entries about imports on disk, oldest first.
    fn recorded(&self) -> Vec<Recorded> {
        let path = self.folder().file(&format!("{HISTORY_STEM}.jsonl"));
        let mut read = ReadLines::default();
        for line in std::fs::read_to_string(path).unwrap_or_default().lines() {
            read.take(line);
        }
        let entries = read.lines.into_iter().map(|line| line.entry);
        entries
            .filter_map(|entry| Some((entry.action, entry.result, entry.counts?)))
            .collect()
    }

    #[track_caller]
    fn wait_for_recorded(&mut self, expected: &[Recorded]) {
        self.wait_for(&format!("{expected:?}"), |console| {
            console.recorded() == expected
        });
    }

    #[track_caller]
    fn resume_the_rest(&mut self) {
        self.server.clear_faults();
        self.press(Key::I);
        self.wait_for_text("The import of partners.csv is unfinished");
        self.click("Resume import");
        self.wait_for_text("Resume import of 7");
        self.click("Resume import of 7 in Custom");
        self.wait_for_end();
    }

    #[track_caller]
    fn discard(&mut self) {
        self.press(Key::I);
        self.wait_for_text("The import of partners.csv is unfinished");
        self.click("Discard…");
        self.click("Discard import");
    }
}

const fn created(rows: u64) -> HistoryCounts {
    HistoryCounts {
        done: rows,
        existed: 0,
        failed: 0,
        invalid: 0,
        unknown: 0,
        left: 0,
    }
}

/// Three of ten rows are created; four were sent, and created without an answer.
const INTERRUPTED: Recorded = (
    HistoryAction::Imported,
    HistoryOutcome::Interrupted,
    HistoryCounts {
        left: 7,
        ..created(3)
    },
);

/// The rest of the same import.
const RESUMED: Recorded = (
    HistoryAction::Imported,
    HistoryOutcome::Done,
    HistoryCounts {
        existed: 4,
        ..created(3)
    },
);

const DISCARDED: Recorded = (
    HistoryAction::ImportDiscarded,
    HistoryOutcome::Done,
    INTERRUPTED.2,
);

fn in_the_middle() -> Console {
    let mut console = Console::at_dry_run(Setup::default(), &rows(10));
    console.until_remembered();
    console.begin_to_the_middle();
    console
}

#[test]
fn an_import_that_is_closed_and_resumed_counts_each_row_once() {
    let mut console = in_the_middle().restart();
    assert_eq!(console.recorded(), [INTERRUPTED]);
    console.until_listed();
    console.resume_the_rest();
    console.wait_for_recorded(&[INTERRUPTED, RESUMED]);
}

#[test]
fn an_import_that_is_paused_left_and_discarded_is_recorded() {
    let mut console = in_the_middle();
    console.click("Pause");
    let mut console = console.restart();
    assert_eq!(console.recorded(), [INTERRUPTED]);
    console.until_listed();
    console.discard();
    console.wait_for_recorded(&[INTERRUPTED, DISCARDED]);
    console.press_with(Modifiers::COMMAND, Key::Num5);
    console.wait_for_text("3 created before, 7 left");
    console.assert_shows("3 created, 7 left");
    console.assert_shows("Import discarded");
}

#[test]
fn an_import_that_ends_with_a_crash_is_recorded_at_the_next_start() {
    let mut console = in_the_middle().crash();
    console.until_listed();
    console.wait_for_recorded(&[INTERRUPTED]);
    let noted = |console: &Console| {
        let text = std::fs::read_to_string(&console.notes()[0]).unwrap();
        text.contains("recorded")
    };
    console.wait_for("the journal", noted);
    let mut console = console.crash();
    console.until_listed();
    console.resume_the_rest();
    console.wait_for_recorded(&[INTERRUPTED, RESUMED]);
}

#[test]
fn an_import_that_a_lock_interrupts_counts_each_row_once() {
    let mut console = in_the_middle();
    console.press_with(Modifiers::COMMAND, Key::L);
    console.wait_for_recorded(&[INTERRUPTED]);
    console.server.clear_faults();
    console.press(Key::Enter);
    console.until_listed();
    console.resume_the_rest();
    console.wait_for_recorded(&[INTERRUPTED, RESUMED]);
}

#[test]
fn an_import_that_another_replaces_is_recorded_as_discarded() {
    let mut console = in_the_middle().restart();
    console.server.clear_faults();
    console.until_listed();
    console.press(Key::I);
    console.wait_for_text("The import of partners.csv is unfinished");
    console.open_file("other.csv", rows(2).replace("new-", "other-"));
    console.dry_run();
    console.click("Create 2 in Custom");
    assert_eq!(console.recorded(), [INTERRUPTED], "it can still be kept");
    console.click("Discard and start");
    console.wait_for_end();
    let other = (HistoryAction::Imported, HistoryOutcome::Done, created(2));
    console.wait_for_recorded(&[INTERRUPTED, DISCARDED, other]);
}

/// A run of ten rows with four requests that wait for the gate.
fn held(gate: &RunGate) -> Console {
    let mut console = Console::at_dry_run(Setup::default(), &rows(10));
    console.until_remembered();
    console.begin_held(10, gate);
    console
}

#[test]
fn an_import_that_is_stopped_says_what_was_not_sent() {
    let gate = RunGate::closed();
    let mut console = held(&gate);
    console.click("Stop");
    gate.open();
    console.wait_for_end();
    let stopped = HistoryCounts {
        left: 6,
        ..created(4)
    };
    let stopped = (HistoryAction::Imported, HistoryOutcome::Stopped, stopped);
    console.wait_for_recorded(&[stopped]);
    console.press_with(Modifiers::COMMAND, Key::Num5);
    console.wait_for_text("Stopped");
}

/// Whoever removes the folder must not take the record of the run with it: without it, an interrupted run could not be resumed.
#[test]
fn a_run_whose_folder_is_removed_can_still_be_resumed() {
    let gate = RunGate::closed();
    let mut console = held(&gate);
    console.click("Pause");
    std::fs::remove_dir_all(console.folder().root()).unwrap();
    gate.open();
    console.wait_for("the four", |console| console.created() == 4);
    console.write("partners.csv", rows(10));
    console.begin_with(Console::session_only(console.environment()));
    console.wait_for_text("The import of partners.csv is unfinished.");
    console.assert_shows("6 of 10 left.");
    console.click("Resume");
    console.wait_for_text("Resume import of 6");
    console.click("Resume import of 6 in Custom");
    console.wait_for_end();
    assert_eq!((console.create_requests(), console.newcomers()), (10, 10));
}

#[test]
fn the_history_counts_rows_as_the_result_does() {
    let acme = "acme-1,Acme Ltd,limited,a@acme.example,GB\n";
    let invalid = "bad-1,Bad Ltd,gmbh,b@bad.example,GB\n";
    let mut console = Console::at_dry_run(Setup::default(), &(rows(3) + acme + invalid));
    let rejected = Answer::invalid(ErrorShape::Details, &[("email", "Not deliverable.")]);
    console.server.fault(On::Create, Fault::Once(rejected));
    console.until_remembered();
    console.click("Create 3 in Custom");
    console.wait_for_end();
    for tile in [
        "All rows: 5",
        "Created: 2",
        "Already existed: 1",
        "Failed: 1",
        "Invalid: 1",
    ] {
        console.assert_shows(tile);
    }
    console.assert_shows("2 created. 1 failed, 1 invalid.");
    console.press_with(Modifiers::COMMAND, Key::Num5);
    console.wait_for_text("2 created, 1 existed, 1 failed, 1 invalid");
    console.assert_shows("Partly failed");
    console.assert_shows("partners.csv");
}
