//! What the answers to a create change, and what they leave open.

use super::*;
use crate::state::list::messages::{ListCommand, ListOutcome};
use crate::state::shell::toasts::ToastKind;

#[test]
fn a_5xx_keeps_the_form_open_with_what_was_typed_and_claims_nothing() {
    let mut state = signed_in();
    type_in(&mut state, "user-1");
    assert_eq!(
        requests(&state.command(Command::Create(CreateCommand::Submit), secs(1))),
        1
    );
    let down = FailureKind::ServiceDown { retry_after: None };
    fails(&mut state, down, WriteOutcome::Unknown);
    let creating = &state.workspace().unwrap().creating;
    assert!(creating.is_open && matches!(creating.input.phase, FormPhase::Unknown(_)));
    assert_eq!(creating.input.draft, draft("user-1"));
    state.command(Command::Create(CreateCommand::BackToDraft), secs(3));
    let creating = &state.workspace().unwrap().creating;
    assert!(creating.is_open && creating.is_editable() && creating.is_check());
    assert_eq!(creating.input.draft, draft("user-1"));
}

#[test]
fn what_is_found_wrong_after_a_change_says_nothing_of_the_first_request() {
    let mut state = signed_in();
    type_in(&mut state, "user-1");
    state.command(Command::Create(CreateCommand::Submit), secs(1));
    lost(&mut state);
    state.command(Command::Create(CreateCommand::BackToDraft), secs(3));
    let changed = draft("user-1").with([(Field::Email, "nobody@harbourlane.example")]);
    state.command(
        Command::Create(CreateCommand::Change(Box::new(changed))),
        secs(3),
    );
    state.command(Command::Create(CreateCommand::Submit), secs(3));
    let invalid = FailureKind::Invalid { fields: vec![] };
    fails(&mut state, invalid, WriteOutcome::NotDone);
    match phase(&state) {
        FormPhase::Failed(failure) => {
            assert!(
                failure
                    .explain(&jiff::tz::TimeZone::UTC)
                    .body
                    .contains("may or may not have been")
            );
        }
        other => panic!("{other:?}"),
    }
    // A restart does not settle it either.
    let mut state = restarted(&state);
    sign_in(&mut state, Environment::Sandbox);
    assert!(state.workspace().unwrap().creating.is_check());
}

#[test]
fn a_business_that_is_created_while_the_list_loads_stays_in_it() {
    let mut state = signed_in();
    state.command(Command::List(ListCommand::Refresh), secs(1));
    type_in(&mut state, "user-1");
    state.command(Command::Create(CreateCommand::Submit), secs(1));
    answers(
        &mut state,
        CreateOutcome::Created,
        detail(1, &draft("user-1")),
    );
    let outcome = ListOutcome {
        is_exact: true,
        ..ListOutcome::default()
    };
    load_ends(&mut state, Ok(outcome), secs(3));
    let list = &state.workspace().unwrap().list;
    assert_eq!(list.shown_count(), 1);
}

#[test]
fn an_answer_with_the_id_of_another_business_leaves_its_row_alone() {
    for outcome in [CreateOutcome::Created, CreateOutcome::Existed] {
        let mut state = signed_in();
        type_in(&mut state, "user-1");
        state.command(Command::Create(CreateCommand::Submit), secs(1));
        answers(
            &mut state,
            CreateOutcome::Created,
            detail(1, &draft("user-1")),
        );
        type_in(&mut state, "user-2");
        state.command(Command::Create(CreateCommand::Submit), secs(2));
        let shown = state.toasts.shown().len();
        answers(&mut state, outcome, detail(1, &draft("user-2")));
        assert!(matches!(phase(&state), FormPhase::Unknown(_)));
        let workspace = state.workspace().unwrap();
        let id = BusinessId(Uuid::from_u128(1));
        let row = workspace.list.businesses().get(id).unwrap();
        assert_eq!(row.external_id, Some("user-1".into()));
        assert_eq!(state.toasts.shown().len(), shown);
        // The same business again is no contradiction.
        state.command(Command::Create(CreateCommand::CheckOutcome), secs(3));
        answers(
            &mut state,
            CreateOutcome::Existed,
            detail(2, &draft("user-2")),
        );
        assert!(matches!(phase(&state), FormPhase::Typing));
    }
}

#[test]
fn a_new_business_with_other_values_than_entered_is_said() {
    let mut state = signed_in();
    type_in(&mut state, "user-1");
    state.command(Command::Create(CreateCommand::Submit), secs(1));
    let stored = draft("user-1").with([
        (Field::LegalName, "Totally Other Ltd"),
        (Field::Country, "DE"),
        // Not in the answer.
        (Field::Email, ""),
    ]);
    answers(&mut state, CreateOutcome::Created, detail(1, &stored));
    let toast = state.toasts.shown().last().unwrap();
    assert_eq!(toast.title, "Created in Sandbox with differences");
    assert_eq!(toast.kind, ToastKind::Warning);
    assert_eq!(
        toast.body,
        "Totally Other Ltd\nThe server stored other values for: country and legal name. Compare them in the details."
    );
}

#[test]
fn a_success_ends_the_report_of_a_rejected_key() {
    let mut state = signed_in();
    let rejected = failure(FailureKind::KeyRejected, Operation::ListBusinesses);
    state.command(Command::List(ListCommand::Refresh), secs(1));
    load_ends(&mut state, Err(rejected), secs(1));
    assert!(state.workspace().unwrap().sign_in_failure.is_some());
    type_in(&mut state, "user-1");
    state.command(Command::Create(CreateCommand::Submit), secs(2));
    let detail = detail(1, &draft("user-1"));
    answers(&mut state, CreateOutcome::Created, detail);
    assert!(state.workspace().unwrap().sign_in_failure.is_none());
}
