mod labels;
mod variables;

use std::time::Duration;

use super::fixture::*;
use crate::domain::business::BusinessDetail;
use crate::domain::draft::Field;
use crate::domain::environment::Environment;
use crate::domain::failure::{FailureKind, Operation};
use crate::domain::key_source::KeySource;
use crate::domain::keychain::KeychainProblem;
use crate::domain::profile::Profile;
use crate::domain::request_notice::RequestNotice;
use crate::domain::write_outcome::{CreateOutcome, CreateResponse};
use crate::state::command::Command;
use crate::state::create::form_input::{FormPhase, UnknownOutcome};
use crate::state::create::messages::ChangeEvent;
use crate::state::effect::Effect;
use crate::state::event::{Event, SessionEvent};
use crate::state::generation::Generation;
use crate::state::history::messages::HistoryEffect;
use crate::state::list::messages::{ListCommand, ListEvent};
use crate::state::session::attempt::{Attempt, AttemptStage};
use crate::state::session::messages::{
    KeyRemoval, KeychainEvent, LockCommand, SessionCommand, SessionEffect, SignInEvent,
};
use crate::state::shell::messages::ShellEffect;
use crate::state::tokens::messages::TokenEffect;
use crate::state::{AppState, Foreground};

/// Signed in to Sandbox, with a token there, and then to Staging. Also returns the generation of Sandbox.
fn switched() -> (AppState, Generation) {
    let mut state = signed_in();
    press_t(&mut state, ACME, secs(0));
    let event = SessionEvent::TokenFetched(ACME, Ok(token(ACME, secs(0), 3_600)));
    happens(&mut state, event, secs(0));
    let left = generation(&state);
    sign_in(&mut state, Environment::Staging);
    (state, left)
}

fn created() -> SessionEvent {
    let detail = BusinessDetail {
        business: row(7, "Late Ltd"),
        phone_number: None,
        accounting_method: None,
        fiscal_year_end: None,
        metadata_keys: None,
        raw_json: "{}".into(),
    };
    SessionEvent::Change(ChangeEvent::Created(Ok(Box::new(CreateResponse {
        detail,
        outcome: CreateOutcome::Created,
    }))))
}

fn profile(state: &AppState) -> Profile {
    state.open().unwrap().profile().clone()
}

#[test]
fn what_comes_late_for_a_profile_that_was_left_changes_nothing() {
    for event in [
        created(),
        SessionEvent::TokenFetched(ZEBRA, Ok(token(ZEBRA, secs(0), 3_600))),
        SessionEvent::List(ListEvent::Rows {
            rows: vec![row(1, "Acme").into()],
            total: Some(1),
        }),
        SessionEvent::SignIn(SignInEvent::KeyStored(Ok(()))),
        SessionEvent::Request(RequestNotice::ClockSkew(Some(900))),
    ] {
        let (mut state, left) = switched();
        let (before, told) = (format!("{state:?}"), format!("{event:?}"));
        let effects = state.event(Event::Session(left, event), secs(1));
        assert!(effects.is_empty(), "{told}");
        assert_eq!(format!("{state:?}"), before, "{told}");
    }
}

#[test]
fn until_the_other_is_proved_the_answers_are_for_the_one_that_runs() {
    let mut state = signed_in();
    let running = generation(&state);
    press_t(&mut state, ACME, secs(0));
    state.command(sign_in_to(Environment::Staging), secs(1));
    let event = SessionEvent::TokenFetched(ACME, Ok(token(ACME, secs(0), 3_600)));
    let effects = state.event(Event::Session(running, event), secs(2));
    assert!(matches!(
        effects[..],
        [
            Effect::Token(TokenEffect::CopyHandout { .. }),
            Effect::History(HistoryEffect::Record(_))
        ]
    ));
    assert!(is_proving(&state));

    let effects = state.command(Command::Session(SessionCommand::CancelSignIn), secs(3));
    assert!(
        matches!(effects[..], [Effect::Session(SessionEffect::EndAttempt)]),
        "{effects:?}"
    );
    assert_eq!(profile(&state).environment, Environment::Sandbox);
    assert_eq!(generation(&state), running);
    let tokens = &state.workspace().unwrap().tokens;
    assert!(tokens.get(ACME).is_some() && !tokens.is_fetching());
}

#[test]
fn a_number_is_never_given_out_twice() {
    let mut state = signed_in();
    state.command(sign_in_to(Environment::Staging), secs(1));
    let tried = generation(&state);
    state.command(Command::Session(SessionCommand::CancelSignIn), secs(2));
    state.command(sign_in_to(Environment::Production), secs(3));
    assert!(generation(&state) > tried);
    // The answer to the first attempt arrives after all.
    let effects = state.event(
        Event::Session(tried, SessionEvent::SignIn(SignInEvent::Verified(Ok(())))),
        secs(4),
    );
    assert!(effects.is_empty());
    assert!(is_proving(&state));
}

#[test]
fn only_a_proved_sign_in_ends_the_session_before() {
    let mut state = signed_in();
    let effects = state.command(sign_in_to(Environment::Staging), secs(1));
    assert!(!has_end(&effects), "{effects:?}");
    let effects = happens(
        &mut state,
        SessionEvent::SignIn(SignInEvent::Verified(Ok(()))),
        secs(2),
    );
    assert!(
        matches!(effects[0], Effect::Session(SessionEffect::Open(_))),
        "{effects:?}"
    );
    assert!(state.background().is_none());
    let retained: Vec<_> = state.retained.profiles().collect();
    assert_eq!(retained[0].profile.environment, Environment::Sandbox);
}

fn has_end(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| {
        matches!(
            effect,
            Effect::Session(SessionEffect::End) | Effect::Session(SessionEffect::Open(_))
        )
    })
}

#[test]
fn tokens_expire_while_their_profile_is_parked() {
    let (mut state, _) = switched();
    let retained = state.retained.profiles().next().unwrap();
    assert_eq!(retained.tokens.live_count(secs(1).boot), 1);
    state.tick(at(Duration::from_mins(61)));
    sign_in(&mut state, Environment::Sandbox);
    let tokens = &state.workspace().unwrap().tokens;
    let later = at(Duration::from_mins(61)).boot;
    assert_eq!((tokens.len(), tokens.live_count(later)), (1, 0));
}

#[test]
fn a_request_that_will_not_be_answered_is_left_open_and_not_forgotten() {
    let mut state = signed_in();
    let workspace = &mut state.open.as_mut().unwrap().workspace;
    workspace.creating.input.draft[Field::ExternalId] = "user-1".into();
    workspace.creating.input.phase = FormPhase::Sending {
        since: secs(0).boot,
    };
    sign_in(&mut state, Environment::Staging);
    sign_in(&mut state, Environment::Sandbox);
    let creating = &state.workspace().unwrap().creating;
    assert!(matches!(
        creating.input.phase,
        FormPhase::Unknown(UnknownOutcome::SessionEnded)
    ));
    assert_eq!(creating.input.draft[Field::ExternalId], "user-1");
}

#[test]
fn the_embedded_server_is_not_parked() {
    let base = crate::domain::environment::BaseUrl::parse("http://127.0.0.1:1").unwrap();
    let mut state = signed_out();
    sign_in(&mut state, Environment::Demo(base));
    sign_in(&mut state, Environment::Sandbox);
    assert_eq!(state.retained.profiles().count(), 0);
}

#[test]
fn a_key_that_is_stored_after_its_profile_was_left_is_remembered() {
    let mut state = signed_out();
    let Command::Session(SessionCommand::SignIn { credentials, .. }) = sign_in_command() else {
        unreachable!()
    };
    state.command(
        Command::Session(SessionCommand::SignIn {
            credentials,
            source: KeySource::Keychain,
            label: String::new(),
        }),
        secs(0),
    );
    happens(
        &mut state,
        SessionEvent::SignIn(SignInEvent::Verified(Ok(()))),
        secs(0),
    );
    let (left, sandbox) = (generation(&state), profile(&state));
    sign_in(&mut state, Environment::Staging);
    let late = Event::Session(left, SessionEvent::SignIn(SignInEvent::KeyStored(Ok(()))));
    let effects = state.event(late, secs(5));
    assert!(matches!(
        effects[..],
        [Effect::Shell(ShellEffect::SavePreferences(_))]
    ));
    assert!(state.saved.known(&sandbox).is_some());
}

#[test]
fn only_a_proved_removal_forgets() {
    let problems = [
        KeyRemoval::Failed(KeychainProblem::Dismissed),
        KeyRemoval::StillThere,
    ];
    for removal in problems {
        let mut state = signed_in();
        let sandbox = profile(&state);
        state.saved.key_was_stored(&sandbox, None, secs(0).wall);
        state.written_saved = state.saved.clone();
        let command = SessionCommand::RemoveProfile(sandbox.clone());
        let effects = state.command(Command::Session(command), secs(1));
        assert!(matches!(
            effects[..],
            [Effect::Session(SessionEffect::RemoveKey(_))]
        ));
        let effects = state.event(
            Event::Keychain(KeychainEvent::Removed(sandbox.clone(), removal)),
            secs(2),
        );
        assert!(
            matches!(effects[..], [Effect::History(HistoryEffect::Record(_))]),
            "{effects:?}"
        );
        assert!(state.saved.known(&sandbox).is_some());
        assert!(state.workspace().is_some());
        assert_eq!(state.retained.removing, None);
        let toast = state.toasts.shown().last().unwrap();
        assert_eq!(toast.title, "Profile not removed");
    }
}

#[test]
fn the_clipboard_keeps_its_time_over_a_switch() {
    let mut state = signed_in();
    press_t(&mut state, ACME, secs(0));
    let event = SessionEvent::TokenFetched(ACME, Ok(token(ACME, secs(0), 3_600)));
    let ticket = ticket(&happens(&mut state, event, secs(0)));
    state.command(sign_in_to(Environment::Staging), secs(1));
    // The copy succeeds during the other sign-in, and is cleared after the usual time.
    let effects = clipboard_takes(&mut state, ticket, secs(2));
    let [Effect::History(HistoryEffect::Record(entry))] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(entry.profile.as_ref().unwrap().environment, "Sandbox");
    happens(
        &mut state,
        SessionEvent::SignIn(SignInEvent::Verified(Ok(()))),
        secs(3),
    );
    assert!(state.clipboard.held().is_some());
    let effects = state.tick(secs(62));
    assert!(
        matches!(effects[..], [Effect::Token(TokenEffect::ClearClipboard)]),
        "{effects:?}"
    );
}

#[test]
fn a_key_that_stayed_in_the_keychain_is_told_after_another_sign_in_has_begun() {
    let mut state = signed_in();
    let sandbox = profile(&state);
    state.command(Command::Session(SessionCommand::SignOut), secs(1));
    state.command(sign_in_to(Environment::Staging), secs(2));
    let event = Event::Keychain(KeychainEvent::Deleted(sandbox.clone(), Ok(true)));
    state.event(event, secs(3));
    assert!(state.toasts.shown().is_empty(), "a good end needs no words");
    let event = Event::Keychain(KeychainEvent::Deleted(
        sandbox,
        Err(KeychainProblem::Dismissed),
    ));
    state.event(event, secs(3));
    let toast = state.toasts.shown().last().unwrap();
    assert_eq!(toast.title, "The key is still in the macOS Keychain");
    assert!(
        toast.body.contains("in Sandbox was signed out"),
        "{toast:?}"
    );
}

#[test]
fn a_sign_out_takes_the_tokens_of_every_profile_and_says_so() {
    let told = |state: &AppState| match state.front() {
        Foreground::SignIn(Attempt {
            stage: AttemptStage::Form { notice, .. },
            ..
        }) => notice.clone().unwrap(),
        other => panic!("{other:?}"),
    };
    let others = "Tokens of other profiles were forgotten too.";
    let (mut state, _) = switched();
    let staging = profile(&state);
    state.command(Command::Session(SessionCommand::SignOut), secs(1));
    assert_eq!(state.retained.profiles().count(), 0);
    assert!(!format!("{state:?}").contains("BusinessToken"));
    assert!(told(&state).ends_with(others), "{}", told(&state));
    state.event(
        Event::Keychain(KeychainEvent::Deleted(staging, Ok(true))),
        secs(2),
    );
    assert!(told(&state).ends_with(others), "{}", told(&state));

    let (mut state, _) = switched();
    let staging = profile(&state);
    let removed = Event::Keychain(KeychainEvent::Removed(staging, KeyRemoval::Verified));
    state.event(removed, secs(1));
    assert_eq!(state.retained.profiles().count(), 0);
    assert!(told(&state).ends_with(others), "{}", told(&state));

    let mut state = signed_in();
    state.command(Command::Session(SessionCommand::SignOut), secs(1));
    assert!(!told(&state).contains("other profiles"));
}

#[test]
fn what_only_the_console_knows_of_a_profile_comes_back_with_it() {
    let mut state = signed_in();
    let workspace = &mut state.open.as_mut().unwrap().workspace;
    workspace.list.set_archived(ACME, true, &|_| None);
    workspace.offers_archive = false;
    sign_in(&mut state, Environment::Staging);
    assert!(!state.workspace().unwrap().list.is_archived(ACME));
    sign_in(&mut state, Environment::Sandbox);
    let workspace = state.workspace().unwrap();
    assert!(workspace.list.is_archived(ACME) && !workspace.offers_archive);
}

#[test]
fn a_session_that_nobody_sees_wakes_the_window_only_for_what_is_to_be_done() {
    let mut state = signed_in();
    let workspace = &mut state.open.as_mut().unwrap().workspace;
    workspace.list.loading.begin(secs(0));
    assert!(state.next_deadline(secs(30)).is_some());
    // Only the lock's announcement remains, which is much later.
    state.command(SessionCommand::AddProfile.into(), secs(30));
    let wakes = state.next_deadline(secs(30));
    assert!(wakes.is_none_or(|at| at > secs(90).boot), "{wakes:?}");
}

#[test]
fn pins_of_a_profile_that_is_not_saved_come_back_with_it() {
    let mut state = signed_in();
    state.command(Command::List(ListCommand::TogglePin(ACME)), secs(0));
    sign_in(&mut state, Environment::Staging);
    assert!(state.workspace().unwrap().list.shortlist.is_empty());
    state.command(sign_in_command(), secs(1));
    let verified = SessionEvent::SignIn(SignInEvent::Verified(Ok(())));
    happens(&mut state, verified, secs(1));
    assert_eq!(state.workspace().unwrap().list.shortlist.pinned, [ACME]);
}
