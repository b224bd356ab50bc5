//! The form for editing a business.

use std::time::Duration;

use thred_console::domain::draft::Field;
use thred_console::domain::environment::Environment;
use thred_console::domain::failure::{FailureKind, Operation};
use thred_console::domain::request_failure::RequestFailure;
use thred_console::domain::write_outcome::WriteOutcome;
use thred_console::state::command::Command;
use thred_console::state::create::messages::{ChangeEvent, EditCommand};
use thred_console::state::event::SessionEvent;

use super::{Scene, scene};
use crate::stage::Stage;
use crate::world;

pub const SCENES: &[Scene] = &[
    scene("untouched", untouched),
    scene("typing", typing),
    scene("restored", restored),
    scene("preview", preview),
    scene("sending", sending),
    scene("refused", refused),
    scene("unknown", unknown),
];

fn untouched() -> Stage {
    let mut stage = Stage::signed_in(Environment::Sandbox);
    stage.select(world::LINDENHOF);
    stage.command(Command::Edit(EditCommand::Open));
    stage
}

fn typing() -> Stage {
    let mut stage = untouched();
    let editing = stage.state().workspace().unwrap().editing.as_ref();
    let mut draft = editing.unwrap().input.draft.clone();
    draft[Field::LegalName] = "Lindenhof Bäckerei und Konditorei GmbH".to_owned();
    draft[Field::PhoneNumber] = "+49 89 1234567".to_owned();
    stage.command(Command::Edit(EditCommand::Change(Box::new(draft))));
    stage
}

fn restored() -> Stage {
    let mut stage = typing();
    stage.command(Command::Edit(EditCommand::Close));
    stage.pass(Duration::from_mins(20));
    stage.command(Command::Edit(EditCommand::Open));
    stage.close_toasts();
    stage
}

fn preview() -> Stage {
    let mut stage = typing();
    stage.command(Command::Edit(EditCommand::Preview));
    stage
}

fn sending() -> Stage {
    let mut stage = preview();
    stage.command(Command::Edit(EditCommand::Submit));
    stage.pass(Duration::from_secs(4));
    stage
}

fn failed(kind: FailureKind, outcome: WriteOutcome, status: Option<u16>) -> Stage {
    let mut stage = sending();
    let failure = stage.failure(kind, Operation::UpdateBusiness, status);
    let id = stage.id_of(world::LINDENHOF);
    stage.session(SessionEvent::Change(ChangeEvent::Updated(
        id,
        Err(RequestFailure { failure, outcome }),
    )));
    stage
}

fn refused() -> Stage {
    let message = vec!["This name is reserved.".to_owned()];
    let fields = vec![("legal_name".to_owned(), message)];
    let kind = FailureKind::Invalid { fields };
    failed(kind, WriteOutcome::NotDone, Some(400))
}

fn unknown() -> Stage {
    let limit = Duration::from_secs(20);
    let kind = FailureKind::TimedOut { limit };
    failed(kind, WriteOutcome::Unknown, None)
}
