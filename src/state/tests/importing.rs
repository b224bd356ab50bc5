mod closed;
mod ended;
mod running;
mod unfinished;

use std::path::PathBuf;

use super::fixture::*;
use crate::domain::environment::Environment;
use crate::domain::import::{
    ColumnTarget, DamageKind, Delimiter, DryRunPlan, Encoding, FileFingerprint, Repairs, Sheet,
};
use crate::domain::progress::Progress;
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::effect::Effect;
use crate::state::event::SessionEvent;
use crate::state::import::messages::{
    ImportCommand, ImportEffect, ImportEvent, ReadFile, RowFilter,
};
use crate::state::import::open_file::{DryRunState, OpenFile};
use crate::state::session::messages::LockCommand;
use crate::state::shell::toasts::ToastAction;

const FILE: &str = "external_id,legal_name,entity_type,email,country,tin\n\
    n-1,One Ltd,limited,a@n.example,GB,NULL\n\
    n-2,Two Ltd,limited,b@n.example,GB,\n";

fn read_file() -> Box<ReadFile> {
    let text = std::sync::Arc::from(FILE);
    Box::new(ReadFile {
        path: PathBuf::from("partners.csv"),
        fingerprint: FileFingerprint {
            bytes: FILE.len() as u64,
            sha256: String::new(),
        },
        encoding: Encoding::Utf8,
        guess: None,
        has_mark: false,
        has_replaced: false,
        delimiter: Delimiter::Comma,
        repairs: Repairs::default(),
        sheet: std::sync::Arc::new(Sheet::read(text, Delimiter::Comma).unwrap()),
    })
}

fn import(state: &mut AppState, event: ImportEvent) -> Vec<Effect> {
    happens(state, SessionEvent::Import(event), secs(5))
}

fn does(state: &mut AppState, command: ImportCommand) -> Vec<Effect> {
    state.command(Command::Import(command), secs(5))
}

/// An open file whose columns are shown.
fn with_columns() -> AppState {
    let mut state = signed_in();
    open_file(&mut state);
    state
}

fn open_file(state: &mut AppState) {
    let path = PathBuf::from("partners.csv");
    let effects = does(state, ImportCommand::Drop(vec![path]));
    let (ticket, result) = (reading(&effects), Ok(read_file()));
    import(state, ImportEvent::Read { ticket, result });
}

/// A run of both rows.
fn running() -> AppState {
    let mut state = with_columns();
    let asked = validation(does(&mut state, ImportCommand::StartDryRun));
    validated(&mut state, &asked);
    does(&mut state, ImportCommand::Start);
    assert!(state.workspace().unwrap().import.running().is_some());
    state
}

#[track_caller]
fn file(state: &AppState) -> &OpenFile {
    state.workspace().unwrap().import.open().unwrap()
}

/// The requested dry run.
#[track_caller]
fn validation(effects: Vec<Effect>) -> (u64, DryRunPlan) {
    let mut asked = effects.into_iter().filter_map(|effect| match effect {
        Effect::Import(ImportEffect::Validate(_, ticket, plan)) => Some((ticket, *plan)),
        _ => None,
    });
    let asked_for = asked.next().expect("a dry run is asked for");
    assert!(asked.next().is_none(), "once");
    asked_for
}

fn validated(state: &mut AppState, (ticket, plan): &(u64, DryRunPlan)) {
    let dry = Box::new(plan.run(|_| true).unwrap());
    let ticket = *ticket;
    import(state, ImportEvent::Validated { ticket, dry });
}

#[test]
fn a_key_is_no_correction() {
    let mut state = with_columns();
    let asked = validation(does(&mut state, ImportCommand::StartDryRun));
    validated(&mut state, &asked);
    let cells = |text: &str| std::collections::BTreeMap::from([(3, text.to_owned())]);
    let refused = does(
        &mut state,
        ImportCommand::Correct(0, cells("sk_test_0123456789")),
    );
    assert!(refused.is_empty(), "nothing is looked at anew");
    assert!(file(&state).file.sheet.corrections.is_empty());
    assert_eq!(state.toasts.shown()[0].title, "Correction not saved");
    validation(does(
        &mut state,
        ImportCommand::Correct(0, cells("c@n.example")),
    ));
    assert!(file(&state).file.sheet.corrections.is_in(0));
}

#[test]
fn rows_are_looked_at_elsewhere_and_once() {
    let mut state = with_columns();
    let asked = validation(does(&mut state, ImportCommand::StartDryRun));
    for second in 6..9 {
        assert!(state.tick(secs(second)).is_empty(), "nothing more is asked");
    }
    assert!(
        file(&state).dry.verdicts.is_empty(),
        "no frame looks at rows"
    );
    let progress = Progress { done: 1, total: 2 };
    let ticket = asked.0;
    import(&mut state, ImportEvent::Validating { ticket, progress });
    let running = DryRunState::Running {
        ticket,
        progress: Some(progress),
    };
    assert_eq!(file(&state).validation, running);
    validated(&mut state, &asked);
    assert!(file(&state).is_validated());
    assert_eq!(
        (file(&state).counts().create, file(&state).shown.len()),
        (2, 2)
    );
}

#[test]
fn an_answer_about_rows_as_they_were_read_before_is_for_nobody() {
    let mut state = with_columns();
    let first = validation(does(&mut state, ImportCommand::StartDryRun));
    let off = ImportCommand::Repair(DamageKind::NullMarker, false);
    let second = validation(does(&mut state, off));
    assert!(!second.1.repairs.is_on(DamageKind::NullMarker));
    validated(&mut state, &first);
    assert!(!file(&state).is_validated());
    validated(&mut state, &second);
    let verdicts = &file(&state).dry.verdicts;
    assert!(
        verdicts[0].reason().contains("sent unchanged"),
        "{verdicts:?}"
    );
}

#[test]
fn what_was_found_stays_in_view_while_the_rows_are_looked_at_again() {
    let mut state = with_columns();
    let first = validation(does(&mut state, ImportCommand::StartDryRun));
    validated(&mut state, &first);
    let off = ImportCommand::Repair(DamageKind::NullMarker, false);
    let second = validation(does(&mut state, off));
    assert_eq!(file(&state).shown.len(), 2);
    let effects = does(&mut state, ImportCommand::Start);
    assert!(
        effects.is_empty(),
        "nothing is sent by what was found before"
    );
    validated(&mut state, &second);
    let effects = does(&mut state, ImportCommand::Start);
    let runs = |effect: &Effect| matches!(effect, Effect::Import(ImportEffect::Run(..)));
    assert!(effects.iter().any(runs), "{effects:?}");
}

#[test]
fn a_run_that_is_recorded_in_memory_only_can_be_resumed_after_a_switch_of_profiles() {
    let mut state = with_columns();
    let asked = validation(does(&mut state, ImportCommand::StartDryRun));
    validated(&mut state, &asked);
    does(&mut state, ImportCommand::Start);
    assert!(state.workspace().unwrap().import.running().is_some());
    sign_in(&mut state, Environment::Staging);
    sign_in(&mut state, Environment::Sandbox);
    let import = &state.workspace().unwrap().import;
    assert_eq!(import.unfinished().unwrap().journal.head.to_create, 2);
}

#[test]
fn a_file_dropped_during_a_run_is_mentioned_until_the_run_ends() {
    let mut state = with_columns();
    let asked = validation(does(&mut state, ImportCommand::StartDryRun));
    validated(&mut state, &asked);
    does(&mut state, ImportCommand::Start);
    let path = PathBuf::from("other.csv");
    does(&mut state, ImportCommand::Drop(vec![path]));
    let toast = state.toasts.shown().last().unwrap();
    assert!(
        toast.body.contains("wait until it finishes"),
        "{}",
        toast.body
    );
    import(&mut state, ImportEvent::Ended);
    let mut toasts = state.toasts.shown().iter();
    assert!(toasts.all(|toast| toast.title != "File not opened"));
}

#[test]
fn a_dry_run_begins_anew_after_a_lock() {
    let mut state = with_columns();
    let first = validation(does(&mut state, ImportCommand::StartDryRun));
    state.command(Command::Lock(LockCommand::Now), secs(6));
    let kept = state.lock.retained.as_ref().unwrap();
    assert_eq!(kept.import.open().unwrap().validation, DryRunState::Due);
    assert!(kept.import.ticket > first.0);
}

#[test]
fn a_dry_run_of_columns_that_were_left_is_for_nobody() {
    let mut state = with_columns();
    let first = validation(does(&mut state, ImportCommand::StartDryRun));
    does(&mut state, ImportCommand::ToColumns);
    does(&mut state, ImportCommand::Map(5, ColumnTarget::Unused));
    // The result would decide the date order for a column that no longer contains dates.
    validated(&mut state, &first);
    assert!(file(&state).dry.verdicts.is_empty());
    assert!(!file(&state).is_validated());
}

#[test]
fn a_file_that_comes_back_from_another_reading_is_looked_at_again() {
    for gives_up in [true, false] {
        let mut state = with_columns();
        let first = validation(does(&mut state, ImportCommand::StartDryRun));
        validated(&mut state, &first);
        validation(does(
            &mut state,
            ImportCommand::Repair(DamageKind::NullMarker, false),
        ));
        // Reading the file again cancels the dry run under way.
        let effects = does(
            &mut state,
            ImportCommand::ReadAs(Encoding::Utf8, Delimiter::Semicolon),
        );
        let ticket = effects.iter().find_map(|effect| match effect {
            Effect::Import(ImportEffect::Read(_, plan)) => Some(plan.ticket),
            _ => None,
        });
        if gives_up {
            does(&mut state, ImportCommand::Close);
        } else {
            let (ticket, result) = (ticket.unwrap(), Err("It is gone.".to_owned()));
            import(&mut state, ImportEvent::Read { ticket, result });
        }
        let again = validation(state.tick(secs(6)));
        validated(&mut state, &again);
        assert!(file(&state).is_validated());
    }
}

/// The dry run of a file with a corrected row.
fn corrected() -> AppState {
    let mut state = with_columns();
    let asked = validation(does(&mut state, ImportCommand::StartDryRun));
    validated(&mut state, &asked);
    let cells = std::collections::BTreeMap::from([(3, "c@n.example".to_owned())]);
    does(&mut state, ImportCommand::Correct(0, cells));
    assert!(file(&state).file.sheet.corrections.is_in(0));
    state
}

/// Drops another file on the window. Returns the number of its reading.
fn drops_another(state: &mut AppState) -> u64 {
    let path = PathBuf::from("other.csv");
    reading(&does(state, ImportCommand::Drop(vec![path])))
}

/// The number of the requested reading.
fn reading(effects: &[Effect]) -> u64 {
    let ticket = effects.iter().find_map(|effect| match effect {
        Effect::Import(ImportEffect::Read(_, plan)) => Some(plan.ticket),
        _ => None,
    });
    ticket.unwrap()
}

#[test]
fn a_file_that_cannot_be_read_does_not_close_the_open_one() {
    for gives_up in [true, false] {
        let mut state = corrected();
        let ticket = drops_another(&mut state);
        if gives_up {
            does(&mut state, ImportCommand::Close);
        } else {
            let result = Err("It is gone.".to_owned());
            import(&mut state, ImportEvent::Read { ticket, result });
            let toast = state.toasts.shown().last().unwrap();
            assert_eq!(toast.title, "File not opened");
            assert_eq!(
                toast.body,
                "other.csv: It is gone. partners.csv is still open."
            );
        }
        let said = |state: &AppState| {
            let mut toasts = state.toasts.shown().iter();
            toasts.any(|toast| toast.title == "File not opened")
        };
        assert_eq!(said(&state), !gives_up);
        let again = validation(state.tick(secs(6)));
        validated(&mut state, &again);
        assert!(file(&state).file.sheet.corrections.is_in(0));
        open_file(&mut state);
        assert!(!said(&state), "another file is open now");
    }
}

#[test]
fn a_lock_while_another_file_is_read_keeps_the_open_one() {
    let mut state = corrected();
    drops_another(&mut state);
    state.command(Command::Lock(LockCommand::Now), secs(6));
    let kept = &state.lock.retained.as_ref().unwrap().import;
    let kept = kept.open().unwrap();
    assert!(kept.file.sheet.corrections.is_in(0));
}

#[test]
fn a_file_closed_with_corrections_can_be_reopened() {
    let undo = Some(ToastAction::ReopenFile);
    for is_replaced in [true, false] {
        let mut state = corrected();
        if is_replaced {
            let ticket = drops_another(&mut state);
            let other = ReadFile {
                path: PathBuf::from("other.csv"),
                ..*read_file()
            };
            let result = Ok(Box::new(other));
            import(&mut state, ImportEvent::Read { ticket, result });
            assert_eq!(file(&state).file.path, PathBuf::from("other.csv"));
        } else {
            does(&mut state, ImportCommand::Close);
            assert!(state.workspace().unwrap().import.open().is_none());
        }
        let toast = state.toasts.shown().last().unwrap();
        assert_eq!(
            (toast.title.as_str(), toast.action),
            ("partners.csv closed", undo)
        );
        does(&mut state, ImportCommand::Reopen);
        assert!(file(&state).file.sheet.corrections.is_in(0));
        assert!(
            !state
                .toasts
                .shown()
                .iter()
                .any(|toast| toast.action == undo)
        );
    }
    // Without corrections, reading the file again loses nothing.
    let mut state = with_columns();
    does(&mut state, ImportCommand::Close);
    assert!(state.toasts.shown().is_empty());
}

#[test]
fn a_filter_that_no_row_can_match_any_more_gives_way_to_all_rows() {
    let mut state = with_columns();
    let asked = validation(does(&mut state, ImportCommand::StartDryRun));
    validated(&mut state, &asked);
    let shows = RowFilter::Shows(DamageKind::NullMarker);
    does(&mut state, ImportCommand::Filter(shows));
    assert_eq!(file(&state).shown.len(), 1);
    let cells = std::collections::BTreeMap::from([(5, "123".to_owned())]);
    let asked = validation(does(&mut state, ImportCommand::Correct(0, cells)));
    validated(&mut state, &asked);
    assert_eq!(file(&state).filter, RowFilter::All);
    assert_eq!(file(&state).shown.len(), 2);
}
