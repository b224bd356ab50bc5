//! Unlocking: what comes back, what fails on the way, and what ends it.

use super::*;
use crate::domain::draft::{Draft, Field};

/// Unlocks with the key in the keychain. The list is loading afterwards.
fn unlock(state: &mut AppState, now: Now) -> Vec<Effect> {
    state.command(Command::Lock(LockCommand::Unlock), now);
    let fetched = key_fetched(state);
    happens(state, fetched, now);
    happens(
        state,
        SessionEvent::SignIn(SignInEvent::Verified(Ok(()))),
        now,
    )
}

#[test]
fn what_was_looked_at_comes_back() {
    let mut state = locking_after(10);
    let rows = SessionEvent::List(ListEvent::Rows {
        rows: vec![row(1, "Acme").into(), row(2, "Zebra").into()],
        total: Some(2),
    });
    happens(&mut state, rows, secs(0));
    state.command(
        Command::List(ListCommand::SetFilter("zebra".into())),
        secs(0),
    );
    state.command(Command::List(ListCommand::Select(Some(ZEBRA))), secs(0));
    state.command(Command::List(ListCommand::ShowDetail(true)), secs(0));
    state.command(
        Command::Shell(ShellCommand::ShowPage(Page::Tokens)),
        secs(0),
    );
    state.command(Command::Create(CreateCommand::Open), secs(0));
    let draft = Draft::default().with([(Field::LegalName, "Half typed")]);
    state.command(
        Command::Create(CreateCommand::Change(Box::new(draft))),
        secs(0),
    );
    let effects = lock(&mut state, secs(1));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Change(ChangeEffect::SaveDrafts(_)))),
        "{effects:?}"
    );
    assert_eq!(state.locked().unwrap().drafts, 1);

    let effects = unlock(&mut state, secs(2));
    assert!(
        effects.iter().any(
            |effect| matches!(effect, Effect::List(ListEffect::ReadBusiness(_, id)) if *id == ZEBRA)
        ),
        "{effects:?}"
    );
    let workspace = state.workspace().unwrap();
    assert_eq!(workspace.list.filter(), "zebra");
    assert_eq!(workspace.selected, Some(ZEBRA));
    assert_eq!(workspace.page, Page::Tokens);
    assert!(workspace.is_detail_open && workspace.creating.is_open);
    let draft = &workspace.creating.input.draft;
    assert_eq!(draft[Field::LegalName], "Half typed");
    assert!(workspace.tokens.is_empty() && workspace.list.businesses().is_empty());
    assert!(state.locked().is_none());
}

#[test]
fn another_profile_sees_nothing_of_what_was_locked() {
    let mut state = locking_after(10);
    state.command(
        Command::List(ListCommand::SetFilter("zebra".into())),
        secs(0),
    );
    lock(&mut state, secs(1));
    state.command(Command::Lock(LockCommand::ShowSignIn), secs(2));
    sign_in(&mut state, Environment::Staging);
    assert_eq!(state.workspace().unwrap().list.filter(), "");
    // The locked profile does not get it back either: it was dropped.
    sign_in(&mut state, Environment::Sandbox);
    assert_eq!(state.workspace().unwrap().list.filter(), "");
}

#[test]
fn what_fails_on_the_way_back_leads_back_to_the_lock() {
    let broken = || failure(FailureKind::KeyRejected, Operation::SignIn);
    for event in [
        SessionEvent::SignIn(SignInEvent::KeyFetched(Ok(None))),
        SessionEvent::SignIn(SignInEvent::KeyFetched(Err(KeyProblem::Keychain(
            KeychainProblem::Dismissed,
        )))),
        SessionEvent::SignIn(SignInEvent::Verified(Err(broken()))),
    ] {
        let mut state = locking_after(10);
        lock(&mut state, secs(1));
        state.command(Command::Lock(LockCommand::Unlock), secs(2));
        assert!(state.locked().is_some(), "the lock stays before the list");
        if matches!(event, SessionEvent::SignIn(SignInEvent::Verified(_))) {
            let fetched = key_fetched(&state);
            happens(&mut state, fetched, secs(2));
        }
        happens(&mut state, event, secs(3));
        assert!(is_locked(&state));
        assert!(state.locked().unwrap().problem.is_some());
        unlock(&mut state, secs(4));
        assert!(state.workspace().is_some(), "a second attempt works");
    }
}

#[test]
fn waiting_for_the_key_can_be_given_up() {
    let mut state = locking_after(10);
    lock(&mut state, secs(1));
    state.command(Command::Lock(LockCommand::Unlock), secs(2));
    let generation = generation(&state);
    state.command(Command::Lock(LockCommand::Cancel), secs(3));
    assert!(is_locked(&state));
    let late = SessionEvent::SignIn(SignInEvent::KeyFetched(Ok(None)));
    state.event(
        crate::state::event::Event::Session(generation, late),
        secs(4),
    );
    assert!(
        state.locked().unwrap().problem.is_none(),
        "it is for nobody"
    );
}

#[test]
fn each_kind_of_key_has_its_own_way_back() {
    let demo = Environment::Demo(BaseUrl::parse("http://127.0.0.1:1").unwrap());
    let problem = KeychainProblem::Dismissed;
    let (settled, failed) = (KeyStoring::Settled, KeyStoring::Failed(problem));
    for (environment, source, storing) in [
        (Environment::Sandbox, KeySource::Keychain, settled.clone()),
        (
            Environment::Sandbox,
            KeySource::Keychain,
            KeyStoring::UnderWay,
        ),
        (Environment::Sandbox, KeySource::Variables, settled.clone()),
        (Environment::Sandbox, KeySource::Typed, settled.clone()),
        (Environment::Sandbox, KeySource::Typed, failed),
        (demo, KeySource::Demo, settled),
    ] {
        let mut state = signed_out();
        sign_in(&mut state, environment);
        let open = state.open.as_mut().unwrap();
        (open.source, open.storing) = (source.clone(), storing);
        let effects = lock(&mut state, secs(1));
        assert_eq!(state.locked().unwrap().source, source);
        let ends_all = matches!(effects[0], Effect::Session(SessionEffect::End));
        assert_eq!(
            ends_all,
            source != KeySource::Demo,
            "the demo goes on: {effects:?}"
        );
        let effects = state.command(Command::Lock(LockCommand::Unlock), secs(2));
        let is_asked = match source {
            KeySource::Keychain | KeySource::Variables => matches!(
                &effects[..],
                [Effect::Session(SessionEffect::FetchKey(_, asked))] if asked.source == source
            ),
            KeySource::Demo => {
                matches!(effects[..], [Effect::Session(SessionEffect::StartDemo(_))])
            }
            KeySource::Typed | KeySource::External(_) => {
                effects.is_empty() && state.locked().is_none()
            }
        };
        assert!(is_asked, "{source:?}: {effects:?}");
    }
}

#[test]
fn it_begins_locked_where_that_is_set() {
    let profile = signed_in().profile().unwrap().clone();
    let from_keychain = || Command::Session(SessionCommand::OpenProfile(profile.clone()));
    let mut state = signed_out();
    assert!(matches!(
        state.first(from_keychain()),
        Command::Session(SessionCommand::OpenProfile(_))
    ));
    state.saved.settings.locks_at_start = true;
    state.written_saved = state.saved.clone();
    assert!(matches!(
        state.first(from_keychain()),
        Command::Lock(LockCommand::AtStart(_, KeySource::Keychain))
    ));
    let Command::Session(SessionCommand::SignIn { credentials, .. }) = sign_in_command() else {
        unreachable!()
    };
    let from_variables = Command::Session(SessionCommand::SignIn {
        credentials,
        source: KeySource::Variables,
        label: String::new(),
    });
    assert!(matches!(
        state.first(from_variables),
        Command::Lock(LockCommand::AtStart(_, KeySource::Variables))
    ));
    assert!(matches!(
        state.first(Command::Session(SessionCommand::ExploreDemo)),
        Command::Session(SessionCommand::ExploreDemo)
    ));
    let first = state.first(from_keychain());
    assert!(state.command(first, secs(0)).is_empty(), "nothing is read");
    assert!(is_locked(&state));
}

#[test]
fn a_locked_profile_that_is_removed_cannot_be_unlocked() {
    use crate::state::event::Event;
    use crate::state::session::messages::KeyRemoval;
    let mut state = locking_after(10);
    state.command(
        Command::List(ListCommand::SetFilter("zebra".into())),
        secs(0),
    );
    let profile = state.profile().unwrap().clone();
    lock(&mut state, secs(1));
    state.event(
        Event::Keychain(KeychainEvent::Removed(profile, KeyRemoval::Verified)),
        secs(2),
    );
    assert!(state.is_signed_out());
    sign_in(&mut state, Environment::Sandbox);
    assert_eq!(state.workspace().unwrap().list.filter(), "");
}

#[test]
fn removing_a_profile_that_is_being_unlocked_ends_the_attempt() {
    use crate::state::event::Event;
    use crate::state::session::messages::KeyRemoval;
    let mut state = locking_after(10);
    let profile = state.profile().unwrap().clone();
    lock(&mut state, secs(1));
    state.command(Command::Lock(LockCommand::Unlock), secs(2));
    let effects = state.event(
        Event::Keychain(KeychainEvent::Removed(profile, KeyRemoval::Verified)),
        secs(3),
    );
    let ends = |effect: &Effect| matches!(effect, Effect::Session(SessionEffect::EndAttempt));
    assert!(effects.iter().any(ends), "{effects:?}");
}

#[test]
fn a_locked_or_sleeping_system_stops_unlocking_and_signing_in() {
    for signal in [SessionSignal::Locked, SessionSignal::Sleeping] {
        let system = || Event::Shell(ShellEvent::SystemSession(signal));
        let verified = || SessionEvent::SignIn(SignInEvent::Verified(Ok(())));

        let mut state = locking_after(10);
        lock(&mut state, secs(1));
        state.command(Command::Lock(LockCommand::Unlock), secs(2));
        let event = key_fetched(&state);
        happens(&mut state, event, secs(2));
        let unlocking = generation(&state);
        let effects = state.event(system(), secs(3));
        assert!(
            matches!(effects[..], [Effect::Session(SessionEffect::EndAttempt)]),
            "{effects:?}"
        );
        state.event(Event::Session(unlocking, verified()), secs(4));
        assert!(is_locked(&state));

        let mut state = signed_out();
        state.command(sign_in_command(), secs(0));
        let signing_in = generation(&state);
        let effects = state.event(system(), secs(1));
        assert!(
            matches!(effects[..], [Effect::Session(SessionEffect::End)]),
            "{effects:?}"
        );
        state.event(Event::Session(signing_in, verified()), secs(2));
        assert!(state.is_signed_out());
    }
}

#[test]
fn pins_of_a_profile_that_is_not_saved_come_back_after_a_lock() {
    let mut state = signed_in();
    state.command(Command::List(ListCommand::TogglePin(ACME)), secs(0));
    lock(&mut state, secs(1));
    state.command(Command::Lock(LockCommand::Unlock), secs(2));
    state.command(sign_in_command(), secs(3));
    let verified = SessionEvent::SignIn(SignInEvent::Verified(Ok(())));
    happens(&mut state, verified, secs(4));
    assert_eq!(state.workspace().unwrap().list.shortlist.pinned, [ACME]);
}
