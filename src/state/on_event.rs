//! What each event changes.

use std::time::Duration;

use jiff::tz::TimeZone;

use crate::domain::business::{BusinessDetail, BusinessId};
use crate::domain::clipboard::{Cleared, ClipboardProblem};
use crate::domain::credentials::{ApiKey, Credentials};
use crate::domain::failure::{Failure, FailureKind, Operation};
use crate::domain::keychain::KeychainProblem;
use crate::domain::time::Now;

use super::clipboard::AfterFailure;
use super::effect::Effect;
use super::event::{Event, SessionEvent};
use super::session::{KeyPlace, Origin, Session, SignInProblem};
use super::toasts::{ToastAction, ToastKind};
use super::workspace::{Retry, Workspace};
use super::{
    AppState, live_ends, on_archive, on_create, on_file, on_history, on_import_news, on_keychain,
    on_lock, on_profile, on_rotation_news, on_session, on_settings, on_token,
};

pub(super) fn apply(state: &mut AppState, event: Event, now: Now) -> Vec<Effect> {
    match event {
        Event::ZoneChanged(zone) => zone_changed(state, zone, now),
        Event::Session(generation, event) if generation == state.generation => {
            return in_session(state, event, now);
        }
        Event::Session(generation, event) if state.others.waits_as(generation) => {
            return on_profile::in_waiting(state, event, now);
        }
        Event::Session(generation, SessionEvent::KeyStored(result)) => {
            return on_keychain::stored_late(state, generation, result, now);
        }
        // The answer belongs to a session that has ended.
        Event::Session(..) => {}
        Event::KeyDeleted(profile, result) => {
            on_keychain::key_deleted(state, &profile, result, now);
        }
        Event::KeyRemoved(profile, removal) => {
            return on_profile::removed(state, &profile, removal, now);
        }
        Event::HandoutCopied { ticket, result } => match result {
            Ok(())
                if state
                    .copying
                    .as_ref()
                    .is_some_and(|copying| copying.ticket == ticket) =>
            {
                on_token::copied(state, now);
            }
            // The session ended meanwhile: what it copied still has to be cleared.
            Ok(()) if state.workspace.is_none() && state.others.waiting().is_none() => {
                return vec![Effect::ClearClipboard];
            }
            Ok(()) => {
                let stays = state.saved.settings.clipboard_time();
                state.clipboard.holds_ours(now, stays);
            }
            Err(problem) => {
                state.copying.take_if(|copying| copying.ticket == ticket);
                let body = format!("The clipboard did not take it: {problem}. It is as it was.");
                state
                    .toasts
                    .push(now, ToastKind::Refused, "Token not copied", body, None);
            }
        },
        Event::TextCopied { what, result } => match result {
            Ok(()) => {
                state.clipboard.holds_other();
                state.toasts.dismiss_action(ToastAction::ClearClipboard);
                state
                    .toasts
                    .push(now, ToastKind::Done, format!("Copied {what}"), "", None);
            }
            Err(problem) => {
                let body = format!("The clipboard did not take it: {problem}. It is as it was.");
                state.toasts.push(
                    now,
                    ToastKind::Refused,
                    format!("{what} not copied"),
                    body,
                    None,
                );
            }
        },
        Event::ClipboardCleared(result) => cleared(state, result, now),
        Event::Exported { count, result, .. } => on_file::exported(state, count, result, now),
        Event::Saved { what, result, .. } => on_file::saved(state, what, result, now),
        Event::Settings(event) => return on_settings::event(state, event, now),
        Event::History(event) => on_history::event(state, event, now),
        Event::NotSaved { file, why } => on_file::not_saved(state, file, &why, now),
    }
    Vec::new()
}

/// Days begin at another moment: keys may be another day old, and a filter by days may find others.
fn zone_changed(state: &mut AppState, zone: TimeZone, now: Now) {
    state.zone = zone;
    state.looked_on = None;
    if let Some(Workspace { list, tokens, .. }) = &mut state.workspace {
        let filter = list.filter().to_owned();
        list.set_filter(filter, &state.zone, &live_ends(tokens, now));
    }
}

fn cleared(state: &mut AppState, result: Result<Cleared, ClipboardProblem>, now: Now) {
    on_lock::clipboard(state, &result);
    let was_asked = state.clipboard.take_was_asked();
    let problem = match result {
        Ok(cleared) => {
            state.clipboard.holds_other();
            state.toasts.dismiss_action(ToastAction::ClearClipboard);
            if was_asked {
                tell_cleared(state, cleared, now);
            }
            return;
        }
        Err(problem) => problem,
    };
    let body = match state.clipboard.clearing_failed(now) {
        AfterFailure::Again(secs) => {
            format!("{problem}. The token may still be on it. Clearing is tried again in {secs} s.")
        }
        AfterFailure::GivenUp => format!(
            "{problem}. The token may still be on it, and clearing is not tried again by itself: copy something else \
             over it, or try once more."
        ),
    };
    let action = Some(ToastAction::ClearClipboard);
    let title = "Clipboard not cleared";
    state
        .toasts
        .push(now, ToastKind::Refused, title, body, action);
}

fn tell_cleared(state: &mut AppState, cleared: Cleared, now: Now) {
    let (kind, title, body) = match cleared {
        Cleared::Cleared => (ToastKind::Done, "Clipboard cleared", ""),
        Cleared::NotOurs => (
            ToastKind::Info,
            "Clipboard left alone",
            "It held something else than the token.",
        ),
        Cleared::NothingCopied => return,
    };
    state.toasts.push(now, kind, title, body, None);
}

pub(super) fn in_session(state: &mut AppState, event: SessionEvent, now: Now) -> Vec<Effect> {
    match event {
        SessionEvent::DemoReady(Ok(credentials)) => {
            return vec![on_session::prove(state, credentials, Origin::Demo, now)];
        }
        SessionEvent::DemoReady(Err(why)) => on_lock::fail(state, SignInProblem::Demo(why)),
        SessionEvent::KeyRead(result) => return key_read(state, result, now),
        SessionEvent::EnvironmentRead(found) => {
            return on_lock::environment_read(state, found, now);
        }
        SessionEvent::SignedIn(result) => return signed_in(state, result, now),
        SessionEvent::KeyStored(result) => return on_keychain::key_stored(state, result, now),
        SessionEvent::Rows { rows, total } => {
            with_workspace(state, |workspace| {
                workspace.list.receive(rows, total);
                workspace.clear_retry(Operation::ListBusinesses);
            });
        }
        SessionEvent::Gone(ids) => {
            with_workspace(state, |workspace| workspace.list.loading.withdrawn(&ids));
        }
        SessionEvent::ListEnded(result) => with_workspace(state, |workspace| {
            workspace.note_sign_in(result.as_ref().err());
            workspace.clear_retry(Operation::ListBusinesses);
            workspace
                .list
                .ended(result, now, &live_ends(&workspace.tokens, now));
        }),
        SessionEvent::BusinessRead(id, result) => return business_read(state, id, result, now),
        SessionEvent::TokenFetched(business, result) => {
            with_workspace(state, |workspace| {
                workspace.note_sign_in(result.as_ref().err());
                workspace.clear_retry(Operation::FetchToken);
            });
            return on_token::fetched(state, business, result, now);
        }
        SessionEvent::Created(outcome) => return on_create::created(state, outcome, now),
        SessionEvent::Updated(id, outcome) => return on_create::updated(state, id, outcome, now),
        SessionEvent::Archived {
            business,
            is_archived,
            result,
        } => {
            return on_archive::archived(state, business, is_archived, result, now);
        }
        SessionEvent::Import(event) => return on_import_news::event(state, event, now),
        SessionEvent::Rotation(event) => return on_rotation_news::event(state, event, now),
        SessionEvent::Retrying {
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
        SessionEvent::Recovered(operation) => {
            if let Session::SigningIn { retry, .. } = &mut state.session {
                *retry = None;
            }
            with_workspace(state, |workspace| workspace.clear_retry(operation));
        }
        SessionEvent::ClockSkew(secs) => {
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

fn with_workspace(state: &mut AppState, change: impl FnOnce(&mut Workspace)) {
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
            return vec![on_session::prove(state, credentials, Origin::Keychain, now)];
        }
        Ok(None) => {
            state.saved.key_is_gone(&profile);
            on_lock::fail(state, SignInProblem::NoKey(profile));
            return vec![Effect::Save(state.saved.clone())];
        }
        Err(problem) => on_lock::fail(state, SignInProblem::Keychain(problem, profile)),
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
        on_lock::fail(state, SignInProblem::Failed(failure, profile));
        return vec![Effect::EndAttempt];
    }
    let key = on_session::key_place(origin);
    if key != KeyPlace::Environment {
        state.traceless.take_if(|traceless| *traceless == profile);
    }
    let generation = state.generation;
    on_profile::enter(state, &profile, now);
    with_workspace(state, |workspace| workspace.clock_skew_secs = skew);
    let mut effects = vec![
        Effect::OpenSession(generation),
        Effect::LoadList(generation),
        Effect::FindImport(generation, profile.clone()),
    ];
    match key {
        KeyPlace::BeingStored => effects.push(Effect::StoreKey(generation)),
        KeyPlace::Keychain => {
            state.saved.was_opened(&profile);
            effects.push(Effect::Save(state.saved.clone()));
        }
        KeyPlace::Memory | KeyPlace::Environment | KeyPlace::NotStored(_) => {}
    }
    state.session = Session::SignedIn { profile, key };
    effects.extend(on_rotation_news::session_began(state, now));
    effects.extend(on_lock::signed_in(state, now));
    effects
}

fn business_read(
    state: &mut AppState,
    id: BusinessId,
    result: Result<Box<BusinessDetail>, Failure>,
    now: Now,
) -> Vec<Effect> {
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    workspace.note_sign_in(result.as_ref().err());
    workspace.clear_retry(Operation::ReadBusiness);
    if workspace.looked_up == Some(id) && result.is_ok() {
        // A pasted id: it is shown as if it had been clicked.
        workspace.looked_up = None;
        workspace.selected = Some(id);
        workspace.is_detail_open = true;
        workspace.reveal = Some(id);
    }
    let is_selected = workspace.selected == Some(id);
    if is_selected {
        workspace.detail.is_reading = false;
    }
    match result {
        Ok(detail) => {
            workspace
                .list
                .upsert_one(detail.business.clone(), &live_ends(&workspace.tokens, now));
            if is_selected {
                workspace.detail.failure = None;
                workspace.detail.value = Some(*detail);
            }
        }
        Err(failure) if workspace.looked_up == Some(id) => {
            // Pasting it once more asks once more.
            workspace.looked_up = None;
            let words = failure.explain(&state.zone);
            let body = state.share.scrub(&words.body, &[]);
            state
                .toasts
                .push(now, ToastKind::Refused, words.title, body, None);
        }
        Err(failure) if is_selected => workspace.detail.failure = Some(failure),
        Err(_) => {}
    }
    Vec::new()
}

impl Workspace {
    /// The pause before a request of this kind is sent again.
    pub fn retry_of(&self, operation: Operation) -> Option<&Retry> {
        let retry = self.retry.as_ref();
        retry.filter(|retry| retry.operation == operation)
    }

    /// Nothing of this kind is repeated any more.
    pub(super) fn clear_retry(&mut self, operation: Operation) {
        if self
            .retry
            .as_ref()
            .is_some_and(|retry| retry.operation == operation)
        {
            self.retry = None;
        }
    }

    /// Whether a request was refused and is not on its way again; the last second is too late to be sure of that.
    pub(super) fn waits_to_repeat(&self, operation: Operation, now: Now) -> bool {
        self.retry.as_ref().is_some_and(|retry| {
            retry.operation == operation
                && retry.at.saturating_since(now.boot) > Duration::from_secs(1)
        })
    }

    /// A failed renewal is told in one place, whatever it interrupted.
    pub(super) fn note_sign_in(&mut self, failure: Option<&Failure>) {
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
