//! The overview.

use std::time::Duration;

use thred_console::domain::environment::Environment;
use thred_console::domain::failure::{FailureKind, Operation};
use thred_console::domain::token::TokenFormat;
use thred_console::state::command::Command;
use thred_console::state::shell::messages::{Page, ShellCommand};

use super::{Scene, in_looks, scene};
use crate::looks::ALL;
use crate::stage::Stage;
use crate::world;

pub const SCENES: &[Scene] = &[
    in_looks("many", ALL, many),
    scene("few", few),
    scene("by-keyboard", by_keyboard),
    scene("none", none),
    scene("waiting", waiting),
    scene("failed", failed),
];

fn open(stage: &mut Stage) {
    stage.command(Command::Shell(ShellCommand::ShowPage(Page::Overview)));
}

fn many() -> Stage {
    let businesses = world::portfolio();
    let mut stage = Stage::signed_in_to(Environment::Sandbox, world::saved(), businesses);
    stage.token(world::LINDENHOF, Duration::from_mins(42), TokenFormat::Raw);
    open(&mut stage);
    stage.unfocus();
    stage
}

fn few() -> Stage {
    let mut stage = Stage::signed_in(Environment::Production);
    open(&mut stage);
    stage.unfocus();
    stage
}

fn by_keyboard() -> Stage {
    let businesses = world::portfolio();
    let mut stage = Stage::signed_in_to(Environment::Sandbox, world::saved(), businesses);
    open(&mut stage);
    stage.press(egui::Key::Tab);
    stage.press(egui::Key::ArrowDown);
    stage
}

fn none() -> Stage {
    let mut stage = Stage::signed_in_to(Environment::Sandbox, world::saved(), Vec::new());
    open(&mut stage);
    stage
}

fn waiting() -> Stage {
    let mut stage = Stage::new();
    stage.sign_in(Environment::Sandbox);
    open(&mut stage);
    stage.pass(Duration::from_secs(12));
    stage
}

fn failed() -> Stage {
    let mut stage = Stage::new();
    stage.sign_in(Environment::Sandbox);
    open(&mut stage);
    let failure = stage.failure(
        FailureKind::ServiceDown { retry_after: None },
        Operation::ListBusinesses,
        Some(503),
    );
    stage.list_ended(Err(failure));
    stage
}
