//! What is saved of a profile for its next sign-in: the source of its key that the user approved, and its label.

use super::attempt::SignInProblem;
use super::messages::SessionEffect;
use crate::domain::key_source::{ExternalSource, KeySource};
use crate::domain::profile::Profile;
use crate::state::AppState;
use crate::state::cx::Cx;

/// The source of a profile; an error if the user has not approved it.
pub(super) fn approved(
    state: &AppState,
    profile: &Profile,
) -> Result<KeySource, Box<SignInProblem>> {
    let Some(known) = state.saved.known(profile) else {
        return Ok(state.source_of(profile));
    };
    let source = known.source();
    match &known.source {
        Some(remembered) if !remembered.is_approved(profile) => Err(Box::new(
            SignInProblem::SourceChanged(source, profile.clone()),
        )),
        Some(_) | None => Ok(source),
    }
}

/// Records that the user has read the saved source in full and agrees to it.
pub(super) fn approve(state: &mut AppState, profile: &Profile) {
    let known = state.saved.known_mut(profile);
    if let Some(source) = known.and_then(|known| known.source.as_mut()) {
        source.approve(profile);
    }
}

/// Deletes from the keychain what only the previous source needed, when another source replaces it.
pub(super) fn leave_former(
    state: &AppState,
    profile: &Profile,
    new: Option<&ExternalSource>,
    cx: &mut Cx,
) {
    let Some(known) = state.saved.known(profile) else {
        return;
    };
    match (&known.source, new) {
        (None, Some(_)) if !known.is_signed_out => {
            cx.push(SessionEffect::DeleteKey(profile.clone()));
        }
        (Some(former), new) => {
            let former = &former.source;
            if new.and_then(ExternalSource::answer_id) != former.answer_id() {
                delete_answer(Some(former), cx);
            }
        }
        (None, _) => {}
    }
}

/// Deletes the user's answer to the source's prompt from the keychain, if it is stored there.
pub(super) fn delete_answer(source: Option<&ExternalSource>, cx: &mut Cx) {
    let keeps_answer =
        |source: &&ExternalSource| source.prompt().is_some_and(|prompt| prompt.is_saved);
    if let Some(source) = source.filter(keeps_answer) {
        cx.push(SessionEffect::DeleteAnswer(source.clone()));
    }
}

/// Saves the label that was entered at sign-in with its profile.
pub(super) fn save_label(state: &mut AppState, profile: &Profile) {
    if let Some(known) = state.saved.known_mut(profile)
        && let Some((_, label)) = state.retained.label.take_if(|(of, _)| of == profile)
    {
        known.label = label;
    }
}
