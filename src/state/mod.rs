//! What the console knows, changed only by commands, events and the passing of time.
//!
//! Each change answers with the effects that it asks for; nothing in this room does I/O, and
//! *now* is always an argument.

pub mod announcements;
pub mod clipboard;
pub mod command;
pub mod connection;
pub mod creating;
pub mod editing;
pub mod effect;
pub mod event;
pub mod history;
pub mod importing;
pub mod listing;
pub mod lock;
pub mod others;
pub mod patience;
pub mod rotation;
pub mod saved;
pub mod session;
pub mod toasts;
pub mod tokens;
pub mod workspace;

mod on_archive;
mod on_command;
mod on_create;
mod on_event;
mod on_file;
mod on_history;
mod on_import;
mod on_import_news;
mod on_keychain;
mod on_lock;
mod on_profile;
mod on_rotation;
mod on_rotation_news;
mod on_session;
mod on_settings;
mod on_token;
mod recording;
mod reminders;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::domain::business::BusinessId;
use crate::domain::keychain::KeychainName;
use crate::domain::profile::Profile;
use crate::domain::rotation::KeyFingerprint;
use crate::domain::share::Share;
use crate::domain::time::{BootInstant, Now};

use announcements::Announcements;
use clipboard::ClipboardState;
use command::Command;
use connection::ConnectionState;
use creating::Drafts;
use effect::{Effect, Generation};
use event::Event;
use history::History;
use lock::Lock;
use others::Others;
use recording::Watch;
use rotation::Keys;
use saved::Saved;
use session::Session;
use toasts::Toasts;
use tokens::Tokens;
use workspace::Workspace;

/// Everything that the screens can read.
#[derive(Debug)]
pub struct AppState {
    /// Where the sign-in stands.
    pub session: Session,
    /// The world of the signed-in profile.
    pub workspace: Option<Workspace>,
    /// What is kept of the profiles that are not shown.
    pub others: Others,
    /// What of ours is on the clipboard.
    pub clipboard: ClipboardState,
    /// Short messages.
    pub toasts: Toasts,
    /// The way to the network, and the test of it.
    pub connection: ConnectionState,
    /// What screen readers are told of the tokens.
    pub announcements: Announcements,
    /// Whether names and ids are shown.
    pub share: Share,
    /// What is remembered between runs.
    pub saved: Saved,
    /// What the keychain is called here.
    pub keychain: KeychainName,
    /// In which days begin and clocks are read.
    pub zone: TimeZone,
    /// The session's key and its replacement.
    pub keys: Keys,
    /// The key of the sign-in that is tried.
    key_tried: Option<KeyFingerprint>,
    /// The day on which the ages of the keys were last looked at.
    looked_on: Option<Date>,
    /// Drafts and what servers have taught about entity types.
    pub drafts: Drafts,
    /// What was done.
    pub history: History,
    /// The profile of a session from the variables that the console was started with: it leaves no trace on disk.
    traceless: Option<Profile>,
    /// As the drafts are on disk; `None` where that is not known.
    written_drafts: Option<Drafts>,
    /// Since when nobody has touched the console, and what waits behind the lock.
    lock: Lock,
    /// The first create of this run in Production has been confirmed.
    production_is_armed: bool,
    /// Of the session or the attempt that is shown.
    generation: Generation,
    /// The highest that was ever given out.
    latest_generation: Generation,
    copying: Option<on_token::Copying>,
}

impl AppState {
    /// Signed out, with the preferences of the last run.
    pub fn new(saved: Saved, drafts: Drafts, keychain: KeychainName, zone: TimeZone) -> Self {
        Self {
            session: Session::signed_out(),
            workspace: None,
            others: Others::default(),
            clipboard: ClipboardState::default(),
            toasts: Toasts::default(),
            connection: ConnectionState::default(),
            announcements: Announcements::default(),
            share: Share::default(),
            saved: saved.repaired(),
            keychain,
            zone,
            keys: Keys::default(),
            key_tried: None,
            looked_on: None,
            traceless: None,
            written_drafts: Some(drafts.clone()),
            drafts,
            history: History::default(),
            lock: Lock::default(),
            production_is_armed: false,
            generation: Generation::default(),
            latest_generation: Generation::default(),
            copying: None,
        }
    }

    /// Does what the user asks for.
    pub fn command(&mut self, command: Command, now: Now) -> Vec<Effect> {
        // What the user sees and means is the order with all that has arrived.
        self.settle_list(now);
        let watch = Watch::command(self, &command, now);
        let mut effects = on_command::apply(self, command, now);
        watch.end(self, &mut effects, now);
        effects
    }

    /// Takes note of what has happened.
    pub fn event(&mut self, event: Event, now: Now) -> Vec<Effect> {
        let watch = Watch::event(self, &event, now);
        let mut effects = on_event::apply(self, event, now);
        watch.end(self, &mut effects, now);
        effects
    }

    /// Tells something in a toast.
    pub fn tell(&mut self, title: &str, body: String, now: Now) {
        self.toasts
            .push(now, toasts::ToastKind::Refused, title, body, None);
    }

    /// Does what the passing of time demands.
    pub fn tick(&mut self, now: Now) -> Vec<Effect> {
        self.settle_list(now);
        let watch = Watch::tick(self);
        let mut effects = on_lock::tick(self, now);
        watch.end(self, &mut effects, now);
        self.toasts.tick(now);
        if let Some(workspace) = &mut self.workspace
            && workspace.tokens.tick(now.boot)
        {
            workspace.tokens_changed(now);
        }
        announcements::tick(self, now);
        self.others.tick(now);
        on_import_news::tick(self, now);
        effects.extend(reminders::tick(self, now));
        if let Some(workspace) = &mut self.workspace {
            workspace.fresh = workspace.fresh.filter(|(_, until)| *until > now.boot);
            if workspace.creating.is_due(now) {
                effects.extend(on_create::save_drafts(self));
            }
        }
        effects.extend(on_settings::tick(self, now));
        effects.extend(on_profile::tick(self, now));
        if self.clears_now(now) && self.clipboard.begin_clearing(false) {
            effects.push(Effect::ClearClipboard);
        }
        effects
    }

    /// Does what has to be done before the program ends.
    pub fn before_exit(&mut self) -> Vec<Effect> {
        let mut effects = on_create::save_drafts(self);
        effects.extend(on_settings::before_exit(self));
        effects.extend(on_profile::save_filter(self));
        effects
    }

    /// When something shown next changes by itself; `None` while nothing will.
    pub fn next_deadline(&self, now: Now) -> Option<BootInstant> {
        let waiting = self.session.waiting_since().map(|since| {
            let elapsed = now.boot.saturating_since(since);
            now.boot.saturating_add(patience::changes_in(elapsed))
        });
        let retry = self.session.retry();
        [
            waiting,
            retry.and_then(|retry| retry.next_deadline(now.boot)),
            reminders::next_look(self, now),
            self.toasts.next_deadline(),
            self.announcements.next_deadline(),
            self.clipboard
                .next_deadline(now.boot)
                .filter(|_| !self.clipboard.is_due(now.boot) || self.clears_now(now)),
            self.connection.next_deadline(),
            on_lock::next_deadline(self, now),
            self.workspace
                .as_ref()
                .and_then(|workspace| workspace.next_deadline(now.boot)),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// Whether what is done and typed under a profile may be written down. A profile that is remembered leaves traces
    /// anyway; the businesses of the demo end with it, and what was done to them is of no use.
    pub fn leaves_trace(&self, profile: &Profile) -> bool {
        let is_traceless = self.traceless.as_ref() == Some(profile);
        !profile.is_demo() && (!is_traceless || self.saved.known(profile).is_some())
    }

    /// Whether what is on the clipboard has been there for long enough. While another token is on its way there, it
    /// would be cleared instead; its own time begins when it has arrived.
    fn clears_now(&self, now: Now) -> bool {
        self.copying.is_none() && self.clipboard.is_due(now.boot)
    }

    /// Brings the order of the list up to date with what has arrived since the last frame.
    fn settle_list(&mut self, now: Now) {
        if let Some(Workspace { list, tokens, .. }) = &mut self.workspace {
            list.settle(&live_ends(tokens, now));
        }
    }

    fn next_generation(&mut self) -> Generation {
        self.latest_generation.0 += 1;
        self.generation = self.latest_generation;
        self.generation
    }
}

impl Workspace {
    /// Shows the rows again whose filter or order depends on tokens.
    fn tokens_changed(&mut self, now: Now) {
        let tokens = &self.tokens;
        self.list.tokens_changed(&live_ends(tokens, now));
    }
}

/// When the token of each business ends, while it is live.
fn live_ends(tokens: &Tokens, now: Now) -> impl Fn(BusinessId) -> Option<BootInstant> {
    move |business| tokens.live_end(business, now.boot)
}

#[cfg(test)]
mod tests;
