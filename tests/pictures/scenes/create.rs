//! The form for a new business.

use std::time::Duration;

use egui::{Key, Modifiers};
use thred_console::domain::business::Business;
use thred_console::domain::draft::{Draft, Field};
use thred_console::domain::environment::Environment;
use thred_console::domain::failure::{FailureKind, Operation, Unreachable};
use thred_console::domain::request_failure::RequestFailure;
use thred_console::domain::write_outcome::{CreateOutcome, CreateResponse, WriteOutcome};
use thred_console::state::command::Command;
use thred_console::state::create::messages::{ChangeEvent, CreateCommand};
use thred_console::state::event::SessionEvent;

use super::{Scene, in_looks, scene};
use crate::looks::{ALL, SMALLEST_LOOKS};
use crate::stage::Stage;
use crate::world;

pub const SCENES: &[Scene] = &[
    scene("untouched", untouched),
    in_looks("typing", ALL, typing),
    in_looks("smallest", SMALLEST_LOOKS, typing),
    in_looks("care-and-error", ALL, care_and_error),
    scene("all-missing", all_missing),
    scene("details-open", details_open),
    scene("asks-to-close", asks_to_close),
    scene("sending", sending),
    scene("refused-fields", refused_fields),
    scene("refused", refused),
    scene("created", created),
    scene("created-differently", created_differently),
    in_looks("existed", ALL, existed),
    scene("unknown", unknown),
    scene("production-first", production_first),
];

fn draft() -> Draft {
    Draft::default().with([
        (Field::Country, "GB"),
        (Field::BaseCurrency, "GBP"),
        (Field::EntityType, "limited"),
        (Field::ExternalId, "user-41219"),
        (Field::LegalName, "Quayside Pottery Ltd"),
        (Field::Email, "accounts@quayside.example"),
    ])
}

fn opened(environment: Environment, draft: Draft) -> Stage {
    let mut stage = Stage::signed_in(environment);
    stage.command(Command::Create(CreateCommand::Open));
    stage.command(Command::Create(CreateCommand::Change(Box::new(draft))));
    stage.unfocus();
    stage
}

fn untouched() -> Stage {
    let mut stage = Stage::signed_in(Environment::Sandbox);
    stage.press(Key::N);
    stage
}

fn typing() -> Stage {
    let mut stage = opened(Environment::Sandbox, draft());
    stage.type_into("Legal name", "");
    stage
}

fn care_and_error() -> Stage {
    let draft = draft().with([
        (Field::LegalName, "Harbour Lane Books Ltd"),
        (Field::Email, "accounts@harbourlane"),
        (Field::VatNumber, "GB345678123"),
    ]);
    let mut stage = opened(Environment::Sandbox, draft);
    stage.type_into("E-mail", "");
    stage
}

fn all_missing() -> Stage {
    let mut stage = untouched();
    stage.press_with(Modifiers::COMMAND, Key::Enter);
    stage
}

fn details_open() -> Stage {
    let draft = draft().with([
        (Field::VatNumber, "GB345678123"),
        (Field::CompanyNumber, "01234567"),
        (Field::Metadata, "{\"plan\": \"growth\"}"),
    ]);
    let mut stage = opened(Environment::Sandbox, draft);
    stage.click("Optional details, 3 of 10 filled");
    stage
}

fn asks_to_close() -> Stage {
    let mut stage = opened(Environment::Sandbox, draft());
    stage.press(Key::Escape);
    stage
}

fn sending() -> Stage {
    let mut stage = opened(Environment::Sandbox, draft());
    stage.command(Command::Create(CreateCommand::Submit));
    stage.pass(Duration::from_secs(4));
    stage
}

fn failed(kind: FailureKind, outcome: WriteOutcome, status: Option<u16>) -> Stage {
    let mut stage = sending();
    let failure = stage.failure(kind, Operation::CreateBusiness, status);
    stage.session(SessionEvent::Change(ChangeEvent::Created(Err(
        RequestFailure { failure, outcome },
    ))));
    stage.settle();
    stage
}

fn refused_fields() -> Stage {
    let message = |text: &str| vec![text.to_owned()];
    let fields = vec![
        ("email".to_owned(), message("Enter a valid email address.")),
        ("legal_name".to_owned(), message("This name is reserved.")),
    ];
    let kind = FailureKind::Invalid { fields };
    failed(kind, WriteOutcome::NotDone, Some(400))
}

fn refused() -> Stage {
    failed(FailureKind::NotPermitted, WriteOutcome::NotDone, Some(403))
}

fn unknown() -> Stage {
    let kind = FailureKind::Unreachable(Unreachable::Broken);
    failed(kind, WriteOutcome::Unknown, None)
}

fn answered(outcome: CreateOutcome, legal_name: &str, email: &str) -> Stage {
    let mut stage = sending();
    let typed = draft();
    let business = Business {
        external_id: Some(typed[Field::ExternalId].as_str().into()),
        name: Some(legal_name.into()),
        legal_name: Some(legal_name.into()),
        entity_type: Some("limited".into()),
        country: Some("GB".into()),
        base_currency: Some("GBP".into()),
        is_active: Some(true),
        ..world::businesses().remove(0)
    };
    let business = Business {
        id: thred_console::domain::business::BusinessId(world::PARTNER),
        ..business
    };
    let mut detail = world::detail(&business);
    detail.business.email = Some(email.into());
    let answer = CreateResponse { detail, outcome };
    stage.session(SessionEvent::Change(ChangeEvent::Created(Ok(Box::new(
        answer,
    )))));
    stage
}

fn created() -> Stage {
    let typed = draft();
    answered(
        CreateOutcome::Created,
        &typed[Field::LegalName],
        &typed[Field::Email],
    )
}

fn created_differently() -> Stage {
    let typed = draft();
    let other = "buchhaltung@lindenhof.example";
    answered(CreateOutcome::Created, &typed[Field::LegalName], other)
}

fn existed() -> Stage {
    let other = "buchhaltung@lindenhof.example";
    answered(CreateOutcome::Existed, "Quicker Pottery Ltd", other)
}

fn production_first() -> Stage {
    let mut stage = opened(Environment::Production, draft());
    stage.command(Command::Create(CreateCommand::Submit));
    stage
}
