//! Files that are closed before their run.

use super::*;
use crate::domain::environment::BaseUrl;
use crate::domain::import::{RowOutcome, Tally};
use crate::state::event::Event;
use crate::state::session::messages::SessionCommand;

/// Corrects a cell again, and returns the dry run that this starts.
fn validation_under_way(state: &mut AppState) -> (u64, DryRunPlan) {
    let cells = std::collections::BTreeMap::from([(3, "d@n.example".to_owned())]);
    validation(does(state, ImportCommand::Correct(0, cells)))
}

/// A session with an interrupted run. One of its rows was corrected before the run.
fn interrupted() -> AppState {
    let mut state = corrected();
    let asked = validation_under_way(&mut state);
    validated(&mut state, &asked);
    does(&mut state, ImportCommand::Start);
    sign_in(&mut state, Environment::Staging);
    sign_in(&mut state, Environment::Sandbox);
    state
}

/// The same with the file of the run open, to resume it.
fn resuming() -> AppState {
    let mut state = interrupted();
    let effects = does(&mut state, ImportCommand::Resume);
    let (ticket, result) = (reading(&effects), Ok(read_file()));
    import(&mut state, ImportEvent::Read { ticket, result });
    assert!(file(&state).is_resumed);
    assert!(file(&state).file.sheet.corrections.is_in(0));
    state
}

#[test]
fn a_resumed_import_that_is_closed_is_offered_as_unfinished_only() {
    let mut state = resuming();
    does(&mut state, ImportCommand::Close);
    let undo = Some(ToastAction::ReopenFile);
    let mut toasts = state.toasts.shown().iter();
    assert!(
        !toasts.any(|toast| toast.action == undo),
        "{:?}",
        state.toasts
    );
    let import = &state.workspace().unwrap().import;
    assert!(import.unfinished().is_some() && import.closed.is_none());
}

/// The record of the run is read at each sign-in, and the lock has already put the run into the workspace.
#[test]
fn a_run_whose_record_is_found_after_it_was_resumed_is_not_offered_again() {
    for is_read in [false, true] {
        let mut state = if is_read { resuming() } else { interrupted() };
        if !is_read {
            does(&mut state, ImportCommand::Resume);
        }
        let resumed = &state.workspace().unwrap().import.interrupted;
        let mut journal = resumed.as_ref().unwrap().journal.clone();
        let known = journal.outcomes.clone();
        // Of what is read, only what the history has is newer than the workspace.
        journal.outcomes.insert(0, RowOutcome::Sending);
        journal.recorded = None;
        import(&mut state, ImportEvent::Unfinished(Ok(journal)));
        let import = &state.workspace().unwrap().import;
        assert!(import.unfinished().is_none(), "read: {is_read}");
        let resumed = &import.interrupted.as_ref().unwrap().journal;
        assert_eq!(resumed.outcomes, known, "read: {is_read}");
        assert_eq!(resumed.recorded, Some(Tally::default()), "read: {is_read}");
    }
}

#[test]
fn a_run_whose_record_on_disk_is_complete_is_not_offered() {
    let mut state = interrupted();
    let run = &state.workspace().unwrap().import.interrupted;
    let mut journal = run.as_ref().unwrap().journal.clone();
    journal.head.to_create = 0;
    assert_eq!(journal.left(), 0);
    import(&mut state, ImportEvent::Unfinished(Ok(journal)));
    assert!(state.workspace().unwrap().import.unfinished().is_none());
}

#[test]
fn a_reopened_file_starts_its_dry_run_again() {
    let mut state = corrected();
    let asked = validation_under_way(&mut state);
    does(&mut state, ImportCommand::Close);
    // The answer arrives while the file is closed.
    validated(&mut state, &asked);
    does(&mut state, ImportCommand::Reopen);
    let again = validation(state.tick(secs(6)));
    validated(&mut state, &again);
    assert!(file(&state).is_validated());
}

#[test]
fn an_import_ends_with_the_demo() {
    for is_running in [false, true] {
        let mut state = signed_out();
        let base = BaseUrl::parse("http://127.0.0.1:1").unwrap();
        sign_in(&mut state, Environment::Demo(base));
        open_file(&mut state);
        if is_running {
            let asked = validation(does(&mut state, ImportCommand::StartDryRun));
            validated(&mut state, &asked);
            does(&mut state, ImportCommand::Start);
        }
        sign_in(&mut state, Environment::Staging);
        let [toast] = state.toasts.shown() else {
            panic!("{:?}", state.toasts)
        };
        let expected = match is_running {
            false => (
                "Import closed",
                "The demo ended, so partners.csv was closed. No rows were sent.",
            ),
            true => (
                "Import stopped",
                "The demo ended, and its businesses are gone. The remaining rows of partners.csv were not sent.",
            ),
        };
        assert_eq!((&*toast.title, &*toast.body), expected);
    }
}

#[test]
fn a_run_that_is_found_behind_a_sign_in_form_is_offered_afterwards() {
    let state = interrupted();
    let run = &state.workspace().unwrap().import.interrupted;
    let journal = run.as_ref().unwrap().journal.clone();
    let mut state = signed_in();
    state.command(Command::Session(SessionCommand::AddProfile), secs(1));
    let generation = former(&state);
    state.event(
        Event::Session(generation, ImportEvent::Unfinished(Ok(journal)).into()),
        secs(2),
    );
    state.command(Command::Session(SessionCommand::CancelSignIn), secs(3));
    assert!(state.workspace().unwrap().import.unfinished().is_some());
}
