//! Imports whose rows are being sent.

use super::*;
use crate::domain::business::BusinessId;
use crate::domain::import::{JournalEntry, RowOutcome};
use crate::domain::time::Now;
use crate::state::import::messages::RowUpdate;
use crate::state::import::run::ImportRun;

#[track_caller]
fn run(state: &AppState) -> &ImportRun {
    state.workspace().unwrap().import.running().unwrap()
}

/// The server answers these rows at once.
fn answered(state: &mut AppState, rows: std::ops::Range<usize>, now: Now) {
    let update = |row| RowUpdate {
        entry: JournalEntry {
            row,
            outcome: RowOutcome::Created {
                id: BusinessId(uuid::Uuid::from_u128(row as u128)),
                differs: Vec::new(),
            },
        },
        business: None,
        failure: None,
    };
    let updates = rows.map(update).collect();
    happens(state, SessionEvent::Import(ImportEvent::Rows(updates)), now);
}

#[test]
fn a_file_that_is_chosen_during_a_run_is_not_opened_and_that_is_said() {
    let mut state = running();
    let chosen = ImportEvent::Chosen(Ok(Some(PathBuf::from("other.csv"))));
    let effects = import(&mut state, chosen);
    assert!(effects.is_empty(), "{effects:?}");
    let toast = state.toasts.shown().last().unwrap();
    assert_eq!(toast.title, "File not opened");
    assert!(toast.body.starts_with("An import is running."));
    run(&state);
    assert_eq!(file(&state).name(), "partners.csv");
}

#[test]
fn the_rate_counts_no_row_that_was_sent_before_its_span() {
    let mut state = running();
    let rate = |state: &AppState, secs| run(state).per_minute(self::secs(secs).boot);
    answered(&mut state, 0..4, secs(10));
    assert_eq!(rate(&state, 12), None, "nobody knows when they were sent");
    answered(&mut state, 4..8, secs(20));
    assert_eq!(rate(&state, 20), Some(24), "four rows in ten seconds");
    answered(&mut state, 8..12, secs(30));
    assert_eq!(rate(&state, 30), Some(24));
    // The answers at 10 s are out of the span of half a minute, and those at 20 s are the first of it.
    answered(&mut state, 12..16, secs(45));
    state.tick(secs(45));
    assert_eq!(rate(&state, 45), Some(19), "eight rows in 25 seconds");
}
