//! The page of settings.

use std::path::PathBuf;

use egui::Key;
use thred_console::domain::connection::{ConnectionCheck, ConnectionFinding};
use thred_console::domain::environment::Environment;
use thred_console::domain::network::CaProblem;
use thred_console::state::command::Command;
use thred_console::state::effect::Effect;
use thred_console::state::event::Event;
use thred_console::state::shell::messages::{
    Page, SettingsCommand, SettingsEffect, SettingsEvent, ShellCommand,
};

use super::{Scene, in_looks, scene};
use crate::looks::ALL;
use crate::stage::Stage;

pub const SCENES: &[Scene] = &[
    in_looks("page", ALL, page),
    scene("testing", testing),
    scene("tested", tested),
    scene("refused", refused),
];

fn page() -> Stage {
    let mut stage = Stage::signed_in(Environment::Sandbox);
    stage.command(Command::Shell(ShellCommand::ShowPage(Page::Settings)));
    stage
}

/// An invalid address, and a certificate file that could not be read.
fn refused() -> Stage {
    let mut stage = page();
    let path = PathBuf::from("/home/ada/authority.pem");
    let event = SettingsEvent::CaRead(0, path, Err(CaProblem::NotAFile));
    stage.news(Event::Settings(event));
    stage.type_into("Partner Portal", "ftp://portal.example");
    stage.press(Key::Enter);
    stage.scroll_to("Test connection");
    stage
}

fn testing() -> Stage {
    let mut stage = page();
    let target = Environment::Sandbox;
    stage.command(Command::Settings(SettingsCommand::TestConnection(target)));
    for (check, finding) in findings().into_iter().take(2) {
        tell(&mut stage, check, finding);
    }
    stage.scroll_to("Stop");
    stage
}

fn findings() -> [(ConnectionCheck, ConnectionFinding); 6] {
    let good = |text: &str| ConnectionFinding::Good(text.to_owned());
    [
        (
            ConnectionCheck::Proxy,
            good("None: the system sets none for this server."),
        ),
        (ConnectionCheck::Name, good("2 addresses")),
        (
            ConnectionCheck::Server,
            ConnectionFinding::Bad("The certificate of the server was rejected: this computer does not trust its issuer".to_owned()),
        ),
        (
            ConnectionCheck::Clock,
            ConnectionFinding::Skipped("Not checked: the server could not be reached.".to_owned()),
        ),
        (ConnectionCheck::Keychain, good("The Secret Service keyring holds this profile’s key.")),
        (
            ConnectionCheck::Key,
            ConnectionFinding::Skipped("Not checked: the server could not be reached.".to_owned()),
        ),
    ]
}

fn ticket(stage: &Stage) -> u64 {
    let plans = stage.asked().iter().rev();
    let mut plans = plans.filter_map(|effect| match effect {
        Effect::Settings(SettingsEffect::TestConnection(plan)) => Some(plan.ticket),
        _ => None,
    });
    plans.next().unwrap()
}

fn tell(stage: &mut Stage, check: ConnectionCheck, finding: ConnectionFinding) {
    let ticket = ticket(stage);
    let event = SettingsEvent::Checked {
        ticket,
        check,
        finding,
    };
    stage.news(Event::Settings(event));
}

fn tested() -> Stage {
    let mut stage = testing();
    for (check, finding) in findings() {
        tell(&mut stage, check, finding);
    }
    let ticket = ticket(&stage);
    stage.news(Event::Settings(SettingsEvent::TestEnded(ticket)));
    stage.scroll_to("Test again");
    stage
}
