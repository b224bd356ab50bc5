//! Dialogs, menus and toasts over a page.

use std::time::Duration;

use egui::{Key, Modifiers};
use thred_console::domain::clipboard::ClipboardProblem;
use thred_console::domain::environment::Environment;
use thred_console::domain::keychain::KeychainProblem;
use thred_console::domain::token::TokenFormat;
use thred_console::state::command::Command;
use thred_console::state::create::messages::ChangeEffect;
use thred_console::state::effect::Effect;
use thred_console::state::event::{Event, SessionEvent};
use thred_console::state::session::messages::SignInEvent;
use thred_console::state::shell::messages::ShellCommand;
use thred_console::state::tokens::messages::ClipboardEvent;

use super::{Scene, in_looks, scene};
use crate::looks::ALL;
use crate::stage::Stage;
use crate::world;

pub const SCENES: &[Scene] = &[
    in_looks("help", ALL, help),
    scene("sign-out", sign_out),
    scene("archive-in-production", archive_in_production),
    scene("pick-format", pick_format),
    scene("format-menu", format_menu),
    scene("columns-menu", columns_menu),
    scene("copied", copied),
    scene("toasts", toasts),
];

fn at_business() -> Stage {
    let mut stage = Stage::signed_in(Environment::Sandbox);
    let left = Duration::from_secs(42 * 60 + 50);
    stage.token(world::LINDENHOF, left, TokenFormat::Bearer);
    stage.select(world::LINDENHOF);
    stage.clear_clipboard();
    stage
}

fn help() -> Stage {
    let mut stage = at_business();
    stage.press(Key::Questionmark);
    stage
}

fn sign_out() -> Stage {
    let mut stage = at_business();
    stage.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Q);
    stage
}

fn archive_in_production() -> Stage {
    let mut stage = Stage::signed_in(Environment::Production);
    stage.select(world::LINDENHOF);
    stage.click("Archive");
    let is_sent = |effect: &Effect| matches!(effect, Effect::Change(ChangeEffect::SetArchived(..)));
    assert!(!stage.asked().iter().any(is_sent), "not without a yes");
    stage
}

fn pick_format() -> Stage {
    let mut stage = at_business();
    stage.press_with(Modifiers::SHIFT, Key::T);
    stage
}

fn format_menu() -> Stage {
    let mut stage = at_business();
    stage.click("Format: Bearer");
    stage
}

fn columns_menu() -> Stage {
    let mut stage = at_business();
    stage.click("Choose columns");
    stage
}

fn copied() -> Stage {
    let mut stage = at_business();
    stage.press(Key::T);
    stage
}

fn toasts() -> Stage {
    let mut stage = copied();
    stage.news(Event::Clipboard(ClipboardEvent::HandoutCopied {
        ticket: 0,
        result: Err(ClipboardProblem::Busy),
    }));
    let id = stage.id_of(world::LINDENHOF).to_string();
    stage.command(Command::Shell(ShellCommand::CopyText {
        what: "id".into(),
        text: id,
    }));
    let detail = "the session bus is not there".to_owned();
    let problem = KeychainProblem::NoStore { detail };
    stage.session(SessionEvent::SignIn(SignInEvent::KeyStored(Err(problem))));
    stage
}
