//! The page of the API key: its age, and the rotation.

use std::time::Duration;

use egui::{Key, Modifiers};
use jiff::civil::{Date, date};
use thred_console::domain::credentials::ApiKey;
use thred_console::domain::environment::Environment;
use thred_console::domain::failure::{Failure, FailureKind, Operation};
use thred_console::domain::key_source::{KeyProblem, KeyVersion};
use thred_console::domain::rotation::RotationReason;
use thred_console::domain::token::Fingerprint;
use thred_console::state::command::Command;
use thred_console::state::event::SessionEvent;
use thred_console::state::list::messages::ListEvent;
use thred_console::state::rotation::messages::{
    KeyConsumersChange, NewKeyProblem, RotationCommand, RotationEvent, StoredKey, VerifiedKey,
};

use super::{Scene, in_looks, scene};
use crate::looks::ALL;
use crate::stage::Stage;
use crate::world;

pub const SCENES: &[Scene] = &[
    scene("day-12", day_12),
    scene("day-63", day_63),
    scene("day-76", day_76),
    scene("day-83", day_83),
    scene("day-91", day_91),
    scene("1-portal-first-time", portal_first_time),
    scene("1-portal", portal),
    scene("2-paste", paste),
    scene("2-proving", offered),
    scene("2-refused", refused),
    in_looks("3-proved", ALL, verified),
    scene("4-places", places),
    scene("5-switch", switch),
    scene("5-testing-again", proving_again),
    scene("5-switching", switching),
    scene("5-not-stored", not_stored),
    scene("6-check", switched),
    scene("6-checking", checking),
    scene("6-alive", alive),
    scene("6-on-other-pages", elsewhere),
    scene("6-dead-and-finished", dead),
    scene("6-finished-unchecked", unchecked),
    scene("key-refused", key_refused),
    scene("leaked", leaked),
    scene("leaked-4-places", leaked_places),
    scene("leaked-6-check", leaked_check),
];

fn key(number: u8) -> ApiKey {
    ApiKey::parse(&format!("sk_not_a_real_key_{number:010}")).unwrap()
}

fn rotate(stage: &mut Stage, command: RotationCommand) {
    stage.command(Command::Rotation(command));
}

fn news(stage: &mut Stage, event: RotationEvent) {
    stage.session(SessionEvent::Rotation(event));
}

/// The page of a key that was issued on this day.
fn issued(day: Date) -> Stage {
    let mut stage = Stage::signed_in(Environment::Production);
    rotate(&mut stage, RotationCommand::SetIssued(Some(day)));
    stage.press_with(Modifiers::COMMAND, Key::Num4);
    stage
}

fn day_12() -> Stage {
    issued(date(2027, 2, 1))
}

fn day_63() -> Stage {
    issued(date(2026, 12, 12))
}

fn day_76() -> Stage {
    issued(date(2026, 11, 29))
}

fn day_83() -> Stage {
    issued(date(2026, 11, 22))
}

fn day_91() -> Stage {
    issued(date(2026, 11, 14))
}

fn portal_first_time() -> Stage {
    let mut stage = day_83();
    rotate(
        &mut stage,
        RotationCommand::Begin(RotationReason::Scheduled),
    );
    stage
}

fn portal() -> Stage {
    let mut stage = portal_first_time();
    let address = "https://portal.thred.example/keys".parse().unwrap();
    rotate(&mut stage, RotationCommand::SetPortal(address));
    stage
}

fn paste() -> Stage {
    let mut stage = portal();
    rotate(&mut stage, RotationCommand::PortalStepDone);
    stage
}

fn offered() -> Stage {
    let mut stage = paste();
    let (key, partner) = (key(2), None);
    rotate(&mut stage, RotationCommand::Verify { key, partner });
    stage
}

fn refused() -> Stage {
    let mut stage = offered();
    let failure = stage.failure(FailureKind::KeyRejected, Operation::SignIn, Some(401));
    let result = Err(NewKeyProblem::NotVerified(failure));
    news(&mut stage, RotationEvent::Verified(result));
    stage
}

fn verified() -> Stage {
    let mut stage = offered();
    verify(&mut stage, Ok(()));
    stage
}

/// Reports that the new key works, with this result for the old key.
fn verify(stage: &mut Stage, old: Result<(), Failure>) {
    let proof = VerifiedKey {
        fingerprint: Fingerprint::of(&key(2)),
        took: Duration::from_millis(412),
        businesses: Some(3_018),
        old,
        at: stage.now().wall,
    };
    news(stage, RotationEvent::Verified(Ok(Box::new(proof))));
}

fn places() -> Stage {
    let mut stage = verified();
    rotate(&mut stage, RotationCommand::Continue);
    for place in ["Billing service", "Nightly export", "Support’s laptop"] {
        let change = KeyConsumersChange::Add(place.to_owned());
        rotate(&mut stage, RotationCommand::ChangeKeyConsumers(change));
    }
    let change = KeyConsumersChange::Tick(0, true);
    rotate(&mut stage, RotationCommand::ChangeKeyConsumers(change));
    stage
}

fn switch() -> Stage {
    let mut stage = places();
    rotate(&mut stage, RotationCommand::Continue);
    stage
}

/// The new key signs in once more right before the switch.
fn proving_again() -> Stage {
    let mut stage = switch();
    rotate(&mut stage, RotationCommand::Switch);
    stage
}

fn switching() -> Stage {
    let mut stage = proving_again();
    news(&mut stage, RotationEvent::VerifiedAgain(Ok(())));
    stage
}

fn not_stored() -> Stage {
    let mut stage = switching();
    let detail = "the session bus is not there".to_owned();
    let problem = thred_console::domain::keychain::KeychainProblem::NoStore { detail };
    news(
        &mut stage,
        RotationEvent::Switched {
            written: Err(KeyProblem::Keychain(problem)),
            holds: StoredKey::Old,
        },
    );
    stage
}

fn switched() -> Stage {
    let mut stage = switching();
    store_new(&mut stage);
    stage
}

fn elsewhere() -> Stage {
    let mut stage = alive();
    stage.press_with(Modifiers::COMMAND, Key::Num1);
    stage
}

fn store_new(stage: &mut Stage) {
    news(
        stage,
        RotationEvent::Switched {
            written: Ok(KeyVersion::default()),
            holds: StoredKey::New,
        },
    );
    stage.close_toasts();
}

fn checking() -> Stage {
    let mut stage = switched();
    rotate(&mut stage, RotationCommand::CheckOld);
    stage
}

fn alive() -> Stage {
    let mut stage = checking();
    news(&mut stage, RotationEvent::OldChecked(Ok(())));
    stage
}

fn dead() -> Stage {
    let mut stage = checking();
    let failure = stage.failure(FailureKind::KeyRejected, Operation::SignIn, Some(401));
    news(&mut stage, RotationEvent::OldChecked(Err(failure)));
    stage
}

fn unchecked() -> Stage {
    let mut stage = switched();
    rotate(&mut stage, RotationCommand::Finish);
    stage
}

/// The server rejects the key of a running session.
fn key_refused() -> Stage {
    let mut stage = Stage::signed_in(Environment::Production);
    stage.stop_responding();
    stage.select(world::LINDENHOF);
    let failure = stage.failure(FailureKind::KeyRejected, Operation::SignIn, Some(401));
    let id = stage.id_of(world::LINDENHOF);
    stage.session(SessionEvent::List(ListEvent::BusinessRead(
        id,
        Err(failure),
    )));
    stage
}

fn leaked_places() -> Stage {
    let mut stage = leaked();
    let address = "https://portal.thred.example/keys".parse().unwrap();
    rotate(&mut stage, RotationCommand::SetPortal(address));
    rotate(&mut stage, RotationCommand::PortalStepDone);
    let (key, partner) = (key(2), None);
    rotate(&mut stage, RotationCommand::Verify { key, partner });
    let refused = stage.failure(FailureKind::KeyRejected, Operation::SignIn, Some(401));
    verify(&mut stage, Err(refused));
    rotate(&mut stage, RotationCommand::Continue);
    stage
}

fn leaked_check() -> Stage {
    let mut stage = leaked_places();
    rotate(&mut stage, RotationCommand::Continue);
    rotate(&mut stage, RotationCommand::Switch);
    news(&mut stage, RotationEvent::VerifiedAgain(Ok(())));
    store_new(&mut stage);
    stage
}

fn leaked() -> Stage {
    let mut stage = day_12();
    rotate(&mut stage, RotationCommand::Begin(RotationReason::Leaked));
    stage
}
