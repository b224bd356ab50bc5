//! What the keychain answers to the storing and deleting of keys.

use crate::domain::keychain::KeychainProblem;
use crate::domain::profile::Profile;
use crate::domain::text::capitalised;
use crate::domain::time::Now;
use crate::state::effect::Effect;
use crate::state::generation::Generation;
use crate::state::session::attempt::{KeyPlace, Session, SignInProblem};
use crate::state::session::lock::Locked;
use crate::state::session::messages::Way;
use crate::state::session::parked::BeingStored;
use crate::state::shell::messages::ShellEffect;
use crate::state::shell::toasts::{ToastAction, ToastKind};
use crate::state::{AppState, create, list, rotation, session};

/// The key of the session was stored, or was not.
pub(in crate::state) fn key_stored(
    state: &mut AppState,
    result: Result<(), KeychainProblem>,
    now: Now,
) -> Vec<Effect> {
    let Session::SignedIn { profile, key } = &mut state.session else {
        return Vec::new();
    };
    match result {
        Ok(()) => {
            *key = KeyPlace::Keychain;
            let profile = profile.clone();
            rotation::events::key_was_stored(state, now);
            session::profiles::keep_label(state, &profile);
            state.toasts.dismiss_action(ToastAction::KeepKey);
            // Until now there may have been no place for what was typed and arranged.
            let mut effects = create::saving::save_drafts(state);
            list::commands::keep_layout(state);
            effects.push(Effect::Shell(ShellEffect::SavePreferences(
                state.saved.clone(),
            )));
            effects
        }
        Err(problem) => {
            let (title, body) = problem.explain(state.keychain);
            *key = KeyPlace::NotStored(problem);
            let body = format!("{body} You are signed in for this session only.");
            state.toasts.push(
                now,
                ToastKind::Refused,
                title,
                body,
                Some(ToastAction::KeepKey),
            );
            Vec::new()
        }
    }
}

/// The keychain has answered for a profile that was left or locked meanwhile.
pub(in crate::state) fn stored_late(
    state: &mut AppState,
    generation: Generation,
    result: Result<(), KeychainProblem>,
    now: Now,
) -> Vec<Effect> {
    let Some(left) = state.others.take_being_stored(generation) else {
        return Vec::new();
    };
    let BeingStored {
        profile,
        fingerprint,
        passing,
        ..
    } = left;
    if let Err(problem) = result {
        return not_stored(state, &profile, problem, now);
    }
    let is_locked = |locked: &Locked| locked.profile == profile;
    let is_last = state.locked().is_some_and(is_locked);
    let last = state.saved.last_profile.clone().filter(|_| !is_last);
    rotation::events::remember(&mut state.saved, &profile, fingerprint, passing, now);
    state.looked_on = None;
    if let Some(last) = last {
        state.saved.was_opened(&last);
    }
    session::profiles::keep_label(state, &profile);
    vec![Effect::Shell(ShellEffect::SavePreferences(
        state.saved.clone(),
    ))]
}

/// The key went with its session, and is nowhere now. A locked profile says so on its lock.
fn not_stored(
    state: &mut AppState,
    profile: &Profile,
    problem: KeychainProblem,
    now: Now,
) -> Vec<Effect> {
    let is_it = |locked: &Locked| locked.profile == *profile;
    if state.locked().is_some_and(is_it) {
        // Whatever the keychain hands out now is another key.
        let effects = session::locking::cancel(state);
        if let Session::Locked(locked) = &mut state.session {
            locked.way = Way::SignIn;
            locked.problem = Some(SignInProblem::Keychain(problem, profile.clone()));
        }
        return effects;
    }
    let (title, body) = problem.explain(state.keychain);
    let name = state.share.profile_name(profile, state.label(profile));
    let environment = profile.environment.name();
    let body = format!(
        "{body} The key of {name} in {environment} was not kept: it has to be entered again."
    );
    state
        .toasts
        .push(now, ToastKind::Refused, title, body, None);
    Vec::new()
}

/// After a sign-out: the key was deleted, or was not.
pub(in crate::state) fn key_deleted(
    state: &mut AppState,
    profile: &Profile,
    result: Result<bool, KeychainProblem>,
    now: Now,
) {
    let store = state.keychain.phrase();
    let told = match &result {
        Ok(true) => format!("Signed out. The key was removed from {store}."),
        Ok(false) => format!("Signed out. {} held no key any more.", capitalised(store)),
        Err(problem) => {
            let (title, body) = problem.explain(state.keychain);
            format!("Signed out, but the key is still in {store}. {title}. {body}")
        }
    };
    let told = state.others.and_tokens(told);
    if let Session::SignedOut { notice, .. } = &mut state.session {
        *notice = Some(told);
        return;
    }
    // Another sign-in has begun: a good end needs no words there, a bad one does.
    if let Err(problem) = result {
        let (title, body) = problem.explain(state.keychain);
        let name = state.share.profile_name(profile, state.label(profile));
        let environment = profile.environment.name();
        let body = format!(
            "{name} in {environment} was signed out, but its key was not removed. {title}. {body} Remove the profile \
             to try it again."
        );
        let title = format!("The key is still in {store}");
        state
            .toasts
            .push(now, ToastKind::Refused, title, body, None);
    }
}
