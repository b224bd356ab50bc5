//! Locking and unlocking: what each command and the passing of time change.

use secrecy::SecretString;

use super::attempt::{Attempt, AttemptStage};
use super::lock::{CALLED_OFF, ClipboardFate, LockNotice, Locked, Why};
use super::messages::{KeyRequest, LockCommand, SessionCommand, SessionEffect};
use super::open::Open;
use super::{attempts, kept, sources};
use crate::domain::clipboard::{Cleared, ClipboardProblem};
use crate::domain::key_source::KeySource;
use crate::domain::profile::Profile;
use crate::domain::session_signal::SessionSignal;
use crate::domain::time::{BootInstant, Now};
use crate::state::command::Command;
use crate::state::cx::Cx;
use crate::state::shell::saved::KnownProfile;
use crate::state::shell::toasts::Toasts;
use crate::state::tokens::messages::TokenEffect;
use crate::state::{AppState, create, list};

/// The commands about the lock.
pub(in crate::state) fn command(state: &mut AppState, command: LockCommand, cx: &mut Cx) {
    match command {
        LockCommand::Touch => {
            if state.locks_in(cx.now).is_some() {
                state.lock.called_off = Some(cx.now.boot.saturating_add(CALLED_OFF));
            }
            state.lock.touched = Some(cx.now);
        }
        LockCommand::Now => lock(state, Why::Asked, cx),
        LockCommand::AtStart(profile, source) => {
            state.attempt = None;
            state.lock.locked = Some(Box::new(Locked::at_start(profile, source)));
        }
        LockCommand::Unlock => unlock(state, None, cx),
        LockCommand::UnlockWith(answer) => unlock(state, Some(answer), cx),
        LockCommand::AgreeToSource => {
            if let Some(profile) = state.locked().map(|locked| locked.profile.clone()) {
                sources::agree(state, &profile, cx);
                unlock(state, None, cx);
            }
        }
        LockCommand::Cancel => cancel(state, cx),
        LockCommand::SignInOtherwise => {
            state.lock.locked = None;
            state.attempt = None;
            cx.push(SessionEffect::End);
        }
    }
}

impl AppState {
    /// What to begin with: the lock, where the settings want it in place of a sign-in that needs no hand.
    pub fn first(&self, command: Command) -> Command {
        if !self.saved.settings.locks_at_start {
            return command;
        }
        let (profile, source) = match command {
            Command::Session(SessionCommand::OpenProfile(profile)) => {
                let known = self.saved.known(&profile);
                let source = known.map_or(KeySource::Keychain, KnownProfile::source);
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

    /// The lock that is shown: closed, or about to open.
    pub fn locked(&self) -> Option<&Locked> {
        self.lock.locked.as_deref()
    }

    /// Whole seconds until the console locks by itself, in the last minute before that.
    pub fn locks_in(&self, now: Now) -> Option<u64> {
        self.lock.announced(self.lock_after()?, now)
    }

    /// What is to be said of a lock that comes by itself.
    pub fn lock_notice(&self, now: Now) -> Option<LockNotice> {
        match self.locks_in(now) {
            Some(secs) => Some(LockNotice::Soon(secs)),
            None => {
                let until = self.lock.called_off?;
                (until > now.boot && self.can_lock()).then_some(LockNotice::CalledOff)
            }
        }
    }

    /// Whether it is worth telling that the console was touched.
    pub fn wants_touch(&self, now: Now) -> bool {
        self.lock_after().is_some() && (self.lock.wants_touch(now) || self.locks_in(now).is_some())
    }

    /// After how long the console locks, while there is something to lock.
    fn lock_after(&self) -> Option<std::time::Duration> {
        self.can_lock()
            .then(|| self.saved.settings.lock_after())
            .flatten()
    }

    /// Whether there is something to lock: a session, shown or behind a sign-in that is tried.
    pub const fn can_lock(&self) -> bool {
        self.open.is_some()
    }

    /// Where the key of the session is fetched from that would be locked now.
    pub fn way_back(&self) -> Option<&KeySource> {
        self.open.as_ref().map(|open| &open.source)
    }
}

/// Locks once nobody has touched the console for too long, and drops a key that was only tested as long ago.
pub(in crate::state) fn tick(state: &mut AppState, cx: &mut Cx) {
    if tested_ends(state).is_some_and(|at| at <= cx.now.boot) {
        drop_tested(state, cx);
    }
    if let Some(after) = state.lock_after()
        && state.lock.left(after, cx.now).is_zero()
    {
        lock(state, Why::Idle(after), cx);
    }
}

/// The system locks its session, or the computer goes to sleep.
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
    lock(state, Why::System(signal), cx);
}

/// When the tick next has something to do.
pub(in crate::state) fn next_deadline(state: &AppState, now: Now) -> Option<BootInstant> {
    let lock = state.lock_after().map(|after| {
        let lock = state.lock.next_deadline(after, now);
        let notice = state.lock.called_off.filter(|until| *until > now.boot);
        notice.map_or(lock, |until| until.min(lock))
    });
    lock.into_iter().chain(tested_ends(state)).min()
}

/// Forgets a key that was only tested; what was typed stays.
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

/// Until when a key that was only tested stays in memory: nothing else would lock it.
fn tested_ends(state: &AppState) -> Option<BootInstant> {
    let after = state.saved.settings.lock_after()?;
    match &state.attempt()?.stage {
        AttemptStage::Tested(tested) => Some(tested.since.saturating_add(after)),
        AttemptStage::Form { .. }
        | AttemptStage::FetchingKey { .. }
        | AttemptStage::StartingDemo { .. }
        | AttemptStage::Proving(_) => None,
    }
}

/// Drops everything secret, and keeps what the user had before their eyes.
fn lock(state: &mut AppState, why: Why, cx: &mut Cx) {
    if state.background().is_some() {
        // The session is the one to lock; what was tried beside it is given up.
        attempts::give_up(state, cx);
    }
    create::drafts::save_drafts(state, cx);
    list::kept_filter::save(state, cx);
    let Some(open) = state.open.take() else {
        return;
    };
    // The tokens of the profiles that were left go with those of this one.
    state.parked.clear();
    // The new key of a rotation was in memory only.
    state.parked.keep_storing(&open);
    let Open {
        source,
        workspace,
        copying,
        ..
    } = open;
    cx.push(match source {
        // Its businesses would go with it.
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
    // A token that is still on its way to the clipboard is cleared when it gets there.
    if is_ours || copying.is_some() {
        locked.clipboard = ClipboardFate::Clearing;
    }
    state.toasts = Toasts::default();
    let (kept, import) = kept::keep(workspace);
    locked.drafts = usize::from(kept.draft.is_some()) + usize::from(kept.editing.is_some());
    locked.import = import;
    state.lock.kept = Some(Box::new(kept));
    state.lock.locked = Some(Box::new(locked));
}

/// Asks for the key where it is.
fn unlock(state: &mut AppState, answer: Option<SecretString>, cx: &mut Cx) {
    let Some(locked) = state.lock.locked.as_mut() else {
        return;
    };
    if state.attempt.is_some() {
        return;
    }
    locked.problem = None;
    let (profile, source) = (locked.profile.clone(), locked.source.clone());
    if !source.can_be_asked_again() {
        state.lock.locked = None;
        return;
    }
    // A session that was locked goes back to where its key came from; one that never began reads the settings.
    if state.lock.kept.is_none()
        && source.external().is_some()
        && let Err(problem) = sources::agreed(state, &profile)
    {
        attempts::fail(state, *problem);
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

/// Back to the closed lock.
pub(in crate::state) fn cancel(state: &mut AppState, cx: &mut Cx) {
    if state.lock.locked.is_some() && state.attempt.take().is_some() {
        cx.push(SessionEffect::EndAttempt);
    }
}

/// A profile was removed: nothing of it comes back.
pub(in crate::state) fn forget(state: &mut AppState, profile: &Profile, cx: &mut Cx) {
    state.lock.kept.take_if(|kept| kept.profile == *profile);
    let is_it = |locked: &mut Box<Locked>| locked.profile == *profile;
    if state.lock.locked.take_if(is_it).is_some() {
        state.attempt = None;
        cx.push(SessionEffect::EndAttempt);
    }
}

/// What became of the clipboard, for the lock that cleared it.
pub(in crate::state) fn clipboard(
    state: &mut AppState,
    result: &Result<Cleared, ClipboardProblem>,
) {
    let Some(locked) = &mut state.lock.locked else {
        return;
    };
    if locked.clipboard == ClipboardFate::Untouched {
        return;
    }
    locked.clipboard = match result {
        Ok(Cleared::Cleared) => ClipboardFate::Cleared,
        Ok(Cleared::NotOurs | Cleared::NothingCopied) => ClipboardFate::LeftAlone,
        Err(problem) => ClipboardFate::NotCleared(problem.to_string()),
    };
}
