//! What the console learns about a server before a sign-in has ended.

use std::time::Duration;

use super::fixture::*;
use crate::domain::failure::{FailureKind, Operation};
use crate::domain::request_notice::RequestNotice;
use crate::state::event::SessionEvent;
use crate::state::session::attempt::Attempt;
use crate::state::session::messages::SignInEvent;

#[test]
fn a_pause_is_counted_down_until_the_request_is_sent_again() {
    let mut state = signed_out();
    state.command(sign_in_command(), secs(0));
    let pause = Duration::from_secs(9);
    let kind = FailureKind::RateLimited {
        retry_after: Some(pause),
    };
    let retrying = SessionEvent::Request(RequestNotice::Retrying {
        operation: Operation::SignIn,
        resumes_in: pause,
        failure: failure(kind, Operation::SignIn),
    });
    happens(&mut state, retrying, secs(1));
    let retry = state.attempt().and_then(Attempt::retry);
    let left = retry.unwrap().left(secs(4).boot);
    assert_eq!(left, Duration::from_secs(6));
    assert_eq!(state.next_deadline(secs(4)), Some(secs(5).boot));
    let resumed = SessionEvent::Request(RequestNotice::Resumed(Operation::SignIn));
    happens(&mut state, resumed, secs(10));
    assert!(state.attempt().and_then(Attempt::retry).is_none());
}

#[test]
fn clocks_that_differ_are_told_once_signed_in() {
    let mut state = signed_out();
    state.command(sign_in_command(), secs(0));
    happens(
        &mut state,
        SessionEvent::Request(RequestNotice::ClockSkew(Some(1_800))),
        secs(1),
    );
    happens(
        &mut state,
        SessionEvent::SignIn(SignInEvent::Verified(Ok(()))),
        secs(2),
    );
    let workspace = state.workspace().unwrap();
    assert_eq!(workspace.clock_skew_secs, Some(1_800));
    let set = SessionEvent::Request(RequestNotice::ClockSkew(None));
    happens(&mut state, set, secs(2));
    let workspace = state.workspace().unwrap();
    assert_eq!(workspace.clock_skew_secs, None, "the clock was set");

    // Another sign-in measures the clocks again.
    state.command(sign_in_command(), secs(3));
    happens(
        &mut state,
        SessionEvent::SignIn(SignInEvent::Verified(Ok(()))),
        secs(4),
    );
    let workspace = state.workspace().unwrap();
    assert_eq!(workspace.clock_skew_secs, None);
}
