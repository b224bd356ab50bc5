//! Locking and unlocking: what each command and the passing of time change.

use crate::domain::clipboard::{Cleared, ClipboardProblem};
use crate::domain::credentials::Credentials;
use crate::domain::import::Journal;
use crate::domain::profile::Profile;
use crate::domain::time::{BootInstant, Now};
use crate::state::app_state::live_ends;
use crate::state::command::Command;
use crate::state::create::creating::Creating;
use crate::state::create::editing::EditPhase;
use crate::state::effect::Effect;
use crate::state::import::{Import, Stage, Step, left_of, name_of};
use crate::state::list::messages::ListEffect;
use crate::state::session::attempt::{Origin, Session, SignInProblem};
use crate::state::session::lock::{CALLED_OFF, ClipboardFate, Kept, Locked, Notice, Why};
use crate::state::session::messages::{Keep, LockCommand, SessionCommand, SessionEffect, Way};
use crate::state::session::profiles::profile_of;
use crate::state::session::workspace::Workspace;
use crate::state::shell::toasts::{ToastKind, Toasts};
use crate::state::tokens::messages::TokenEffect;
use crate::state::{AppState, create, session};

/// The commands about the lock.
pub(in crate::state) fn command(
    state: &mut AppState,
    command: LockCommand,
    now: Now,
) -> Vec<Effect> {
    match command {
        LockCommand::Touch => {
            if state.locks_in(now).is_some() {
                state.lock.called_off = Some(now.boot.saturating_add(CALLED_OFF));
            }
            state.lock.touched = Some(now);
            Vec::new()
        }
        LockCommand::Now => lock(state, Why::Asked),
        LockCommand::AtStart(profile, way) => {
            state.next_generation();
            state.session = Session::Locked(Box::new(Locked::at_start(profile, way)));
            Vec::new()
        }
        LockCommand::Unlock => unlock(state, now),
        LockCommand::Cancel => cancel(state),
        LockCommand::SignInOtherwise => {
            state.lock.unlocking = None;
            state.next_generation();
            state.session = Session::signed_out();
            vec![Effect::Session(SessionEffect::End)]
        }
    }
}

impl AppState {
    /// What to begin with: the lock, where the settings want it in place of a sign-in that needs no hand.
    pub fn first(&self, command: Command) -> Command {
        if !self.saved.settings.locks_at_start {
            return command;
        }
        let (profile, way) = match command {
            Command::Session(SessionCommand::OpenProfile(profile)) => (profile, Way::Keychain),
            Command::Session(SessionCommand::SignIn {
                credentials,
                keep: Keep::Environment,
                ..
            }) => (profile_of(&credentials), Way::Environment),
            other => return other,
        };
        Command::Lock(LockCommand::AtStart(profile, way))
    }

    /// The lock that is shown: closed, or about to open.
    pub fn locked(&self) -> Option<&Locked> {
        match &self.session {
            Session::Locked(locked) => Some(locked),
            _ => self.lock.unlocking.as_deref(),
        }
    }

    /// Whole seconds until the console locks by itself, in the last minute before that.
    pub fn locks_in(&self, now: Now) -> Option<u64> {
        self.lock.announced(self.lock_after()?, now)
    }

    /// What is to be said of a lock that comes by itself.
    pub fn lock_notice(&self, now: Now) -> Option<Notice> {
        match self.locks_in(now) {
            Some(secs) => Some(Notice::Soon(secs)),
            None => {
                let until = self.lock.called_off?;
                (until > now.boot && self.can_lock()).then_some(Notice::CalledOff)
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

    /// Whether there is something to lock: a session, shown or set aside while another sign-in is tried.
    pub fn can_lock(&self) -> bool {
        matches!(self.session, Session::SignedIn { .. }) || self.others.waiting().is_some()
    }

    /// How the session comes back that would be locked now.
    pub fn way_back(&self) -> Option<Way> {
        let session = match &self.session {
            Session::SignedIn { .. } => &self.session,
            _ => self.others.waiting_session()?,
        };
        match session {
            Session::SignedIn { profile, key } => Some(key.way_back(profile)),
            _ => None,
        }
    }
}

/// Locks once nobody has touched the console for too long.
pub(in crate::state) fn tick(state: &mut AppState, now: Now) -> Vec<Effect> {
    match state.lock_after() {
        Some(after) if state.lock.left(after, now).is_zero() => lock(state, Why::Idle(after)),
        _ => Vec::new(),
    }
}

/// When the tick next has something to do.
pub(in crate::state) fn next_deadline(state: &AppState, now: Now) -> Option<BootInstant> {
    let after = state.lock_after()?;
    let lock = state.lock.next_deadline(after, now);
    let notice = state.lock.called_off.filter(|until| *until > now.boot);
    Some(notice.map_or(lock, |until| until.min(lock)))
}

/// Drops everything secret, and keeps what the user had before their eyes.
fn lock(state: &mut AppState, why: Why) -> Vec<Effect> {
    let mut effects = Vec::new();
    if state.others.waiting().is_some() {
        // The session that was set aside is the one to lock; what was tried beside it is given up.
        effects.extend(session::profiles::give_up(state));
    }
    let Session::SignedIn { profile, key } = &state.session else {
        return effects;
    };
    let (profile, way) = (profile.clone(), key.way_back(profile));
    effects.extend(create::saving::save_drafts(state));
    effects.extend(session::profiles::save_filter(state));
    // The tokens of the profiles that were left go with those of this one.
    state.others.clear();
    // The new key of a rotation was in memory only.
    let keys = std::mem::take(&mut state.keys);
    state.others.ended(state.generation, &state.session, keys);
    effects.push(match way {
        // Its businesses would go with it.
        Way::Demo => Effect::Session(SessionEffect::EndKeepingDemo),
        Way::Keychain | Way::Environment | Way::SignIn => Effect::Session(SessionEffect::End),
    });
    let is_ours = state.clipboard.begin_clearing(false);
    if is_ours {
        effects.push(Effect::Token(TokenEffect::ClearClipboard));
    }
    let mut locked = Locked::at_start(profile.clone(), way);
    locked.why = why;
    if is_ours || state.copying.is_some() {
        locked.clipboard = ClipboardFate::Clearing;
    }
    state.next_generation();
    // A token that is still on its way to the clipboard is cleared when it gets there.
    state.copying = None;
    state.toasts = Toasts::default();
    if let Some(workspace) = state.workspace.take() {
        let (kept, import) = keep(workspace);
        locked.drafts = usize::from(kept.draft.is_some()) + usize::from(kept.editing.is_some());
        locked.import = import;
        state.lock.kept = Some(Box::new(kept));
    }
    state.session = Session::Locked(Box::new(locked));
    effects
}

/// What of a workspace outlives the lock, and the file of an import that was running.
fn keep(workspace: Workspace) -> (Kept, Option<String>) {
    let mut editing = workspace.editing;
    let is_sent = |phase: &EditPhase| matches!(phase, EditPhase::Sending { .. });
    let edit_was_sent = editing
        .as_ref()
        .is_some_and(|editing| is_sent(&editing.phase));
    if let Some(editing) = editing.as_mut().filter(|_| edit_was_sent) {
        editing.phase = EditPhase::Typing;
    }
    let (import, paused) = pause(workspace.import);
    let kept = Kept {
        profile: workspace.profile,
        page: workspace.page,
        filter: workspace.list.filter().to_owned(),
        layout: workspace.layout,
        selected: workspace.selected,
        is_detail_open: workspace.is_detail_open,
        is_form_open: workspace.creating.is_open,
        draft: workspace.creating.kept(),
        editing,
        edit_was_sent,
        import,
        archived: workspace.archived,
        offers_archive: workspace.offers_archive,
    };
    (kept, paused)
}

/// An import without a session: a run has broken off and can be continued, an open file stays open.
fn pause(mut import: Import) -> (Import, Option<String>) {
    import.session_ended();
    match &mut import.stage {
        Stage::Open(open) => match &mut open.step {
            Step::Running(run) => {
                let name = name_of(&open.file.path);
                let journal = run.journal.clone();
                (broken_off(Some(Box::new(journal))), Some(name))
            }
            Step::Arming => {
                open.step = Step::DryRun;
                (import, None)
            }
            Step::Columns | Step::DryRun | Step::Done(_) => (import, None),
        },
        Stage::Reading { .. } | Stage::Empty => {
            let unfinished = import.resumes.take().or(import.unfinished.take());
            (broken_off(unfinished), None)
        }
    }
}

fn broken_off(journal: Option<Box<Journal>>) -> Import {
    Import {
        unfinished: journal.filter(|journal| left_of(journal) > 0),
        ..Import::default()
    }
}

/// Asks for the key where it is.
fn unlock(state: &mut AppState, now: Now) -> Vec<Effect> {
    let Session::Locked(locked) = &mut state.session else {
        return Vec::new();
    };
    locked.problem = None;
    let (profile, way) = (locked.profile.clone(), locked.way);
    if way == Way::SignIn {
        state.session = Session::signed_out();
        return Vec::new();
    }
    let generation = state.next_generation();
    let reading = Session::ReadingKey {
        profile: profile.clone(),
        since: now.boot,
    };
    let (session, effect) = match way {
        Way::Keychain | Way::SignIn => (
            reading,
            Effect::Session(SessionEffect::ReadKey(generation, profile)),
        ),
        Way::Environment => (
            reading,
            Effect::Session(SessionEffect::ReadEnvironment(generation)),
        ),
        Way::Demo => (
            Session::StartingDemo,
            Effect::Session(SessionEffect::StartDemo(generation)),
        ),
    };
    if let Session::Locked(locked) = std::mem::replace(&mut state.session, session) {
        state.lock.unlocking = Some(locked);
    }
    vec![effect]
}

/// Back to the closed lock.
pub(in crate::state) fn cancel(state: &mut AppState) -> Vec<Effect> {
    let Some(locked) = state.lock.unlocking.take() else {
        return Vec::new();
    };
    state.next_generation();
    state.session = Session::Locked(locked);
    vec![Effect::Session(SessionEffect::EndAttempt)]
}

/// A profile was removed: nothing of it comes back.
pub(in crate::state) fn forget(state: &mut AppState, profile: &Profile) -> Vec<Effect> {
    state.lock.kept.take_if(|kept| kept.profile == *profile);
    let is_it = state
        .locked()
        .is_some_and(|locked| locked.profile == *profile);
    if !is_it {
        return Vec::new();
    }
    state.lock.unlocking = None;
    state.next_generation();
    state.session = Session::signed_out();
    vec![Effect::Session(SessionEffect::EndAttempt)]
}

/// A sign-in has failed: back to where it came from, with the reason.
pub(in crate::state) fn fail(state: &mut AppState, problem: SignInProblem) {
    state.others.label_tried = None;
    state.session = match state.lock.unlocking.take() {
        Some(mut locked) => {
            locked.problem = Some(problem);
            Session::Locked(locked)
        }
        None => Session::SignedOut {
            problem: Some(problem),
            notice: None,
        },
    };
}

/// The variables that the console was started with were read again.
pub(in crate::state) fn environment_read(
    state: &mut AppState,
    found: Option<Credentials>,
    now: Now,
) -> Vec<Effect> {
    let Session::ReadingKey { profile, .. } = &state.session else {
        return Vec::new();
    };
    match found.filter(|found| profile_of(found) == *profile) {
        Some(credentials) => {
            let origin = Origin::Typed(Keep::Environment);
            vec![session::sign_in::prove(state, credentials, origin, now)]
        }
        None => {
            let problem = SignInProblem::NoEnvironment(profile.clone());
            fail(state, problem);
            Vec::new()
        }
    }
}

/// A profile has signed in: what was locked of it comes back, and what belongs to another is dropped.
pub(in crate::state) fn signed_in(state: &mut AppState, now: Now) -> Vec<Effect> {
    state.lock.touched = Some(now);
    state.lock.unlocking = None;
    let generation = state.generation;
    let (Some(kept), Some(workspace)) = (state.lock.kept.take(), &mut state.workspace) else {
        return Vec::new();
    };
    if kept.profile != workspace.profile {
        return Vec::new();
    }
    let kept = *kept;
    workspace.page = kept.page;
    workspace.import = kept.import;
    workspace.editing = kept.editing;
    workspace.archived = kept.archived;
    workspace.offers_archive = kept.offers_archive;
    workspace.layout = kept.layout;
    workspace.is_detail_open = kept.is_detail_open;
    workspace.selected = kept.selected;
    workspace.reveal = kept.selected;
    if let Some(draft) = kept.draft {
        workspace.creating = Creating::resume(draft);
    }
    workspace.creating.is_open = kept.is_form_open;
    let Workspace {
        list,
        tokens,
        layout,
        ..
    } = workspace;
    list.set_sort(layout.sort, &live_ends(tokens, now));
    list.set_filter(kept.filter, &state.zone, &live_ends(tokens, now));
    if kept.edit_was_sent {
        let body = "The console was locked before the server answered. Saving them again is safe.";
        let title = "Not known whether the changes were saved";
        state
            .toasts
            .push(now, ToastKind::Refused, title, body, None);
    }
    match (kept.selected, kept.is_detail_open) {
        (Some(id), true) => {
            workspace.detail.is_reading = true;
            vec![Effect::List(ListEffect::ReadBusiness(generation, id))]
        }
        _ => Vec::new(),
    }
}

/// What became of the clipboard, for the lock that cleared it.
pub(in crate::state) fn clipboard(
    state: &mut AppState,
    result: &Result<Cleared, ClipboardProblem>,
) {
    let locked = match &mut state.session {
        Session::Locked(locked) => Some(locked),
        _ => state.lock.unlocking.as_mut(),
    };
    let Some(locked) = locked else {
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
