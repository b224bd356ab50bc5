//! What the page of the key asks for.

use jiff::Timestamp;

use crate::domain::credentials::ApiKey;
use crate::domain::rotation::{
    KeyFingerprint, Reason, Reminder, Rotation, Snooze, Step, file_name, ics, list_text,
};
use crate::domain::settings::Settings;
use crate::domain::time::Now;
use crate::state::AppState;
use crate::state::effect::Effect;
use crate::state::rotation::messages::{PlacesChange, RotationCommand, RotationEffect};
use crate::state::rotation::{Finished, KeyTrouble, OldKey, Work};
use crate::state::shell::messages::{Contents, Page, ShellEffect};
use crate::state::shell::toasts::ToastKind;

pub(in crate::state) fn command(
    state: &mut AppState,
    command: RotationCommand,
    now: Now,
) -> Vec<Effect> {
    if state.workspace.is_none() {
        return Vec::new();
    }
    match command {
        RotationCommand::Begin(reason) => begin(state, reason, now),
        RotationCommand::Stop => stop(state),
        RotationCommand::SetPortal(url) => {
            state.saved.settings = Settings {
                portal_url: Some(url),
                ..state.saved.settings.clone()
            };
            save(state)
        }
        RotationCommand::HasPortal => advance(state, Step::Portal, now),
        RotationCommand::IssueDemoKey => prove(state, now, |generation| {
            RotationEffect::IssueDemoKey(generation)
        }),
        RotationCommand::Offer { key, partner } => {
            let ours = state.profile_now().map(|profile| profile.partner);
            if let Some(other) = partner.filter(|partner| Some(*partner) != ours) {
                state.keys.trouble = Some(KeyTrouble::OtherPartner(other));
                return Vec::new();
            }
            prove(state, now, |generation| {
                RotationEffect::Prove(generation, key)
            })
        }
        RotationCommand::ProveAgain if state.keys.has_candidate => {
            prove(state, now, RotationEffect::ProveAgain)
        }
        RotationCommand::ProveAgain => Vec::new(),
        RotationCommand::BackTo(step) => back_to(state, step),
        RotationCommand::Continue => match state.rotation().map(|rotation| rotation.step) {
            Some(step @ (Step::Prove | Step::Places)) => advance(state, step, now),
            _ => Vec::new(),
        },
        RotationCommand::Places(change) => places(state, change),
        RotationCommand::CopyPlaces => copy_places(state),
        RotationCommand::Switch => switch(state, now),
        RotationCommand::CheckOld => check(state, now, RotationEffect::CheckOld),
        RotationCommand::GiveOld(key) => give_old(state, key, now),
        RotationCommand::RevokeDemoKey => check(state, now, RotationEffect::RevokeDemoKey),
        RotationCommand::Finish => finish(state, now),
        RotationCommand::Close => {
            state.keys.finished = None;
            Vec::new()
        }
        RotationCommand::Snooze => {
            let snooze = state.key_age(now).and_then(|age| Snooze::of(&age));
            if let (Some(snooze), Some(known)) = (snooze, state.known_now_mut()) {
                known.key.snooze = Some(snooze);
            }
            save(state)
        }
        RotationCommand::SetIssued(day) => {
            if let Some(known) = state.known_now_mut() {
                known.key.issued_on = day;
            }
            // Another age can be on another rung.
            state.looked_on = None;
            save(state)
        }
        RotationCommand::SaveCalendar => calendar(state, now),
    }
}

/// Writes what is remembered. Of a profile that is not remembered nothing is in there.
pub(in crate::state) fn save(state: &AppState) -> Vec<Effect> {
    vec![Effect::Shell(ShellEffect::SavePreferences(
        state.saved.clone(),
    ))]
}

fn begin(state: &mut AppState, reason: Reason, now: Now) -> Vec<Effect> {
    let old = state.keys.fingerprint;
    if let Some(workspace) = &mut state.workspace {
        workspace.page = Page::Key;
    }
    // One that has switched has only its check before it: it ends without, and another begins.
    let mut effects = finish(state, now);
    state.keys.finished = None;
    let Some(known) = state.known_now_mut() else {
        return effects;
    };
    match &mut known.rotation {
        Some(rotation) => rotation.reason = reason,
        None => {
            known.rotation = Some(Rotation::begin(reason, old, now.wall));
            known.places.begin_anew();
        }
    }
    effects.extend(save(state));
    effects
}

/// The old key stays; the new one is forgotten here. After the switch there is nothing to stop.
fn stop(state: &mut AppState) -> Vec<Effect> {
    let is_switching = matches!(state.keys.work, Work::Switching(_));
    let is_switched = state.rotation().is_some_and(Rotation::is_switched);
    if is_switching || is_switched {
        return Vec::new();
    }
    if let Some(known) = state.known_now_mut() {
        known.rotation = None;
    }
    let mut effects = forget(state);
    effects.extend(save(state));
    effects
}

/// Forgets the new key and whatever was being done with it.
pub(in crate::state) fn forget(state: &mut AppState) -> Vec<Effect> {
    state.keys.work = Work::Idle;
    state.keys.trouble = None;
    state.keys.proof = None;
    state.keys.has_candidate = false;
    state.keys.standing = None;
    vec![Effect::Rotation(RotationEffect::Forget(state.generation))]
}

/// A step is done.
pub(in crate::state) fn advance(state: &mut AppState, step: Step, now: Now) -> Vec<Effect> {
    let is_here = state
        .rotation()
        .is_some_and(|rotation| rotation.step == step);
    if !is_here || state.keys.is_busy() {
        return Vec::new();
    }
    state.keys.trouble = None;
    if let Some(rotation) = state.rotation_mut() {
        rotation.complete(step, now.wall);
    }
    save(state)
}

fn back_to(state: &mut AppState, step: Step) -> Vec<Effect> {
    let may = state
        .rotation()
        .is_some_and(|rotation| !rotation.is_switched() && step < rotation.step);
    if !may || state.keys.is_busy() {
        return Vec::new();
    }
    let mut effects = Vec::new();
    state.keys.trouble = None;
    if !step.needs_new_key() {
        // Before the pasting there is no new key.
        effects = forget(state);
    }
    if let Some(rotation) = state.rotation_mut() {
        rotation.back_to(step);
        if !step.needs_new_key() {
            rotation.new = None;
        }
    }
    effects.extend(save(state));
    effects
}

fn prove(
    state: &mut AppState,
    now: Now,
    effect: impl FnOnce(crate::state::generation::Generation) -> RotationEffect,
) -> Vec<Effect> {
    let may = state
        .rotation()
        .is_some_and(|rotation| rotation.step <= Step::Paste);
    if !may || state.keys.is_busy() {
        return Vec::new();
    }
    state.keys.trouble = None;
    state.keys.standing = None;
    state.keys.work = Work::Proving(now.boot);
    vec![Effect::Rotation(effect(state.generation))]
}

fn switch(state: &mut AppState, now: Now) -> Vec<Effect> {
    let is_here = state
        .rotation()
        .is_some_and(|rotation| rotation.step == Step::Switch);
    // What is being stored is the old key, and its end decides where the new one goes.
    if !is_here || state.keys.is_busy() || state.keys.proof.is_none() || state.is_key_being_stored()
    {
        return Vec::new();
    }
    state.keys.trouble = None;
    // It may have been revoked since it was proved: the old key is given up only for one that works now.
    state.keys.work = Work::ProvingAgain(now.boot);
    let effect = RotationEffect::ProveForSwitch(state.generation);
    vec![Effect::Rotation(effect)]
}

fn check(
    state: &mut AppState,
    now: Now,
    effect: impl FnOnce(crate::state::generation::Generation) -> RotationEffect,
) -> Vec<Effect> {
    let is_here = state
        .rotation()
        .is_some_and(|rotation| rotation.step == Step::Check);
    if !is_here || state.keys.is_busy() {
        return Vec::new();
    }
    state.keys.trouble = None;
    state.keys.work = Work::Checking(now.boot);
    vec![Effect::Rotation(effect(state.generation))]
}

/// The old key is known by its fingerprint: another one would prove nothing.
fn give_old(state: &mut AppState, key: ApiKey, now: Now) -> Vec<Effect> {
    let given = KeyFingerprint::of(&key);
    let old = state.rotation().and_then(|rotation| rotation.old);
    if old.is_some_and(|old| old != given) || state.keys.fingerprint == Some(given) {
        state.keys.trouble = Some(KeyTrouble::NotTheOldKey);
        return Vec::new();
    }
    let effects = check(state, now, |generation| {
        RotationEffect::CheckGiven(generation, key)
    });
    // It need not be pasted once more for the next check.
    state.keys.has_old |= !effects.is_empty();
    effects
}

/// The last word: the rotation is over. This is where a history learns of it.
pub(in crate::state) fn finish(state: &mut AppState, now: Now) -> Vec<Effect> {
    let is_old_dead = matches!(state.keys.old, Some(OldKey::Dead(_)));
    let Some(rotation) = state
        .known_now_mut()
        .and_then(|known| known.rotation.take_if(|rotation| rotation.is_switched()))
    else {
        return Vec::new();
    };
    let mut effects = forget(state);
    state.keys.has_old = false;
    state.keys.old = None;
    state.keys.finished = Some(Finished {
        rotation,
        is_old_dead,
        at: now.wall,
    });
    effects.extend(save(state));
    effects
}

fn places(state: &mut AppState, change: PlacesChange) -> Vec<Effect> {
    let Some(known) = state.known_now_mut() else {
        return Vec::new();
    };
    match change {
        PlacesChange::Add(name) => {
            known.places.add(&name);
        }
        PlacesChange::Rename(index, name) => known.places.rename(index, &name),
        PlacesChange::Tick(index, is_done) => known.places.tick(index, is_done),
        PlacesChange::Remove(index) => known.places.remove(index),
    }
    save(state)
}

fn copy_places(state: &AppState) -> Vec<Effect> {
    let Some(known) = state.known_now() else {
        return Vec::new();
    };
    let heading = format!(
        "Thred API key of {} at {}: places that need the new key",
        known.profile.partner.short(),
        known.profile.environment.host(),
    );
    let new = known.rotation.as_ref().and_then(|rotation| rotation.new);
    vec![Effect::Shell(ShellEffect::CopyText {
        what: "list of places",
        text: list_text(&heading, new, &known.places),
    })]
}

fn calendar(state: &mut AppState, now: Now) -> Vec<Effect> {
    let (Some(age), Some(known)) = (state.key_age(now), state.known_now()) else {
        state.toasts.push(
            now,
            ToastKind::Refused,
            "No due day yet",
            "It is not known how old this key is. Enter its issue date first. Nothing was written.",
            None,
        );
        return Vec::new();
    };
    let environment = &known.profile.environment;
    let reminder = Reminder {
        environment: environment.name().to_owned(),
        host: environment.host(),
        label: known.label.clone(),
        partner: known.profile.partner.0,
        due: age.due(),
    };
    vec![Effect::Shell(ShellEffect::SaveFile {
        profile: Some(known.profile.clone()),
        file_name: file_name(&reminder),
        contents: Contents::Calendar(ics(&reminder, now.wall)),
    })]
}

impl AppState {
    pub(in crate::state) fn rotation_mut(&mut self) -> Option<&mut Rotation> {
        self.known_now_mut()?.rotation.as_mut()
    }

    /// From now on the session's key is this one, added now.
    pub(in crate::state) fn key_is_new(
        &mut self,
        fingerprint: Option<KeyFingerprint>,
        now: Timestamp,
    ) {
        self.keys.fingerprint = fingerprint;
        self.looked_on = None;
        if let Some(known) = self.known_now_mut() {
            known.key = crate::domain::api_key::KeyRecord::added(fingerprint, now);
        }
    }
}
