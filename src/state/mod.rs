//! What the console knows, changed only by commands, events and the passing of time.
//!
//! Each change answers with the effects that it asks for; nothing in this room does I/O, and
//! *now* is always an argument.

/// `From` for the enum of each feature that is part of this one.
macro_rules! from_features {
    ($union:ident: $($variant:ident($leaf:ident)),+) => {
        $(impl From<$leaf> for $union {
            fn from(of_feature: $leaf) -> Self {
                Self::$variant(of_feature)
            }
        })+
    };
}

pub mod command;
pub mod create;
pub mod effect;
pub mod event;
pub mod generation;
pub mod history;
pub mod import;
pub mod list;
pub mod rotation;
pub mod session;
pub mod shell;
pub mod tokens;

mod app_state;

pub use app_state::AppState;

use crate::domain::time::{BootInstant, Now};
use crate::state::command::Command;
use crate::state::create::messages::{CreateEvent, EditEvent};
use crate::state::effect::Effect;
use crate::state::event::{Event, SessionEvent};
use crate::state::history::recording::Watch;
use crate::state::session::messages::{KeychainEvent, SignInEvent};
use crate::state::tokens::messages::TokenEffect;

impl AppState {
    /// Does what the user asks for.
    pub fn command(&mut self, command: Command, now: Now) -> Vec<Effect> {
        // What the user sees and means is the order with all that has arrived.
        self.settle_list(now);
        let watch = Watch::command(self, &command, now);
        let mut effects = apply_command(self, command, now);
        watch.end(self, &mut effects, now);
        effects
    }

    /// Takes note of what has happened.
    pub fn event(&mut self, event: Event, now: Now) -> Vec<Effect> {
        let watch = Watch::event(self, &event, now);
        let mut effects = apply_event(self, event, now);
        watch.end(self, &mut effects, now);
        effects
    }

    /// Tells something in a toast.
    pub fn tell(&mut self, title: &str, body: String, now: Now) {
        self.toasts.push(
            now,
            crate::state::shell::toasts::ToastKind::Refused,
            title,
            body,
            None,
        );
    }

    /// Does what the passing of time demands.
    pub fn tick(&mut self, now: Now) -> Vec<Effect> {
        self.settle_list(now);
        let watch = Watch::tick(self);
        let mut effects = session::locking::tick(self, now);
        watch.end(self, &mut effects, now);
        self.toasts.tick(now);
        if let Some(workspace) = &mut self.workspace
            && workspace.tokens.tick(now.boot)
        {
            workspace.tokens_changed(now);
        }
        shell::announcements::tick(self, now);
        self.others.tick(now);
        effects.extend(import::events::tick(self, now));
        effects.extend(shell::reminders::tick(self, now));
        if let Some(workspace) = &mut self.workspace {
            workspace.fresh = workspace.fresh.filter(|(_, until)| *until > now.boot);
            if workspace.creating.is_due(now) {
                effects.extend(create::saving::save_drafts(self));
            }
        }
        effects.extend(shell::settings::tick(self, now));
        effects.extend(session::profiles::tick(self, now));
        if self.clears_now(now) && self.clipboard.begin_clearing(false) {
            effects.push(Effect::Token(TokenEffect::ClearClipboard));
        }
        effects
    }

    /// Does what has to be done before the program ends.
    pub fn before_exit(&mut self) -> Vec<Effect> {
        let mut effects = create::saving::save_drafts(self);
        effects.extend(shell::settings::before_exit(self));
        effects.extend(session::profiles::save_filter(self));
        effects
    }

    /// When something shown next changes by itself; `None` while nothing will.
    pub fn next_deadline(&self, now: Now) -> Option<BootInstant> {
        let waiting = self.session.waiting_since().map(|since| {
            let elapsed = now.boot.saturating_since(since);
            now.boot
                .saturating_add(shell::patience::changes_in(elapsed))
        });
        let retry = self.session.retry();
        [
            waiting,
            retry.and_then(|retry| retry.next_deadline(now.boot)),
            shell::reminders::next_look(self, now),
            self.toasts.next_deadline(),
            self.announcements.next_deadline(),
            self.clipboard
                .next_deadline(now.boot)
                .filter(|_| !self.clipboard.is_due(now.boot) || self.clears_now(now)),
            self.connection.next_deadline(),
            session::locking::next_deadline(self, now),
            self.workspace
                .as_ref()
                .and_then(|workspace| workspace.next_deadline(now.boot)),
        ]
        .into_iter()
        .flatten()
        .min()
    }
}

fn apply_command(state: &mut AppState, command: Command, now: Now) -> Vec<Effect> {
    match command {
        Command::Session(command) => session::commands::command(state, command, now),
        Command::Lock(command) => session::locking::command(state, command, now),
        Command::List(command) => list::commands::command(state, command, now),
        Command::Token(command) => tokens::commands::command(state, command, now),
        Command::Create(command) => create::saving::create(state, command, now),
        Command::Edit(command) => create::saving::change(state, command, now),
        Command::Import(command) => import::commands::command(state, command, now),
        Command::Rotation(command) => rotation::commands::command(state, command, now),
        Command::History(command) => history::commands::command(state, command, now),
        Command::Shell(command) => shell::commands::command(state, command, now),
        Command::Settings(command) => shell::settings::command(state, command, now),
    }
}

fn apply_event(state: &mut AppState, event: Event, now: Now) -> Vec<Effect> {
    match event {
        Event::Session(generation, event) if generation == state.generation => {
            return in_session(state, event, now);
        }
        Event::Session(generation, event) if state.others.waits_as(generation) => {
            return in_waiting(state, event, now);
        }
        Event::Session(generation, SessionEvent::SignIn(SignInEvent::KeyStored(result))) => {
            return session::keychain::stored_late(state, generation, result, now);
        }
        // The answer belongs to a session that has ended.
        Event::Session(..) => {}
        Event::Keychain(KeychainEvent::Deleted(profile, result)) => {
            session::keychain::key_deleted(state, &profile, result, now);
        }
        Event::Keychain(KeychainEvent::Removed(profile, removal)) => {
            return session::profiles::removed(state, &profile, removal, now);
        }
        Event::Clipboard(event) => return tokens::events::clipboard(state, event, now),
        Event::History(event) => history::commands::event(state, event, now),
        Event::Settings(event) => return shell::settings::event(state, event, now),
        Event::Shell(event) => return shell::events::event(state, event, now),
    }
    Vec::new()
}

fn in_session(state: &mut AppState, event: SessionEvent, now: Now) -> Vec<Effect> {
    match event {
        SessionEvent::SignIn(event) => session::events::sign_in(state, event, now),
        SessionEvent::Request(event) => session::events::request(state, event, now),
        SessionEvent::List(event) => list::events::event(state, event, now),
        SessionEvent::Token(event) => tokens::events::token(state, event, now),
        SessionEvent::Create(CreateEvent::Created(outcome)) => {
            create::saving::created(state, outcome, now)
        }
        SessionEvent::Edit(EditEvent::Updated(id, outcome)) => {
            create::saving::updated(state, id, outcome, now)
        }
        SessionEvent::Edit(EditEvent::Archived {
            business,
            is_archived,
            result,
        }) => create::archive::archived(state, business, is_archived, result, now),
        SessionEvent::Import(event) => import::events::event(state, event, now),
        SessionEvent::Rotation(event) => rotation::events::event(state, event, now),
    }
}

/// Something has happened to the session that was set aside: it goes on unseen.
fn in_waiting(state: &mut AppState, event: SessionEvent, now: Now) -> Vec<Effect> {
    let Some(mut waiting) = state.others.take_waiting() else {
        return Vec::new();
    };
    let mut shown = state.workspace.replace(waiting.workspace);
    std::mem::swap(&mut state.session, &mut waiting.session);
    std::mem::swap(&mut state.keys, &mut waiting.keys);
    std::mem::swap(&mut state.generation, &mut waiting.generation);
    let effects = in_session(state, event, now);
    std::mem::swap(&mut state.generation, &mut waiting.generation);
    std::mem::swap(&mut state.session, &mut waiting.session);
    std::mem::swap(&mut state.keys, &mut waiting.keys);
    std::mem::swap(&mut state.workspace, &mut shown);
    if let Some(workspace) = shown {
        waiting.workspace = workspace;
        state.others.set_waiting(waiting);
    }
    effects
}

#[cfg(test)]
mod tests;
