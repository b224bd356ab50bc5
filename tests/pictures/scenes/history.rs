//! The page of the history.

use std::time::Duration;

use thred_console::domain::environment::Environment;
use thred_console::domain::token::TokenFormat;
use thred_console::state::command::Command;
use thred_console::state::event::Event;
use thred_console::state::history::messages::{HistoryCommand, HistoryEvent};
use thred_console::state::shell::messages::{Page, ShellCommand};
use thred_console::state::tokens::messages::TokenCommand;

use super::{Scene, in_looks, scene};
use crate::looks::ALL;
use crate::stage::Stage;
use crate::world;

pub const SCENES: &[Scene] = &[
    in_looks("page", ALL, page),
    scene("selected", selected),
    scene("no-match", no_match),
    scene("not-written", not_written),
];

fn page() -> Stage {
    let mut stage = Stage::signed_in(Environment::Sandbox);
    let left = Duration::from_mins(59);
    for (name, format) in [
        ("Zoë et Cie, Boulangerie", TokenFormat::Raw),
        ("Komorebi Koffie B.V.", TokenFormat::Curl),
        (world::LINDENHOF, TokenFormat::Bearer),
    ] {
        stage.token(name, left, format);
        stage.pass(Duration::from_secs(200));
    }
    let business = stage.id_of("Komorebi Koffie B.V.");
    stage.command(Command::Token(TokenCommand::Forget(business)));
    stage.command(Command::Shell(ShellCommand::ShowPage(Page::History)));
    stage.hush();
    stage
}

fn selected() -> Stage {
    let mut stage = page();
    stage.command(Command::History(HistoryCommand::Select(Some(1))));
    stage
}

fn not_written() -> Stage {
    let mut stage = page();
    let why = "history.jsonl: No space left on device";
    let event = HistoryEvent::NotWritten(why.to_owned());
    stage.news(Event::History(event));
    stage
}

fn no_match() -> Stage {
    let mut stage = page();
    let filter = "nowhere".to_owned();
    stage.command(Command::History(HistoryCommand::SetFilter(filter)));
    stage
}
