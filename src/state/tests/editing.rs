//! The edit form opens once the business has been read, unless the user has moved on.

use super::fixture::*;
use crate::domain::business::{Business, BusinessDetail};
use crate::domain::draft::Field;
use crate::domain::failure::{FailureKind, Operation, Unreachable};
use crate::domain::request_failure::RequestFailure;
use crate::domain::write_outcome::WriteOutcome;
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::create::messages::{ChangeEffect, ChangeEvent, CreateCommand, EditCommand};
use crate::state::effect::Effect;
use crate::state::event::SessionEvent;
use crate::state::list::messages::{ListCommand, ListEffect, ListEvent};
use crate::state::shell::messages::{Page, ShellCommand};

/// The form for Acme is wanted, and the business is being read.
fn waiting() -> AppState {
    let mut state = signed_in();
    let rows = ListEvent::Rows {
        rows: vec![row(1, "Acme Ltd").into()],
        total: Some(1),
    };
    happens(&mut state, SessionEvent::List(rows), secs(1));
    state.command(Command::Edit(EditCommand::OpenOnceRead(ACME)), secs(1));
    state
}

/// The business as the server returns it with this name.
fn detail(name: &str) -> Box<BusinessDetail> {
    Box::new(BusinessDetail {
        business: row(1, name),
        phone_number: None,
        accounting_method: None,
        fiscal_year_end: None,
        metadata_keys: None,
        raw_json: "{}".into(),
    })
}

fn is_read(state: &mut AppState) {
    let read = ListEvent::BusinessRead(ACME, Ok(detail("Acme Ltd")));
    happens(state, SessionEvent::List(read), secs(2));
}

fn is_open(state: &AppState) -> bool {
    state.workspace().unwrap().editing.is_some()
}

fn show(state: &mut AppState, page: Page) {
    state.command(Command::Shell(ShellCommand::ShowPage(page)), secs(2));
}

#[test]
fn it_opens_once_the_business_has_been_read() {
    let mut state = waiting();
    assert!(!is_open(&state));
    is_read(&mut state);
    assert!(is_open(&state));
}

#[test]
fn it_does_not_open_over_or_after_the_form_for_a_new_business() {
    let mut state = waiting();
    state.command(Command::Create(CreateCommand::Open), secs(1));
    is_read(&mut state);
    assert!(!is_open(&state));
    state.command(Command::Create(CreateCommand::Close), secs(3));
    is_read(&mut state);
    assert!(!is_open(&state));
}

#[test]
fn it_does_not_open_after_another_page_was_shown_or_the_reading_failed() {
    let mut state = waiting();
    show(&mut state, Page::Tokens);
    is_read(&mut state);
    show(&mut state, Page::Businesses);
    is_read(&mut state);
    assert!(!is_open(&state));

    let mut state = waiting();
    let offline = FailureKind::Unreachable(Unreachable::Refused);
    let failed = Err(failure(offline, Operation::ReadBusiness));
    let failed = ListEvent::BusinessRead(ACME, failed);
    happens(&mut state, SessionEvent::List(failed), secs(2));
    is_read(&mut state);
    assert!(!is_open(&state));
}

#[test]
fn changes_that_were_stored_after_the_form_was_closed_are_no_draft_on_disk() {
    let mut state = waiting();
    is_read(&mut state);
    let editing = state.workspace().unwrap().editing.as_ref();
    let mut draft = editing.unwrap().input.draft.clone();
    draft[Field::LegalName] = "Acme Limited".into();
    for command in [
        EditCommand::Change(Box::new(draft)),
        EditCommand::Preview,
        EditCommand::Submit,
        EditCommand::Close,
    ] {
        state.command(Command::Edit(command), secs(3));
    }
    assert!(!state.drafts.is_empty_on_disk());
    let offline = FailureKind::Unreachable(Unreachable::Refused);
    let failure = RequestFailure {
        failure: failure(offline, Operation::ReadBusiness),
        outcome: WriteOutcome::Done,
    };
    let updated = ChangeEvent::Updated(ACME, Err(failure));
    let effects = happens(&mut state, SessionEvent::Change(updated), secs(4));
    let is_saved = |effect: &Effect| matches!(effect, Effect::Change(ChangeEffect::SaveDrafts(drafts)) if drafts.is_empty_on_disk());
    assert!(effects.iter().any(is_saved), "{effects:?}");
}

/// Acme is renamed while it is being read again. Returns the effects of the change.
fn renamed_while_read() -> (AppState, Vec<Effect>) {
    let mut state = waiting();
    is_read(&mut state);
    let again = state.command(Command::List(ListCommand::ReadBusiness(ACME)), secs(3));
    let is_begun = |effect: &Effect| matches!(effect, Effect::List(ListEffect::ReadBusiness(..)));
    assert!(again.iter().any(is_begun), "{again:?}");
    let updated = ChangeEvent::Updated(ACME, Ok(detail("Acme Limited")));
    let effects = happens(&mut state, SessionEvent::Change(updated), secs(4));
    (state, effects)
}

#[test]
fn a_saved_change_ends_a_reading_from_before() {
    let (_, effects) = renamed_while_read();
    let is_ended = |effect: &Effect| matches!(effect, Effect::List(ListEffect::StopReading));
    assert!(effects.iter().any(is_ended), "{effects:?}");
}

#[test]
fn a_reading_from_before_a_saved_change_is_ignored_if_it_has_arrived_already() {
    let (mut state, _) = renamed_while_read();
    is_read(&mut state);
    let workspace = state.workspace().unwrap();
    let shown = &workspace.selected_detail().unwrap().business;
    assert_eq!(shown.name, Some("Acme Limited".into()));
    let listed = workspace.list.shown(0).unwrap();
    assert_eq!(listed.name, Some("Acme Limited".into()));
}

#[test]
fn the_oldest_draft_of_too_many_is_discarded_and_that_is_said() {
    let said = |state: &AppState| {
        let mut toasts = state.toasts.shown().iter();
        let toast = toasts.find(|toast| toast.title == "Oldest draft discarded");
        toast.map(|toast| toast.body.clone())
    };
    let mut state = signed_in();
    for number in 1..=51 {
        let business = row(number, "Acme Ltd");
        let id = business.id;
        let rows = ListEvent::Rows {
            rows: vec![business.clone().into()],
            total: None,
        };
        happens(&mut state, SessionEvent::List(rows), secs(1));
        state.command(Command::Edit(EditCommand::OpenOnceRead(id)), secs(1));
        let read = BusinessDetail {
            business,
            ..*detail("Acme Ltd")
        };
        let read = ListEvent::BusinessRead(id, Ok(Box::new(read)));
        happens(&mut state, SessionEvent::List(read), secs(1));
        let editing = state.workspace().unwrap().editing.as_ref();
        let mut draft = editing.unwrap().input.draft.clone();
        draft[Field::LegalName] = "Acme Limited".into();
        assert_eq!(said(&state), None, "{number}");
        state.command(Command::Edit(EditCommand::Change(Box::new(draft))), secs(2));
        state.command(Command::Edit(EditCommand::Close), secs(2));
    }
    let expected = "The console keeps 50 drafts of changes to businesses. The oldest, of 1 Jan 2026, was discarded.";
    assert_eq!(said(&state).as_deref(), Some(expected));
    for (id, is_kept) in [(ACME, false), (ZEBRA, true)] {
        state.command(Command::Edit(EditCommand::OpenOnceRead(id)), secs(3));
        let read = BusinessDetail {
            business: Business {
                id,
                ..row(1, "Acme Ltd")
            },
            ..*detail("Acme Ltd")
        };
        let read = ListEvent::BusinessRead(id, Ok(Box::new(read)));
        happens(&mut state, SessionEvent::List(read), secs(3));
        let editing = state.workspace().unwrap().editing.as_ref();
        let draft = &editing.unwrap().input.draft;
        assert_eq!(draft[Field::LegalName] == "Acme Limited", is_kept);
    }
}
