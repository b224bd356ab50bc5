//! Archiving: the message names the business and offers to undo, and share mode hides names that the server quotes.

use super::fixture::*;
use crate::domain::environment::{BaseUrl, Environment};
use crate::domain::failure::{Failure, FailureKind, Operation};
use crate::domain::request_failure::RequestFailure;
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::create::messages::{ChangeEvent, EditCommand};
use crate::state::effect::Effect;
use crate::state::event::SessionEvent;
use crate::state::list::messages::{ListCommand, ListEffect, ListEvent};
use crate::state::session::open::Open;
use crate::state::shell::messages::ShellCommand;
use crate::state::shell::toasts::ToastAction;

fn with_acme() -> AppState {
    let mut state = signed_in();
    let rows = vec![row(1, "Acme Ltd").into(), row(2, "Zebra Zoo").into()];
    happens(
        &mut state,
        SessionEvent::List(ListEvent::Rows {
            rows,
            total: Some(2),
        }),
        secs(1),
    );
    state
}

fn answers(state: &mut AppState, result: Result<(), RequestFailure>) -> Vec<Effect> {
    let answer = SessionEvent::Change(ChangeEvent::Archived {
        business: ACME,
        is_archived: true,
        result,
    });
    happens(state, answer, secs(2))
}

fn is_read(effects: &[Effect]) -> bool {
    effects
        .iter()
        .any(|effect| matches!(effect, Effect::List(ListEffect::ReadBusiness(..))))
}

#[test]
fn it_is_confirmed_wherever_the_businesses_are_real() {
    for (host, is_real) in [
        ("api.thredfi.com", true),
        ("backend.thredfi.com", true),
        ("api.thredfi.com.", true),
        ("https://api.thredfi.com:8443", true),
        ("sandbox.thredfi.com", false),
        ("thred.example.com", false),
    ] {
        let mut state = signed_out();
        sign_in(&mut state, Environment::at(BaseUrl::parse(host).unwrap()));
        let Some(Open { workspace, .. }) = &mut state.open else {
            panic!("not signed in");
        };
        assert_eq!(workspace.asks_before_archiving(ACME), is_real, "{host}");
        workspace.list.set_archived(ACME, true, &|_| None);
        assert!(
            !workspace.asks_before_archiving(ACME),
            "{host}: unarchiving"
        );
    }
}

#[test]
fn only_the_selected_one_is_read_again() {
    let mut state = with_acme();
    state.command(Command::List(ListCommand::Select(Some(ZEBRA))), secs(1));
    assert!(!is_read(&answers(&mut state, Ok(()))));
    state.command(Command::List(ListCommand::Select(Some(ACME))), secs(3));
    assert!(is_read(&answers(&mut state, Ok(()))));
}

#[test]
fn it_is_told_where_and_of_whom_and_can_be_undone() {
    let mut state = with_acme();
    answers(&mut state, Ok(()));
    let toast = state.toasts.shown().last().unwrap().clone();
    assert_eq!(toast.title, "Archived in Sandbox");
    assert_eq!(toast.body, "Acme Ltd");
    assert_eq!(toast.action, Some(ToastAction::Unarchive(ACME)));
    // Once the user has chosen to undo it, the offer disappears.
    let back = Command::Edit(EditCommand::SetArchived {
        business: ACME,
        is_archived: false,
    });
    state.command(back, secs(3));
    assert!(state.toasts.shown().is_empty());
}

#[test]
fn what_the_server_quotes_is_not_told_in_share_mode() {
    let mut state = with_acme();
    state.command(Command::Shell(ShellCommand::ToggleShare), secs(1));
    let failure = Failure {
        detail: Some("Acme Ltd has open invoices".into()),
        ..failure(FailureKind::Conflict, Operation::ArchiveBusiness)
    };
    answers(&mut state, Err(RequestFailure::not_done(failure)));
    let toast = state.toasts.shown().last().unwrap();
    assert!(toast.body.contains("has open invoices"), "{}", toast.body);
    assert!(!toast.body.contains("Acme"), "{}", toast.body);
}
