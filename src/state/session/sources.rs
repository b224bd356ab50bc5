//! Keys from external sources, where the team stores them.

use super::attempt::{AttemptStage, SignInProblem};
use super::attempts;
use super::messages::{FoundKey, KeyRequest, SessionEffect};
use crate::domain::credentials::PartnerId;
use crate::domain::key_source::{ExternalSource, KeyProblem, KeySource};
use crate::domain::profile::Profile;
use crate::domain::time::BootInstant;
use crate::domain::token::Fingerprint;
use crate::state::AppState;
use crate::state::cx::Cx;
use crate::state::generation::Generation;
use crate::state::rotation;
use crate::state::shell::settings::save_preferences;
use crate::state::shell::toasts::ToastKind;

impl KeyRequest {
    /// Requests the key of a profile from this source.
    pub(in crate::state) fn of(profile: &Profile, source: KeySource) -> Self {
        Self {
            source,
            environment: profile.environment.clone(),
            partner: Some(profile.partner),
            answer: None,
        }
    }

    /// The profile of the key, if it is known.
    pub fn profile(&self) -> Option<Profile> {
        let of = |partner: PartnerId| Profile {
            environment: self.environment.clone(),
            partner,
        };
        self.partner.map(of)
    }

    /// The stage of a sign-in while the key is fetched.
    pub(in crate::state) fn stage(&self, is_entered: bool, since: BootInstant) -> AttemptStage {
        AttemptStage::FetchingKey {
            source: self.source.clone(),
            environment: self.environment.clone(),
            profile: self.profile(),
            is_entered,
            since,
        }
    }
}

/// Signs in with a key from a source that the user entered. If it is the profile's agreed source, it need not be tested first.
pub(super) fn sign_in(state: &mut AppState, request: KeyRequest, cx: &mut Cx) {
    let remembered = request
        .profile()
        .and_then(|profile| state.saved.known(&profile)?.source.clone());
    let is_entered = remembered.is_none_or(|remembered| {
        let is_agreed = request
            .profile()
            .is_some_and(|of| remembered.is_agreed(&of));
        !is_agreed || request.source.external() != Some(&remembered.place)
    });
    let stage = request.stage(is_entered, cx.now.boot);
    let generation = attempts::begin(state, stage, cx);
    cx.push(SessionEffect::FetchKey(generation, request));
}

/// Records that the user has read the saved source in full and agrees to it.
pub(super) fn agree(state: &mut AppState, profile: &Profile, cx: &mut Cx) {
    let known = state.saved.known_mut(profile);
    if let Some(source) = known.and_then(|known| known.source.as_mut()) {
        source.agree(profile);
        save_preferences(state, cx);
    }
}

/// Deletes the user's answer to the source's prompt from the keychain, if it is stored there.
pub(super) fn delete_answer(source: Option<&ExternalSource>, cx: &mut Cx) {
    let keeps_answer =
        |source: &&ExternalSource| source.prompt().is_some_and(|prompt| prompt.is_kept);
    if let Some(source) = source.filter(keeps_answer) {
        cx.push(SessionEffect::DeleteAnswer(source.clone()));
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
            let former = &former.place;
            if new.and_then(ExternalSource::answer_id) != former.answer_id() {
                delete_answer(Some(former), cx);
            }
        }
        (None, _) => {}
    }
}

/// The source of a profile; an error if the user has not agreed to it.
pub(super) fn agreed(state: &AppState, profile: &Profile) -> Result<KeySource, Box<SignInProblem>> {
    let Some(known) = state.saved.known(profile) else {
        return Ok(KeySource::Keychain);
    };
    let source = known.source();
    match &known.source {
        Some(remembered) if !remembered.is_agreed(profile) => Err(Box::new(
            SignInProblem::SourceChanged(source, profile.clone()),
        )),
        Some(_) | None => Ok(source),
    }
}

/// Handles the source's answer, after the server rejected the session's key.
pub(in crate::state) fn fetched_again(
    state: &mut AppState,
    result: Result<Box<FoundKey>, KeyProblem>,
    cx: &mut Cx,
) {
    let Some(open) = &mut state.open else {
        return;
    };
    let holder = open.source.holder(state.keychain.phrase());
    let environment = open.profile().environment.called();
    open.key_refetching = None;
    let (kind, title, body) = match result {
        Ok(found) => {
            let former = open.keys.fingerprint;
            let fingerprint = Fingerprint::of(&found.fetched.key);
            open.version = found.fetched.version.clone();
            open.source = found.source;
            rotation::reconcile::replaced_in_source(state, fingerprint, cx);
            let former = former.map_or_else(String::new, |former| format!("{former} → "));
            (
                ToastKind::Info,
                format!("{holder} has a new key"),
                format!(
                    "{environment} rejected the previous one. The console signed in with the new key \
                     ({former}{fingerprint})."
                ),
            )
        }
        Err(problem) => {
            let (title, body) = explain(&problem, state);
            (
                ToastKind::Refused,
                format!("{environment} rejected the key"),
                format!("{title}. {body}"),
            )
        }
    };
    state.toasts.push(cx.now, kind, title, body, None);
}

/// Records when the session's key was requested again; `None` once its source has answered.
pub(in crate::state) fn key_refetching(state: &mut AppState, since: Option<BootInstant>) {
    if let Some(open) = &mut state.open {
        open.key_refetching = since;
    }
}

/// Stops waiting for the source, at the user's request.
pub(super) fn cancel_key_refetch(state: &mut AppState, cx: &mut Cx) {
    let Some(open) = &mut state.open else {
        return;
    };
    if open.key_refetching.take().is_none() {
        return;
    }
    let holder = open.source.holder(state.keychain.phrase());
    cx.push(SessionEffect::CancelKeyRefetch);
    state.toasts.push(
        cx.now,
        ToastKind::Info,
        format!("No longer fetching the key from {holder}"),
        "The rejected key stays in use. Lock and unlock the console to fetch the key again."
            .to_owned(),
        None,
    );
}

/// Title and body of a message that says what happened and what to do.
pub fn explain(problem: &KeyProblem, state: &AppState) -> (String, String) {
    match problem {
        KeyProblem::Keychain(problem) => {
            let (title, body) = problem.explain(state.keychain);
            (title.to_owned(), body)
        }
        KeyProblem::Source(problem) => (problem.title.clone(), problem.body.clone()),
        KeyProblem::NeedsAnswer => (
            "It needs your input".to_owned(),
            "Lock and unlock the console to enter it.".to_owned(),
        ),
    }
}

/// Converts a failed fetch into the problem that the sign-in shows.
pub(super) fn problem(
    problem: KeyProblem,
    source: KeySource,
    profile: Option<Profile>,
) -> SignInProblem {
    match (problem, profile) {
        (KeyProblem::Keychain(problem), Some(profile)) => SignInProblem::Keychain(problem, profile),
        (KeyProblem::Source(problem), profile) => SignInProblem::Source(problem, source, profile),
        // The keychain keeps the answers to prompts as well.
        (KeyProblem::NeedsAnswer | KeyProblem::Keychain(_), _) => {
            SignInProblem::NeedsAnswer(source)
        }
    }
}

/// Starts fetching the key of a locked profile.
pub(super) fn fetch(
    state: &mut AppState,
    request: KeyRequest,
    cx: &mut Cx,
) -> (Generation, AttemptStage) {
    let generation = state.next_generation();
    let stage = request.stage(false, cx.now.boot);
    cx.push(SessionEffect::FetchKey(generation, request));
    (generation, stage)
}
