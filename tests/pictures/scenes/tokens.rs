//! The page of tokens.

use std::time::Duration;

use egui::Key;
use thred_console::domain::environment::Environment;
use thred_console::domain::token::TokenFormat;
use thred_console::state::command::Command;
use thred_console::state::shell::messages::{Page, ShellCommand};

use super::{Scene, in_looks, scene};
use crate::looks::ALL;
use crate::stage::Stage;
use crate::world;

pub const SCENES: &[Scene] = &[
    scene("none", none),
    in_looks("several", ALL, several),
    scene("selected", selected),
    scene("row-menu", row_menu),
    scene("forget-all", forget_all),
    scene("unfolded", unfolded),
    scene("all-expired", all_expired),
    scene("many", many),
];

fn none() -> Stage {
    let mut stage = Stage::signed_in(Environment::Sandbox);
    stage.command(Command::Shell(ShellCommand::ShowPage(Page::Tokens)));
    stage
}

fn several() -> Stage {
    let mut stage = Stage::signed_in(Environment::Sandbox);
    let (min, secs) = (Duration::from_mins, Duration::from_secs);
    stage.token("Talleres Muñoz e Hijos, S.L.", min(20), TokenFormat::Curl);
    stage.pass(min(17));
    stage.token("Zoë et Cie, Boulangerie", secs(108 + 360), TokenFormat::Raw);
    stage.pass(min(6));
    stage.token(
        "Penang Heritage Tea Sdn. Bhd.",
        secs(372),
        TokenFormat::EnvLine,
    );
    stage.token(
        "Komorebi Koffie B.V.",
        secs(58 * 60 + 20),
        TokenFormat::WidgetJson,
    );
    stage.token(world::LINDENHOF, secs(42 * 60 + 50), TokenFormat::Bearer);
    stage.command(Command::Shell(ShellCommand::ShowPage(Page::Tokens)));
    stage
}

fn selected() -> Stage {
    let mut stage = several();
    stage.select(world::LINDENHOF);
    stage
}

fn row_menu() -> Stage {
    let mut stage = several();
    stage.press(Key::Home);
    stage.press(Key::Menu);
    stage
}

fn forget_all() -> Stage {
    let mut stage = several();
    stage.click("Forget all…");
    stage
}

fn unfolded() -> Stage {
    let mut stage = several();
    stage.click("1 expired");
    stage.unfocus();
    stage
}

fn all_expired() -> Stage {
    let mut stage = several();
    stage.pass(Duration::from_mins(61));
    stage
}

fn many() -> Stage {
    let mut stage = Stage::signed_in_to(Environment::Sandbox, world::saved(), world::businesses());
    let names = world::businesses()
        .into_iter()
        .filter_map(|business| business.name);
    for (at, name) in (1..).zip(names).take(18) {
        stage.token(name.raw(), Duration::from_secs(at * 211), TokenFormat::Raw);
    }
    stage.command(Command::Shell(ShellCommand::ShowPage(Page::Tokens)));
    stage
}
