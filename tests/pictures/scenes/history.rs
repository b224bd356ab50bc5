//! The page of the history.

use std::time::Duration;

use thred_console::domain::environment::Environment;
use thred_console::domain::history::{
    FailureReason, HistoryAction, HistoryEntry, HistoryLine, HistoryProfile, ReadLines,
};
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
    scene("days", days),
    scene("no-match", no_match),
    scene("not-written", not_written),
];

fn page() -> Stage {
    let mut stage = worked();
    show(&mut stage);
    stage
}

fn show(stage: &mut Stage) {
    stage.command(Command::Shell(ShellCommand::ShowPage(Page::History)));
    stage.close_toasts();
}

fn worked() -> Stage {
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
    stage
}

fn selected() -> Stage {
    let mut stage = page();
    stage.command(Command::History(HistoryCommand::Select(Some(1))));
    stage
}

/// A history with entries of earlier days.
fn days() -> Stage {
    let mut stage = worked();
    stage.stop_responding();
    show(&mut stage);
    let now = stage.now();
    let whose = stage
        .state()
        .workspace()
        .map(|open| HistoryProfile::from(&open.profile));
    let entry = |hours, action| {
        let at = now.wall - Duration::from_hours(hours);
        HistoryEntry::new(at, whose.clone(), action)
    };
    let entries = [
        entry(72, HistoryAction::SignedIn),
        entry(70, HistoryAction::Rotated),
        entry(70, HistoryAction::OldKeyChecked).failed(FailureReason::OldKeyWorks),
        entry(69, HistoryAction::OldKeyChecked).failed(FailureReason::TimedOut),
        entry(69, HistoryAction::OldKeyChecked),
        entry(26, HistoryAction::SignedIn),
    ];
    let read = ReadLines {
        lines: entries.into_iter().map(HistoryLine::new).collect(),
        unreadable: 0,
    };
    let problem = None;
    stage.news(Event::History(HistoryEvent::Read { read, problem }));
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
