//! Handles the events of a rotation.

use crate::domain::failure::{Failure, FailureKind};
use crate::domain::key_source::{KeyProblem, KeySource, KeyVersion};
use crate::domain::rotation::RotationStep;
use crate::state::cx::Cx;
use crate::state::list::messages::ListCommand;
use crate::state::rotation::RotationActivity;
use crate::state::rotation::commands::{advance, finish, forget};
use crate::state::rotation::messages::{
    NewKeyProblem, RotationEffect, RotationEvent, StoredKey, VerifiedKey,
};
use crate::state::rotation::reconcile::report_status;
use crate::state::session::open::Open;
use crate::state::{AppState, list};

pub(in crate::state) fn event(state: &mut AppState, event: RotationEvent, cx: &mut Cx) {
    match event {
        RotationEvent::Verified(result) => verified(state, result, cx),
        RotationEvent::VerifiedAgain(result) => verified_again(state, result, cx),
        RotationEvent::Switched { written, holds } => switched(state, written, holds, cx),
        RotationEvent::OldChecked(result) => old_checked(state, result, cx),
        RotationEvent::KeyMissing => key_missing(state, cx),
    }
}

/// Asks the user again for a key that the runtime no longer holds.
fn key_missing(state: &mut AppState, cx: &mut Cx) {
    let Some(open) = busy_with(state, |work| work != RotationActivity::Idle) else {
        return;
    };
    if let RotationActivity::Checking(_) = std::mem::take(&mut open.keys.work) {
        open.keys.has_old = false;
        return;
    }
    open.keys.proof = None;
    open.keys.has_candidate = false;
    if let Some(rotation) = state.rotation_mut() {
        rotation.back_to(RotationStep::Paste);
    }
    let text = "The new key is no longer in memory. Paste it again.".to_owned();
    report_status(state, "The new key was not tested", text, cx);
}

/// The session, if its keys are busy with this work. Otherwise an answer is too late and must be ignored.
fn busy_with(
    state: &mut AppState,
    is_it: impl FnOnce(RotationActivity) -> bool,
) -> Option<&mut Open> {
    let open = state.open.as_mut()?;
    is_it(open.keys.work).then_some(open)
}

fn verified(state: &mut AppState, result: Result<Box<VerifiedKey>, NewKeyProblem>, cx: &mut Cx) {
    let Some(open) = busy_with(state, |work| matches!(work, RotationActivity::Verifying(_))) else {
        return;
    };
    open.keys.work = RotationActivity::Idle;
    match result {
        Ok(proof) => {
            let fingerprint = proof.fingerprint;
            open.keys.proof = Some(*proof);
            open.keys.has_candidate = true;
            if let Some(rotation) = state.rotation_mut() {
                // In the demo, the portal and paste steps are one.
                if rotation.step == RotationStep::Portal {
                    rotation.complete(RotationStep::Portal, cx.now.wall);
                }
                rotation.new = Some(fingerprint);
            }
            advance(state, RotationStep::Paste, cx);
        }
        Err(problem) => {
            open.keys.has_candidate = matches!(problem, NewKeyProblem::NotVerified(_));
            open.keys.problem = Some(problem);
        }
    }
}

/// Switches if the new key works at this moment. Otherwise the old key stays in use.
fn verified_again(state: &mut AppState, result: Result<(), Failure>, cx: &mut Cx) {
    let Some(open) = busy_with(state, |work| {
        matches!(work, RotationActivity::VerifyingAgain(_))
    }) else {
        return;
    };
    let failure = match result {
        Ok(()) => {
            open.keys.work = RotationActivity::Switching(cx.now.boot);
            let source = if open.is_key_stored() {
                open.source.clone()
            } else {
                KeySource::Typed
            };
            cx.push(RotationEffect::Switch {
                generation: open.generation,
                source,
            });
            return;
        }
        Err(failure) => failure,
    };
    let is_refused = failure.kind == FailureKind::KeyRejected;
    if is_refused {
        // A rejected key is of no further use.
        forget(open, cx);
    }
    open.keys.work = RotationActivity::Idle;
    open.keys.problem = Some(NewKeyProblem::NotVerifiedAgain(failure));
    if is_refused && let Some(rotation) = state.rotation_mut() {
        rotation.back_to(RotationStep::Paste);
        rotation.new = None;
    }
}

/// Handles the outcome of a switch. The key that the keychain now holds counts, not what it answered to the write.
fn switched(
    state: &mut AppState,
    written: Result<KeyVersion, KeyProblem>,
    holds: StoredKey,
    cx: &mut Cx,
) {
    let Some(open) = busy_with(state, |work| matches!(work, RotationActivity::Switching(_))) else {
        return;
    };
    open.keys.work = RotationActivity::Idle;
    match holds {
        StoredKey::New | StoredKey::MemoryOnly => {
            let new = open.keys.proof.as_ref().map(|proof| proof.fingerprint);
            open.keys.has_old = true;
            if let Ok(version) = written {
                open.version = version;
            }
            if holds == StoredKey::MemoryOnly && open.source == KeySource::Variables {
                // The variables still hold the old key, so the new one exists only in memory.
                open.source = KeySource::Typed;
            }
            // It was about the old key.
            let was_refused = open.workspace.sign_in_failure.take().is_some();
            state.key_is_new(new, cx.now.wall);
            advance(state, RotationStep::Switch, cx);
            if was_refused {
                // The new key can load what the old one could not.
                list::commands::command(state, ListCommand::Refresh, cx);
            }
        }
        StoredKey::Old | StoredKey::Neither | StoredKey::Unknown => {
            open.keys.problem = Some(NewKeyProblem::NotSwitched(written.err(), holds));
        }
    }
}

fn old_checked(state: &mut AppState, result: Result<(), Failure>, cx: &mut Cx) {
    let Some(open) = busy_with(state, |work| matches!(work, RotationActivity::Checking(_))) else {
        return;
    };
    open.keys.work = RotationActivity::Idle;
    match result {
        Ok(()) => open.keys.old_worked_at = Some(cx.now.wall),
        Err(failure) if failure.kind == FailureKind::KeyRejected => {
            if let Some(rotation) = state.rotation_mut() {
                rotation.complete(RotationStep::Check, cx.now.wall);
            }
            finish(state, true, cx);
        }
        Err(failure) => open.keys.problem = Some(NewKeyProblem::NotChecked(failure)),
    }
}
