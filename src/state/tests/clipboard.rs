use std::time::Duration;

use super::fixture::*;
use crate::domain::clipboard::{ClearOutcome, ClipboardProblem};
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::effect::Effect;
use crate::state::event::{Event, SessionEvent};
use crate::state::session::messages::{SessionCommand, SignInEvent};
use crate::state::tokens::messages::{ClipboardEvent, TokenCommand, TokenEffect};

/// The default of the setting.
const CLEAR_AFTER: Duration = Duration::from_secs(60);

/// Requests a copy of a token for Acme, and returns its ticket.
fn copying(state: &mut AppState) -> u64 {
    press_t(state, ACME, secs(0));
    let fetched = SessionEvent::TokenFetched(ACME, Ok(token(ACME, secs(0), 3_600)));
    ticket(&happens(state, fetched, secs(0)))
}

fn clears(effects: &[Effect]) -> bool {
    effects
        .iter()
        .any(|effect| matches!(effect, Effect::Token(TokenEffect::ClearClipboard)))
}

#[test]
fn the_minute_begins_when_the_clipboard_has_it() {
    let mut state = signed_in();
    let ticket = copying(&mut state);
    assert!(state.clipboard.held().is_none(), "not yet");
    clipboard_takes(&mut state, ticket, secs(5));
    assert_eq!(
        state.clipboard.held().unwrap().clears_at,
        at(Duration::from_secs(5) + CLEAR_AFTER).boot
    );
    assert!(!clears(
        &state.tick(at(Duration::from_secs(65) - Duration::from_nanos(1)))
    ));
    assert!(clears(&state.tick(secs(65))));
    assert!(!clears(&state.tick(secs(66))), "once");
}

#[test]
fn the_seconds_are_whole_and_never_zero_before_the_end() {
    let mut state = signed_in();
    let ticket = copying(&mut state);
    clipboard_takes(&mut state, ticket, secs(0));
    let left = |nanos| {
        state
            .clipboard
            .seconds_left(at(Duration::from_nanos(nanos)).boot)
    };
    assert_eq!(left(0), Some(60));
    assert_eq!(left(1), Some(60));
    assert_eq!(left(1_000_000_000), Some(59));
    assert_eq!(left(59_000_000_001), Some(1));
    assert_eq!(left(59_999_999_999), Some(1));
    assert_eq!(left(60_000_000_000), Some(0));
}

#[test]
fn clear_now_is_asked_once_and_told() {
    let mut state = signed_in();
    let ticket = copying(&mut state);
    clipboard_takes(&mut state, ticket, secs(0));
    assert!(clears(
        &state.command(Command::Token(TokenCommand::ClearClipboard), secs(1))
    ));
    assert!(
        !clears(&state.command(Command::Token(TokenCommand::ClearClipboard), secs(1))),
        "nothing is left to clear"
    );
    state.event(
        Event::Clipboard(ClipboardEvent::Cleared(Ok(ClearOutcome::Cleared))),
        secs(1),
    );
    assert_eq!(
        state.toasts.shown().last().unwrap().title,
        "Clipboard cleared"
    );
}

#[test]
fn a_clearing_by_time_is_silent_unless_it_fails() {
    let mut state = signed_in();
    let ticket = copying(&mut state);
    clipboard_takes(&mut state, ticket, secs(0));
    state.tick(secs(60));
    for silent in [
        ClearOutcome::Cleared,
        ClearOutcome::OtherContent,
        ClearOutcome::NothingCopied,
    ] {
        state.event(
            Event::Clipboard(ClipboardEvent::Cleared(Ok(silent))),
            secs(60),
        );
        assert!(state.toasts.shown().is_empty(), "{silent:?}");
    }
    state.event(
        Event::Clipboard(ClipboardEvent::Cleared(Err(ClipboardProblem::Busy))),
        secs(60),
    );
    assert_eq!(
        state.toasts.shown().last().unwrap().title,
        "Clipboard not cleared"
    );
}

#[test]
fn a_token_that_reaches_the_clipboard_after_sign_out_is_cleared_at_once() {
    let mut state = signed_in();
    let ticket = copying(&mut state);
    let effects = state.command(Command::Session(SessionCommand::SignOut), secs(1));
    assert!(!clears(&effects), "nothing is there yet");
    assert!(clears(&clipboard_takes(&mut state, ticket, secs(2))));
    assert!(state.clipboard.held().is_none());
    assert!(
        state
            .toasts
            .shown()
            .iter()
            .all(|toast| !toast.title.contains("copied"))
    );
}

#[test]
fn a_token_of_a_former_session_is_not_told_as_one_of_this_session() {
    let mut state = signed_in();
    let ticket = copying(&mut state);
    state.command(Command::Session(SessionCommand::SignOut), secs(1));
    state.command(sign_in_command(), secs(2));
    happens(
        &mut state,
        SessionEvent::SignIn(SignInEvent::Verified(Ok(()))),
        secs(2),
    );
    clipboard_takes(&mut state, ticket, secs(3));
    assert!(
        state
            .toasts
            .shown()
            .iter()
            .all(|toast| !toast.title.contains("copied")),
        "{:?}",
        state.toasts
    );
    assert!(clears(&state.tick(secs(63))), "but it is cleared");
}

#[test]
fn other_text_ends_the_countdown() {
    let mut state = signed_in();
    let ticket = copying(&mut state);
    clipboard_takes(&mut state, ticket, secs(0));
    let what = "id".into();
    state.event(
        Event::Clipboard(ClipboardEvent::TextCopied {
            what,
            result: Err(ClipboardProblem::Busy),
        }),
        secs(1),
    );
    assert!(
        state.clipboard.held().is_some(),
        "a copy that failed changes nothing"
    );
    state.event(
        Event::Clipboard(ClipboardEvent::TextCopied {
            what,
            result: Ok(()),
        }),
        secs(2),
    );
    assert!(state.clipboard.held().is_none());
    assert!(!clears(&state.tick(secs(100))));
}

/// Copies a token for Acme, requests a copy of one for Zebra, and returns the ticket of the second copy.
fn second_on_its_way(state: &mut AppState, now: crate::domain::time::Now) -> u64 {
    let first = copying(state);
    clipboard_takes(state, first, secs(0));
    press_t(state, ZEBRA, now);
    let fetched = SessionEvent::TokenFetched(ZEBRA, Ok(token(ZEBRA, now, 3_600)));
    ticket(&happens(state, fetched, now))
}

#[test]
fn the_time_of_one_token_does_not_clear_the_next() {
    let mut state = signed_in();
    let second = second_on_its_way(&mut state, secs(59));
    assert!(
        !clears(&state.tick(secs(60))),
        "by then the other may be there"
    );
    assert_ne!(
        state.next_deadline(secs(60)),
        Some(secs(60).boot),
        "nothing is drawn again and again meanwhile"
    );
    clipboard_takes(&mut state, second, secs(61));
    assert!(!clears(&state.tick(secs(120))));
    assert!(clears(&state.tick(secs(121))));
}

#[test]
fn a_copy_that_fails_leaves_the_time_of_the_one_before() {
    let mut state = signed_in();
    let ticket = second_on_its_way(&mut state, secs(59));
    let result = Err(ClipboardProblem::Busy);
    state.event(
        Event::Clipboard(ClipboardEvent::HandoutCopied { ticket, result }),
        secs(61),
    );
    assert!(clears(&state.tick(secs(61))));
}

#[test]
fn a_clearing_that_fails_is_tried_again_and_then_left_to_the_user() {
    let mut state = signed_in();
    let ticket = copying(&mut state);
    clipboard_takes(&mut state, ticket, secs(0));
    assert!(clears(&state.tick(secs(60))));
    let fails = |state: &mut AppState, now| {
        state.event(
            Event::Clipboard(ClipboardEvent::Cleared(Err(ClipboardProblem::Busy))),
            now,
        );
        state.toasts.shown().last().unwrap().body.clone()
    };
    for attempt in 1..4 {
        let body = fails(&mut state, secs(55 + 5 * attempt));
        assert!(body.contains("tries again in 5 s"), "{body}");
        assert!(!clears(&state.tick(secs(59 + 5 * attempt))));
        assert!(clears(&state.tick(secs(60 + 5 * attempt))), "{attempt}");
    }
    let body = fails(&mut state, secs(75));
    assert!(body.contains("Copy something else to replace it"), "{body}");
    assert!(!clears(&state.tick(secs(1_000))));
    assert_eq!(state.toasts.shown().len(), 1);

    // The token is still there, so the button still works and failures are counted from zero.
    assert!(clears(&state.command(
        Command::Token(TokenCommand::ClearClipboard),
        secs(1_000)
    )));
    fails(&mut state, secs(1_000));
    state.event(
        Event::Clipboard(ClipboardEvent::Cleared(Ok(ClearOutcome::Cleared))),
        secs(1_001),
    );
    assert!(
        state
            .toasts
            .shown()
            .iter()
            .all(|toast| toast.title != "Clipboard not cleared")
    );
    assert!(!clears(&state.command(
        Command::Token(TokenCommand::ClearClipboard),
        secs(1_002)
    )));
}
