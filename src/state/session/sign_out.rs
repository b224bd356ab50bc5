//! Signs out, and ends sessions.

use super::attempt::{Attempt, AttemptStage};
use super::messages::SessionEffect;
use super::saved_profile;
use crate::domain::key_source::KeySource;
use crate::state::cx::Cx;
use crate::state::tokens::messages::TokenEffect;
use crate::state::{AppState, create, list};

/// Deletes the key, in memory and in the keychain.
pub(in crate::state) fn sign_out(state: &mut AppState, cx: &mut Cx) {
    create::drafts::save_drafts(state, cx);
    list::saved_filter::record(state);
    let Some(open) = state.open() else {
        return;
    };
    let (source, profile) = (open.source.clone(), open.profile().clone());
    end(state, cx);
    let notice = match &source {
        KeySource::Keychain => {
            state.saved.clear_stored_key(&profile);
            cx.push(SessionEffect::DeleteKey(profile));
            format!(
                "Signed out. The key is being removed from {}.",
                state.keychain.phrase()
            )
        }
        KeySource::Typed | KeySource::Demo => {
            "Signed out. The key was in memory only and was removed.".to_owned()
        }
        KeySource::Variables | KeySource::External(_) => {
            if source.external().is_some() {
                saved_profile::delete_answer(source.external(), cx);
                // Otherwise, the next start would sign in again.
                state.saved.clear_stored_key(&profile);
            }
            let keeps = source.keeps_phrase().unwrap_or_default();
            format!("Signed out. {keeps} the key.")
        }
    };
    state
        .retained
        .signed_out(state.memory_only_profile.as_ref());
    let notice = state.retained.with_tokens_note(notice);
    show_notice(state, notice);
}

/// Ends the running session, on screen or behind a sign-in, and a sign-in attempt with it.
pub(in crate::state) fn end(state: &mut AppState, cx: &mut Cx) {
    cx.push(SessionEffect::End);
    if state.clipboard.begin_clearing(false) {
        cx.push(TokenEffect::ClearClipboard);
    }
    // A token that is still about to be copied is cleared once it is on the clipboard.
    if let Some(open) = state.open.take() {
        let _ = state.take_unsaved(open.profile());
    }
    state.attempt = None;
    state.toasts.session_ended();
}

/// Shows a message on the sign-in screen.
pub(in crate::state) fn show_notice(state: &mut AppState, message: String) {
    let generation = state.next_generation();
    let attempt = state
        .attempt
        .get_or_insert_with(|| Attempt::new(generation, AttemptStage::blank()));
    if let AttemptStage::Form { notice, .. } = &mut attempt.stage {
        *notice = Some(message);
    }
}
