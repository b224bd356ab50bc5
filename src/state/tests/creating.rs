//! Creating: confirmed once per run in Production, never two requests at once, and no claim about an unknown outcome.

mod answers;
mod drafts;
mod sequences;

use std::collections::HashMap;

use proptest::prelude::*;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::fixture::*;
use crate::domain::business::{Business, BusinessDetail, BusinessId};
use crate::domain::draft::{Draft, Field};
use crate::domain::environment::{BaseUrl, Environment};
use crate::domain::failure::{FailureKind, Operation, Unreachable};
use crate::domain::key_source::KeySource;
use crate::domain::keychain::KeychainName;
use crate::domain::request_failure::RequestFailure;
use crate::domain::write_outcome::{CreateOutcome, CreateResponse, WriteOutcome};
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::create::creating::Drafts;
use crate::state::create::form_input::FormPhase;
use crate::state::create::messages::{ChangeEffect, ChangeEvent, CreateCommand};
use crate::state::effect::Effect;
use crate::state::event::SessionEvent;
use crate::state::history::messages::HistoryEffect;
use crate::state::session::messages::{SessionCommand, SignInEvent};
use crate::state::shell::messages::{ShellEffect, ShellEvent};
use crate::state::shell::saved::Saved;
use crate::state::shell::toasts::{Toast, ToastAction};

fn draft(external_id: &str) -> Draft {
    Draft::default().with([
        (Field::Country, "GB"),
        (Field::EntityType, "limited"),
        (Field::ExternalId, external_id),
        (Field::LegalName, "Harbour Lane Books Ltd"),
        (Field::Email, "accounts@harbourlane.example"),
    ])
}

fn type_in(state: &mut AppState, external_id: &str) {
    state.command(Command::Create(CreateCommand::Open), secs(1));
    let typed = Box::new(draft(external_id));
    state.command(Command::Create(CreateCommand::Change(typed)), secs(1));
}

fn requests(effects: &[Effect]) -> usize {
    let is_create = |effect: &&Effect| matches!(effect, Effect::Change(ChangeEffect::Create(..)));
    effects.iter().filter(is_create).count()
}

fn phase(state: &AppState) -> &FormPhase {
    &state.workspace().unwrap().creating.input.phase
}

fn detail(id: u128, draft: &Draft) -> BusinessDetail {
    let text = |field: Field| Some(draft.to_send(field).as_str().into());
    BusinessDetail {
        business: Business {
            external_id: text(Field::ExternalId),
            legal_name: text(Field::LegalName),
            name: text(Field::LegalName),
            entity_type: text(Field::EntityType),
            country: text(Field::Country),
            base_currency: text(Field::BaseCurrency),
            email: text(Field::Email),
            ..Business::unknown(BusinessId(Uuid::from_u128(id)))
        },
        phone_number: None,
        accounting_method: None,
        fiscal_year_end: None,
        metadata_keys: None,
        raw_json: "{}".into(),
    }
}

fn answers(state: &mut AppState, outcome: CreateOutcome, detail: BusinessDetail) -> Vec<Effect> {
    let answer = Box::new(CreateResponse { detail, outcome });
    happens(
        state,
        SessionEvent::Change(ChangeEvent::Created(Ok(answer))),
        secs(2),
    )
}

fn fails(state: &mut AppState, kind: FailureKind, outcome: WriteOutcome) -> Vec<Effect> {
    let failure = failure(kind, Operation::CreateBusiness);
    let failure = RequestFailure { failure, outcome };
    happens(
        state,
        SessionEvent::Change(ChangeEvent::Created(Err(failure))),
        secs(2),
    )
}

fn lost(state: &mut AppState) -> Vec<Effect> {
    let kind = FailureKind::Unreachable(Unreachable::Broken);
    fails(state, kind, WriteOutcome::Unknown)
}

#[test]
fn the_older_host_of_production_asks_as_well() {
    let mut state = signed_out();
    let base = BaseUrl::parse("https://backend.thredfi.com").unwrap();
    sign_in(&mut state, Environment::at(base));
    type_in(&mut state, "user-1");
    assert_eq!(
        requests(&state.command(Command::Create(CreateCommand::Submit), secs(1))),
        0
    );
    assert!(matches!(phase(&state), FormPhase::Confirming));
}

#[test]
fn production_asks_once_per_run() {
    let mut state = signed_out();
    sign_in(&mut state, Environment::Production);
    type_in(&mut state, "user-1");
    assert_eq!(
        requests(&state.command(Command::Create(CreateCommand::Submit), secs(1))),
        0
    );
    assert!(matches!(phase(&state), FormPhase::Confirming));
    // Submitting again, or closing and reopening the form, does not skip the confirmation.
    assert_eq!(
        requests(&state.command(Command::Create(CreateCommand::Submit), secs(1))),
        0
    );
    state.command(Command::Create(CreateCommand::Close), secs(1));
    state.command(Command::Create(CreateCommand::Open), secs(1));
    assert!(matches!(phase(&state), FormPhase::Typing));
    assert_eq!(
        requests(&state.command(Command::Create(CreateCommand::Submit), secs(1))),
        0
    );
    state.command(Command::Create(CreateCommand::BackToDraft), secs(1));
    assert!(matches!(phase(&state), FormPhase::Typing));
    state.command(Command::Create(CreateCommand::Submit), secs(1));
    assert_eq!(
        requests(&state.command(Command::Create(CreateCommand::ConfirmProduction), secs(1))),
        1
    );
    answers(
        &mut state,
        CreateOutcome::Created,
        detail(1, &draft("user-1")),
    );

    type_in(&mut state, "user-2");
    assert_eq!(
        requests(&state.command(Command::Create(CreateCommand::Submit), secs(3))),
        1
    );
    lost(&mut state);

    // Another sign-in in the same run needs no confirmation either, and neither does a check in the next run. A new
    // create in the next run does.
    state.command(Command::Session(SessionCommand::SignOut), secs(4));
    sign_in(&mut state, Environment::Production);
    assert_eq!(
        requests(&state.command(Command::Create(CreateCommand::CheckOutcome), secs(5))),
        1
    );
    answers(
        &mut state,
        CreateOutcome::Existed,
        detail(2, &draft("user-2")),
    );
    type_in(&mut state, "user-3");
    assert_eq!(
        requests(&state.command(Command::Create(CreateCommand::Submit), secs(6))),
        1
    );

    let mut state = restarted(&state);
    sign_in(&mut state, Environment::Production);
    state.command(Command::Create(CreateCommand::CheckOutcome), secs(7));
    answers(
        &mut state,
        CreateOutcome::Created,
        detail(3, &draft("user-3")),
    );
    type_in(&mut state, "user-4");
    assert_eq!(
        requests(&state.command(Command::Create(CreateCommand::Submit), secs(8))),
        0
    );
    assert!(matches!(phase(&state), FormPhase::Confirming));
}

#[test]
fn elsewhere_nothing_is_asked() {
    let mut state = signed_in();
    type_in(&mut state, "user-1");
    let effects = state.command(Command::Create(CreateCommand::Submit), secs(1));
    assert_eq!(requests(&effects), 1);
    // The draft is saved before the request is sent.
    assert!(matches!(
        effects[..],
        [
            Effect::Change(ChangeEffect::SaveDrafts(_)),
            Effect::Change(ChangeEffect::Create(..))
        ]
    ));
}

#[test]
fn undoing_a_discard_keeps_what_was_typed_since() {
    let mut state = signed_in();
    type_in(&mut state, "user-1");
    state.command(Command::Create(CreateCommand::Discard), secs(2));
    type_in(&mut state, "user-2");
    let undo = || Command::Create(CreateCommand::UndoDiscard);
    for id in ["user-1", "user-2", "user-1"] {
        state.command(undo(), secs(3));
        assert_eq!(state.workspace().unwrap().creating.input.draft, draft(id));
        let offers_undo = |toast: &Toast| toast.action == Some(ToastAction::UndoDiscard);
        assert!(state.toasts.shown().iter().any(offers_undo), "{id}");
    }
}

#[test]
fn a_pasted_secret_is_not_saved() {
    let token = "eyJhbGciOiJIUzI1NiJ9.e30.c2ln";
    let key = "sk_test_0123456789";
    let mut state = signed_in();
    let typed = draft("user-1").with([
        (Field::LegalName, token),
        (
            Field::Metadata,
            &format!("{{\"note\": \"our {key} here\"}}"),
        ),
    ]);
    let change = CreateCommand::Change(Box::new(typed));
    state.command(Command::Create(change), secs(1));
    let effects = state.command(Command::Create(CreateCommand::Submit), secs(1));
    let saved = effects.iter().find_map(|effect| match effect {
        Effect::Change(ChangeEffect::SaveDrafts(drafts)) => serde_json::to_string(drafts).ok(),
        _ => None,
    });
    let saved = saved.unwrap();
    assert!(saved.contains("user-1"), "{saved}");
    assert!(!saved.contains(token) && !saved.contains(key), "{saved}");
}

#[test]
fn what_was_sent_is_not_discarded_changed_or_sent_again() {
    let mut state = signed_in();
    type_in(&mut state, "user-1");
    state.command(Command::Create(CreateCommand::Submit), secs(1));
    for command in [
        Command::Create(CreateCommand::Discard),
        Command::Create(CreateCommand::BackToDraft),
        Command::Create(CreateCommand::Change(Box::new(draft("user-2")))),
        Command::Create(CreateCommand::Submit),
        Command::Create(CreateCommand::ConfirmProduction),
        Command::Create(CreateCommand::CheckOutcome),
        Command::Create(CreateCommand::UndoDiscard),
        Command::Create(CreateCommand::AcceptExisting),
    ] {
        let words = format!("{command:?}");
        assert_eq!(requests(&state.command(command, secs(1))), 0, "{words}");
        let creating = &state.workspace().unwrap().creating;
        assert_eq!(creating.input.draft, draft("user-1"), "{words}");
        let is_sending = matches!(creating.input.phase, FormPhase::Sending { .. });
        assert!(is_sending, "{words}");
    }
}

#[test]
fn a_sign_out_while_it_is_sent_leaves_it_unknown() {
    let mut state = signed_in();
    type_in(&mut state, "user-1");
    state.command(Command::Create(CreateCommand::Submit), secs(1));
    state.command(Command::Session(SessionCommand::SignOut), secs(1));
    sign_in(&mut state, Environment::Sandbox);
    assert!(matches!(phase(&state), FormPhase::Unknown(_)));
}

/// Starts another run with the drafts on disk.
fn restarted(state: &AppState) -> AppState {
    let text = serde_json::to_string(state.written_drafts.as_ref().unwrap()).unwrap();
    let drafts: Drafts = serde_json::from_str(&text).unwrap();
    AppState::new(
        Saved::default(),
        drafts,
        KeychainName::MacosKeychain,
        jiff::tz::TimeZone::UTC,
    )
}
