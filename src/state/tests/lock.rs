use std::time::Duration;

use jiff::SignedDuration;
use proptest::prelude::*;

use super::fixture::*;
use crate::domain::environment::{BaseUrl, Environment};
use crate::domain::failure::{FailureKind, Operation};
use crate::domain::key_source::{KeyProblem, KeySource};
use crate::domain::keychain::KeychainProblem;
use crate::domain::session_signal::SessionSignal;
use crate::domain::time::Now;
use crate::state::command::Command;
use crate::state::create::messages::{CreateCommand, CreateEffect};
use crate::state::effect::Effect;
use crate::state::event::{Event, SessionEvent};
use crate::state::history::messages::HistoryEffect;
use crate::state::list::messages::{ListCommand, ListEffect, ListEvent};
use crate::state::session::lock::{ClipboardFate, LockReason};
use crate::state::session::messages::{
    KeychainEvent, LockCommand, SessionCommand, SessionEffect, SignInEvent,
};
use crate::state::session::open::KeyStoring;
use crate::state::shell::messages::{Page, ShellCommand, ShellEvent};
use crate::state::tokens::messages::{TokenEffect, TokenEvent};
use crate::state::{AppState, Foreground};

const MINUTE: u64 = 60;

/// Signed in with the keychain's key, and locking after this many minutes.
fn locking_after(minutes: u16) -> AppState {
    let mut state = signed_in();
    state.saved.settings.lock_minutes = Some(minutes);
    state.open.as_mut().unwrap().source = KeySource::Keychain;
    state
}

fn is_locked(state: &AppState) -> bool {
    matches!(state.front(), Foreground::Lock(_, None))
}

fn touch(state: &mut AppState, now: Now) {
    state.command(Command::Lock(LockCommand::Touch), now);
}

fn lock(state: &mut AppState, now: Now) -> Vec<Effect> {
    state.command(Command::Lock(LockCommand::Now), now)
}

/// A time with different values for the two clocks.
fn clocks(boot: u64, wall: i64) -> Now {
    Now {
        wall: secs(0).wall + SignedDuration::from_secs(wall),
        boot: secs(boot).boot,
    }
}

#[test]
fn a_table_that_is_only_in_memory_comes_back_after_the_lock() {
    use crate::state::list::ListColumn;
    let mut state = signed_out();
    let Command::Session(SessionCommand::SignIn { credentials, .. }) = sign_in_command() else {
        unreachable!();
    };
    state.command(
        Command::Session(SessionCommand::SignIn {
            credentials: credentials.clone(),
            source: KeySource::Variables,
            label: String::new(),
        }),
        secs(0),
    );
    happens(
        &mut state,
        SessionEvent::SignIn(SignInEvent::Verified(Ok(()))),
        secs(0),
    );
    state.command(
        Command::List(ListCommand::SortBy(ListColumn::Country)),
        secs(1),
    );
    lock(&mut state, secs(2));
    state.command(Command::Lock(LockCommand::Unlock), secs(3));
    let event = key_fetched(&state);
    happens(&mut state, event, secs(3));
    happens(
        &mut state,
        SessionEvent::SignIn(SignInEvent::Verified(Ok(()))),
        secs(4),
    );
    let workspace = state.workspace().unwrap();
    assert_eq!(workspace.layout.sort.column, ListColumn::Country);
    assert_eq!(workspace.list.sort(), workspace.layout.sort);
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
fn it_locks_when_nobody_has_touched_it_for_the_time_that_is_set() {
    let mut state = locking_after(10);
    state.tick(secs(10 * MINUTE - 1));
    assert!(!is_locked(&state));
    let effects = state.tick(secs(10 * MINUTE));
    assert!(is_locked(&state));
    let locked = state.locked().unwrap();
    assert_eq!(locked.why, LockReason::Idle(Duration::from_mins(10)));
    assert!(
        matches!(effects[0], Effect::Session(SessionEffect::End)),
        "{effects:?}"
    );

    let mut state = locking_after(10);
    touch(&mut state, secs(9 * MINUTE));
    state.tick(secs(19 * MINUTE - 1));
    assert!(!is_locked(&state));
    state.tick(secs(19 * MINUTE));
    assert!(is_locked(&state));
}

#[test]
fn either_clock_is_enough_and_none_can_put_it_off() {
    for (boot, wall, locks, why) in [
        (600, 600, true, "both"),
        (600, 0, true, "the wall clock was set back"),
        (600, -86_400, true, "by a day"),
        (1, 600, true, "the boot clock does not count sleep"),
        (599, 599, false, "not yet"),
        (0, -86_400, false, "set back at once"),
    ] {
        let mut state = locking_after(10);
        state.tick(clocks(boot, wall));
        assert_eq!(is_locked(&state), locks, "{why}");
    }
}

#[test]
fn a_minute_ahead_it_is_announced_every_second() {
    let mut state = locking_after(10);
    assert_eq!(state.locks_in(secs(9 * MINUTE - 1)), None);
    assert_eq!(state.next_deadline(secs(0)), Some(secs(9 * MINUTE).boot));
    for left in (1..=60).rev() {
        let now = secs(10 * MINUTE - left);
        state.tick(now);
        assert_eq!(state.locks_in(now), Some(left));
        assert_eq!(
            state.next_deadline(now),
            Some(secs(10 * MINUTE - left + 1).boot)
        );
    }
    touch(&mut state, secs(10 * MINUTE - 1));
    assert_eq!(state.locks_in(secs(10 * MINUTE)), None);

    let state = locking_after(1);
    assert_eq!(state.locks_in(secs(29)), None, "half of a short time");
    assert_eq!(state.locks_in(secs(30)), Some(30));
}

#[test]
fn a_touch_is_told_once_a_second_and_at_once_when_a_lock_is_near() {
    let mut state = locking_after(10);
    let half = Duration::from_millis(500);
    touch(&mut state, secs(5));
    assert!(!state.wants_touch(at(Duration::from_secs(5) + half)));
    assert!(state.wants_touch(secs(6)));
    let state = locking_after(1);
    assert!(state.wants_touch(secs(30)));
    assert!(!signed_out().wants_touch(secs(30)), "nothing to lock");
    assert!(!signed_in().wants_touch(secs(30)), "never locks");
}

proptest! {
    /// Until the deadline, the console does not lock and the notice does not change. At the deadline, one of them happens.
    #[test]
    fn the_deadline_of_a_lock_is_exact(minutes in 1_u16..30, touched_ms in 0_u64..100_000, begin_ms in 0_u64..2_000_000) {
        let mut state = locking_after(minutes);
        let ms = |ms| at(Duration::from_millis(ms));
        touch(&mut state, ms(touched_ms));
        let mut now = Duration::from_millis(touched_ms + begin_ms);
        state.tick(at(now));
        for _ in 0..70 {
            let seen = |state: &AppState, now| (is_locked(state), state.lock_notice(at(now)));
            let before = seen(&state, now);
            let Some(deadline) = state.next_deadline(at(now)) else {
                prop_assert!(is_locked(&state));
                break;
            };
            let wait = deadline.saturating_since(at(now).boot);
            prop_assert!(!wait.is_zero());
            let just_before = now + wait.checked_sub(Duration::from_nanos(1)).unwrap();
            state.tick(at(just_before));
            prop_assert_eq!(seen(&state, just_before), before);
            now += wait;
            state.tick(at(now));
            prop_assert_ne!(seen(&state, now), before);
        }
    }
}

#[test]
fn a_lock_leaves_nothing_to_read_and_clears_what_is_ours() {
    let mut state = locking_after(10);
    press_t(&mut state, ACME, secs(0));
    let event = SessionEvent::Token(TokenEvent::Fetched(ACME, Ok(token(ACME, secs(0), 3_600))));
    let effects = happens(&mut state, event, secs(0));
    let ticket = ticket(&effects);
    clipboard_takes(&mut state, ticket, secs(1));
    assert!(state.clipboard.held().is_some());

    let effects = lock(&mut state, secs(2));
    assert!(
        matches!(effects[0], Effect::Session(SessionEffect::End)),
        "{effects:?}"
    );
    assert!(
        matches!(effects[1], Effect::Token(TokenEffect::ClearClipboard)),
        "{effects:?}"
    );
    // Tokens and list live in the session's workspace. The key exists only in the runtime's session.
    assert!(state.open.is_none());
    assert!(state.clipboard.held().is_none());
    assert!(state.toasts.shown().is_empty(), "toasts name businesses");
    let told = format!("{state:?}");
    assert!(!told.contains("BusinessToken"), "{told}");
    assert!(!told.contains("Acme"), "{told}");
    assert_eq!(state.next_deadline(secs(3)), None, "nothing is drawn");
    assert_eq!(state.locked().unwrap().clipboard, ClipboardFate::Clearing);
    // Locking again does nothing.
    assert!(lock(&mut state, secs(4)).is_empty());
}

#[test]
fn a_token_on_its_way_to_the_clipboard_is_cleared_when_it_gets_there() {
    let mut state = locking_after(10);
    press_t(&mut state, ACME, secs(0));
    let event = SessionEvent::Token(TokenEvent::Fetched(ACME, Ok(token(ACME, secs(0), 3_600))));
    let ticket = ticket(&happens(&mut state, event, secs(0)));
    lock(&mut state, secs(1));
    let effects = clipboard_takes(&mut state, ticket, secs(2));
    assert!(
        matches!(effects[..], [Effect::Token(TokenEffect::ClearClipboard)]),
        "{effects:?}"
    );
}

#[test]
fn answers_that_arrive_while_it_is_locked_are_dropped() {
    for event in super::generations::all_events() {
        let mut state = locking_after(10);
        let generation = generation(&state);
        lock(&mut state, secs(1));
        let before = format!("{state:?}");
        let told = format!("{event:?}");
        let event = crate::state::event::Event::Session(generation, event);
        assert!(state.event(event, secs(2)).is_empty(), "{told}");
        assert_eq!(format!("{state:?}"), before, "{told}");
    }
}

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
    let mut draft = crate::domain::draft::Draft::default();
    *draft.get_mut(crate::domain::draft::Field::LegalName) = "Half typed".into();
    state.command(
        Command::Create(CreateCommand::Change(Box::new(draft))),
        secs(0),
    );
    let effects = lock(&mut state, secs(1));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Create(CreateEffect::SaveDrafts(_)))),
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
    assert_eq!(
        workspace
            .creating
            .draft
            .get(crate::domain::draft::Field::LegalName),
        "Half typed"
    );
    assert!(workspace.tokens.is_empty() && workspace.list.book().is_empty());
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
    state.command(Command::Lock(LockCommand::SignInOtherwise), secs(2));
    sign_in(&mut state, Environment::Staging);
    assert_eq!(state.workspace().unwrap().list.filter(), "");
    // The locked profile does not get it back either: it was dropped.
    sign_in(&mut state, Environment::Sandbox);
    assert_eq!(state.workspace().unwrap().list.filter(), "");
}

#[test]
fn what_fails_on_the_way_back_leads_back_to_the_lock() {
    let broken = || failure(FailureKind::KeyRefused, Operation::SignIn);
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
fn a_lock_takes_the_tokens_of_every_profile_that_was_left() {
    let mut state = locking_after(10);
    press_t(&mut state, ACME, secs(0));
    let event = SessionEvent::Token(TokenEvent::Fetched(ACME, Ok(token(ACME, secs(0), 3_600))));
    happens(&mut state, event, secs(0));
    sign_in(&mut state, Environment::Staging);
    assert_eq!(state.parked.profiles().count(), 1, "its tokens are kept");
    lock(&mut state, secs(1));
    assert_eq!(state.parked.profiles().count(), 0);
    assert!(!format!("{state:?}").contains("BusinessToken"));
}

#[test]
fn a_session_that_waits_behind_another_sign_in_locks_as_well() {
    for by_hand in [true, false] {
        let mut state = locking_after(10);
        let first = state.profile().unwrap().clone();
        state.command(sign_in_to(Environment::Staging), secs(1));
        assert!(state.workspace().is_none() && state.can_lock());
        assert!(state.next_deadline(secs(2)).is_some());
        let effects = if by_hand {
            lock(&mut state, secs(2))
        } else {
            state.tick(secs(10 * MINUTE))
        };
        let ends = |effect: &Effect| matches!(effect, Effect::Session(SessionEffect::End));
        assert!(effects.iter().any(ends), "{effects:?}");
        assert!(state.background().is_none());
        assert_eq!(state.locked().unwrap().profile, first);
        let noted = |effect: &Effect| matches!(effect, Effect::History(HistoryEffect::Record(entry)) if entry.action == crate::domain::history::HistoryAction::Locked);
        assert_eq!(effects.iter().filter(|one| noted(one)).count(), 1);
    }
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
