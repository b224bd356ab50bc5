//! Several profiles: signing in beside the one that is open, switching, naming and removing.

use std::time::Duration;

use crate::domain::credentials::Credentials;
use crate::domain::profile::{Profile, tidy_label};
use crate::domain::text::capitalised;
use crate::domain::time::Now;
use crate::state::app_state::live_ends;
use crate::state::create::creating::Creating;
use crate::state::create::messages::CreateEffect;
use crate::state::effect::Effect;
use crate::state::generation::Generation;
use crate::state::import::messages::{ForgottenNotes, ImportEffect};
use crate::state::import::{OpenFile, Step};
use crate::state::rotation::Keys;
use crate::state::session::attempt::Session;
use crate::state::session::messages::{Removal, SessionEffect};
use crate::state::session::parked::Waiting;
use crate::state::session::workspace::Workspace;
use crate::state::shell::messages::ShellEffect;
use crate::state::shell::toasts::ToastKind;
use crate::state::tokens::messages::TokenEffect;
use crate::state::{AppState, create, import, session};

pub(in crate::state) fn profile_of(credentials: &Credentials) -> Profile {
    Profile {
        environment: credentials.environment.clone(),
        partner: credentials.partner,
    }
}

/// Another sign-in begins. The session that runs is set aside until that has succeeded.
pub(in crate::state) fn begin_attempt(state: &mut AppState) -> (Generation, Vec<Effect>) {
    let mut effects = create::saving::save_drafts(state);
    effects.extend(save_filter(state));
    if matches!(state.session, Session::SignedIn { .. })
        && let Some(workspace) = state.workspace.take()
    {
        state.others.set_waiting(Waiting {
            session: std::mem::replace(&mut state.session, Session::signed_out()),
            workspace,
            keys: std::mem::take(&mut state.keys),
            generation: state.generation,
        });
    }
    state.others.label_tried = None;
    effects.push(Effect::Session(SessionEffect::EndAttempt));
    (state.next_generation(), effects)
}

/// Signs in with the key that the keychain has.
pub(in crate::state) fn open(state: &mut AppState, profile: Profile, now: Now) -> Vec<Effect> {
    if state.others.waiting() == Some(&profile) {
        return give_up(state);
    }
    let is_open =
        matches!(&state.session, Session::SignedIn { profile: open, .. } if *open == profile);
    if is_open {
        return Vec::new();
    }
    let (generation, mut effects) = begin_attempt(state);
    state.session = Session::ReadingKey {
        profile: profile.clone(),
        since: now.boot,
    };
    effects.push(Effect::Session(SessionEffect::ReadKey(generation, profile)));
    effects
}

/// Gives up the sign-in that is tried. The session that was set aside goes on as if nothing had been.
pub(in crate::state) fn give_up(state: &mut AppState) -> Vec<Effect> {
    // What still comes of the attempt has a number that nobody has any more.
    state.next_generation();
    state.others.label_tried = None;
    match state.others.take_waiting() {
        Some(waiting) => {
            state.session = waiting.session;
            state.workspace = Some(waiting.workspace);
            state.keys = waiting.keys;
            state.generation = waiting.generation;
            vec![Effect::Session(SessionEffect::EndAttempt)]
        }
        None => {
            state.session = Session::signed_out();
            vec![Effect::Session(SessionEffect::End)]
        }
    }
}

/// The new session is proved: the one that was set aside is left, and the world of the new one is shown.
pub(in crate::state) fn enter(state: &mut AppState, profile: &Profile, now: Now) {
    if let Some(left) = state.others.take_waiting() {
        // What its toasts offer would be done in the new profile.
        state.toasts.session_ended();
        state.copying = None;
        tell_of_import(state, &left.workspace, now);
        state
            .others
            .ended(left.generation, &left.session, left.keys);
        state.others.park(left.workspace);
    }
    if let Some(typed) = state.others.label_tried.take() {
        state.others.label = Some(typed);
    }
    let mut workspace = state
        .others
        .unpark(profile)
        .unwrap_or_else(|| fresh_workspace(state, profile, now));
    workspace.list.loading.begin(now);
    workspace.tokens_changed(now);
    state.workspace = Some(workspace);
}

fn fresh_workspace(state: &AppState, profile: &Profile, now: Now) -> Workspace {
    let mut workspace = Workspace::new(
        profile.clone(),
        state.saved.layout(profile),
        Creating::resume(state.drafts.of(profile)),
    );
    if let Some(known) = state.saved.known(profile) {
        let ends = live_ends(&workspace.tokens, now);
        workspace
            .list
            .set_filter(known.filter.clone(), &state.zone, &ends);
    }
    workspace
}

fn tell_of_import(state: &mut AppState, left: &Workspace, now: Now) {
    let Some(OpenFile {
        file,
        step: Step::Running(_),
        ..
    }) = left.import.open()
    else {
        return;
    };
    let name = import::name_of(&file.path);
    let environment = left.profile.environment.name();
    let body = if left.profile.is_demo() {
        "The demo has ended, and its businesses with it.".to_owned()
    } else {
        format!("Nothing more of {name} is sent. Continue it when you are back in {environment}.")
    };
    state
        .toasts
        .push(now, ToastKind::Info, "Import paused", body, None);
}

/// A label that was typed at sign-in is remembered with its profile.
pub(in crate::state) fn keep_label(state: &mut AppState, profile: &Profile) {
    if let Some(known) = state.saved.known_mut(profile)
        && let Some((_, label)) = state.others.label.take_if(|(of, _)| of == profile)
    {
        known.label = label;
    }
}

pub(in crate::state) fn rename(
    state: &mut AppState,
    profile: &Profile,
    typed: &str,
) -> Vec<Effect> {
    let label = tidy_label(typed);
    match state.saved.known_mut(profile) {
        Some(known) => {
            known.label = label;
            // What was typed at the sign-in is older.
            state.others.label.take_if(|(of, _)| of == profile);
            vec![Effect::Shell(ShellEffect::SavePreferences(
                state.saved.clone(),
            ))]
        }
        None => {
            state.others.label = Some((profile.clone(), label));
            Vec::new()
        }
    }
}

/// The keychain has been asked to remove a key, and then whether it is gone.
pub(in crate::state) fn removed(
    state: &mut AppState,
    profile: &Profile,
    removal: Removal,
    now: Now,
) -> Vec<Effect> {
    state
        .others
        .removing
        .take_if(|removing| removing == profile);
    let name = state.share.profile_name(profile, state.label(profile));
    let environment = profile.environment.name();
    let store = state.keychain.phrase();
    let (title, body) = match removal {
        Removal::Proved => return forget(state, profile, now),
        Removal::Refused(problem) | Removal::NotProved(problem) => {
            let (title, body) = problem.explain(state.keychain);
            (title.to_owned(), body)
        }
        Removal::StillThere => (
            format!("The key is still in {store}"),
            "It was deleted there, and was handed out again when asked. Remove it with the system’s own \
             keychain program."
                .to_owned(),
        ),
    };
    let body = format!("{title}. {body} {name} in {environment} stays as it was.");
    state
        .toasts
        .push(now, ToastKind::Refused, "Profile not removed", body, None);
    Vec::new()
}

/// Nothing of the profile is kept, here and on disk.
fn forget(state: &mut AppState, profile: &Profile, now: Now) -> Vec<Effect> {
    let name = state.share.profile_name(profile, state.label(profile));
    let environment = profile.environment.name();
    let store = state.keychain.phrase();
    let mut told = format!(
        "{name} in {environment} was removed. {store} was asked again and has no key for it; label, filter, \
         columns, draft and import notes are forgotten.",
        store = capitalised(store),
    );
    let mut effects = Vec::new();
    let is_open =
        matches!(&state.session, Session::SignedIn { profile: open, .. } if open == profile);
    state.others.forget(profile);
    if is_open || state.others.waiting() == Some(profile) {
        effects.extend(end_session(state));
        state.others.signed_out();
        told = state.others.and_tokens(told);
    }
    state.others.label.take_if(|(of, _)| of == profile);
    state.saved.forget(profile);
    state.drafts.keep(profile, None);
    state.written_drafts = Some(state.drafts.clone());
    // Twice, so that the previous copies on disk forget it too.
    for _ in 0..2 {
        effects.push(Effect::Shell(ShellEffect::SavePreferences(
            state.saved.clone(),
        )));
        effects.push(Effect::Create(CreateEffect::SaveDrafts(
            state.drafts.clone(),
        )));
    }
    effects.push(Effect::Import(ImportEffect::Forget(
        profile.clone(),
        ForgottenNotes::All,
    )));
    effects.extend(session::locking::forget(state, profile));
    match &mut state.session {
        Session::SignedOut { notice, .. } => *notice = Some(told),
        Session::ReadingKey { .. }
        | Session::StartingDemo
        | Session::SigningIn { .. }
        | Session::SignedIn { .. }
        | Session::Locked(_) => {
            state
                .toasts
                .push(now, ToastKind::Done, "Profile removed", told, None);
        }
    }
    effects
}

/// The session that runs ends, shown or set aside.
fn end_session(state: &mut AppState) -> Vec<Effect> {
    let mut effects = vec![Effect::Session(SessionEffect::End)];
    if state.clipboard.begin_clearing(false) {
        effects.push(Effect::Token(TokenEffect::ClearClipboard));
    }
    state.next_generation();
    state.others.take_waiting();
    state.workspace = None;
    state.keys = Keys::default();
    state.copying = None;
    state.toasts.session_ended();
    state.session = Session::signed_out();
    effects
}

/// A filter is on disk at most this long after it was typed.
const SAVE_FILTER_AFTER: Duration = Duration::from_millis(700);

/// The filter has changed; it is remembered for profiles that are.
pub(in crate::state) fn filter_changed(state: &mut AppState, now: Now) {
    if let Some(workspace) = &mut state.workspace
        && let Some(known) = state.saved.known(&workspace.profile)
    {
        let due = now.boot.saturating_add(SAVE_FILTER_AFTER);
        let is_news = known.filter != workspace.list.filter();
        workspace.filter_due = is_news.then(|| workspace.filter_due.unwrap_or(due));
    }
}

/// Writes the filter once the user has stopped typing for long enough.
pub(in crate::state) fn tick(state: &mut AppState, now: Now) -> Vec<Effect> {
    let due = state
        .workspace
        .as_ref()
        .and_then(|workspace| workspace.filter_due);
    if due.is_some_and(|due| due <= now.boot) {
        save_filter(state)
    } else {
        Vec::new()
    }
}

/// Writes the filter if it is not as on disk.
pub(in crate::state) fn save_filter(state: &mut AppState) -> Vec<Effect> {
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    workspace.filter_due = None;
    let filter = workspace.list.filter();
    match state.saved.known_mut(&workspace.profile) {
        Some(known) if known.filter != filter => {
            filter.clone_into(&mut known.filter);
            vec![Effect::Shell(ShellEffect::SavePreferences(
                state.saved.clone(),
            ))]
        }
        _ => Vec::new(),
    }
}

impl AppState {
    /// What the user calls a profile; empty where there is no label.
    pub fn label(&self, profile: &Profile) -> &str {
        let typed = [&self.others.label_tried, &self.others.label]
            .into_iter()
            .flatten()
            .find(|(of, _)| of == profile)
            .map(|(_, label)| label.as_str());
        let known = self.saved.known(profile).map(|known| known.label.as_str());
        typed.or(known).unwrap_or_default()
    }
}
