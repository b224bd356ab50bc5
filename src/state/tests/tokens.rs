use std::time::Duration;

use proptest::prelude::*;

use super::fixture::*;
use crate::domain::failure::{FailureKind, Operation};
use crate::domain::request_notice::RequestNotice;
use crate::domain::token::TokenFormat;
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::effect::Effect;
use crate::state::event::SessionEvent;
use crate::state::list::messages::ListCommand;
use crate::state::tokens::messages::{TokenCommand, TokenEffect};
use crate::state::tokens::{TokenUse, Tokens};

/// The default of the setting.
const FRESHNESS_FLOOR: Duration = Duration::from_mins(15);

#[test]
fn a_fetch_begins_once() {
    let mut tokens = Tokens::default();
    let now = secs(0).boot;
    assert!(tokens.begin_fetch(ACME, TokenUse::Keep, now));
    assert!(!tokens.begin_fetch(ACME, TokenUse::Keep, now));
    assert!(
        tokens.begin_fetch(ZEBRA, TokenUse::Keep, now),
        "each business for itself"
    );
    assert_eq!(tokens.end_fetch(ACME), Some(TokenUse::Keep));
    assert_eq!(tokens.end_fetch(ACME), None);
    assert!(tokens.begin_fetch(ACME, TokenUse::Keep, now));
}

#[test]
fn a_wish_to_copy_outlives_a_wish_to_keep() {
    let copy = TokenUse::Copy(TokenFormat::Bearer);
    let (mut tokens, now) = (Tokens::default(), secs(0).boot);
    tokens.begin_fetch(ACME, TokenUse::Keep, now);
    tokens.begin_fetch(ACME, copy, now);
    tokens.begin_fetch(ACME, TokenUse::Keep, now);
    assert_eq!(tokens.end_fetch(ACME), Some(copy));

    let later = TokenUse::Copy(TokenFormat::Raw);
    tokens.begin_fetch(ACME, copy, now);
    assert!(!tokens.begin_fetch(ACME, later, now));
    assert_eq!(tokens.end_fetch(ACME), Some(later), "picked last");
}

#[test]
fn an_hours_token_is_reused_down_to_the_floor() {
    let mut tokens = Tokens::default();
    tokens.insert(token(ACME, secs(0), 3_600), None, None);
    let last = Duration::from_secs(3_595) - FRESHNESS_FLOOR;
    assert!(tokens.is_reusable(ACME, FRESHNESS_FLOOR, at(last).boot));
    assert!(!tokens.is_reusable(
        ACME,
        FRESHNESS_FLOOR,
        at(last + Duration::from_nanos(1)).boot
    ));
    assert!(!tokens.is_reusable(ZEBRA, FRESHNESS_FLOOR, secs(0).boot));
}

#[test]
fn a_token_that_nobody_waits_for_any_more_is_dropped() {
    let mut state = signed_in();
    press_t(&mut state, ACME, secs(0));
    let effects = state.command(Command::Token(TokenCommand::CancelFetch(ACME)), secs(1));
    assert!(matches!(
        effects[..],
        [Effect::Token(TokenEffect::CancelFetch(ACME))]
    ));
    let fetched = SessionEvent::TokenFetched(ACME, Ok(token(ACME, secs(0), 3_600)));
    assert!(happens(&mut state, fetched, secs(2)).is_empty());
    assert!(state.workspace().unwrap().tokens.is_empty());
}

#[test]
fn giving_one_thing_up_says_nothing_of_another() {
    let mut state = signed_in();
    let retrying = |operation| {
        SessionEvent::Request(RequestNotice::Retrying {
            operation,
            resumes_in: Duration::from_secs(40),
            failure: failure(FailureKind::RateLimited { retry_after: None }, operation),
        })
    };
    let awaited = |state: &AppState| {
        let retry = state.workspace().unwrap().retry.as_ref();
        retry.map(|retry| retry.operation)
    };
    let (list, fetch) = (Operation::ListBusinesses, Operation::FetchToken);
    state.command(Command::List(ListCommand::Refresh), secs(0));
    happens(&mut state, retrying(list), secs(0));
    state.command(Command::Token(TokenCommand::CancelFetch(ACME)), secs(1));
    assert_eq!(awaited(&state), Some(list));
    state.command(Command::List(ListCommand::StopLoading), secs(1));
    assert_eq!(awaited(&state), None);
    happens(&mut state, retrying(fetch), secs(2));
    state.command(Command::List(ListCommand::StopLoading), secs(3));
    assert_eq!(awaited(&state), Some(fetch));
    state.command(Command::Token(TokenCommand::CancelFetch(ACME)), secs(3));
    assert_eq!(awaited(&state), None);
}

#[test]
fn a_refusal_keeps_the_former_token() {
    let mut state = signed_in();
    press_t(&mut state, ACME, secs(0));
    happens(
        &mut state,
        SessionEvent::TokenFetched(ACME, Ok(token(ACME, secs(0), 3_600))),
        secs(0),
    );
    state.command(Command::Token(TokenCommand::FetchNew(ACME)), secs(10));
    let refused = failure(FailureKind::NotFound, Operation::FetchToken);
    happens(
        &mut state,
        SessionEvent::TokenFetched(ACME, Err(refused)),
        secs(11),
    );
    let tokens = &state.workspace().unwrap().tokens;
    assert!(tokens.get(ACME).is_some() && tokens.fetch_failure(ACME).is_some());
    ticket(&press_t(&mut state, ACME, secs(12)));
}

proptest! {
    /// A token is handed out if and only if it is live and fresh, whatever its lifetime.
    #[test]
    fn only_live_and_fresh_tokens_are_handed_out(lifetime in 1_i64..604_800, age_ms in 0_u64..800_000_000) {
        let mut state = signed_in();
        press_t(&mut state, ACME, secs(0));
        let fetched = token(ACME, secs(0), lifetime);
        let life = fetched.lifetime;
        happens(&mut state, SessionEvent::TokenFetched(ACME, Ok(fetched)), secs(0));
        let now = at(Duration::from_millis(age_ms));
        let left = life.saturating_sub(Duration::from_millis(age_ms));
        let is_fresh = !left.is_zero() && left >= FRESHNESS_FLOOR.min(life * 9 / 10);
        let effects = press_t(&mut state, ACME, now);
        prop_assert_eq!(matches!(effects[..], [Effect::Token(TokenEffect::CopyHandout { .. })]), is_fresh, "{:?}", effects);
        prop_assert_eq!(matches!(effects[..], [Effect::Token(TokenEffect::Fetch(_, ACME))]), !is_fresh, "{:?}", effects);
        // While a fetch is under way, pressing `T` again does not start another.
        if !is_fresh {
            prop_assert!(press_t(&mut state, ACME, now).is_empty());
        }
    }

    /// Setting the clock changes neither the lifetime of a token nor the time left.
    #[test]
    fn the_wall_clock_does_not_matter(shift_secs in -100_000_000_i64..100_000_000, age in 0_u64..4_000) {
        let fetched = token(ACME, secs(0), 3_600);
        let mut shifted = secs(age);
        shifted.wall = shifted.wall.checked_add(jiff::SignedDuration::from_secs(shift_secs)).unwrap();
        prop_assert_eq!(fetched.remaining(shifted.boot), fetched.remaining(secs(age).boot));
        let mut tokens = Tokens::default();
        tokens.insert(fetched, None, None);
        prop_assert_eq!(tokens.is_reusable(ACME, FRESHNESS_FLOOR, shifted.boot), age <= 3_595 - 900);
    }
}

#[test]
fn milestones_are_said_once_and_only_for_what_was_seen_before_them() {
    let mut state = signed_in();
    let workspace = &mut state.open.as_mut().unwrap().workspace;
    workspace
        .tokens
        .insert(token(ACME, secs(0), 3_605), None, None);
    // This one is too short-lived to ever have ten minutes left.
    workspace
        .tokens
        .insert(token(ZEBRA, secs(0), 240), None, None);
    let mut said = Vec::new();
    let mut now = Duration::ZERO;
    while now < Duration::from_secs(3_700) {
        state.tick(at(now));
        let text = state.announcements.current().map(|said| said.text.clone());
        if said.last() != Some(&text) {
            said.push(text);
        }
        let deadline = state.next_deadline(at(now)).unwrap();
        now += deadline.saturating_since(at(now).boot);
    }
    let said: Vec<String> = said.into_iter().flatten().collect();
    let whose = "Token for a business without a name:";
    let expected = [
        "1 minute left",
        "expired",
        "10 minutes left",
        "5 minutes left",
        "1 minute left",
        "expired",
    ];
    assert_eq!(said, expected.map(|left| format!("{whose} {left}.")));
}
