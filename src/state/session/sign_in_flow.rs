//! The course of a sign-in, from its start to an open session or a failure.

use super::attempt::{Attempt, AttemptStage, CredentialCheck, SignInProblem};
use super::messages::SessionEffect;
use super::open::{KeyStoring, Open};
use super::workspace::Workspace;
use super::{leaving, restoring, saved_profile};
use crate::domain::credentials::Credentials;
use crate::domain::failure::Failure;
use crate::domain::key_record::KeyRecord;
use crate::domain::key_source::{FetchedKey, KeyProblem, KeySource, SourceProblem};
use crate::domain::profile::Profile;
use crate::domain::time::Now;
use crate::domain::token::Fingerprint;
use crate::state::AppState;
use crate::state::create::creating::CreateForm;
use crate::state::cx::Cx;
use crate::state::generation::Generation;
use crate::state::import::messages::ImportEffect;
use crate::state::list::messages::ListEffect;
use crate::state::rotation::Keys;
use crate::state::shell::toasts::ToastSubject;
use crate::state::{create, list, rotation};

/// Starts a sign-in. A running session continues behind it.
pub(in crate::state) fn begin(
    state: &mut AppState,
    stage: AttemptStage,
    cx: &mut Cx,
) -> Generation {
    create::drafts::save_drafts(state, cx);
    list::saved_filter::record(state);
    cx.push(SessionEffect::EndAttempt);
    let generation = state.next_generation();
    state.attempt = Some(Attempt::new(generation, stage));
    generation
}

/// Starts testing the credentials of an attempt by signing in with them.
pub(in crate::state) fn verify(
    state: &mut AppState,
    credentials: Credentials,
    check: CredentialCheck,
    cx: &mut Cx,
) {
    let generation = state.next_generation();
    if check.source == KeySource::Variables {
        state.memory_only_profile = Some(check.profile.clone());
    }
    let external = check.source.external().cloned();
    let stage = AttemptStage::Verifying(Box::new(check));
    let label = state.attempt.take().and_then(|former| former.label);
    state.attempt = Some(Attempt {
        key: Some(Fingerprint::of(&credentials.key)),
        label,
        ..Attempt::new(generation, stage)
    });
    cx.push(SessionEffect::Verify(generation, credentials, external));
}

/// Handles the answer of the key's source.
pub(in crate::state) fn key_fetched(
    state: &mut AppState,
    result: Result<Option<Box<FetchedKey>>, KeyProblem>,
    cx: &mut Cx,
) {
    let Some(Attempt {
        stage:
            AttemptStage::FetchingKey {
                source,
                environment,
                profile,
                is_entered,
                ..
            },
        ..
    }) = &state.attempt
    else {
        return;
    };
    match (result, profile) {
        (Ok(Some(found)), _) => {
            let credentials = Credentials {
                environment: environment.clone(),
                partner: found.partner,
                key: found.key,
            };
            let check = CredentialCheck {
                version: found.version,
                is_entered: *is_entered,
                ..CredentialCheck::entered(&credentials, found.source, cx.now.boot)
            };
            verify(state, credentials, check, cx);
        }
        (Ok(None), Some(profile)) => {
            let (source, profile) = (source.clone(), profile.clone());
            if source == KeySource::Keychain {
                state.saved.clear_stored_key(&profile);
            }
            fail(state, SignInProblem::NoKey(source, profile));
        }
        (Ok(None), None) => {
            let problem = SourceProblem::new("No key found", "Nothing was sent to Thred.");
            let problem = SignInProblem::Source(problem, source.clone(), None);
            fail(state, problem);
        }
        (Err(problem), profile) => {
            let problem = SignInProblem::of_key(problem, source.clone(), profile.clone());
            fail(state, problem);
            // The answer to the source's prompt is dropped together with the attempt.
            cx.push(SessionEffect::EndAttempt);
        }
    }
}

/// Handles the server's answer to the credentials.
pub(in crate::state) fn verified(state: &mut AppState, result: Result<(), Failure>, cx: &mut Cx) {
    let is_proving = |attempt: &mut Attempt| attempt.verifying().is_some();
    match result {
        Ok(()) => {
            let Some(mut attempt) = state.attempt.take_if(is_proving) else {
                return;
            };
            match attempt.stage {
                // Nothing is saved before the user has seen which partner the key belongs to.
                AttemptStage::Verifying(mut verifying) if verifying.is_only_tested() => {
                    verifying.since = cx.now.boot;
                    attempt.stage = AttemptStage::Tested(verifying);
                    state.attempt = Some(attempt);
                }
                _ => enter(state, attempt, cx),
            }
        }
        Err(failure) => {
            let Some(verifying) = state.attempt.as_ref().and_then(Attempt::verifying) else {
                return;
            };
            let problem = SignInProblem::Failed(failure, verifying.profile.clone());
            fail(state, problem);
            cx.push(SessionEffect::EndAttempt);
        }
    }
}

/// Saves the tested source and opens its session.
pub(in crate::state) fn open_tested(state: &mut AppState, cx: &mut Cx) {
    let is_tested = |attempt: &mut Attempt| matches!(attempt.stage, AttemptStage::Tested(_));
    if let Some(attempt) = state.attempt.take_if(is_tested) {
        enter(state, attempt, cx);
    }
}

/// Returns to the form or the lock where the sign-in started, with the reason for its failure.
pub(in crate::state) fn fail(state: &mut AppState, problem: SignInProblem) {
    if let Some(locked) = &mut state.lock.locked {
        locked.problem = Some(problem);
        state.attempt = None;
    } else if let Some(attempt) = &mut state.attempt {
        attempt.label = None;
        attempt.stage = AttemptStage::Form {
            problem: Some(problem),
            notice: None,
        };
    }
}

/// Gives up the sign-in attempt. A session that runs behind it is shown again.
pub(in crate::state) fn give_up(state: &mut AppState, cx: &mut Cx) {
    state.attempt = None;
    cx.push(match state.open {
        Some(_) => SessionEffect::EndAttempt,
        None => SessionEffect::End,
    });
}

/// Opens the session of a successful sign-in, and leaves the previous one.
fn enter(state: &mut AppState, attempt: Attempt, cx: &mut Cx) {
    let Attempt {
        generation,
        stage,
        label,
        key,
    } = attempt;
    let (AttemptStage::Verifying(verifying) | AttemptStage::Tested(verifying)) = stage else {
        return;
    };
    let CredentialCheck {
        profile,
        source,
        version,
        is_entered,
        clock_skew_secs,
        ..
    } = *verifying;
    if source != KeySource::Variables {
        state
            .memory_only_profile
            .take_if(|memory_only_profile| *memory_only_profile == profile);
    }
    if let Some(left) = state.open.take() {
        leaving::leave(state, left, cx);
    }
    let is_back = ToastSubject::LeftImport(profile.clone());
    state.toasts.ended(|subject| *subject == is_back);
    if let Some(label) = label {
        state.retained.label = Some((profile.clone(), label));
    }
    let storing = if is_entered && source == KeySource::Keychain {
        KeyStoring::UnderWay
    } else {
        KeyStoring::Settled
    };
    let mut workspace = workspace_of(state, &profile, cx.now);
    workspace.clock_skew_secs = clock_skew_secs;
    cx.push(SessionEffect::Open(generation));
    cx.push(ListEffect::Load(
        generation,
        workspace.list.loading.number(),
    ));
    cx.push(ImportEffect::Find(generation, profile.clone()));
    if storing == KeyStoring::UnderWay {
        cx.push(SessionEffect::StoreKey(generation));
    } else if source == KeySource::Keychain || source.external().is_some() {
        saved_profile::leave_former(state, &profile, source.external(), cx);
        if is_entered {
            // A rotation that was under way keeps its record, but what is known of another key does not apply to this one.
            let mut record = state.take_unsaved(&profile);
            if let Some(record) = record.as_mut().filter(|record| !record.key.fits(key)) {
                record.key = KeyRecord::default();
            }
            rotation::reconcile::remember(&mut state.saved, &profile, key, record, cx.now);
            saved_profile::save_label(state, &profile);
        }
        state.saved.was_opened(&profile);
        state.saved.set_source(&profile, source.external().cloned());
    }
    state.open = Some(Open {
        generation,
        source,
        version,
        key_refetching: None,
        storing,
        keys: Keys::of(key),
        workspace,
        copying: None,
    });
    rotation::reconcile::session_began(state, cx);
    restoring::signed_in(state, cx);
}

/// The workspace with which a profile opens: what a lock set aside of it or what was retained, or else what is saved.
fn workspace_of(state: &mut AppState, profile: &Profile, now: Now) -> Workspace {
    let mut kept = state.retained.take(profile);
    if let Some(locked) = state.lock.retained.take() {
        if locked.profile == *profile {
            kept = Some(*locked);
        } else if !state.may_persist(&locked.profile) {
            // What is saved of another profile needs no copy in memory.
            state.retained.add(*locked);
        }
    }
    let mut workspace = kept.unwrap_or_else(|| {
        let layout = state.saved.layout(profile);
        let creating = CreateForm::resume(state.drafts.of(profile));
        let mut workspace = Workspace::new(profile.clone(), layout, creating);
        if let Some(known) = state.saved.known(profile) {
            let (filter, list) = (known.filter.clone(), &mut workspace.list);
            list.shortlist.clone_from(&known.shortlist);
            list.set_filter(filter, &state.zone, &|_| None);
        }
        workspace
    });
    let Workspace { list, tokens, .. } = &mut workspace;
    list.set_zone(&state.zone, &tokens.live_expiries(now));
    list.loading.begin(now);
    workspace
}
