use std::time::Duration;

use super::fixture::*;
use crate::domain::business::BusinessDetail;
use crate::domain::failure::{FailureKind, Operation};
use crate::domain::key_source::KeyProblem;
use crate::domain::keychain::KeychainProblem;
use crate::domain::request_notice::RequestNotice;
use crate::state::Foreground;
use crate::state::command::Command;
use crate::state::event::{Event, SessionEvent};
use crate::state::list::messages::{ListCommand, ListEvent, ListOutcome, LoadNumber};
use crate::state::session::attempt::{Attempt, AttemptStage};
use crate::state::session::messages::{SessionCommand, SignInEvent};

/// Events of each kind, successes and failures.
pub(super) fn all_events() -> Vec<SessionEvent> {
    let broken = |operation| failure(FailureKind::UnexpectedResponse, operation);
    let detail = BusinessDetail {
        business: row(1, "Acme"),
        phone_number: None,
        accounting_method: None,
        fiscal_year_end: None,
        metadata_keys: None,
        raw_json: "{}".into(),
    };
    vec![
        SessionEvent::SignIn(SignInEvent::DemoReady(Err("no port".into()))),
        SessionEvent::SignIn(SignInEvent::KeyFetched(Ok(None))),
        SessionEvent::SignIn(SignInEvent::KeyFetched(Err(KeyProblem::Keychain(
            KeychainProblem::Dismissed,
        )))),
        SessionEvent::SignIn(SignInEvent::Verified(Ok(()))),
        SessionEvent::SignIn(SignInEvent::Verified(Err(broken(Operation::SignIn)))),
        SessionEvent::SignIn(SignInEvent::KeyStored(Ok(()))),
        SessionEvent::SignIn(SignInEvent::KeyStored(Err(KeychainProblem::Dismissed))),
        SessionEvent::List(ListEvent::Rows {
            rows: vec![row(1, "Acme").into(), row(2, "Zebra").into()],
            total: Some(2),
        }),
        SessionEvent::List(ListEvent::Gone(vec![ACME])),
        SessionEvent::List(ListEvent::Ended(
            LoadNumber(2),
            Ok(ListOutcome {
                stated: Some(2),
                received: 2,
                is_exact: true,
            }),
        )),
        SessionEvent::List(ListEvent::Ended(
            LoadNumber(2),
            Err(broken(Operation::ListBusinesses)),
        )),
        SessionEvent::List(ListEvent::BusinessRead(ACME, Ok(Box::new(detail)))),
        SessionEvent::List(ListEvent::BusinessRead(
            ACME,
            Err(broken(Operation::ReadBusiness)),
        )),
        SessionEvent::TokenFetched(ACME, Ok(token(ACME, secs(0), 3_600))),
        SessionEvent::TokenFetched(ACME, Err(broken(Operation::FetchToken))),
        SessionEvent::Request(RequestNotice::Retrying {
            operation: Operation::ListBusinesses,
            resumes_in: Duration::from_secs(9),
            failure: broken(Operation::ListBusinesses),
        }),
        SessionEvent::Request(RequestNotice::Resumed(Operation::ListBusinesses)),
        SessionEvent::Request(RequestNotice::ClockSkew(Some(900))),
    ]
}

#[test]
fn what_a_former_session_did_changes_nothing() {
    for event in all_events() {
        let mut state = signed_in();
        state.command(Command::List(ListCommand::Refresh), secs(0));
        press_t(&mut state, ACME, secs(0));
        state.command(Command::List(ListCommand::Select(Some(ACME))), secs(0));
        let (old, told) = (former(&state), format!("{event:?}"));
        let before = format!("{state:?}");
        let effects = state.event(Event::Session(old, event), secs(1));
        assert!(effects.is_empty(), "{told}");
        assert_eq!(format!("{state:?}"), before, "{told}");
    }
}

#[test]
fn nothing_that_was_under_way_survives_sign_out_or_a_cancelled_sign_in() {
    for event in all_events() {
        let mut state = signed_in();
        let generation = generation(&state);
        state.command(Command::Session(SessionCommand::SignOut), secs(1));
        let before = format!("{state:?}");
        assert!(
            state
                .event(Event::Session(generation, event), secs(2))
                .is_empty()
        );
        assert_eq!(format!("{state:?}"), before);
    }
    for event in all_events() {
        let mut state = signed_out();
        state.command(sign_in_command(), secs(0));
        let generation = generation(&state);
        state.command(Command::Session(SessionCommand::CancelSignIn), secs(1));
        assert!(
            state
                .event(Event::Session(generation, event), secs(2))
                .is_empty()
        );
        assert!(matches!(
            state.front(),
            Foreground::SignIn(Attempt {
                stage: AttemptStage::Form {
                    problem: None,
                    notice: None
                },
                ..
            })
        ));
    }
}

#[test]
fn what_cannot_happen_yet_does_not_happen() {
    // These have the right generation, but the server has not answered the sign-in yet.
    for event in all_events() {
        if matches!(
            event,
            SessionEvent::SignIn(SignInEvent::Verified(_))
                | SessionEvent::SignIn(SignInEvent::DemoReady(_))
        ) {
            continue;
        }
        let mut state = signed_out();
        state.command(sign_in_command(), secs(0));
        happens(&mut state, event, secs(1));
        assert!(state.open.is_none());
        assert!(is_proving(&state));
    }
}
