//! The command palette.

use std::time::Duration;

use egui::{Key, Modifiers};
use thred_console::domain::{environment::Environment, token::TokenFormat};

use super::{Scene, in_looks, scene};
use crate::{looks::ALL, stage::Stage, world};

pub const SCENES: &[Scene] = &[
    scene("at-hand", at_hand),
    in_looks("open", ALL, open),
    scene("typed", typed),
    scene("business-typed", business_typed),
    scene("nothing-found", nothing_found),
    scene("disabled", disabled),
    scene("last", last),
];

fn open() -> Stage {
    let mut stage = Stage::signed_in(Environment::Sandbox);
    let left = Duration::from_secs(42 * 60 + 50);
    stage.token(world::LINDENHOF, left, TokenFormat::Bearer);
    stage.select(world::LINDENHOF);
    over(&mut stage);
    stage
}

fn over(stage: &mut Stage) {
    stage.press_with(Modifiers::COMMAND, Key::K);
    stage.settle();
}

fn typed() -> Stage {
    let mut stage = open();
    stage.type_text("tok");
    stage
}

fn business_typed() -> Stage {
    let mut stage = open();
    stage.type_text("koffie");
    stage
}

fn nothing_found() -> Stage {
    let mut stage = open();
    stage.type_text("zzzzzz");
    stage
}

/// Without a selection, commands for a business say why they cannot run.
fn disabled() -> Stage {
    let mut stage = Stage::signed_in(Environment::Sandbox);
    over(&mut stage);
    stage.type_text("copy");
    stage
}

/// The last commands: those that remove something or quit.
fn last() -> Stage {
    let mut stage = open();
    stage.press(Key::End);
    stage
}

fn at_hand() -> Stage {
    let mut stage = Stage::signed_in(Environment::Sandbox);
    let id = stage.id_of(world::LINDENHOF);
    let pin = thred_console::state::list::messages::ListCommand::TogglePin(id);
    stage.command(pin.into());
    stage.select("Komorebi Koffie B.V.");
    stage.select("Zoë et Cie, Boulangerie");
    stage.press_with(Modifiers::COMMAND, Key::K);
    stage
}
