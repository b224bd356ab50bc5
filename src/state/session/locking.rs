//! Locks and unlocks the console, on commands, signals of the system, and when idle for too long.

use secrecy::SecretString;

use super::attempt::{Attempt, AttemptStage};
use super::lock::{CALLED_OFF, ClipboardClearance, LockNotice, LockReason, Locked};
use super::messages::{KeyRequest, LockCommand, SessionCommand, SessionEffect};
use super::open::Open;
use super::{retained_workspace, saved_profile, sign_in_flow, sources};
use crate::domain::clipboard::{ClearOutcome, ClipboardProblem};
use crate::domain::key_source::KeySource;
use crate::domain::profile::Profile;
use crate::domain::session_signal::SessionSignal;
use crate::domain::time::{BootInstant, Now};
use crate::state::command::Command;
use crate::state::cx::Cx;
use crate::state::import::open_file::OpenFile;
use crate::state::shell::saved::RememberedProfile;
use crate::state::shell::toasts::Toasts;
use crate::state::tokens::messages::TokenEffect;
use crate::state::{AppState, create, list};

pub(in crate::state) fn command(state: &mut AppState, command: LockCommand, cx: &mut Cx) {
    match command {
        LockCommand::Touch => {
            if state.locks_in(cx.now).is_some() {
                state.lock.called_off = Some(cx.now.boot.saturating_add(CALLED_OFF));
            }
            state.lock.touched = Some(cx.now);
        }
        LockCommand::Now => lock(state, LockReason::Requested, cx),
        LockCommand::AtStart(profile, source) => {
            state.attempt = None;
            state.lock.locked = Some(Box::new(Locked::at_start(profile, source)));
        }
        LockCommand::Unlock => unlock(state, None, cx),
        LockCommand::UnlockWith(answer) => unlock(state, Some(answer), cx),
        LockCommand::ApproveSource => {
            if let Some(profile) = state.locked().map(|locked| locked.profile.clone()) {
                saved_profile::approve(state, &profile);
                unlock(state, None, cx);
            }
        }
        LockCommand::Cancel => cancel(state, cx),
        LockCommand::ShowSignIn => {
            state.lock.locked = None;
            state.attempt = None;
            cx.push(SessionEffect::End);
        }
    }
}

impl AppState {
    /// The command to start with: locks instead, if the settings say so and the sign-in would need no input.
    pub fn first(&self, command: Command) -> Command {
        if !self.saved.settings.locks_at_start {
            return command;
        }
        let (profile, source) = match command {
            Command::Session(SessionCommand::OpenProfile(profile)) => {
                let known = self.saved.known(&profile);
                let source = known.map_or(KeySource::Keychain, RememberedProfile::source);
                (profile, source)
            }
            Command::Session(SessionCommand::SignIn {
                credentials,
                source: KeySource::Variables,
                ..
            }) => (Profile::of(&credentials), KeySource::Variables),
            other => return other,
        };
        LockCommand::AtStart(profile, source).into()
    }

    /// The lock on screen, closed or being unlocked.
    pub fn locked(&self) -> Option<&Locked> {
        self.lock.locked.as_deref()
    }

    /// Whole seconds until the console locks by itself; `None` until that is announced.
    pub(in crate::state) fn locks_in(&self, now: Now) -> Option<u64> {
        self.lock.announced(self.lock_after()?, now)
    }

    /// What to say about an automatic lock.
    pub fn lock_notice(&self, now: Now) -> Option<LockNotice> {
        match self.locks_in(now) {
            Some(secs) => Some(LockNotice::Soon(secs)),
            None => {
                let until = self.lock.called_off?;
                (until > now.boot && self.can_lock()).then_some(LockNotice::CalledOff)
            }
        }
    }

    /// Whether activity now is worth a `Touch`.
    pub fn wants_touch(&self, now: Now) -> bool {
        self.lock_after().is_some() && (self.lock.wants_touch(now) || self.locks_in(now).is_some())
    }

    /// The idle time after which the console locks; `None` if there is nothing to lock.
    fn lock_after(&self) -> Option<std::time::Duration> {
        self.can_lock()
            .then(|| self.saved.settings.lock_after())
            .flatten()
    }

    /// Whether there is a session to lock, on screen or behind a sign-in attempt.
    pub const fn can_lock(&self) -> bool {
        self.open.is_some()
    }

    /// The source from which unlocking would fetch the key if the console locked now.
    pub fn unlock_source(&self) -> Option<&KeySource> {
        self.open.as_ref().map(|open| &open.source)
    }
}

/// Locks when the idle time is over, and drops a key that was only tested after the same time.
pub(in crate::state) fn tick(state: &mut AppState, cx: &mut Cx) {
    if tested_ends(state).is_some_and(|at| at <= cx.now.boot) {
        drop_tested(state, cx);
    }
    if let Some(after) = state.lock_after()
        && state.lock.left(after, cx.now).is_zero()
    {
        lock(state, LockReason::Idle(after), cx);
    }
}

/// Locks because the system's session was locked or the computer is about to sleep, if the settings say so.
pub(in crate::state) fn system_session(state: &mut AppState, signal: SessionSignal, cx: &mut Cx) {
    let settings = &state.saved.settings;
    let is_wanted = match signal {
        SessionSignal::Locked => settings.locks_with_session,
        SessionSignal::Sleeping => settings.locks_before_sleep,
    };
    if !is_wanted {
        return;
    }
    drop_tested(state, cx);
    cancel(state, cx);
    stop_sign_in(state, signal, cx);
    lock(state, LockReason::System(signal), cx);
}

/// Stops a sign-in that has no session behind it. Otherwise it could succeed while nobody is watching.
fn stop_sign_in(state: &mut AppState, signal: SessionSignal, cx: &mut Cx) {
    let is_waiting = state.attempt().is_some_and(Attempt::is_waiting);
    if state.open.is_some() || !is_waiting {
        return;
    }
    sign_in_flow::give_up(state, cx);
    let notice = match signal {
        SessionSignal::Locked => "Sign-in stopped: the computer was locked.",
        SessionSignal::Sleeping => "Sign-in stopped: the computer went to sleep.",
    };
    let stage = AttemptStage::Form {
        problem: None,
        notice: Some(notice.to_owned()),
    };
    // A new generation, so that answers to the stopped sign-in are ignored.
    state.attempt = Some(Attempt::new(state.next_generation(), stage));
}

/// When the tick next has work to do.
pub(in crate::state) fn next_deadline(state: &AppState, now: Now) -> Option<BootInstant> {
    let lock = state.lock_after().map(|after| {
        let lock = state.lock.next_deadline(after, now);
        let notice = state.lock.called_off.filter(|until| *until > now.boot);
        notice.map_or(lock, |until| until.min(lock))
    });
    lock.into_iter().chain(tested_ends(state)).min()
}

/// Drops a key that was only tested. The user's input stays.
fn drop_tested(state: &mut AppState, cx: &mut Cx) {
    let Some(attempt) = &mut state.attempt else {
        return;
    };
    if matches!(attempt.stage, AttemptStage::Tested(_)) {
        attempt.stage = AttemptStage::Form {
            problem: None,
            notice: Some("The key that was tested was removed from memory. Test again.".to_owned()),
        };
        cx.push(SessionEffect::EndAttempt);
    }
}

/// When a key that was only tested is dropped. The idle lock does not cover it, because it has no session.
fn tested_ends(state: &AppState) -> Option<BootInstant> {
    let after = state.saved.settings.lock_after()?;
    match &state.attempt()?.stage {
        AttemptStage::Tested(tested) => Some(tested.since.saturating_add(after)),
        AttemptStage::Form { .. }
        | AttemptStage::FetchingKey { .. }
        | AttemptStage::StartingDemo { .. }
        | AttemptStage::Verifying(_) => None,
    }
}

/// Drops everything secret, and sets aside what the user had on screen.
fn lock(state: &mut AppState, why: LockReason, cx: &mut Cx) {
    if state.background().is_some() {
        // The session is what has to be locked, so the attempt beside it is given up.
        sign_in_flow::give_up(state, cx);
    }
    create::drafts::save_drafts(state, cx);
    list::saved_filter::record(state);
    let Some(open) = state.open.take() else {
        return;
    };
    // Parked tokens of other profiles must not survive the lock either.
    state.retained.clear(state.memory_only_profile.as_ref());
    // A key that is still being stored, such as the new key of a rotation, was only in memory: a failure must be reported.
    state.retained.track_pending_store(&open);
    let Open {
        source,
        workspace,
        copying,
        ..
    } = open;
    cx.push(match source {
        // Ending the embedded server would lose its businesses.
        KeySource::Demo => SessionEffect::EndKeepingDemo,
        KeySource::Keychain | KeySource::Variables | KeySource::Typed | KeySource::External(_) => {
            SessionEffect::End
        }
    });
    let is_ours = state.clipboard.begin_clearing(false);
    if is_ours {
        cx.push(TokenEffect::ClearClipboard);
    }
    let mut locked = Locked::at_start(workspace.profile.clone(), source);
    locked.why = why;
    // A token that is still about to be copied is cleared once it is on the clipboard.
    if is_ours || copying.is_some() {
        locked.clipboard = ClipboardClearance::Clearing;
    }
    state.toasts = Toasts::default();
    let import = &workspace.import;
    locked.import = import.running().and(import.open()).map(OpenFile::name);
    let kept = retained_workspace::by_lock(workspace);
    let is_creating = kept.creating.to_save().is_some();
    let editing = kept.editing.as_ref();
    let is_editing = editing.is_some_and(|editing| !editing.changes().is_empty());
    locked.drafts = usize::from(is_creating) + usize::from(is_editing);
    state.lock.retained = Some(Box::new(kept));
    state.lock.locked = Some(Box::new(locked));
}

/// Fetches the key from its source and signs in with it.
fn unlock(state: &mut AppState, answer: Option<SecretString>, cx: &mut Cx) {
    let Some(locked) = state.lock.locked.as_mut() else {
        return;
    };
    if state.attempt.is_some() {
        return;
    }
    locked.problem = None;
    let (profile, source) = (locked.profile.clone(), locked.source.clone());
    if !source.can_refetch() {
        state.lock.locked = None;
        return;
    }
    // A locked session goes back to the source of its key; at start the source comes from the settings file.
    if state.lock.retained.is_none()
        && source.external().is_some()
        && let Err(problem) = saved_profile::approved(state, &profile)
    {
        sign_in_flow::fail(state, *problem);
        return;
    }
    let (generation, stage) = if source == KeySource::Demo {
        let generation = state.next_generation();
        cx.push(SessionEffect::StartDemo(generation));
        (generation, AttemptStage::StartingDemo { progress: None })
    } else {
        let request = KeyRequest {
            answer,
            ..KeyRequest::of(&profile, source)
        };
        sources::fetch(state, request, cx)
    };
    state.attempt = Some(Attempt::new(generation, stage));
}

/// Stops unlocking; the lock stays closed.
pub(in crate::state) fn cancel(state: &mut AppState, cx: &mut Cx) {
    if state.lock.locked.is_some() && state.attempt.take().is_some() {
        cx.push(SessionEffect::EndAttempt);
    }
}

/// Drops what is set aside of a profile that was removed, and its lock.
pub(in crate::state) fn forget(state: &mut AppState, profile: &Profile, cx: &mut Cx) {
    state.lock.retained.take_if(|kept| kept.profile == *profile);
    let is_it = |locked: &mut Box<Locked>| locked.profile == *profile;
    if state.lock.locked.take_if(is_it).is_some() {
        state.attempt = None;
        cx.push(SessionEffect::EndAttempt);
    }
}

/// Records that a token on its way to the clipboard did not get there, so that there is nothing to clear.
pub(in crate::state) fn token_not_copied(state: &mut AppState) {
    let is_clearing = state.clipboard.is_clearing();
    if let Some(locked) = &mut state.lock.locked
        && locked.clipboard == ClipboardClearance::Clearing
        && !is_clearing
    {
        locked.clipboard = ClipboardClearance::Untouched;
    }
}

/// Records whether the clipboard was cleared, for the lock that requested it.
pub(in crate::state) fn clipboard(
    state: &mut AppState,
    result: &Result<ClearOutcome, ClipboardProblem>,
) {
    let Some(locked) = &mut state.lock.locked else {
        return;
    };
    if locked.clipboard == ClipboardClearance::Untouched {
        return;
    }
    locked.clipboard = match result {
        Ok(ClearOutcome::Cleared) => ClipboardClearance::Cleared,
        Ok(ClearOutcome::OtherContent | ClearOutcome::NothingCopied) => {
            ClipboardClearance::LeftAlone
        }
        Err(problem) => ClipboardClearance::NotCleared(problem.to_string()),
    };
}
