//! The first screen.

use std::time::Duration;

use thred_console::domain::environment::Environment;
use thred_console::domain::failure::{FailureKind, Operation, Unreachable};
use thred_console::domain::keychain::KeychainProblem;
use thred_console::state::command::Command;
use thred_console::state::event::SessionEvent;
use thred_console::state::session::messages::{RequestEvent, SessionCommand, SignInEvent};

use super::{Scene, in_looks, scene};
use crate::looks::ALL;
use crate::stage::Stage;
use crate::world;

pub const SCENES: &[Scene] = &[
    in_looks("first-run", ALL, first_run),
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
];

fn first_run() -> Stage {
    let mut stage = Stage::new();
    stage.settle();
    stage
}

fn custom_typed() -> Stage {
    let mut stage = Stage::new();
    stage.click("Custom");
    stage.type_into("Custom URL", "https://thred.northwind.example");
    stage.type_into("Partner UUID", &world::PARTNER.to_string());
    stage.type_into("API key", "sk_not_a_real_key_0123456789");
    stage
}

fn look_alike() -> Stage {
    let mut stage = Stage::new();
    stage.click("Custom");
    // The first letter is Cyrillic.
    stage.type_into("Custom URL", "https://аpi.thredfi.com");
    stage
}

fn complaints() -> Stage {
    let mut stage = Stage::new();
    stage.click("Custom");
    stage.type_into("Custom URL", "http://thred.northwind.example");
    stage.type_into("Partner UUID", "3f2a71c8");
    stage.click("Sign in to Custom");
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
    let kind = FailureKind::TooMany {
        retry_after: Some(resumes_in),
    };
    let failure = stage.failure(kind, Operation::SignIn, Some(429));
    stage.session(SessionEvent::Request(RequestEvent::Retrying {
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
    stage.session(SessionEvent::SignIn(SignInEvent::Proved(Err(failure))));
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
        KeychainProblem::Dismissed,
    ))));
    stage
}

fn refused() -> Stage {
    let mut stage = typed();
    let failure = stage.failure(FailureKind::KeyRefused, Operation::SignIn, Some(401));
    stage.session(SessionEvent::SignIn(SignInEvent::Proved(Err(failure))));
    stage
}

fn offline() -> Stage {
    let mut stage = typed();
    let kind = FailureKind::Unreachable(Unreachable::NameNotFound);
    let failure = stage.failure(kind, Operation::SignIn, None);
    stage.session(SessionEvent::SignIn(SignInEvent::Proved(Err(failure))));
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
