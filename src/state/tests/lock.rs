mod idle;
mod unlocking;

use std::time::Duration;

use jiff::SignedDuration;
use proptest::prelude::*;

use super::fixture::*;
use crate::domain::clipboard::ClipboardProblem;
use crate::domain::environment::{BaseUrl, Environment};
use crate::domain::failure::{FailureKind, Operation};
use crate::domain::key_source::{KeyProblem, KeySource};
use crate::domain::keychain::KeychainProblem;
use crate::domain::session_signal::SessionSignal;
use crate::domain::time::Now;
use crate::state::command::Command;
use crate::state::create::messages::{ChangeEffect, CreateCommand};
use crate::state::effect::Effect;
use crate::state::event::{Event, SessionEvent};
use crate::state::history::messages::HistoryEffect;
use crate::state::list::messages::{ListCommand, ListEffect, ListEvent};
use crate::state::session::lock::{ClipboardClearance, LockReason};
use crate::state::session::messages::{
    KeychainEvent, LockCommand, SessionCommand, SessionEffect, SignInEvent,
};
use crate::state::session::open::KeyStoring;
use crate::state::shell::messages::{Page, ShellCommand, ShellEvent};
use crate::state::tokens::messages::{ClipboardEvent, TokenEffect};
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

fn lock(state: &mut AppState, now: Now) -> Vec<Effect> {
    state.command(Command::Lock(LockCommand::Now), now)
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
fn a_lock_leaves_nothing_to_read_and_clears_what_is_ours() {
    let mut state = locking_after(10);
    press_t(&mut state, ACME, secs(0));
    let event = SessionEvent::TokenFetched(ACME, Ok(token(ACME, secs(0), 3_600)));
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
    assert_eq!(
        state.locked().unwrap().clipboard,
        ClipboardClearance::Clearing
    );
    // Locking again does nothing.
    assert!(lock(&mut state, secs(4)).is_empty());
}

#[test]
fn a_token_on_its_way_to_the_clipboard_is_cleared_when_it_gets_there() {
    let mut state = locking_after(10);
    press_t(&mut state, ACME, secs(0));
    let event = SessionEvent::TokenFetched(ACME, Ok(token(ACME, secs(0), 3_600)));
    let ticket = ticket(&happens(&mut state, event, secs(0)));
    lock(&mut state, secs(1));
    let effects = clipboard_takes(&mut state, ticket, secs(2));
    assert!(
        matches!(effects[..], [Effect::Token(TokenEffect::ClearClipboard)]),
        "{effects:?}"
    );
}

#[test]
fn a_token_that_never_reached_the_clipboard_is_not_being_cleared() {
    let mut state = locking_after(10);
    press_t(&mut state, ACME, secs(0));
    let event = SessionEvent::TokenFetched(ACME, Ok(token(ACME, secs(0), 3_600)));
    let ticket = ticket(&happens(&mut state, event, secs(0)));
    lock(&mut state, secs(1));
    assert_eq!(
        state.locked().unwrap().clipboard,
        ClipboardClearance::Clearing
    );
    let failed = ClipboardEvent::HandoutCopied {
        ticket,
        result: Err(ClipboardProblem::Busy),
    };
    state.event(failed.into(), secs(2));
    assert_eq!(
        state.locked().unwrap().clipboard,
        ClipboardClearance::Untouched
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

#[test]
fn a_lock_takes_the_tokens_of_every_profile_that_was_left() {
    let mut state = locking_after(10);
    press_t(&mut state, ACME, secs(0));
    let event = SessionEvent::TokenFetched(ACME, Ok(token(ACME, secs(0), 3_600)));
    happens(&mut state, event, secs(0));
    sign_in(&mut state, Environment::Staging);
    assert_eq!(state.retained.profiles().count(), 1, "its tokens are kept");
    lock(&mut state, secs(1));
    assert_eq!(state.retained.profiles().count(), 0);
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
