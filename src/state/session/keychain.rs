//! What the keychain answers to the storing and deleting of keys.

use super::attempt::SignInProblem;
use super::lock::Locked;
use super::messages::SessionEffect;
use super::open::KeyStoring;
use super::parked::BeingStored;
use super::{locking, profiles, sign_out, sources};
use crate::domain::key_source::KeySource;
use crate::domain::keychain::KeychainProblem;
use crate::domain::profile::Profile;
use crate::domain::text::capitalised;
use crate::state::cx::Cx;
use crate::state::generation::Generation;
use crate::state::shell::messages::ShellEffect;
use crate::state::shell::toasts::{ToastAction, ToastKind};
use crate::state::{AppState, create, list, rotation};

/// Tries to store the key of the session that is shown.
pub(in crate::state) fn store(state: &mut AppState, cx: &mut Cx) {
    if state.open().is_none() {
        return;
    }
    if let Some(open) = &mut state.open
        && !open.is_key_kept()
        // A key that is just being replaced is not worth keeping.
        && !open.keys.is_switching()
    {
        open.source = KeySource::Keychain;
        open.storing = KeyStoring::UnderWay;
        cx.push(SessionEffect::StoreKey(open.generation));
    }
}

/// The key of the session was stored, or was not.
pub(in crate::state) fn key_stored(
    state: &mut AppState,
    result: Result<(), KeychainProblem>,
    cx: &mut Cx,
) {
    let Some(open) = &mut state.open else {
        return;
    };
    match result {
        Ok(()) => {
            open.source = KeySource::Keychain;
            open.storing = KeyStoring::Settled;
            let profile = open.profile().clone();
            rotation::events::key_was_stored(state, cx.now);
            // From now on the keychain has it, wherever it came from before.
            sources::leave_former(state, &profile, None, cx);
            state.saved.set_source(&profile, None);
            profiles::keep_label(state, &profile);
            state.toasts.dismiss_action(ToastAction::KeepKey);
            // Until now there may have been no place for what was typed and arranged.
            create::drafts::save_drafts(state, cx);
            list::commands::keep_layout(state);
            cx.push(ShellEffect::SavePreferences(state.saved.clone()));
        }
        Err(problem) => {
            let (title, body) = problem.explain(state.keychain);
            open.source = KeySource::Typed;
            open.storing = KeyStoring::Failed(problem);
            let body = format!("{body} You are signed in for this session only.");
            let action = Some(ToastAction::KeepKey);
            state
                .toasts
                .push(cx.now, ToastKind::Refused, title, body, action);
        }
    }
}

/// The keychain has answered for a profile that was left or locked meanwhile.
pub(in crate::state) fn stored_late(
    state: &mut AppState,
    generation: Generation,
    result: Result<(), KeychainProblem>,
    cx: &mut Cx,
) {
    let Some(left) = state.parked.take_being_stored(generation) else {
        return;
    };
    let BeingStored {
        profile,
        fingerprint,
        passing,
        ..
    } = left;
    if let Err(problem) = result {
        not_stored(state, &profile, problem, cx);
        return;
    }
    let is_locked = |locked: &Locked| locked.profile == profile;
    let is_last = state.locked().is_some_and(is_locked);
    let last = state.saved.last_profile.clone().filter(|_| !is_last);
    rotation::events::remember(&mut state.saved, &profile, fingerprint, passing, cx.now);
    state.looked_on = None;
    if let Some(last) = last {
        state.saved.was_opened(&last);
    }
    profiles::keep_label(state, &profile);
    cx.push(ShellEffect::SavePreferences(state.saved.clone()));
}

/// The key went with its session, and is nowhere now. A locked profile says so on its lock.
fn not_stored(state: &mut AppState, profile: &Profile, problem: KeychainProblem, cx: &mut Cx) {
    let is_it = |locked: &Locked| locked.profile == *profile;
    if state.locked().is_some_and(is_it) {
        // Whatever the keychain hands out now is another key.
        locking::cancel(state, cx);
        if let Some(locked) = &mut state.lock.locked {
            locked.source = KeySource::Typed;
            locked.problem = Some(SignInProblem::Keychain(problem, profile.clone()));
        }
        return;
    }
    let (title, body) = problem.explain(state.keychain);
    let name = state.share.profile_name(profile, state.label(profile));
    let environment = profile.environment.called();
    let body = format!(
        "{body} The key for {name} in {environment} was not saved. You will need to enter it again."
    );
    state
        .toasts
        .push(cx.now, ToastKind::Refused, title, body, None);
}

/// After a sign-out: the key was deleted, or was not.
pub(in crate::state) fn key_deleted(
    state: &mut AppState,
    profile: &Profile,
    result: Result<bool, KeychainProblem>,
    cx: &Cx,
) {
    let store = state.keychain.phrase();
    let told = match &result {
        Ok(true) => format!("Signed out. The key was removed from {store}."),
        Ok(false) => format!("Signed out. {} no longer held the key.", capitalised(store)),
        Err(problem) => {
            let (title, body) = problem.explain(state.keychain);
            format!("Signed out, but the key is still in {store}. {title}. {body}")
        }
    };
    let told = state.parked.and_tokens(told);
    if state.is_signed_out() {
        sign_out::tell(state, told);
        return;
    }
    // Another sign-in has begun: a good end needs no words there, a bad one does.
    if let Err(problem) = result {
        let (title, body) = problem.explain(state.keychain);
        let name = state.share.profile_name(profile, state.label(profile));
        let environment = profile.environment.called();
        let body = format!(
            "{name} in {environment} was signed out, but its key was not removed. {title}. {body} Remove the \
             profile to try again."
        );
        let title = format!("The key is still in {store}");
        state
            .toasts
            .push(cx.now, ToastKind::Refused, title, body, None);
    }
}

/// The answer to the prompt of a source was saved or deleted, or was not. A good end needs no words.
pub(in crate::state) fn answer_kept(
    state: &mut AppState,
    result: Result<bool, KeychainProblem>,
    done: &str,
    cx: &Cx,
) {
    let Err(problem) = result else {
        return;
    };
    let (title, body) = problem.explain(state.keychain);
    let title = format!("The key source’s secret was not {done}: {title}");
    state
        .toasts
        .push(cx.now, ToastKind::Refused, title, body, None);
}
