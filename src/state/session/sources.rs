//! Keys from external sources, where the team stores them.

use super::attempt::AttemptStage;
use super::messages::{KeyRequest, SessionEffect};
use super::sign_in_flow;
use crate::domain::credentials::PartnerId;
use crate::domain::key_source::{FetchedKey, KeyProblem, KeySource};
use crate::domain::profile::Profile;
use crate::domain::time::BootInstant;
use crate::domain::token::Fingerprint;
use crate::state::AppState;
use crate::state::cx::Cx;
use crate::state::generation::Generation;
use crate::state::rotation;
use crate::state::shell::toasts::Toast;

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

/// Signs in with a key from a source that the user entered. If it is the profile's approved source, it need not be tested first.
pub(super) fn sign_in(state: &mut AppState, request: KeyRequest, cx: &mut Cx) {
    let remembered = request
        .profile()
        .and_then(|profile| state.saved.known(&profile)?.source.clone());
    let is_entered = remembered.is_none_or(|remembered| {
        let is_approved = request
            .profile()
            .is_some_and(|of| remembered.is_approved(&of));
        !is_approved || request.source.external() != Some(&remembered.source)
    });
    let stage = request.stage(is_entered, cx.now.boot);
    let generation = sign_in_flow::begin(state, stage, cx);
    cx.push(SessionEffect::FetchKey(generation, request));
}

/// Handles the source's answer, after the server rejected the session's key.
pub(in crate::state) fn fetched_again(
    state: &mut AppState,
    result: Result<Box<FetchedKey>, KeyProblem>,
    cx: &mut Cx,
) {
    let Some(open) = &mut state.open else {
        return;
    };
    let holder = open.source.holder(state.keychain.phrase());
    let environment = open.profile().environment.in_sentence();
    open.key_refetching = None;
    let toast = match result {
        Ok(found) => {
            let former = open.keys.fingerprint;
            let fingerprint = Fingerprint::of(&found.key);
            open.version = found.version.clone();
            open.source = found.source;
            rotation::reconcile::replaced_in_source(state, fingerprint, cx);
            let former = former.map_or_else(String::new, |former| format!("{former} → "));
            Toast::info(
                format!("{holder} has a new key"),
                format!(
                    "{environment} rejected the previous one. The console signed in with the new key \
                     ({former}{fingerprint})."
                ),
            )
        }
        Err(problem) => {
            let (title, body) = explain(&problem, state);
            Toast::failed(
                format!("{environment} rejected the key"),
                format!("{title}. {body}"),
            )
        }
    };
    cx.toast(toast);
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
    let title = format!("No longer fetching the key from {holder}");
    let body = "The rejected key stays in use. Lock and unlock the console to fetch the key again.";
    cx.toast(Toast::info(title, body));
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
            "The key source needs a password or secret ID".to_owned(),
            "The rejected key stays in use. Lock and unlock the console to enter the value."
                .to_owned(),
        ),
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
