//! The page of businesses.

use std::time::Duration;

use egui::Key;
use thred_console::domain::environment::Environment;
use thred_console::domain::failure::{FailureKind, Operation, Unreachable};
use thred_console::domain::request_notice::RequestNotice;
use thred_console::domain::settings::Density;
use thred_console::domain::token::TokenFormat;
use thred_console::state::command::Command;
use thred_console::state::event::SessionEvent;
use thred_console::state::list::messages::{ListCommand, ListEvent};
use thred_console::state::shell::messages::ShellCommand;

use super::{Scene, in_looks, scene};
use crate::looks::{ALL, SMALLEST_LOOKS, WIDE_LOOKS};
use crate::stage::Stage;
use crate::world;

pub const SCENES: &[Scene] = &[
    scene("pinned", pinned),
    in_looks("full", ALL, full),
    in_looks("live-tokens", ALL, live_tokens),
    in_looks("share-mode", ALL, share_mode),
    in_looks("wide", WIDE_LOOKS, full),
    in_looks("wide-details", WIDE_LOOKS, live_tokens),
    in_looks("smallest", SMALLEST_LOOKS, live_tokens),
    scene("several", several),
    scene("row-menu", row_menu),
    scene("hidden-by-filter", hidden_by_filter),
    scene("compact", compact),
    scene("production", production),
    scene("loading", loading),
    scene("loading-long", loading_long),
    scene("partial", partial),
    scene("refreshing", refreshing),
    scene("filtered", filtered),
    scene("term-unknown", term_unknown),
    scene("term-unknown-left", term_unknown_left),
    scene("term-completed", term_completed),
    scene("many-terms", many_terms),
    scene("found-by-number", found_by_number),
    scene("empty", empty),
    scene("no-match", no_match),
    scene("no-match-yet", no_match_yet),
    scene("offline", offline),
    scene("failed", failed),
    scene("retrying", retrying),
    scene("clocks-differ", clocks_differ),
    in_looks("awkward-names", ALL, awkward_names),
];

const MINUTE: Duration = Duration::from_mins(1);

fn full() -> Stage {
    full_in(Environment::Sandbox)
}

fn full_in(environment: Environment) -> Stage {
    Stage::signed_in_to(environment, world::saved(), world::businesses())
}

fn short() -> Stage {
    Stage::signed_in(Environment::Sandbox)
}

fn live_tokens() -> Stage {
    let mut stage = full();
    for (name, left) in [
        ("Penang Heritage Tea Sdn. Bhd.", Duration::from_secs(372)),
        ("Zoë et Cie, Boulangerie", Duration::from_secs(108)),
        (
            "Komorebi Koffie B.V.",
            58 * MINUTE + Duration::from_secs(20),
        ),
        (world::LINDENHOF, 42 * MINUTE + Duration::from_secs(50)),
    ] {
        stage.token(name, left, TokenFormat::Bearer);
    }
    stage.select(world::LINDENHOF);
    stage
}

/// Three selected rows.
fn several() -> Stage {
    let mut stage = full();
    for name in [
        "Penang Heritage Tea Sdn. Bhd.",
        "Zoë et Cie, Boulangerie",
        "Komorebi Koffie B.V.",
    ] {
        let id = stage.id_of(name);
        stage.command(Command::List(ListCommand::ToggleSelected(id)));
    }
    stage
}

fn row_menu() -> Stage {
    let mut stage = full();
    stage.press(Key::J);
    stage.press(Key::Menu);
    stage
}

/// The details of a business that the filter hides.
fn hidden_by_filter() -> Stage {
    let mut stage = full();
    stage.select(world::LINDENHOF);
    stage.type_into("Filter businesses", "penang");
    stage.unfocus();
    stage
}

/// Share mode with live tokens.
fn share_mode() -> Stage {
    let mut stage = live_tokens();
    stage.command(Command::Shell(ShellCommand::ToggleShare));
    stage
}

fn compact() -> Stage {
    let mut saved = world::saved();
    saved.settings.density = Density::Compact;
    Stage::signed_in_to(Environment::Sandbox, saved, world::businesses())
}

fn production() -> Stage {
    let mut stage = full_in(Environment::Production);
    stage.select(world::LINDENHOF);
    stage
}

fn loading() -> Stage {
    let mut stage = Stage::new();
    stage.sign_in(Environment::Sandbox);
    stage.pass(Duration::from_secs(4));
    stage
}

fn loading_long() -> Stage {
    let mut stage = loading();
    stage.pass(Duration::from_secs(8));
    stage
}

fn partial() -> Stage {
    let mut stage = Stage::new();
    stage.sign_in(Environment::Sandbox);
    stage.session(SessionEvent::List(ListEvent::Rows {
        rows: world::businesses().into_iter().map(Into::into).collect(),
        total: Some(3_018),
    }));
    stage.pass(Duration::from_secs(4));
    stage
}

fn refreshing() -> Stage {
    let mut stage = short();
    stage.select(world::LINDENHOF);
    stage.command(Command::List(ListCommand::Refresh));
    stage.session(SessionEvent::List(ListEvent::Rows {
        rows: world::few().into_iter().take(5).map(Into::into).collect(),
        total: Some(8),
    }));
    stage.pass(Duration::from_secs(2));
    stage
}

fn filtered() -> Stage {
    let mut stage = full();
    stage.type_into("Filter businesses", "!country:GB created:>2026-06-01 ");
    stage
}

fn term_unknown() -> Stage {
    let mut stage = short();
    stage.type_into("Filter businesses", "contry:DE ");
    stage
}

/// The same after the field was left.
fn term_unknown_left() -> Stage {
    let mut stage = short();
    stage.type_into("Filter businesses", "contry:DE");
    stage.unfocus();
    stage
}

fn term_completed() -> Stage {
    let mut stage = full();
    stage.type_into("Filter businesses", "country:");
    stage
}

fn many_terms() -> Stage {
    let mut stage = full();
    let terms =
        "country:NL,BE,DE,GB !type:partnership currency:EUR,GBP is:active created:>2020-01-01 ";
    stage.type_into("Filter businesses", terms);
    stage.type_into("Filter businesses", "a");
    stage
}

/// A match in a field that no column shows.
fn found_by_number() -> Stage {
    let mut stage = full();
    stage.type_into("Filter businesses", "DE812345");
    stage
}

fn empty() -> Stage {
    Stage::signed_in_to(Environment::Sandbox, world::saved(), Vec::new())
}

fn no_match() -> Stage {
    let mut stage = short();
    stage.type_into("Filter businesses", "nowhere");
    stage
}

fn no_match_yet() -> Stage {
    let mut stage = partial();
    stage.type_into("Filter businesses", "nowhere");
    stage
}

fn offline() -> Stage {
    let mut stage = short();
    stage.select(world::LINDENHOF);
    stage.command(Command::List(ListCommand::Refresh));
    let kind = FailureKind::Unreachable(Unreachable::NameNotFound);
    let failure = stage.failure(kind, Operation::ListBusinesses, None);
    stage.list_ended(Err(failure));
    stage
}

fn failed() -> Stage {
    let mut stage = Stage::new();
    stage.sign_in(Environment::Sandbox);
    let kind = FailureKind::ServiceDown { retry_after: None };
    let failure = stage.failure(kind, Operation::ListBusinesses, Some(503));
    stage.list_ended(Err(failure));
    stage
}

fn retrying() -> Stage {
    let mut stage = partial();
    let resumes_in = Duration::from_secs(24);
    let kind = FailureKind::RateLimited {
        retry_after: Some(resumes_in),
    };
    let failure = stage.failure(kind, Operation::ListBusinesses, Some(429));
    stage.session(SessionEvent::Request(RequestNotice::Retrying {
        operation: Operation::ListBusinesses,
        resumes_in,
        failure,
    }));
    stage
}

fn clocks_differ() -> Stage {
    let mut stage = short();
    stage.session(SessionEvent::Request(RequestNotice::ClockSkew(Some(
        86_400,
    ))));
    stage
}

fn awkward_names() -> Stage {
    let mut stage = Stage::signed_in_to(Environment::Sandbox, world::saved(), world::awkward());
    let longest = world::awkward()[0].title().unwrap().raw().to_owned();
    stage.token(&longest, 42 * MINUTE, TokenFormat::Raw);
    stage.select(&longest);
    stage
}

fn pinned() -> Stage {
    let mut stage = short();
    for name in ["Talleres Muñoz e Hijos, S.L.", world::LINDENHOF] {
        let id = stage.id_of(name);
        stage.command(Command::List(ListCommand::TogglePin(id)));
    }
    stage
}
