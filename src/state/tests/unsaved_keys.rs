//! Rotations of keys whose profiles are not saved.

use jiff::civil::date;

use super::fixture::*;
use crate::domain::credentials::{ApiKey, PartnerId};
use crate::domain::environment::{BaseUrl, Environment};
use crate::domain::history::HistoryAction;
use crate::domain::key_record::KeyRecord;
use crate::domain::key_source::{ExternalSource, FetchedKey, KeyVersion, SourceKind, TypedSource};
use crate::domain::rotation::{RotationReason, RotationStep};
use crate::domain::token::Fingerprint;
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::event::{Event, SessionEvent};
use crate::state::rotation::messages::{KeyConsumersChange, RotationCommand};
use crate::state::session::messages::{KeyRequest, LockCommand, SessionCommand, SignInEvent};
use crate::state::shell::saved::RememberedProfile;

const NEW: &str = "sk_test_the_new_one";

fn fingerprint(key: &str) -> Fingerprint {
    Fingerprint::of(&ApiKey::parse(key).unwrap())
}

/// What is known of the open profile, which is not saved.
fn unsaved_record(state: &mut AppState) -> &mut RememberedProfile {
    state.unsaved.first_mut().unwrap()
}

/// A typed key whose rotation is at this step.
fn with_rotation(step: RotationStep) -> AppState {
    let mut state = signed_in();
    for command in [
        RotationCommand::Begin(RotationReason::Scheduled),
        RotationCommand::ChangeKeyConsumers(KeyConsumersChange::Add("Billing".to_owned())),
        RotationCommand::SetIssued(Some(date(2025, 12, 1))),
    ] {
        state.command(Command::Rotation(command), secs(1));
    }
    let record = unsaved_record(&mut state);
    let rotation = record.rotation.as_mut().unwrap();
    rotation.step = step;
    rotation.new = Some(fingerprint(NEW));
    state
}

fn lock(state: &mut AppState) {
    state.command(Command::Lock(LockCommand::Now), secs(2));
    // A typed key has to be typed again.
    state.command(Command::Lock(LockCommand::Unlock), secs(3));
}

fn sign_in_with(state: &mut AppState, key: &str) {
    let mut command = sign_in_command();
    if let Command::Session(SessionCommand::SignIn { credentials, .. }) = &mut command {
        credentials.key = ApiKey::parse(key).unwrap();
    }
    state.command(command, secs(4));
    let verified = SessionEvent::SignIn(SignInEvent::Verified(Ok(())));
    happens(state, verified, secs(4));
}

#[track_caller]
fn assert_resumed(state: &AppState) {
    let known = state.known_now().unwrap();
    assert_eq!(known.consumers.0[0].name, "Billing");
    assert_eq!(known.key.issued_on, Some(date(2025, 12, 1)));
    assert_eq!(state.rotation().unwrap().step, RotationStep::Paste);
    let note = state.keys().unwrap().status_note.as_ref().unwrap();
    assert!(note.contains("This session holds the old key"), "{note}");
}

#[test]
fn a_rotation_continues_after_a_lock() {
    let mut state = with_rotation(RotationStep::Switch);
    lock(&mut state);
    sign_in(&mut state, Environment::Sandbox);
    assert_resumed(&state);
}

#[test]
fn a_rotation_continues_after_another_profile_was_open_and_locked() {
    let mut state = with_rotation(RotationStep::Switch);
    sign_in(&mut state, Environment::Staging);
    assert!(state.rotation().is_none());
    lock(&mut state);
    sign_in(&mut state, Environment::Sandbox);
    assert_resumed(&state);
}

#[test]
fn the_new_key_typed_after_a_lock_completes_the_switch() {
    for step in [RotationStep::Switch, RotationStep::Check] {
        let mut state = with_rotation(step);
        if step == RotationStep::Check {
            let record = unsaved_record(&mut state);
            record.key.fingerprint = Some(fingerprint(NEW));
        }
        lock(&mut state);
        sign_in_with(&mut state, NEW);
        assert_eq!(state.rotation().unwrap().step, RotationStep::Check);
        assert_eq!(state.known_now().unwrap().consumers.0.len(), 1);
        let entries = state.history.all_matching().into_iter();
        let switches = entries.filter(|entry| entry.action == HistoryAction::Rotated);
        let is_found_now = step == RotationStep::Switch;
        assert_eq!(switches.count(), usize::from(is_found_now), "{step:?}");
    }
}

#[test]
fn a_third_key_starts_the_rotation_again() {
    let mut state = with_rotation(RotationStep::Switch);
    lock(&mut state);
    sign_in_with(&mut state, "sk_test_a_third_one");
    let rotation = state.rotation().unwrap();
    assert_eq!(rotation.step, RotationStep::Paste);
    assert_eq!(rotation.old, Some(fingerprint("sk_test_a_third_one")));
    let known = state.known_now().unwrap();
    assert_eq!((known.key.issued_on, known.key.added_at), (None, None));
    assert_eq!(known.consumers.0.len(), 1, "they need this key now");
}

#[test]
fn signing_out_ends_the_rotation() {
    let mut state = with_rotation(RotationStep::Switch);
    state.command(Command::Session(SessionCommand::SignOut), secs(2));
    sign_in(&mut state, Environment::Sandbox);
    assert!(state.rotation().is_none());
}

#[test]
fn a_rotation_continues_once_the_key_comes_from_a_source_that_is_saved() {
    let mut state = with_rotation(RotationStep::Switch);
    lock(&mut state);
    let typed = TypedSource::blank(SourceKind::Command).with("command", "op read x");
    let source = ExternalSource::read(&typed).unwrap();
    let sign_in_from = SessionCommand::SignInFrom {
        request: KeyRequest {
            source: source.clone().into(),
            environment: Environment::Sandbox,
            partner: None,
            answer: None,
        },
        label: String::new(),
    };
    state.command(Command::Session(sign_in_from), secs(4));
    let fetched = FetchedKey {
        partner: PartnerId(uuid::Uuid::from_u128(9)),
        key: ApiKey::parse(NEW).unwrap(),
        version: KeyVersion::default(),
        source: source.into(),
    };
    let found = Some(Box::new(fetched));
    for event in [
        SignInEvent::KeyFetched(Ok(found)),
        SignInEvent::Verified(Ok(())),
    ] {
        happens(&mut state, SessionEvent::SignIn(event), secs(4));
    }
    state.command(Command::Session(SessionCommand::OpenTested), secs(5));
    let known = &state.saved.profiles[0];
    assert_eq!(known.rotation.as_ref().unwrap().step, RotationStep::Check);
    assert_eq!(known.consumers.0[0].name, "Billing");
    assert_eq!(known.key.issued_on, None, "it is another key");
}

#[test]
fn a_key_that_is_stored_late_leaves_the_rotation_of_a_newer_key_alone() {
    let mut state = with_rotation(RotationStep::Switch);
    state.command(Command::Session(SessionCommand::StoreKey), secs(2));
    let left = generation(&state);
    lock(&mut state);
    sign_in_with(&mut state, "sk_test_a_third_one");
    let before = state.known_now().cloned();
    let late = SessionEvent::SignIn(SignInEvent::KeyStored(Ok(())));
    state.event(Event::Session(left, late), secs(5));
    assert_eq!(state.known_now().cloned(), before);
    assert!(before.is_some_and(|known| known.rotation.is_some()));
    let old = ApiKey::parse("sk_test_0123456789").unwrap();
    let saved = &state.saved.profiles[0];
    assert_eq!(saved.key.fingerprint, Some(Fingerprint::of(&old)));
}

fn enter_demo(state: &mut AppState) {
    let environment = Environment::Demo(BaseUrl::parse("http://127.0.0.1:1").unwrap());
    let Command::Session(SessionCommand::SignIn { credentials, .. }) = sign_in_to(environment)
    else {
        unreachable!()
    };
    for event in [
        SignInEvent::DemoReady(Ok(credentials)),
        SignInEvent::Verified(Ok(())),
    ] {
        happens(state, SessionEvent::SignIn(event), secs(4));
    }
}

#[test]
fn the_demo_knows_the_age_of_its_new_key_after_a_lock_and_ends_with_it() {
    let explore = || Command::Session(SessionCommand::ExploreDemo);
    let mut state = signed_out();
    state.command(explore(), secs(0));
    enter_demo(&mut state);
    let record = unsaved_record(&mut state);
    record.key = KeyRecord::added(record.key.fingerprint, secs(4).wall);
    let known = state.known_now().cloned();
    lock(&mut state);
    enter_demo(&mut state);
    assert_eq!(state.known_now().cloned(), known);
    assert!(state.key_age(secs(5)).is_some());

    sign_in(&mut state, Environment::Sandbox);
    state.command(explore(), secs(6));
    enter_demo(&mut state);
    assert!(state.key_age(secs(7)).is_none(), "it is another server");
}

#[test]
fn a_rotation_ends_with_the_demo() {
    let mut state = signed_out();
    state.command(Command::Session(SessionCommand::ExploreDemo), secs(0));
    enter_demo(&mut state);
    let begin = RotationCommand::Begin(RotationReason::Scheduled);
    state.command(Command::Rotation(begin), secs(5));
    sign_in(&mut state, Environment::Sandbox);
    let [toast] = state.toasts.shown() else {
        panic!("{:?}", state.toasts)
    };
    assert_eq!(toast.title, "Key rotation stopped");
    assert_eq!(toast.body, "The demo ended, and its keys are gone.");
}
