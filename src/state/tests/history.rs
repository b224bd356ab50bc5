mod page;

use uuid::Uuid;

use super::fixture::*;
use crate::domain::business::BusinessId;
use crate::domain::clipboard::ClipboardProblem;
use crate::domain::environment::{BaseUrl, Environment};
use crate::domain::failure::{FailureKind, Operation};
use crate::domain::history::{
    ActionGroup, FailureReason, HistoryAction, HistoryEntry, HistoryLine, HistoryOutcome,
    HistoryProfile, ReadLines,
};
use crate::domain::key_source::KeySource;
use crate::domain::request_failure::RequestFailure;
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::create::messages::ChangeEvent;
use crate::state::effect::Effect;
use crate::state::event::{Event, SessionEvent};
use crate::state::history::messages::{HistoryCommand, HistoryEffect, HistoryEvent};
use crate::state::list::messages::ListCommand;
use crate::state::session::messages::{KeychainEvent, LockCommand, SessionCommand, SignInEvent};
use crate::state::shell::messages::{Page, ShellCommand, ShellEvent};
use crate::state::tokens::messages::{ClipboardEvent, TokenCommand};

/// What was recorded, oldest first.
fn recorded(state: &AppState) -> Vec<(HistoryAction, HistoryOutcome)> {
    let mut all: Vec<_> = state
        .history
        .all_matching()
        .iter()
        .map(|entry| (entry.action, entry.result))
        .collect();
    all.reverse();
    all
}

fn newest(state: &AppState) -> HistoryEntry {
    state.history.shown(0).unwrap().clone()
}

/// The entries to be saved.
fn written(effects: &[Effect]) -> Vec<HistoryAction> {
    let entries = effects.iter().filter_map(|effect| match effect {
        Effect::History(HistoryEffect::Record(entry)) => Some(entry.action),
        _ => None,
    });
    entries.collect()
}

#[test]
fn a_session_from_its_sign_in_to_its_end() {
    let mut state = signed_out();
    state.command(sign_in_command(), secs(0));
    let refused = failure(FailureKind::KeyRejected, Operation::SignIn);
    happens(
        &mut state,
        SessionEvent::SignIn(SignInEvent::Verified(Err(refused))),
        secs(1),
    );
    assert_eq!(newest(&state).why, Some(FailureReason::KeyRejected));
    state.command(sign_in_command(), secs(2));
    let effects = happens(
        &mut state,
        SessionEvent::SignIn(SignInEvent::Verified(Ok(()))),
        secs(3),
    );
    assert_eq!(written(&effects), [HistoryAction::SignedIn]);
    assert_eq!(newest(&state).profile.unwrap().host, "sandbox.thredfi.com");
    let effects = state.command(Command::Session(SessionCommand::SignOut), secs(4));
    assert_eq!(written(&effects), [HistoryAction::SignedOut]);
    assert_eq!(
        recorded(&state),
        [
            (HistoryAction::SignedIn, HistoryOutcome::Failed),
            (HistoryAction::SignedIn, HistoryOutcome::Done),
            (HistoryAction::SignedOut, HistoryOutcome::Done)
        ]
    );
}

#[test]
fn a_token_is_noted_by_its_fingerprint_when_it_comes_and_when_it_is_handed_out() {
    let mut state = signed_in();
    press_t(&mut state, ACME, secs(0));
    let event = SessionEvent::TokenFetched(ACME, Ok(token(ACME, secs(0), 3_600)));
    let ticket = ticket(&happens(&mut state, event, secs(1)));
    assert_eq!(newest(&state).action, HistoryAction::TokenIssued);
    assert!(newest(&state).fingerprint.is_some());
    clipboard_takes(&mut state, ticket, secs(2));
    let copied = newest(&state);
    assert_eq!(
        (copied.action, copied.business),
        (HistoryAction::TokenCopied, Some(ACME))
    );
    assert_eq!(copied.format, Some(state.saved.token_format));
    assert!(copied.fingerprint.is_some());
    // A second report of the same copy belongs to no request.
    let before = state.history.len();
    clipboard_takes(&mut state, ticket, secs(3));
    assert_eq!(state.history.len(), before);

    let again = super::fixture::ticket(&press_t(&mut state, ACME, secs(4)));
    let result = Err(ClipboardProblem::Busy);
    state.event(
        Event::Clipboard(ClipboardEvent::HandoutCopied {
            ticket: again,
            result,
        }),
        secs(5),
    );
    assert_eq!(newest(&state).why, Some(FailureReason::Clipboard));
    state.command(Command::Token(TokenCommand::Forget(ACME)), secs(6));
    assert_eq!(newest(&state).action, HistoryAction::TokenForgotten);
    state.command(Command::Token(TokenCommand::Forget(ACME)), secs(7));
    state.command(Command::Token(TokenCommand::ForgetAll), secs(7));
    assert_eq!(state.history.len(), before + 2, "there was none left");
}

#[test]
fn a_lock_and_its_end_are_noted_and_so_is_an_attempt() {
    let mut state = signed_in();
    state.saved.settings.lock_minutes = Some(10);
    state.open.as_mut().unwrap().source = KeySource::Keychain;
    let effects = state.tick(secs(600));
    assert_eq!(written(&effects), [HistoryAction::Locked]);
    state.command(Command::Lock(LockCommand::Unlock), secs(601));
    happens(
        &mut state,
        SessionEvent::SignIn(SignInEvent::KeyFetched(Ok(None))),
        secs(602),
    );
    state.command(Command::Lock(LockCommand::Unlock), secs(603));
    let fetched = key_fetched(&state);
    happens(&mut state, fetched, secs(604));
    happens(
        &mut state,
        SessionEvent::SignIn(SignInEvent::Verified(Ok(()))),
        secs(605),
    );
    assert_eq!(
        recorded(&state)[1..],
        [
            (HistoryAction::Locked, HistoryOutcome::Done),
            (HistoryAction::Unlocked, HistoryOutcome::Failed),
            (HistoryAction::Unlocked, HistoryOutcome::Done)
        ]
    );
}

#[test]
fn a_create_without_an_answer_is_not_called_failed() {
    let mut state = signed_in();
    let lost = |outcome| RequestFailure {
        failure: failure(
            FailureKind::TimedOut {
                limit: std::time::Duration::from_secs(1),
            },
            Operation::CreateBusiness,
        ),
        outcome,
    };
    use crate::domain::write_outcome::WriteOutcome::{NotDone, Unknown};
    happens(
        &mut state,
        SessionEvent::Change(ChangeEvent::Created(Err(lost(NotDone)))),
        secs(1),
    );
    assert_eq!(newest(&state).result, HistoryOutcome::Failed);
    happens(
        &mut state,
        SessionEvent::Change(ChangeEvent::Created(Err(lost(Unknown)))),
        secs(2),
    );
    assert_eq!(newest(&state).result, HistoryOutcome::Unknown);
    assert_eq!(newest(&state).why, Some(FailureReason::TimedOut));
    let event = SessionEvent::Change(ChangeEvent::Updated(ACME, Err(lost(Unknown))));
    happens(&mut state, event, secs(3));
    assert_eq!(
        (newest(&state).action, newest(&state).result),
        (HistoryAction::Edited, HistoryOutcome::Unknown)
    );
}

#[test]
fn what_a_former_session_did_is_not_noted() {
    for event in super::generations::all_events() {
        let mut state = signed_in();
        let (old, before) = (former(&state), state.history.len());
        assert!(written(&state.event(Event::Session(old, event), secs(1))).is_empty());
        assert_eq!(state.history.len(), before);
    }
}

#[test]
fn the_demo_is_shown_and_not_written() {
    let environment = Environment::Demo(BaseUrl::parse("http://127.0.0.1:1").unwrap());
    let mut state = signed_out();
    state.command(sign_in_to(environment), secs(0));
    let effects = happens(
        &mut state,
        SessionEvent::SignIn(SignInEvent::Verified(Ok(()))),
        secs(1),
    );
    assert!(written(&effects).is_empty());
    assert_eq!(
        recorded(&state),
        [(HistoryAction::SignedIn, HistoryOutcome::Done)]
    );
    // Reading the files does not remove it.
    state.command(
        Command::Shell(ShellCommand::ShowPage(Page::History)),
        secs(2),
    );
    let read = ReadLines::default();
    let event = HistoryEvent::Read {
        read,
        problem: None,
    };
    state.event(Event::History(event), secs(3));
    assert_eq!(state.history.len(), 1);
}

#[test]
fn what_is_answered_late_is_noted_of_the_profile_that_asked() {
    use crate::domain::export::Format;
    use crate::state::shell::messages::{FileFailure, SavedFile, ShellEffect};
    let mut state = signed_in();
    let [Effect::Shell(ShellEffect::SaveFile { profile, .. })] =
        &state.command(Command::List(ListCommand::Export(Format::Csv)), secs(1))[..]
    else {
        panic!("no export");
    };
    let (asked, result) = (profile.clone().unwrap(), Ok(Some("all.csv".into())));
    sign_in(&mut state, Environment::Staging);
    let event = Event::Shell(ShellEvent::FileSaved {
        profile: Some(asked.clone()),
        what: SavedFile::List(Format::Csv),
        count: 3,
        result,
    });
    state.event(event, secs(2));
    assert_eq!(newest(&state).action, HistoryAction::Exported);
    assert_eq!(newest(&state).profile, Some(HistoryProfile::from(&asked)));

    let event = Event::Shell(ShellEvent::FileSaved {
        profile: Some(asked.clone()),
        what: SavedFile::List(Format::Csv),
        count: 3,
        result: Err(FileFailure::SessionEnded),
    });
    state.event(event, secs(2));
    assert_eq!(newest(&state).result, HistoryOutcome::Interrupted);

    let event = Event::Shell(ShellEvent::FileSaved {
        profile: Some(asked.clone()),
        what: SavedFile::History(Format::Csv),
        count: 9,
        result: Ok(Some("history.csv".into())),
    });
    state.event(event, secs(3));
    assert_eq!(newest(&state).counts.unwrap().done, 9);
    assert_eq!(newest(&state).profile, Some(HistoryProfile::from(&asked)));
}

#[test]
fn a_history_that_cannot_be_written_is_told_once() {
    let mut state = signed_in();
    for second in 1..4 {
        let why = HistoryEvent::NotWritten("history.jsonl: no room".into());
        state.event(Event::History(why), secs(second));
    }
    assert_eq!(state.toasts.shown().len(), 1);
    assert_eq!(
        state.history.problem.as_deref(),
        Some("history.jsonl: no room")
    );
}

#[test]
fn what_a_session_does_unseen_is_noted_and_a_run_that_goes_on_is_not_called_broken() {
    let mut state = signed_in();
    press_t(&mut state, ACME, secs(0));
    let generation = generation(&state);
    state.command(sign_in_to(Environment::Staging), secs(1));
    let event = SessionEvent::TokenFetched(ACME, Ok(token(ACME, secs(0), 3_600)));
    state.event(Event::Session(generation, event), secs(2));
    assert_eq!(newest(&state).action, HistoryAction::TokenIssued);
    assert_eq!(newest(&state).profile.unwrap().environment, "Sandbox");
}

#[test]
fn a_removed_profile_is_noted_with_the_proof() {
    use crate::state::session::messages::KeyRemoval;
    let mut state = signed_in();
    let profile = state.profile().unwrap().clone();
    let event = Event::Keychain(KeychainEvent::Removed(
        profile.clone(),
        KeyRemoval::StillThere,
    ));
    state.event(event, secs(1));
    assert_eq!(newest(&state).result, HistoryOutcome::Failed);
    state.event(
        Event::Keychain(KeychainEvent::Removed(profile, KeyRemoval::Verified)),
        secs(2),
    );
    assert_eq!(
        (newest(&state).action, newest(&state).result),
        (HistoryAction::ProfileRemoved, HistoryOutcome::Done)
    );
}
