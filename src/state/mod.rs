//! What the console knows, changed only by commands, events and the passing of time.
//!
//! Each change returns the effects that it requests. Nothing in this layer does I/O, and
//! *now* is always an argument.

/// Implements `From` for each feature's enum that is part of this union.
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
mod cx;
mod secret_text;

pub use app_state::{AppState, Foreground, ImportAtExit};
use std::path::PathBuf;

use command::Command;
use cx::Cx;
use effect::Effect;
use event::{Event, SessionEvent};
use history::recording::BeforeChange;
use session::attempt::Attempt;
use session::messages::{KeychainEvent, SignInEvent};
use shell::toasts::Toast;
use tokens::messages::{TokenCommand, TokenEffect};

use crate::domain::time::{BootInstant, Now};

impl AppState {
    /// Carries out a user command.
    pub fn command(&mut self, command: Command, now: Now) -> Vec<Effect> {
        let mut cx = Cx::new(now);
        // The user acts on what was visible, so settle the list before anything reads its order.
        self.settle_list(now);
        let watch = BeforeChange::command(self, &command, now);
        apply_command(self, command, &mut cx);
        watch.end(self, &mut cx);
        // The same frame may draw the overview next.
        self.count_list(now);
        self.finish(cx)
    }

    /// Applies an event that the runtime reported.
    pub fn event(&mut self, event: Event, now: Now) -> Vec<Effect> {
        let event = create::events::without_contradiction(self, event, now);
        let mut cx = Cx::new(now);
        let watch = BeforeChange::event(self, &event, now);
        apply_event(self, event, &mut cx);
        watch.end(self, &mut cx);
        self.finish(cx)
    }

    /// Reports a failure in a toast, with a button for the file that has the details, if there is one.
    pub fn show_failure(&mut self, title: &str, body: String, file: Option<PathBuf>, now: Now) {
        self.toasts
            .push(now, Toast::failed(title, body).showing_file(file));
    }

    /// Does whatever is due at `now`.
    pub fn tick(&mut self, now: Now) -> Vec<Effect> {
        let mut cx = Cx::new(now);
        self.settle_list(now);
        let watch = BeforeChange::tick(self);
        session::locking::tick(self, &mut cx);
        watch.end(self, &mut cx);
        self.toasts.tick(now);
        self.retained.tick(now);
        tokens::events::tick(self, now);
        shell::announcing::tick(self, now);
        import::dry_runs::tick(self, &mut cx);
        shell::reminders::tick(self, &mut cx);
        create::tick(self, &mut cx);
        shell::settings::record_size(self, Some(now));
        list::saved_filter::tick(self, now);
        self.count_list(now);
        if self.clears_now(now) && self.clipboard.begin_clearing(false) {
            cx.push(TokenEffect::ClearClipboard);
        }
        self.finish(cx)
    }

    /// Saves what has not been saved yet, before the program ends.
    pub fn before_exit(&mut self, now: Now) -> Vec<Effect> {
        let mut cx = Cx::new(now);
        history::recording::before_exit(self, &mut cx);
        create::drafts::save_drafts(self, &mut cx);
        shell::settings::record_size(self, None);
        list::saved_filter::record(self);
        self.finish(cx)
    }

    /// Saves changed preferences and shows toasts. Returns the effects.
    fn finish(&mut self, mut cx: Cx) -> Vec<Effect> {
        shell::settings::save_preferences(self, &mut cx);
        cx.finish(&mut self.toasts)
    }

    /// When something on screen next changes by itself or work is due; `None` if neither will happen.
    pub fn next_deadline(&self, now: Now) -> Option<BootInstant> {
        let attempt = self.attempt.as_ref();
        let waiting = attempt.and_then(Attempt::waiting_since).map(|since| {
            let elapsed = now.boot.saturating_since(since);
            now.boot
                .saturating_add(shell::loading_stage::changes_in(elapsed))
        });
        let retry = attempt.and_then(Attempt::retry);
        [
            waiting,
            retry.and_then(|retry| retry.next_deadline(now.boot)),
            shell::reminders::next_check(self, now),
            self.toasts.next_deadline(),
            self.announcements.next_deadline(),
            self.clipboard
                .next_deadline(now.boot)
                .filter(|_| !self.clipboard.is_due(now.boot) || self.clears_now(now)),
            self.window_size.map(|(_, due)| due),
            session::locking::next_deadline(self, now),
            self.open.as_ref().and_then(|open| match attempt {
                None => open.workspace.next_deadline(now.boot),
                // The session is hidden, so only work that must be done counts, not changes on screen.
                Some(_) => open.workspace.next_due(now.boot),
            }),
        ]
        .into_iter()
        .flatten()
        .min()
    }
}

fn apply_command(state: &mut AppState, command: Command, cx: &mut Cx) {
    if needs_session(&command) && state.open().is_none() {
        return;
    }
    match command {
        Command::Session(command) => session::commands::command(state, command, cx),
        Command::Lock(command) => session::locking::command(state, command, cx),
        Command::List(command) => list::commands::command(state, command, cx),
        Command::Token(command) => tokens::commands::command(state, command, cx),
        Command::Create(command) => create::commands::command(state, command, cx),
        Command::Edit(command) => create::edit_commands::command(state, command, cx),
        Command::Import(command) => import::commands::command(state, command, cx),
        Command::Rotation(command) => rotation::commands::command(state, command, cx),
        Command::History(command) => history::commands::command(state, command, cx),
        Command::Shell(command) => shell::commands::command(state, command, cx),
        Command::Settings(command) => shell::settings::command(state, command, cx),
    }
}

/// Whether a command is only valid while a session is on screen. A session behind a sign-in is hidden, so no command can
/// be meant for it.
const fn needs_session(command: &Command) -> bool {
    match command {
        Command::List(_)
        | Command::Create(_)
        | Command::Edit(_)
        | Command::Import(_)
        | Command::Rotation(_) => true,
        // A token stays on the clipboard after its session has ended.
        Command::Token(command) => !matches!(command, TokenCommand::ClearClipboard),
        Command::Session(_)
        | Command::Lock(_)
        | Command::History(_)
        | Command::Shell(_)
        | Command::Settings(_) => false,
    }
}

fn apply_event(state: &mut AppState, event: Event, cx: &mut Cx) {
    match event {
        Event::Session(generation, event) => {
            let is_of_attempt = |attempt: &Attempt| attempt.generation == generation;
            if state.attempt.as_ref().is_some_and(is_of_attempt) {
                of_attempt(state, event, cx);
            } else if state
                .open
                .as_ref()
                .is_some_and(|open| open.generation == generation)
            {
                of_session(state, event, cx);
            } else if let SessionEvent::SignIn(SignInEvent::KeyStored(result)) = event {
                session::keychain::stored_late(state, generation, result, cx);
            }
            // Any other event belongs to a session that has ended.
        }
        Event::Keychain(KeychainEvent::Deleted(profile, result)) => {
            session::keychain::key_deleted(state, &profile, result, cx);
        }
        Event::Keychain(KeychainEvent::AnswerDeleted(result)) => {
            session::keychain::prompt_answer_saved(state, result, "deleted", cx);
        }
        Event::Keychain(KeychainEvent::Removed(profile, removal)) => {
            session::profiles::removed(state, &profile, removal, cx);
        }
        Event::Clipboard(event) => tokens::events::clipboard(state, event, cx),
        Event::History(event) => history::commands::event(state, event, cx),
        Event::Settings(event) => shell::settings::event(state, event, cx),
        Event::Shell(event) => shell::events::event(state, event, cx),
    }
}

/// Applies an event of the sign-in attempt.
fn of_attempt(state: &mut AppState, event: SessionEvent, cx: &mut Cx) {
    match event {
        SessionEvent::SignIn(event) => session::events::sign_in(state, event, cx),
        SessionEvent::Request(event) => session::events::sign_in_request(state, event, cx),
        // An attempt only signs in and requests nothing else.
        SessionEvent::List(_)
        | SessionEvent::TokenFetched(..)
        | SessionEvent::Change(_)
        | SessionEvent::Import(_)
        | SessionEvent::Rotation(_) => {}
    }
}

/// Applies an event of the running session, on screen or behind a sign-in.
fn of_session(state: &mut AppState, event: SessionEvent, cx: &mut Cx) {
    match event {
        SessionEvent::SignIn(SignInEvent::KeyStored(result)) => {
            session::keychain::key_stored(state, result, cx);
        }
        SessionEvent::SignIn(SignInEvent::KeyRefetching) => {
            session::sources::key_refetching(state, Some(cx.now.boot));
        }
        SessionEvent::SignIn(SignInEvent::KeyRefetchEnded) => {
            session::sources::key_refetching(state, None);
        }
        SessionEvent::SignIn(SignInEvent::KeyRefetched(result)) => {
            session::sources::fetched_again(state, result, cx);
        }
        SessionEvent::SignIn(SignInEvent::AnswerStored(result)) => {
            session::keychain::prompt_answer_saved(state, result, "saved", cx);
        }
        // The session is already signed in.
        SessionEvent::SignIn(
            SignInEvent::DemoGenerating(_)
            | SignInEvent::DemoReady(_)
            | SignInEvent::KeyFetched(_)
            | SignInEvent::Verified(_),
        ) => {}
        SessionEvent::Request(event) => session::events::request(state, event, cx),
        SessionEvent::List(event) => list::events::event(state, event, cx),
        SessionEvent::TokenFetched(business, result) => {
            tokens::copying::fetched(state, business, result, cx);
        }
        SessionEvent::Change(event) => create::events::event(state, event, cx),
        SessionEvent::Import(event) => import::events::event(state, event, cx),
        SessionEvent::Rotation(event) => rotation::events::event(state, event, cx),
    }
}

#[cfg(test)]
mod tests;
