//! Keys from external sources, where the team stores them.

use super::fixture::*;
use crate::domain::credentials::{ApiKey, Credentials, PartnerId};
use crate::domain::environment::Environment;
use crate::domain::history::HistoryAction;
use crate::domain::key_source::{
    ExternalSource, FetchedKey, KeySource, KeyVersion, SourceKind, TypedSource,
};
use crate::domain::profile::Profile;
use crate::domain::rotation::{RotationReason, RotationStep};
use crate::domain::time::Now;
use crate::domain::token::Fingerprint;
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::effect::Effect;
use crate::state::event::{Event, SessionEvent};
use crate::state::history::messages::HistoryEffect;
use crate::state::rotation::RotationActivity;
use crate::state::rotation::messages::{RotationCommand, RotationEffect, RotationEvent};
use crate::state::session::attempt::AttemptStage;
use crate::state::session::messages::{KeyRequest, SessionCommand, SessionEffect, SignInEvent};

const PARTNER: PartnerId = PartnerId(uuid::Uuid::from_u128(7));

fn command(line: &str) -> ExternalSource {
    let typed = TypedSource::blank(SourceKind::Command).with("command", line);
    ExternalSource::read(&typed).unwrap()
}

fn app_role(role: &str) -> ExternalSource {
    let typed = TypedSource::blank(SourceKind::Vault)
        .with("address", "https://vault.northwind.example")
        .with("path", "secret/thred")
        .with("login", "approle")
        .with("role_id", role);
    ExternalSource::read(&typed).unwrap()
}

fn profile() -> Profile {
    Profile {
        environment: Environment::Sandbox,
        partner: PARTNER,
    }
}

fn found(key: &str, source: ExternalSource) -> Box<FetchedKey> {
    Box::new(FetchedKey {
        partner: PARTNER,
        key: ApiKey::parse(key).unwrap(),
        version: KeyVersion::default(),
        source: source.into(),
    })
}

fn tested(state: &mut AppState, source: ExternalSource, now: Now) -> Vec<Effect> {
    let command = SessionCommand::SignInFrom {
        request: KeyRequest {
            source: source.clone().into(),
            environment: Environment::Sandbox,
            partner: None,
            answer: None,
        },
        label: "Northwind".into(),
    };
    state.command(Command::Session(command), now);
    let fetched = SignInEvent::KeyFetched(Ok(Some(found("sk_test_0123456789", source))));
    happens(state, SessionEvent::SignIn(fetched), now);
    happens(
        state,
        SessionEvent::SignIn(SignInEvent::Verified(Ok(()))),
        now,
    )
}

fn opened(state: &mut AppState, source: ExternalSource, now: Now) -> Vec<Effect> {
    tested(state, source, now);
    state.command(Command::Session(SessionCommand::OpenTested), now)
}

fn is_noted(effects: &[Effect], action: HistoryAction) -> bool {
    effects.iter().any(
        |effect| matches!(effect, Effect::History(HistoryEffect::Record(entry)) if entry.action == action),
    )
}

#[test]
fn a_test_saves_nothing_and_its_session_is_noted_when_it_is_opened() {
    let mut state = signed_out();
    let effects = tested(&mut state, command("op read x"), secs(0));
    assert!(state.saved.profiles.is_empty() && state.open().is_none());
    assert!(!is_noted(&effects, HistoryAction::SignedIn));
    let effects = state.command(Command::Session(SessionCommand::OpenTested), secs(5));
    assert!(is_noted(&effects, HistoryAction::SignedIn), "{effects:?}");
    let known = state.saved.known(&profile()).unwrap();
    assert_eq!(known.label, "Northwind");
    assert!(known.source.as_ref().unwrap().is_approved(&profile()));
    assert!(known.key.added_at.is_some(), "counted from now");
}

#[test]
fn a_key_that_was_only_tested_does_not_stay_for_hours() {
    let mut state = signed_out();
    state.saved.settings.lock_minutes = Some(10);
    tested(&mut state, command("op read x"), secs(0));
    let deadline = state.next_deadline(secs(1)).unwrap();
    assert!(deadline <= secs(600).boot);
    assert!(state.tick(secs(599)).is_empty());
    let effects = state.tick(secs(600));
    assert!(matches!(
        effects[..],
        [Effect::Session(SessionEffect::EndAttempt)]
    ));
    let stage = &state.attempt().unwrap().stage;
    assert!(matches!(
        stage,
        AttemptStage::Form {
            notice: Some(_),
            ..
        }
    ));
    state.command(Command::Session(SessionCommand::OpenTested), secs(601));
    assert!(state.open().is_none());
}

#[test]
fn what_the_keychain_held_for_the_former_source_goes() {
    let mut state = signed_out();
    state.saved.key_was_stored(&profile(), None, secs(0).wall);
    let effects = opened(&mut state, app_role("one"), secs(1));
    let deletes = |effects: &[Effect]| {
        let is_deleted = |effect: &&Effect| {
            matches!(
                effect,
                Effect::Session(SessionEffect::DeleteKey(_) | SessionEffect::DeleteAnswer(_))
            )
        };
        effects.iter().filter(is_deleted).count()
    };
    assert_eq!(deletes(&effects), 1, "the key: {effects:?}");
    let effects = opened(&mut state, app_role("two"), secs(2));
    assert_eq!(deletes(&effects), 1, "the secret of the other role");
    let effects = opened(&mut state, app_role("two"), secs(3));
    assert_eq!(deletes(&effects), 0, "nothing has changed");
}

#[test]
fn a_new_key_that_was_put_there_early_ends_the_rotation_and_does_not_break_it() {
    let mut state = signed_out();
    opened(&mut state, command("op read x"), secs(0));
    let begin = RotationCommand::Begin(RotationReason::Scheduled);
    state.command(Command::Rotation(begin), secs(1));
    let new = found("sk_test_the_new_one", command("op read x"));
    let fingerprint = Fingerprint::of(&new.key);
    let rotation = state.saved.profiles[0].rotation.as_mut().unwrap();
    rotation.new = Some(fingerprint);
    rotation.step = RotationStep::Switch;
    let again = SessionEvent::SignIn(SignInEvent::KeyRefetched(Ok(new)));
    happens(&mut state, again, secs(2));
    let rotation = state.rotation().unwrap();
    assert_eq!(rotation.step, RotationStep::Check);
    assert_eq!(rotation.new, Some(fingerprint));
    assert!(
        state.keys().unwrap().has_old,
        "the old one is still to be checked"
    );
}

/// A rotation that is about to switch to the new key, which the source already holds.
fn about_to_switch() -> (AppState, Box<FetchedKey>) {
    let mut state = signed_out();
    opened(&mut state, command("op read x"), secs(0));
    let begin = RotationCommand::Begin(RotationReason::Scheduled);
    state.command(Command::Rotation(begin), secs(1));
    let new = found("sk_test_the_new_one", command("op read x"));
    let rotation = state.saved.profiles[0].rotation.as_mut().unwrap();
    rotation.new = Some(Fingerprint::of(&new.key));
    rotation.step = RotationStep::Switch;
    let keys = &mut state.open.as_mut().unwrap().keys;
    keys.has_candidate = true;
    keys.work = RotationActivity::VerifyingAgain(secs(1).boot);
    (state, new)
}

#[test]
fn a_switch_under_way_ends_once_the_session_uses_the_new_key() {
    let (mut state, new) = about_to_switch();
    let again = SessionEvent::SignIn(SignInEvent::KeyRefetched(Ok(new)));
    happens(&mut state, again, secs(2));
    assert!(!state.keys().unwrap().is_busy());
    let effects = state.command(Command::Rotation(RotationCommand::CheckOld), secs(3));
    assert!(
        matches!(effects[..], [Effect::Rotation(RotationEffect::CheckOld(_))]),
        "{effects:?}"
    );
}

#[test]
fn a_key_that_is_no_longer_in_memory_is_asked_for_again() {
    let (mut state, _) = about_to_switch();
    let missing = || SessionEvent::Rotation(RotationEvent::KeyMissing);
    happens(&mut state, missing(), secs(2));
    let keys = state.keys().unwrap();
    assert!(!keys.is_busy() && !keys.has_candidate && keys.status_note.is_some());
    assert_eq!(state.rotation().unwrap().step, RotationStep::Paste);

    let (mut state, new) = about_to_switch();
    let again = SessionEvent::SignIn(SignInEvent::KeyRefetched(Ok(new)));
    happens(&mut state, again, secs(2));
    state.command(Command::Rotation(RotationCommand::CheckOld), secs(3));
    happens(&mut state, missing(), secs(4));
    let keys = state.keys().unwrap();
    assert!(!keys.is_busy() && !keys.has_old);
    assert_eq!(state.rotation().unwrap().step, RotationStep::Check);
}

#[test]
fn a_key_that_is_stored_after_its_session_replaces_the_source_as_well() {
    let mut state = signed_out();
    opened(&mut state, app_role("one"), secs(0));
    let sign_in_with_key = SessionCommand::SignIn {
        credentials: Credentials {
            environment: Environment::Sandbox,
            partner: PARTNER,
            key: ApiKey::parse("sk_test_the_new_one").unwrap(),
        },
        source: KeySource::Keychain,
        label: String::new(),
    };
    state.command(Command::Session(sign_in_with_key), secs(1));
    let verified = SessionEvent::SignIn(SignInEvent::Verified(Ok(())));
    happens(&mut state, verified, secs(1));
    let left = generation(&state);
    sign_in(&mut state, Environment::Staging);
    let stored = SessionEvent::SignIn(SignInEvent::KeyStored(Ok(())));
    let effects = state.event(Event::Session(left, stored), secs(2));
    assert_eq!(state.saved.known(&profile()).unwrap().source, None);
    let is_deleted =
        |effect: &Effect| matches!(effect, Effect::Session(SessionEffect::DeleteAnswer(_)));
    assert!(effects.iter().any(is_deleted), "{effects:?}");
}
