//! Several profiles: switching, naming and removing them.

use egui::{Key, Modifiers};
use thred_console::domain::credentials::PartnerId;
use thred_console::domain::environment::Environment;
use thred_console::domain::profile::Profile;
use thred_console::state::command::Command;
use thred_console::state::session::messages::SessionCommand;
use thred_console::state::shell::saved::{RememberedProfile, Saved};
use uuid::Uuid;

use super::{Scene, in_looks, scene};
use crate::looks::ALL;
use crate::stage::Stage;
use crate::world;

pub const SCENES: &[Scene] = &[
    in_looks("switcher", ALL, switcher),
    scene("switcher-typed", switcher_typed),
    scene("rename", rename),
    scene("remove", remove),
    scene("chooser", chooser),
    scene("another", another),
];

fn saved() -> Saved {
    let other = |number: u128, environment: Environment, label: &str| RememberedProfile {
        label: label.to_owned(),
        ..RememberedProfile::new(Profile {
            environment,
            partner: PartnerId(Uuid::from_u128(number << 80 | 0x9c1e)),
        })
    };
    let mut saved = world::saved();
    saved.profiles = vec![
        RememberedProfile {
            label: "Northwind Payments".to_owned(),
            ..RememberedProfile::new(world::profile(Environment::Sandbox))
        },
        other(
            0x7d10_4af2_0000,
            Environment::Production,
            "Northwind Payments",
        ),
        other(0x1b22_9e01_0000, Environment::Staging, ""),
        RememberedProfile {
            is_signed_out: true,
            ..other(
                0x5c33_0077_0000,
                Environment::Sandbox,
                "Trial of the new plan",
            )
        },
    ];
    saved
}

fn signed_in() -> Stage {
    Stage::signed_in_to(Environment::Sandbox, saved(), world::few())
}

fn switcher() -> Stage {
    let mut stage = signed_in();
    stage.press_with(Modifiers::COMMAND, Key::E);
    stage.settle();
    stage
}

fn switcher_typed() -> Stage {
    let mut stage = switcher();
    stage.type_text("north");
    stage
}

fn rename() -> Stage {
    let mut stage = switcher();
    stage.press(Key::F2);
    stage
}

fn remove() -> Stage {
    let mut stage = switcher();
    stage.press(Key::Delete);
    stage
}

fn chooser() -> Stage {
    let mut stage = Stage::with(saved());
    stage.settle();
    stage
}

fn another() -> Stage {
    let mut stage = signed_in();
    stage.command(Command::Session(SessionCommand::AddProfile));
    stage
}
