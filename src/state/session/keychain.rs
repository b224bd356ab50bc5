//! Handles the keychain's answers to storing and deleting keys.

use super::attempt::SignInProblem;
use super::lock::Locked;
use super::messages::SessionEffect;
use super::open::KeyStoring;
use super::retained::PendingKeyStore;
use super::{locking, saved_profile, sign_out};
use crate::domain::key_source::KeySource;
use crate::domain::keychain::KeychainProblem;
use crate::domain::profile::Profile;
use crate::domain::text::capitalised;
use crate::state::cx::Cx;
use crate::state::generation::Generation;
use crate::state::shell::saved::RememberedProfile;
use crate::state::shell::toasts::{Toast, ToastAction};
use crate::state::{AppState, create, list, rotation};

/// Starts storing the key of the session on screen.
pub(in crate::state) fn store(state: &mut AppState, cx: &mut Cx) {
    if state.open().is_none() {
        return;
    }
    if let Some(open) = &mut state.open
        && !open.is_key_stored()
        // A key that is about to be replaced is not worth storing.
        && !open.keys.is_switching()
    {
        open.source = KeySource::Keychain;
        open.storing = KeyStoring::UnderWay;
        cx.push(SessionEffect::StoreKey(open.generation));
    }
}

/// Handles the outcome of storing the session's key.
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
            rotation::reconcile::key_was_stored(state, cx.now);
            // From now on the key is in the keychain, whatever its previous source.
            saved_profile::leave_former(state, &profile, None, cx);
            state.saved.set_source(&profile, None);
            saved_profile::save_label(state, &profile);
            state.toasts.dismiss_action(ToastAction::StoreKey);
            // The profile is saved from now on, so its draft and layout can be saved as well.
            create::drafts::save_drafts(state, cx);
            list::commands::record_layout(state);
        }
        Err(problem) => {
            let (title, body) = problem.explain(state.keychain);
            open.source = KeySource::Typed;
            open.storing = KeyStoring::Failed(problem);
            let body = format!("{body} You are signed in for this session only.");
            let toast = Toast::failed(title, body);
            cx.toast(toast.offering(ToastAction::StoreKey));
        }
    }
}

/// Handles the outcome of storing a key whose session has ended or was locked in the meantime.
pub(in crate::state) fn stored_late(
    state: &mut AppState,
    generation: Generation,
    result: Result<(), KeychainProblem>,
    cx: &mut Cx,
) {
    let Some(PendingKeyStore {
        profile,
        fingerprint,
        ..
    }) = state.retained.take_being_stored(generation)
    else {
        return;
    };
    if let Err(problem) = result {
        not_stored(state, &profile, problem, cx);
        return;
    }
    let is_locked = |locked: &Locked| locked.profile == profile;
    let is_last = state.locked().is_some_and(is_locked);
    let last = state.saved.last_profile.clone().filter(|_| !is_last);
    // A session that was opened with another key since then keeps its record.
    let is_it =
        |known: &mut RememberedProfile| known.profile == profile && known.key.fits(fingerprint);
    let record = state.unsaved.extract_if(.., is_it).next();
    rotation::reconcile::remember(&mut state.saved, &profile, fingerprint, record, cx.now);
    saved_profile::leave_former(state, &profile, None, cx);
    state.saved.set_source(&profile, None);
    state.ages_checked_on = None;
    if let Some(last) = last {
        state.saved.was_opened(&last);
    }
    saved_profile::save_label(state, &profile);
}

/// Reports that a key was lost: it was in memory only, and its session has ended. A locked profile shows this on its lock.
fn not_stored(state: &mut AppState, profile: &Profile, problem: KeychainProblem, cx: &mut Cx) {
    let is_it = |locked: &Locked| locked.profile == *profile;
    if state.locked().is_some_and(is_it) {
        // The keychain can only return another key, so stop unlocking.
        locking::cancel(state, cx);
        if let Some(locked) = &mut state.lock.locked {
            locked.source = KeySource::Typed;
            locked.problem = Some(SignInProblem::Keychain(problem, profile.clone()));
        }
        return;
    }
    let (title, body) = problem.explain(state.keychain);
    let name = state.share.profile_name(profile, state.label(profile));
    let environment = profile.environment.in_sentence();
    let body = format!(
        "{body} The key for {name} in {environment} was not saved. You will need to enter it again."
    );
    cx.toast(Toast::failed(title, body));
}

/// Reports whether the key was deleted after a sign-out.
pub(in crate::state) fn key_deleted(
    state: &mut AppState,
    profile: &Profile,
    result: Result<bool, KeychainProblem>,
    cx: &mut Cx,
) {
    let known = state.saved.known(profile);
    if let Some(source) = known.and_then(|known| known.source.as_ref()) {
        let source = source.source.title();
        return former_key_deleted(state, profile, &source, result, cx);
    }
    let store = state.keychain.phrase();
    let message = match &result {
        Ok(true) => format!("Signed out. The key was removed from {store}."),
        Ok(false) => format!("Signed out. {} no longer held the key.", capitalised(store)),
        Err(problem) => {
            let (title, body) = problem.explain(state.keychain);
            format!("Signed out, but the key is still in {store}. {title}. {body}")
        }
    };
    let message = state.retained.with_tokens_note(message);
    if state.is_signed_out() {
        sign_out::show_notice(state, message);
        return;
    }
    // Another sign-in has started. There, only a failure is worth a message.
    if let Err(problem) = result {
        let (title, body) = problem.explain(state.keychain);
        let name = state.share.profile_name(profile, state.label(profile));
        let environment = profile.environment.in_sentence();
        let body = format!(
            "{name} in {environment} was signed out, but its key was not removed. {title}. {body} Remove the \
             profile to try again."
        );
        let title = format!("The key is still in {store}");
        cx.toast(Toast::failed(title, body));
    }
}

/// Reports that the key of a profile that has changed to another source was not deleted. Success needs no message.
fn former_key_deleted(
    state: &mut AppState,
    profile: &Profile,
    source: &str,
    result: Result<bool, KeychainProblem>,
    cx: &mut Cx,
) {
    let Err(problem) = result else {
        return;
    };
    let store = state.keychain.phrase();
    let (title, body) = problem.explain(state.keychain);
    let name = state.share.profile_name(profile, state.label(profile));
    let environment = profile.environment.in_sentence();
    let body = format!(
        "{name} in {environment} now gets its key from {source}, but its former key was not removed. {title}. {body} \
         Remove it with the system’s keychain program."
    );
    let title = format!("A key is still in {store}");
    cx.toast(Toast::failed(title, body));
}

/// Reports that the answer to a source's prompt was not saved or deleted. Success needs no message.
pub(in crate::state) fn prompt_answer_saved(
    state: &mut AppState,
    result: Result<(), KeychainProblem>,
    done: &str,
    cx: &mut Cx,
) {
    let Err(problem) = result else {
        return;
    };
    let (title, body) = problem.explain(state.keychain);
    let title = format!("The secret ID was not {done}: {title}");
    cx.toast(Toast::failed(title, body));
}
