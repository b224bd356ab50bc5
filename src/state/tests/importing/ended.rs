//! Runs that have ended with rows that were not created.

use std::time::Duration;

use jiff::Timestamp;

use super::*;
use crate::domain::import::{JournalEntry, RowOutcome};
use crate::state::event::Event;
use crate::state::import::messages::RowUpdate;
use crate::state::shell::messages::{FileContents, SavedFile, ShellEffect, ShellEvent};

/// The server rejects both rows, and the run ends.
fn ended() -> AppState {
    let mut state = running();
    let update = |row| RowUpdate {
        entry: JournalEntry {
            row,
            outcome: RowOutcome::Rejected {
                reason: "No.".to_owned(),
            },
        },
        business: None,
        failure: None,
    };
    import(&mut state, ImportEvent::Rows(vec![update(0), update(1)]));
    import(&mut state, ImportEvent::Ended);
    assert_eq!(file(&state).rows_to_save(), 2);
    state
}

/// The run whose rows the user has asked to save.
fn asked_to_save(state: &mut AppState) -> Option<Timestamp> {
    let effects = does(state, ImportCommand::SaveFailed);
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::Shell(ShellEffect::SaveFile {
            contents: FileContents::FailedRows { run, .. },
            ..
        }) => Some(*run),
        _ => None,
    });
    asked.expect("a dialog is opened")
}

/// The dialog for the rows of this run is answered.
fn rows_saved(state: &mut AppState, run: Option<Timestamp>) {
    let saved = ShellEvent::FileSaved {
        profile: state.profile().cloned(),
        what: SavedFile::FailedRows(run),
        count: 2,
        result: Ok(Some(PathBuf::from("partners-failed.csv"))),
    };
    state.event(Event::Shell(saved), secs(9));
}

#[test]
fn rows_that_were_saved_from_a_dialog_opened_before_the_run_ended_are_not_those_of_the_run() {
    let mut before = with_columns();
    let asked = validation(does(&mut before, ImportCommand::StartDryRun));
    validated(&mut before, &asked);
    let run_before = asked_to_save(&mut before);
    assert_eq!(run_before, None);

    let mut state = ended();
    let run = asked_to_save(&mut state);
    let earlier = run.map(|run| run - Duration::from_secs(60));
    for other in [run_before, earlier] {
        rows_saved(&mut state, other);
        assert_eq!(file(&state).rows_to_save(), 2, "{other:?}");
        assert_eq!(state.toasts.shown().last().unwrap().title, "2 rows saved");
    }
    rows_saved(&mut state, run);
    assert_eq!(file(&state).rows_to_save(), 0);
    rows_saved(&mut state, earlier);
    assert_eq!(file(&state).rows_to_save(), 0, "they stay saved");
}

#[test]
fn a_switch_of_profiles_says_what_is_lost_with_the_file() {
    let closed = |mut state: AppState| {
        sign_in(&mut state, Environment::Staging);
        let mut toasts = state.toasts.shown().iter();
        let toast = toasts.find(|toast| toast.title == "Import closed");
        toast.map(|toast| toast.body.clone())
    };
    assert_eq!(
        closed(with_columns()).as_deref(),
        Some(
            "partners.csv was closed. No rows were sent. Open it again when you are back in Sandbox."
        )
    );
    assert_eq!(
        closed(corrected()).as_deref(),
        Some("partners.csv was closed, and your corrections were discarded. No rows were sent.")
    );
    let lost =
        "partners.csv was closed. 2 of its rows were not created. The reasons were not saved.";
    let mut state = ended();
    let run = asked_to_save(&mut state);
    assert_eq!(closed(ended()).as_deref(), Some(lost));
    rows_saved(&mut state, run);
    assert_eq!(closed(state), None);
}
