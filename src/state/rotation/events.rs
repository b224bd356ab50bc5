//! What happens to a rotation: proofs, the switch, and the start of a session in the middle of one.

use crate::domain::api_key::KeyRecord;
use crate::domain::credentials::ApiKey;
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::keychain::KeychainProblem;
use crate::domain::profile::Profile;
use crate::domain::rotation::{KeyFingerprint, Rotation, Step};
use crate::domain::text::capitalised;
use crate::domain::time::Now;
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::effect::Effect;
use crate::state::list::messages::ListCommand;
use crate::state::rotation::commands::{advance, finish, forget, save};
use crate::state::rotation::messages::{Holds, NotProved, Proof, RotationEffect, RotationEvent};
use crate::state::rotation::{KeyTrouble, Keys, OldKey, Work};
use crate::state::session::attempt::{KeyPlace, Session};
use crate::state::shell::saved::{KnownProfile, Saved};
use crate::state::shell::toasts::ToastKind;

pub(in crate::state) fn event(state: &mut AppState, event: RotationEvent, now: Now) -> Vec<Effect> {
    match event {
        RotationEvent::Proved(result) => proved(state, result, now),
        RotationEvent::ProvedAgain(result) => proved_again(state, result, now),
        RotationEvent::Switched { written, holds } => switched(state, written, holds, now),
        RotationEvent::OldChecked(result) => old_checked(state, result, now),
    }
}

fn proved(state: &mut AppState, result: Result<Box<Proof>, NotProved>, now: Now) -> Vec<Effect> {
    if !matches!(state.keys.work, Work::Proving(_)) {
        return Vec::new();
    }
    state.keys.work = Work::Idle;
    match result {
        Ok(proof) => {
            let fingerprint = proof.fingerprint;
            state.keys.proof = Some(*proof);
            state.keys.has_candidate = true;
            if let Some(rotation) = state.rotation_mut() {
                // In the demo the portal's part and the pasting are one.
                if rotation.step == Step::Portal {
                    rotation.complete(Step::Portal, now.wall);
                }
                rotation.new = Some(fingerprint);
            }
            advance(state, Step::Paste, now)
        }
        Err(why) => {
            state.keys.has_candidate = matches!(why, NotProved::Failed(_));
            state.keys.trouble = Some(match why {
                NotProved::SameKey => KeyTrouble::SameKey,
                NotProved::NoDemo => KeyTrouble::NoDemo,
                NotProved::Failed(failure) => KeyTrouble::NotProved(failure),
            });
            Vec::new()
        }
    }
}

/// The new key works at this moment, so it is switched to; if not, the old one stays.
fn proved_again(state: &mut AppState, result: Result<(), Failure>, now: Now) -> Vec<Effect> {
    if !matches!(state.keys.work, Work::ProvingAgain(_)) {
        return Vec::new();
    }
    let failure = match result {
        Ok(()) => {
            state.keys.work = Work::Switching(now.boot);
            let effect = RotationEffect::Switch {
                generation: state.generation,
                in_keychain: state.is_key_stored(),
            };
            return vec![Effect::Rotation(effect)];
        }
        Err(failure) => failure,
    };
    let mut effects = Vec::new();
    if failure.kind == FailureKind::KeyRefused {
        // Nothing can be done with this key any more.
        effects = forget(state);
        if let Some(rotation) = state.rotation_mut() {
            rotation.back_to(Step::Paste);
            rotation.new = None;
        }
        effects.extend(save(state));
    }
    state.keys.work = Work::Idle;
    state.keys.trouble = Some(KeyTrouble::NotProvedAgain(failure));
    effects
}

/// What the keychain holds counts, whatever it said to the writing.
fn switched(
    state: &mut AppState,
    written: Result<(), KeychainProblem>,
    holds: Holds,
    now: Now,
) -> Vec<Effect> {
    if !matches!(state.keys.work, Work::Switching(_)) {
        return Vec::new();
    }
    state.keys.work = Work::Idle;
    match holds {
        Holds::New | Holds::MemoryOnly => {
            let new = state.keys.proof.as_ref().map(|proof| proof.fingerprint);
            state.keys.has_old = true;
            if holds == Holds::MemoryOnly {
                leaves_the_variables(state);
            }
            state.key_is_new(new, now.wall);
            let was_refused = state
                .workspace
                .as_ref()
                .is_some_and(|workspace| workspace.sign_in_failure.is_some());
            let mut effects = advance(state, Step::Switch, now);
            if was_refused {
                // What the old key could not load, the new one can.
                effects.extend(state.command(Command::List(ListCommand::Refresh), now));
            }
            effects
        }
        Holds::Old | Holds::Neither | Holds::Unknown => {
            state.keys.trouble = Some(KeyTrouble::NotSwitched(written.err(), holds));
            Vec::new()
        }
    }
}

/// The variables that the console was started with still hold the old key: the new one is nowhere but here.
fn leaves_the_variables(state: &mut AppState) {
    if let Session::SignedIn { key, .. } = &mut state.session
        && *key == KeyPlace::Environment
    {
        *key = KeyPlace::Memory;
    }
}

fn old_checked(state: &mut AppState, result: Result<(), Failure>, now: Now) -> Vec<Effect> {
    if !matches!(state.keys.work, Work::Checking(_)) {
        return Vec::new();
    }
    state.keys.work = Work::Idle;
    match result {
        Ok(()) => {
            state.keys.old = Some(OldKey::Alive(now.wall));
            Vec::new()
        }
        Err(failure) if failure.kind == FailureKind::KeyRefused => {
            state.keys.old = Some(OldKey::Dead(now.wall));
            if let Some(rotation) = state.rotation_mut() {
                rotation.complete(Step::Check, now.wall);
            }
            finish(state, now)
        }
        Err(failure) => {
            state.keys.trouble = Some(KeyTrouble::NotChecked(failure));
            Vec::new()
        }
    }
}

/// A session is about to begin with this key.
pub(in crate::state) fn signing_in(state: &mut AppState, key: &ApiKey) {
    state.key_tried = Some(KeyFingerprint::of(key));
}

/// The session has begun: whose record is the key's, and where does its replacement stand?
pub(in crate::state) fn session_began(state: &mut AppState, now: Now) -> Vec<Effect> {
    let Session::SignedIn { profile, key } = &state.session else {
        return Vec::new();
    };
    let fingerprint = state.key_tried.take();
    let (profile, is_stored) = (profile.clone(), *key == KeyPlace::Keychain);
    state.keys = Keys::of(fingerprint);
    state.looked_on = None;
    match state.saved.known_mut(&profile) {
        Some(known) if known.key.fits(fingerprint) => {
            known.key.fingerprint = fingerprint;
            resume(state, fingerprint, now)
        }
        // The keychain holds another key than the one of the record.
        Some(_) if is_stored => another_key(state, fingerprint, now),
        Some(_) | None => {
            let record = KeyRecord {
                fingerprint,
                ..KeyRecord::default()
            };
            let mut passing = KnownProfile::new(profile);
            passing.key = record;
            state.keys.passing = Some(passing);
            Vec::new()
        }
    }
}

/// The key is the one of the record. A new one that was in memory only is gone.
fn resume(state: &mut AppState, fingerprint: Option<KeyFingerprint>, now: Now) -> Vec<Effect> {
    let Some(rotation) = state.rotation_mut() else {
        return Vec::new();
    };
    let is_old = rotation.old.is_none() || rotation.old == fingerprint;
    let is_new = rotation.new.is_some() && rotation.new == fingerprint;
    let step = rotation.step;
    if is_new {
        return if rotation.is_switched() {
            Vec::new()
        } else {
            went_through(state, fingerprint, now)
        };
    }
    if is_old && (step.needs_new_key() || step == Step::Check) {
        // The new one's fingerprint stays: a write that was under way may still go through.
        rotation.back_to(Step::Paste);
        let text = format!(
            "The new key was in memory only and is gone. {} holds the old key{}, which works. Paste the new key again.",
            capitalised(state.keychain.phrase()),
            named(fingerprint),
        );
        say_where(state, "The key rotation goes on", text, now);
    }
    save(state)
}

/// Another key than the one of the record: the switch of a run that was killed, or somebody else's doing.
fn another_key(state: &mut AppState, fingerprint: Option<KeyFingerprint>, now: Now) -> Vec<Effect> {
    let is_ours = state
        .rotation()
        .is_some_and(|rotation| rotation.new.is_some() && rotation.new == fingerprint);
    if is_ours {
        return went_through(state, fingerprint, now);
    }
    state.key_is_new(fingerprint, now.wall);
    if let Some(rotation) = state.rotation_mut() {
        rotation.new = None;
        rotation.old = fingerprint;
        if rotation.step != Step::Portal {
            rotation.back_to(Step::Paste);
        }
    }
    let text = format!(
        "{} holds another key than before{}. It works. Its age is counted from today; enter its issue date if you know it.",
        capitalised(state.keychain.phrase()),
        named(fingerprint),
    );
    say_where(state, "The API key was replaced elsewhere", text, now);
    save(state)
}

/// The program ended, or was locked, between the keychain's writing and ours.
fn went_through(
    state: &mut AppState,
    fingerprint: Option<KeyFingerprint>,
    now: Now,
) -> Vec<Effect> {
    state.key_is_new(fingerprint, now.wall);
    if let Some(rotation) = state.rotation_mut() {
        for step in [
            Step::Portal,
            Step::Paste,
            Step::Prove,
            Step::Places,
            Step::Switch,
        ] {
            if rotation.step == step {
                rotation.complete(step, now.wall);
            }
        }
    }
    let text = format!(
        "{} holds the new key{}: the switch went through before its end was noted. What is left is to see that the old key is dead.",
        capitalised(state.keychain.phrase()),
        named(fingerprint),
    );
    say_where(state, "The new key is in use", text, now);
    save(state)
}

/// A key was stored after it was typed on the sign-in screen; whoever calls saves what is known of it.
pub(in crate::state) fn key_was_stored(state: &mut AppState, now: Now) {
    let Some(profile) = state.profile_now() else {
        return;
    };
    let Keys {
        fingerprint,
        passing,
        ..
    } = &mut state.keys;
    let (fingerprint, passing) = (*fingerprint, passing.take());
    remember(&mut state.saved, &profile, fingerprint, passing, now);
    state.looked_on = None;
}

/// Remembers a profile whose key was stored, with what was known of it before that.
pub(in crate::state) fn remember(
    saved: &mut Saved,
    profile: &Profile,
    fingerprint: Option<KeyFingerprint>,
    passing: Option<KnownProfile>,
    now: Now,
) {
    saved.key_was_stored(profile, fingerprint, now.wall);
    let Some(known) = saved.known_mut(profile) else {
        return;
    };
    if let Some(passing) = passing {
        if known.places.0.is_empty() {
            known.places = passing.places;
        }
        if known.key.issued_on.is_none() {
            known.key.issued_on = passing.key.issued_on;
        }
        known.rotation = known.rotation.take().or(passing.rotation);
    }
    // A rotation that was under way ends with the key that was typed in its place.
    let is_replaced =
        |rotation: &&mut Rotation| !rotation.is_switched() && rotation.old != fingerprint;
    if let Some(rotation) = known.rotation.as_mut().filter(is_replaced) {
        rotation.new = fingerprint;
        rotation.step = Step::Switch;
        rotation.complete(Step::Switch, now.wall);
    }
}

fn say_where(state: &mut AppState, title: &str, text: String, now: Now) {
    state
        .toasts
        .push(now, ToastKind::Info, title, text.clone(), None);
    state.keys.standing = Some(text);
}

fn named(fingerprint: Option<KeyFingerprint>) -> String {
    fingerprint.map_or_else(String::new, |fingerprint| format!(" ({fingerprint})"))
}
