//! Handles the commands of the key page.

use crate::domain::credentials::ApiKey;
use crate::domain::rotation::{
    Reminder, Rotation, RotationReason, RotationStep, Snooze, file_name, ics, list_text,
};
use crate::domain::token::Fingerprint;
use crate::state::AppState;
use crate::state::cx::Cx;
use crate::state::generation::Generation;
use crate::state::rotation::messages::{
    KeyConsumersChange, NewKeyProblem, RotationCommand, RotationEffect,
};
use crate::state::rotation::{FinishedRotation, RotationActivity};
use crate::state::session::open::{KeyStoring, Open};
use crate::state::shell::messages::{FileContents, Page, ShellEffect};
use crate::state::shell::toasts::Toast;

/// Ignored without a session.
pub(in crate::state) fn command(state: &mut AppState, command: RotationCommand, cx: &mut Cx) {
    let Some(open) = &mut state.open else {
        return;
    };
    match command {
        RotationCommand::Begin(reason) => begin(state, reason, cx),
        RotationCommand::Stop => stop(state, cx),
        RotationCommand::SetPortal(url) => {
            state.saved.settings.portal_url = Some(url);
        }
        RotationCommand::PortalStepDone => advance(state, RotationStep::Portal, cx),
        RotationCommand::IssueDemoKey => verify(state, RotationEffect::IssueDemoKey, cx),
        RotationCommand::Verify { key, partner } => {
            let ours = open.profile().partner;
            if let Some(other) = partner.filter(|partner| *partner != ours) {
                open.keys.problem = Some(NewKeyProblem::OtherPartner(other));
            } else {
                let effect = |generation| RotationEffect::Verify(generation, key);
                verify(state, effect, cx);
            }
        }
        RotationCommand::VerifyAgain => {
            if open.keys.has_candidate {
                verify(state, RotationEffect::VerifyAgain, cx);
            }
        }
        RotationCommand::BackTo(step) => back_to(state, step, cx),
        RotationCommand::Continue => match state.rotation().map(|rotation| rotation.step) {
            Some(step @ (RotationStep::Verify | RotationStep::OtherSystems)) => {
                advance(state, step, cx)
            }
            Some(
                RotationStep::Portal
                | RotationStep::Paste
                | RotationStep::Switch
                | RotationStep::Check,
            )
            | None => {}
        },
        RotationCommand::ChangeKeyConsumers(change) => consumers(state, change, cx),
        RotationCommand::CopyKeyConsumers => copy_consumers(state, cx),
        RotationCommand::Switch => switch(state, cx),
        RotationCommand::CheckOld => {
            check(state, RotationEffect::CheckOld, cx);
        }
        RotationCommand::SubmitOldKey(key) => submit_old_key(state, key, cx),
        RotationCommand::RevokeDemoKey => {
            check(state, RotationEffect::RevokeDemoKey, cx);
        }
        RotationCommand::Finish => finish(state, false, cx),
        RotationCommand::Close => open.keys.finished = None,
        RotationCommand::Snooze => {
            let snooze = state.key_age(cx.now).and_then(|age| Snooze::of(&age));
            if let (Some(snooze), Some(known)) = (snooze, state.known_now_mut()) {
                known.key.snooze = Some(snooze);
            }
        }
        RotationCommand::SetIssued(day) => {
            if let Some(known) = state.known_now_mut() {
                known.key.issued_on = day;
            }
            // The new age may call for another reminder.
            state.ages_checked_on = None;
        }
        RotationCommand::SaveCalendar => calendar(state, cx),
    }
}

fn begin(state: &mut AppState, reason: RotationReason, cx: &mut Cx) {
    let Some(open) = &mut state.open else {
        return;
    };
    let old = open.keys.fingerprint;
    open.workspace.page = Page::Key;
    // A rotation that has already switched only lacks the check of the old key. End it without that, and start another.
    finish(state, false, cx);
    if let Some(open) = &mut state.open {
        open.keys.finished = None;
    }
    let Some(known) = state.known_now_mut() else {
        return;
    };
    match &mut known.rotation {
        // Another reason must not hide that the key has leaked: it has to be revoked first.
        Some(rotation) if rotation.reason == RotationReason::Leaked => {}
        Some(rotation) => rotation.reason = reason,
        None => {
            known.rotation = Some(Rotation::begin(reason, old, cx.now.wall));
            known.consumers.reset_progress();
        }
    }
}

/// Stops the rotation: the old key stays in use and the new key is dropped. After the switch there is nothing to stop.
fn stop(state: &mut AppState, cx: &mut Cx) {
    let is_switched = state.rotation().is_some_and(Rotation::is_switched);
    let Some(open) = &mut state.open else {
        return;
    };
    if is_switched || matches!(open.keys.work, RotationActivity::Switching(_)) {
        return;
    }
    forget(open, cx);
    if let Some(known) = state.known_now_mut() {
        known.rotation = None;
    }
}

/// Drops the new key, and cancels whatever was being done with it.
pub(super) fn forget(open: &mut Open, cx: &mut Cx) {
    open.keys.work = RotationActivity::Idle;
    open.keys.problem = None;
    open.keys.proof = None;
    open.keys.has_candidate = false;
    open.keys.status_note = None;
    cx.push(RotationEffect::Forget(open.generation));
}

/// The session, if its rotation meets the condition and its keys are not busy.
fn idle(state: &mut AppState, stands: impl FnOnce(&Rotation) -> bool) -> Option<&mut Open> {
    let stands = state.rotation().is_some_and(stands);
    let open = state.open.as_mut()?;
    (stands && !open.keys.is_busy()).then_some(open)
}

/// Completes a step.
pub(super) fn advance(state: &mut AppState, step: RotationStep, cx: &mut Cx) {
    let Some(open) = idle(state, |rotation| rotation.step == step) else {
        return;
    };
    open.keys.problem = None;
    if let Some(rotation) = state.rotation_mut() {
        rotation.complete(step, cx.now.wall);
    }
}

fn back_to(state: &mut AppState, step: RotationStep, cx: &mut Cx) {
    let may_go = |rotation: &Rotation| !rotation.is_switched() && step < rotation.step;
    let Some(open) = idle(state, may_go) else {
        return;
    };
    open.keys.problem = None;
    if !step.needs_new_key() {
        // Before the paste step there is no new key.
        forget(open, cx);
    }
    if let Some(rotation) = state.rotation_mut() {
        rotation.back_to(step);
        if !step.needs_new_key() {
            rotation.new = None;
        }
    }
}

fn verify(state: &mut AppState, effect: impl FnOnce(Generation) -> RotationEffect, cx: &mut Cx) {
    let Some(open) = idle(state, |rotation| rotation.step <= RotationStep::Paste) else {
        return;
    };
    open.keys.problem = None;
    open.keys.status_note = None;
    open.keys.work = RotationActivity::Verifying(cx.now.boot);
    cx.push(effect(open.generation));
}

fn switch(state: &mut AppState, cx: &mut Cx) {
    let Some(open) = idle(state, |rotation| rotation.step == RotationStep::Switch) else {
        return;
    };
    // While the old key is being stored, it is not decided yet where the new one has to be stored.
    if open.keys.proof.is_none() || open.storing == KeyStoring::UnderWay {
        return;
    }
    open.keys.problem = None;
    // The new key may have been revoked since it was tested. The old key is replaced only by one that works now.
    open.keys.work = RotationActivity::VerifyingAgain(cx.now.boot);
    cx.push(RotationEffect::VerifyBeforeSwitch(open.generation));
}

/// Starts checking the old key. Returns the session if the old key can be checked now.
fn check<'a>(
    state: &'a mut AppState,
    effect: impl FnOnce(Generation) -> RotationEffect,
    cx: &mut Cx,
) -> Option<&'a mut Open> {
    let open = idle(state, |rotation| rotation.step == RotationStep::Check)?;
    open.keys.problem = None;
    open.keys.work = RotationActivity::Checking(cx.now.boot);
    cx.push(effect(open.generation));
    Some(open)
}

/// Checks an old key that the user entered again, if its fingerprint matches: any other key would prove nothing.
fn submit_old_key(state: &mut AppState, key: ApiKey, cx: &mut Cx) {
    let given = Fingerprint::of(&key);
    let old = state.rotation().and_then(|rotation| rotation.old);
    let Some(open) = &mut state.open else {
        return;
    };
    if old.is_some_and(|old| old != given) || open.keys.fingerprint == Some(given) {
        open.keys.problem = Some(NewKeyProblem::NotTheOldKey);
        return;
    }
    let effect = |generation| RotationEffect::CheckSubmittedKey(generation, key);
    if let Some(open) = check(state, effect, cx) {
        // The runtime holds it from now on, so that the next check need not ask for it.
        open.keys.has_old = true;
    }
}

/// Finishes a rotation that has switched. `is_old_rejected` means that the server was seen to reject the old key.
pub(super) fn finish(state: &mut AppState, is_old_rejected: bool, cx: &mut Cx) {
    let Some(rotation) = state
        .known_now_mut()
        .and_then(|known| known.rotation.take_if(|rotation| rotation.is_switched()))
    else {
        return;
    };
    let Some(open) = &mut state.open else {
        return;
    };
    forget(open, cx);
    open.keys.has_old = false;
    open.keys.old_worked_at = None;
    open.keys.finished = Some(FinishedRotation {
        rotation,
        is_old_rejected,
        at: cx.now.wall,
    });
}

fn consumers(state: &mut AppState, change: KeyConsumersChange, cx: &mut Cx) {
    let Some(known) = state.known_now_mut() else {
        return;
    };
    match change {
        KeyConsumersChange::Add(name) => {
            if !known.consumers.add(&name) && known.consumers.is_full() {
                let title = "System not added";
                let body = "The list is full. Nothing was added. Remove a system first.";
                cx.toast(Toast::failed(title, body));
            }
        }
        KeyConsumersChange::Rename(index, name) => known.consumers.rename(index, &name),
        KeyConsumersChange::Tick(index, is_done) => known.consumers.tick(index, is_done),
        KeyConsumersChange::Remove(index) => known.consumers.remove(index),
    }
}

fn copy_consumers(state: &AppState, cx: &mut Cx) {
    let Some(known) = state.known_now() else {
        return;
    };
    let heading = format!(
        "Thred API key of {} at {}: systems that need the new key",
        known.profile.partner.short(),
        known.profile.environment.host(),
    );
    let new = known.rotation.as_ref().and_then(|rotation| rotation.new);
    cx.push(ShellEffect::CopyText {
        what: "list of systems".into(),
        text: list_text(&heading, new, &known.consumers),
    });
}

fn calendar(state: &mut AppState, cx: &mut Cx) {
    let (Some(age), Some(known)) = (state.key_age(cx.now), state.known_now()) else {
        let title = "No due date yet";
        let body = "The age of this key is unknown. Nothing was saved. Enter its issue date first.";
        cx.toast(Toast::failed(title, body));
        return;
    };
    let environment = &known.profile.environment;
    let reminder = Reminder {
        environment: environment.name().to_owned(),
        host: environment.host(),
        label: known.label.clone(),
        partner: known.profile.partner.0,
        due: age.due(),
    };
    cx.push(ShellEffect::SaveFile {
        profile: Some(known.profile.clone()),
        file_name: file_name(&reminder),
        contents: FileContents::Calendar(ics(&reminder, cx.now.wall)),
    });
}
