//! The lock screen.

use std::time::Duration;

use thred_console::domain::environment::Environment;
use thred_console::domain::key_source::KeyProblem;
use thred_console::domain::key_source::KeySource;
use thred_console::domain::keychain::KeychainProblem;
use thred_console::domain::token::TokenFormat;
use thred_console::state::command::Command;
use thred_console::state::event::SessionEvent;
use thred_console::state::session::messages::{LockCommand, SignInEvent};

use super::{Scene, in_looks, scene};
use crate::looks::ALL;
use crate::stage::Stage;
use crate::world;

pub const SCENES: &[Scene] = &[
    scene("soon", soon),
    in_looks("asked", ALL, asked),
    scene("idle", idle),
    scene("unlocking", unlocking),
    scene("refused", refused),
    scene("at-start", at_start),
];

fn signed_in() -> Stage {
    let mut saved = world::saved();
    saved.settings.lock_minutes = Some(10);
    let mut stage = Stage::signed_in_to(Environment::Sandbox, saved, world::few());
    let left = Duration::from_secs(42 * 60 + 50);
    stage.token(world::LINDENHOF, left, TokenFormat::Bearer);
    stage.select(world::LINDENHOF);
    stage.command(Command::Lock(LockCommand::Touch));
    stage
}

fn soon() -> Stage {
    let mut stage = signed_in();
    stage.pass(Duration::from_secs(10 * 60 - 42));
    stage
}

fn asked() -> Stage {
    let mut stage = signed_in();
    stage.command(Command::Lock(LockCommand::Now));
    stage
}

fn idle() -> Stage {
    let mut stage = signed_in();
    stage.pass(Duration::from_mins(11));
    stage
}

fn unlocking() -> Stage {
    let mut stage = asked();
    stage.command(Command::Lock(LockCommand::Unlock));
    stage.pass(Duration::from_secs(4));
    stage
}

fn refused() -> Stage {
    let mut stage = unlocking();
    stage.session(SessionEvent::SignIn(SignInEvent::KeyFetched(Err(
        KeyProblem::Keychain(KeychainProblem::Dismissed),
    ))));
    stage
}

fn at_start() -> Stage {
    let mut stage = Stage::new();
    let profile = world::profile(Environment::Production);
    stage.command(Command::Lock(LockCommand::AtStart(
        profile,
        KeySource::Keychain,
    )));
    stage
}
