//! The sign-in form.

use std::time::Duration;

use egui::Key;
use thred_console::domain::credentials::{ApiKey, PartnerId};
use thred_console::domain::environment::Environment;
use thred_console::domain::failure::{FailureKind, Operation, Unreachable};
use thred_console::domain::key_source::{FetchedKey, KeyProblem, KeyVersion, SourceProblem};
use thred_console::domain::keychain::KeychainProblem;
use thred_console::domain::request_notice::RequestNotice;
use thred_console::state::command::Command;
use thred_console::state::event::SessionEvent;
use thred_console::state::session::messages::{SessionCommand, SignInEvent};

use super::{Scene, in_looks, scene};
use crate::looks::ALL;
use crate::stage::Stage;
use crate::world;

pub const SCENES: &[Scene] = &[
    in_looks("first-run", ALL, first_run),
    scene("chosen", chosen),
    scene("environments", environments),
    scene("custom-typed", custom_typed),
    scene("look-alike", look_alike),
    scene("complaints", complaints),
    scene("signing-in", signing_in),
    scene("asked-to-wait", asked_to_wait),
    scene("asked-to-wait-long", asked_to_wait_long),
    scene("waiting-for-keychain", waiting_for_keychain),
    scene("keychain-locked", keychain_locked),
    scene("refused", refused),
    scene("offline", offline),
    scene("signed-out", signed_out),
    scene("source-command", source_command),
    scene("source-complaint", source_complaint),
    scene("source-vault", source_vault),
    scene("source-waiting", source_waiting),
    scene("source-tested", source_tested),
    scene("source-failed", source_failed),
];

fn first_run() -> Stage {
    let mut stage = Stage::new();
    stage.settle();
    stage
}

fn chosen() -> Stage {
    let mut stage = Stage::new();
    choose_environment(&mut stage, "Production");
    stage
}

/// In a low window, the environments are in a select.
fn choose_environment(stage: &mut Stage, name: &str) {
    if stage.offers("Environment: Sandbox") {
        stage.click("Environment: Sandbox");
    }
    stage.click(name);
}

/// The select of the environment, opened.
fn environments() -> Stage {
    let mut stage = Stage::new();
    stage.click("Get the key from…");
    stage.click("Environment: Sandbox");
    stage
}

fn custom_typed() -> Stage {
    let mut stage = Stage::new();
    choose_environment(&mut stage, "Custom");
    stage.type_into("Custom URL", "https://thred.northwind.example");
    stage.type_into("Partner UUID", &world::PARTNER.to_string());
    stage.type_into("API key", "sk_not_a_real_key_0123456789");
    stage
}

fn look_alike() -> Stage {
    let mut stage = Stage::new();
    choose_environment(&mut stage, "Custom");
    // The first letter is Cyrillic.
    stage.type_into("Custom URL", "https://аpi.thredfi.com");
    stage
}

fn complaints() -> Stage {
    let mut stage = Stage::new();
    choose_environment(&mut stage, "Custom");
    stage.type_into("Custom URL", "http://thred.northwind.example");
    stage.type_into("Partner UUID", "3f2a71c8");
    stage.click("Sign in");
    stage
}

fn typed() -> Stage {
    let mut stage = Stage::new();
    stage.type_into("Partner UUID", &world::PARTNER.to_string());
    stage.type_into("API key", "sk_not_a_real_key_0123456789");
    stage.click("Sign in to Sandbox");
    stage
}

fn signing_in() -> Stage {
    let mut stage = typed();
    stage.pass(Duration::from_secs(12));
    stage
}

fn asked_to_wait() -> Stage {
    let mut stage = typed();
    let resumes_in = Duration::from_secs(24);
    let kind = FailureKind::RateLimited {
        retry_after: Some(resumes_in),
    };
    let failure = stage.failure(kind, Operation::SignIn, Some(429));
    stage.session(SessionEvent::Request(RequestNotice::Retrying {
        operation: Operation::SignIn,
        resumes_in,
        failure,
    }));
    stage.pass(Duration::from_secs(2));
    stage
}

fn asked_to_wait_long() -> Stage {
    let mut stage = typed();
    let kind = FailureKind::ServiceDown {
        retry_after: Some(Duration::from_secs(300)),
    };
    let failure = stage.failure(kind, Operation::SignIn, Some(503));
    stage.session(SessionEvent::SignIn(SignInEvent::Verified(Err(failure))));
    stage
}

fn waiting_for_keychain() -> Stage {
    let mut stage = Stage::new();
    let profile = world::profile(Environment::Sandbox);
    stage.command(Command::Session(SessionCommand::OpenProfile(profile)));
    stage.pass(Duration::from_secs(4));
    stage
}

fn keychain_locked() -> Stage {
    let mut stage = waiting_for_keychain();
    stage.session(SessionEvent::SignIn(SignInEvent::KeyFetched(Err(
        KeyProblem::Keychain(KeychainProblem::Dismissed),
    ))));
    stage
}

fn refused() -> Stage {
    let mut stage = typed();
    let failure = stage.failure(FailureKind::KeyRejected, Operation::SignIn, Some(401));
    stage.session(SessionEvent::SignIn(SignInEvent::Verified(Err(failure))));
    stage
}

fn offline() -> Stage {
    let mut stage = typed();
    let kind = FailureKind::Unreachable(Unreachable::NameNotFound);
    let failure = stage.failure(kind, Operation::SignIn, None);
    stage.session(SessionEvent::SignIn(SignInEvent::Verified(Err(failure))));
    stage
}

fn signed_out() -> Stage {
    let mut stage = Stage::signed_in(Environment::Production);
    let profile = stage.state().profile().cloned().unwrap();
    stage.command(Command::Session(SessionCommand::SignOut));
    stage.news(
        thred_console::state::session::messages::KeychainEvent::Deleted(profile, Ok(true)).into(),
    );
    stage
}

fn source_form(line: &str) -> Stage {
    let mut stage = Stage::new();
    stage.click("Get the key from…");
    stage.type_into("Command", line);
    stage
}

fn source_command() -> Stage {
    source_form("op read op://Operations/Thred/api_key")
}

fn source_complaint() -> Stage {
    let mut stage = source_form("pass show thred | head -1");
    stage.press(Key::Enter);
    stage
}

fn source_vault() -> Stage {
    let mut stage = Stage::new();
    stage.click("Get the key from…");
    stage.click("API key from: Command");
    stage.click("HashiCorp Vault or OpenBao");
    stage.type_into("Address", "https://vault.northwind.example:8200");
    stage.type_into("Path of the secret", "secret/thred/production");
    stage
}

fn source_waiting() -> Stage {
    let mut stage = source_command();
    stage.press(Key::Enter);
    stage.pass(Duration::from_secs(4));
    stage
}

fn source_tested() -> Stage {
    let mut stage = source_waiting();
    let source = stage.requested_source();
    let fetched = FetchedKey {
        partner: PartnerId(world::PARTNER),
        key: ApiKey::parse("sk_not_a_real_key_0123456789").unwrap(),
        version: KeyVersion {
            name: Some("v4".to_owned()),
            created: Some(stage.now().wall - jiff::SignedDuration::from_hours(24 * 12)),
        },
        source,
    };
    stage.session(SessionEvent::SignIn(SignInEvent::KeyFetched(Ok(Some(
        Box::new(fetched),
    )))));
    stage.session(SessionEvent::SignIn(SignInEvent::Verified(Ok(()))));
    stage
}

fn source_failed() -> Stage {
    let mut stage = source_waiting();
    let problem = SourceProblem::new(
        "op is not signed in",
        "It ended with exit code 1 and printed no key. Nothing was sent to Thred. Sign in to 1Password, then try \
         again.",
    )
    .with_help_command("op signin")
    .saying("[ERROR] you are not currently signed in");
    stage.session(SessionEvent::SignIn(SignInEvent::KeyFetched(Err(
        KeyProblem::Source(problem),
    ))));
    stage
}
