use std::time::Duration;

use super::fixture::*;
use crate::domain::business::BusinessDetail;
use crate::domain::failure::{FailureKind, Operation};
use crate::domain::keychain::KeychainProblem;
use crate::state::command::Command;
use crate::state::event::{Event, ListOutcome, SessionEvent};
use crate::state::session::Session;

/// One of each kind, good and bad.
pub(super) fn all_events() -> Vec<SessionEvent> {
    let broken = |operation| failure(FailureKind::NotUnderstood, operation);
    let detail = BusinessDetail {
        business: row(1, "Acme"),
        phone_number: None,
        accounting_method: None,
        fiscal_year_end: None,
        metadata_keys: None,
        raw_json: "{}".into(),
    };
    vec![
        SessionEvent::DemoReady(Err("no port".into())),
        SessionEvent::KeyRead(Ok(None)),
        SessionEvent::KeyRead(Err(KeychainProblem::Dismissed)),
        SessionEvent::SignedIn(Ok(())),
        SessionEvent::SignedIn(Err(broken(Operation::SignIn))),
        SessionEvent::KeyStored(Ok(())),
        SessionEvent::KeyStored(Err(KeychainProblem::Dismissed)),
        SessionEvent::Rows {
            rows: vec![row(1, "Acme").into(), row(2, "Zebra").into()],
            total: Some(2),
        },
        SessionEvent::Gone(vec![ACME]),
        SessionEvent::ListEnded(Ok(ListOutcome {
            stated: Some(2),
            received: 2,
            is_exact: true,
        })),
        SessionEvent::ListEnded(Err(broken(Operation::ListBusinesses))),
        SessionEvent::BusinessRead(ACME, Ok(Box::new(detail))),
        SessionEvent::BusinessRead(ACME, Err(broken(Operation::ReadBusiness))),
        SessionEvent::TokenFetched(ACME, Ok(token(ACME, secs(0), 3_600))),
        SessionEvent::TokenFetched(ACME, Err(broken(Operation::FetchToken))),
        SessionEvent::Retrying {
            operation: Operation::ListBusinesses,
            resumes_in: Duration::from_secs(9),
            failure: broken(Operation::ListBusinesses),
        },
        SessionEvent::Recovered(Operation::ListBusinesses),
        SessionEvent::ClockSkew(900),
    ]
}

#[test]
fn what_a_former_session_did_changes_nothing() {
    for event in all_events() {
        let mut state = signed_in();
        state.command(Command::Refresh, secs(0));
        press_t(&mut state, ACME, secs(0));
        state.command(Command::Select(Some(ACME)), secs(0));
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
        let generation = state.generation;
        state.command(Command::SignOut, secs(1));
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
        let generation = state.generation;
        state.command(Command::CancelSignIn, secs(1));
        assert!(
            state
                .event(Event::Session(generation, event), secs(2))
                .is_empty()
        );
        assert!(matches!(
            state.session,
            Session::SignedOut {
                problem: None,
                notice: None
            }
        ));
        assert!(state.workspace.is_none());
    }
}

#[test]
fn what_cannot_happen_yet_does_not_happen() {
    // Of the right generation, but while the answer of the server is still awaited.
    for event in all_events() {
        if matches!(
            event,
            SessionEvent::SignedIn(_) | SessionEvent::DemoReady(_)
        ) {
            continue;
        }
        let mut state = signed_out();
        state.command(sign_in_command(), secs(0));
        happens(&mut state, event, secs(1));
        assert!(state.workspace.is_none());
        assert!(matches!(state.session, Session::SigningIn { .. }));
    }
}
