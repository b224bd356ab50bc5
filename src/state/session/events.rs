//! What each event of a sign-in changes, and what concerns all requests of a session.

use std::time::Duration;

use crate::domain::credentials::{ApiKey, Credentials};
use crate::domain::failure::{Failure, FailureKind, Operation};
use crate::domain::keychain::KeychainProblem;
use crate::domain::time::Now;
use crate::state::app_state::AppState;
use crate::state::effect::Effect;
use crate::state::import::messages::ImportEffect;
use crate::state::list::messages::ListEffect;
use crate::state::session::attempt::{KeyPlace, Origin, Session, SignInProblem};
use crate::state::session::messages::{RequestEvent, SessionEffect, SignInEvent};
use crate::state::session::workspace::{Retry, Workspace};
use crate::state::shell::messages::ShellEffect;
use crate::state::{rotation, session};

pub(in crate::state) fn sign_in(state: &mut AppState, event: SignInEvent, now: Now) -> Vec<Effect> {
    match event {
        SignInEvent::DemoReady(Ok(credentials)) => {
            return vec![session::sign_in::prove(
                state,
                credentials,
                Origin::Demo,
                now,
            )];
        }
        SignInEvent::DemoReady(Err(why)) => session::locking::fail(state, SignInProblem::Demo(why)),
        SignInEvent::KeyRead(result) => return key_read(state, result, now),
        SignInEvent::EnvironmentRead(found) => {
            return session::locking::environment_read(state, found, now);
        }
        SignInEvent::Proved(result) => return signed_in(state, result, now),
        SignInEvent::KeyStored(result) => return session::keychain::key_stored(state, result, now),
    }
    Vec::new()
}

pub(in crate::state) fn request(
    state: &mut AppState,
    event: RequestEvent,
    now: Now,
) -> Vec<Effect> {
    match event {
        RequestEvent::Retrying {
            operation,
            resumes_in,
            failure,
        } => {
            let waits = Some(Retry {
                operation,
                at: now.boot.saturating_add(resumes_in),
                failure,
            });
            if let Session::SigningIn { retry, .. } = &mut state.session {
                *retry = waits;
            } else {
                with_workspace(state, |workspace| workspace.retry = waits);
            }
        }
        RequestEvent::Recovered(operation) => {
            if let Session::SigningIn { retry, .. } = &mut state.session {
                *retry = None;
            }
            with_workspace(state, |workspace| workspace.clear_retry(operation));
        }
        RequestEvent::ClockSkew(secs) => {
            if let Session::SigningIn {
                clock_skew_secs, ..
            } = &mut state.session
            {
                *clock_skew_secs = Some(secs);
            } else {
                with_workspace(state, |workspace| workspace.clock_skew_secs = Some(secs));
            }
        }
    }
    Vec::new()
}

pub(in crate::state) fn with_workspace(state: &mut AppState, change: impl FnOnce(&mut Workspace)) {
    if let Some(workspace) = &mut state.workspace {
        change(workspace);
    }
}

fn key_read(
    state: &mut AppState,
    result: Result<Option<ApiKey>, KeychainProblem>,
    now: Now,
) -> Vec<Effect> {
    let Session::ReadingKey { profile, .. } = &state.session else {
        return Vec::new();
    };
    let profile = profile.clone();
    match result {
        Ok(Some(key)) => {
            let credentials = Credentials {
                environment: profile.environment,
                partner: profile.partner,
                key,
            };
            return vec![session::sign_in::prove(
                state,
                credentials,
                Origin::Keychain,
                now,
            )];
        }
        Ok(None) => {
            state.saved.key_is_gone(&profile);
            session::locking::fail(state, SignInProblem::NoKey(profile));
            return vec![Effect::Shell(ShellEffect::SavePreferences(
                state.saved.clone(),
            ))];
        }
        Err(problem) => session::locking::fail(state, SignInProblem::Keychain(problem, profile)),
    }
    Vec::new()
}

fn signed_in(state: &mut AppState, result: Result<(), Failure>, now: Now) -> Vec<Effect> {
    let Session::SigningIn {
        profile,
        origin,
        clock_skew_secs,
        ..
    } = &state.session
    else {
        return Vec::new();
    };
    let (profile, origin, skew) = (profile.clone(), *origin, *clock_skew_secs);
    if let Err(failure) = result {
        session::locking::fail(state, SignInProblem::Failed(failure, profile));
        return vec![Effect::Session(SessionEffect::EndAttempt)];
    }
    let key = session::sign_in::key_place(origin);
    if key != KeyPlace::Environment {
        state.traceless.take_if(|traceless| *traceless == profile);
    }
    let generation = state.generation;
    session::profiles::enter(state, &profile, now);
    with_workspace(state, |workspace| workspace.clock_skew_secs = skew);
    let mut effects = vec![
        Effect::Session(SessionEffect::Open(generation)),
        Effect::List(ListEffect::Load(generation)),
        Effect::Import(ImportEffect::Find(generation, profile.clone())),
    ];
    match key {
        KeyPlace::BeingStored => effects.push(Effect::Session(SessionEffect::StoreKey(generation))),
        KeyPlace::Keychain => {
            state.saved.was_opened(&profile);
            effects.push(Effect::Shell(ShellEffect::SavePreferences(
                state.saved.clone(),
            )));
        }
        KeyPlace::Memory | KeyPlace::Environment | KeyPlace::NotStored(_) => {}
    }
    state.session = Session::SignedIn { profile, key };
    effects.extend(rotation::events::session_began(state, now));
    effects.extend(session::locking::signed_in(state, now));
    effects
}

impl Workspace {
    /// The pause before a request of this kind is sent again.
    pub fn retry_of(&self, operation: Operation) -> Option<&Retry> {
        let retry = self.retry.as_ref();
        retry.filter(|retry| retry.operation == operation)
    }

    /// Nothing of this kind is repeated any more.
    pub(in crate::state) fn clear_retry(&mut self, operation: Operation) {
        if self
            .retry
            .as_ref()
            .is_some_and(|retry| retry.operation == operation)
        {
            self.retry = None;
        }
    }

    /// Whether a request was refused and is not on its way again; the last second is too late to be sure of that.
    pub(in crate::state) fn waits_to_repeat(&self, operation: Operation, now: Now) -> bool {
        self.retry.as_ref().is_some_and(|retry| {
            retry.operation == operation
                && retry.at.saturating_since(now.boot) > Duration::from_secs(1)
        })
    }

    /// A failed renewal is told in one place, whatever it interrupted.
    pub(in crate::state) fn note_sign_in(&mut self, failure: Option<&Failure>) {
        self.sign_in_failure = failure
            .filter(|failure| {
                matches!(
                    failure.kind,
                    FailureKind::KeyRefused
                        | FailureKind::SignInNotAccepted
                        | FailureKind::SignInUnusable(_)
                )
            })
            .cloned();
    }
}
