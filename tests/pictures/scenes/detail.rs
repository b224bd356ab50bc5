//! The details pane beside the list.

use std::time::Duration;

use thred_console::domain::business::BusinessText;
use thred_console::domain::environment::Environment;
use thred_console::domain::failure::{FailureKind, Operation, Unreachable};
use thred_console::domain::token::{TokenFormat, TokenProblem};
use thred_console::state::command::Command;
use thred_console::state::create::messages::{ChangeEvent, EditCommand};
use thred_console::state::event::SessionEvent;
use thred_console::state::list::messages::{ListCommand, ListEvent};
use thred_console::state::tokens::messages::TokenCommand;

use super::{Scene, in_looks, scene};
use crate::looks::ALL;
use crate::stage::Stage;
use crate::world;

pub const SCENES: &[Scene] = &[
    scene("no-token", no_token),
    scene("reading", reading),
    scene("unread", unread),
    scene("raw-json", raw_json),
    scene("fetching", fetching),
    scene("token-59-min", token_59_min),
    in_looks("token-6-12", ALL, token_6_12),
    in_looks("token-1-48", ALL, token_1_48),
    in_looks("token-expired", ALL, token_expired),
    scene("token-refused", token_refused),
    scene("archived", archived),
    scene("stored-without-name", stored_without_name),
];

fn no_token() -> Stage {
    let mut stage = Stage::signed_in(Environment::Sandbox);
    stage.select(world::LINDENHOF);
    stage
}

fn reading() -> Stage {
    let mut stage = Stage::signed_in(Environment::Sandbox);
    stage.stop_responding();
    stage.select(world::LINDENHOF);
    stage
}

fn unread() -> Stage {
    let mut stage = reading();
    let kind = FailureKind::Unreachable(Unreachable::Broken);
    let failure = stage.failure(kind, Operation::ReadBusiness, None);
    let id = stage.id_of(world::LINDENHOF);
    stage.session(SessionEvent::List(ListEvent::BusinessRead(
        id,
        Err(failure),
    )));
    stage
}

fn raw_json() -> Stage {
    let mut stage = no_token();
    stage.click("Raw JSON");
    stage
}

fn fetching() -> Stage {
    let mut stage = no_token();
    stage.stop_responding();
    let business = stage.id_of(world::LINDENHOF);
    stage.command(Command::Token(TokenCommand::Copy {
        business,
        format: None,
    }));
    stage.pass(Duration::from_secs(4));
    stage
}

fn with_token(left: Duration) -> Stage {
    let mut stage = no_token();
    stage.token(world::LINDENHOF, left, TokenFormat::Raw);
    stage
}

fn token_59_min() -> Stage {
    with_token(Duration::from_secs(3_595))
}

/// A token with `left` of its life. The console copies no token with so little left, so the scene lets time pass.
fn aged(left: u64) -> Stage {
    let mut stage = with_token(Duration::from_secs(3_595));
    stage.pass(Duration::from_secs(3_595 - left));
    stage.clear_clipboard();
    stage
}

fn token_6_12() -> Stage {
    aged(372)
}

fn token_1_48() -> Stage {
    aged(108)
}

fn token_expired() -> Stage {
    let mut stage = aged(0);
    stage.pass(Duration::from_mins(3));
    stage
}

fn token_refused() -> Stage {
    let mut stage = no_token();
    stage.stop_responding();
    let business = stage.id_of(world::LINDENHOF);
    stage.command(Command::Token(TokenCommand::Copy {
        business,
        format: None,
    }));
    let named = "1c2d3e4f-0000-4000-8000-0123456789ab".to_owned();
    let kind = FailureKind::TokenRejected(TokenProblem::OtherBusiness { named });
    let failure = stage.failure(kind, Operation::FetchToken, Some(200));
    stage.session(SessionEvent::TokenFetched(business, Err(failure)));
    stage
}

fn archived() -> Stage {
    let mut stage = no_token();
    let business = stage.id_of(world::LINDENHOF);
    stage.command(Command::Edit(EditCommand::SetArchived {
        business,
        is_archived: true,
    }));
    stage.session(SessionEvent::Change(ChangeEvent::Archived {
        business,
        is_archived: true,
        result: Ok(()),
    }));
    stage.close_toasts();
    stage
}

fn stored_without_name() -> Stage {
    let mut stage = Stage::signed_in(Environment::Sandbox);
    let list = &stage.state().workspace().unwrap().list;
    let mut rows = list.businesses().rows().iter();
    let nameless = rows.find(|row| row.text(BusinessText::Name).is_none());
    let id = nameless.unwrap().id;
    stage.stop_responding();
    stage.command(Command::List(ListCommand::Select(Some(id))));
    stage.command(Command::List(ListCommand::ShowDetail(true)));
    stage
}
