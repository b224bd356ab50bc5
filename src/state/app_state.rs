//! Everything that the screens can read.

use std::path::PathBuf;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::domain::business::BusinessId;
use crate::domain::keychain::KeychainName;
use crate::domain::profile::Profile;
use crate::domain::share::Share;
use crate::domain::time::{BootInstant, Now};
use crate::state::create::creating::Drafts;
use crate::state::generation::Generation;
use crate::state::history::History;
use crate::state::rotation::Keys;
use crate::state::session::attempt::{Attempt, AttemptStage};
use crate::state::session::lock::{Lock, Locked};
use crate::state::session::open::Open;
use crate::state::session::parked::Parked;
use crate::state::session::workspace::Workspace;
use crate::state::shell::announcements::Announcements;
use crate::state::shell::connection::ConnectionState;
use crate::state::shell::messages::Page;
use crate::state::shell::saved::Saved;
use crate::state::shell::toasts::Toasts;
use crate::state::tokens::Tokens;
use crate::state::tokens::clipboard::ClipboardState;

/// Everything that the screens can read.
#[derive(Debug)]
pub struct AppState {
    /// The session that runs, shown or behind a sign-in that is tried.
    pub(in crate::state) open: Option<Open>,
    /// The sign-in that is tried, or waits for the user.
    pub(in crate::state) attempt: Option<Attempt>,
    /// What is kept of the profiles that are not open.
    pub parked: Parked,
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
    /// Where the console keeps its files; `None` where the system has no place for them.
    pub data_folder: Option<PathBuf>,
    /// In which days begin and clocks are read.
    pub zone: TimeZone,
    /// The day on which the ages of the keys were last looked at.
    pub(in crate::state) looked_on: Option<Date>,
    /// Drafts and what servers have taught about entity types.
    pub drafts: Drafts,
    /// What was done.
    pub history: History,
    /// The profile of a session from the variables that the console was started with: it leaves no trace on disk.
    pub(in crate::state) traceless: Option<Profile>,
    /// Why the drafts could not be written; a sentence without its full stop. `None` once they are on disk.
    pub unsaved_drafts: Option<String>,
    /// The licence texts of what is in the program, where a package has installed them.
    pub licence_texts: Option<PathBuf>,
    /// As the drafts are on disk; `None` where that is not known.
    pub(in crate::state) written_drafts: Option<Drafts>,
    /// Since when nobody has touched the console, and what waits behind the lock.
    pub(in crate::state) lock: Lock,
    /// The first create of this run in Production has been confirmed.
    pub(in crate::state) production_is_armed: bool,
    /// The highest that was ever given out.
    latest_generation: Generation,
}

impl AppState {
    /// Signed out, with the preferences of the last run.
    pub fn new(saved: Saved, drafts: Drafts, keychain: KeychainName, zone: TimeZone) -> Self {
        Self {
            open: None,
            attempt: None,
            parked: Parked::default(),
            clipboard: ClipboardState::default(),
            toasts: Toasts::default(),
            connection: ConnectionState::default(),
            announcements: Announcements::default(),
            share: Share::default(),
            saved: saved.repaired(),
            keychain,
            data_folder: None,
            zone,
            looked_on: None,
            traceless: None,
            unsaved_drafts: None,
            licence_texts: None,
            written_drafts: Some(drafts.clone()),
            drafts,
            history: History::default(),
            lock: Lock::default(),
            production_is_armed: false,
            latest_generation: Generation::default(),
        }
    }

    /// What is in front of the user.
    pub fn front(&self) -> Front<'_> {
        match (&self.lock.locked, &self.attempt, &self.open) {
            (Some(locked), attempt, _) => Front::Lock(locked, attempt.as_ref()),
            (None, Some(attempt), _) => Front::SignIn(attempt),
            (None, None, Some(open)) => Front::Session(open),
            (None, None, None) => Front::SignIn(&BLANK_FORM),
        }
    }

    /// The session that is shown.
    pub fn open(&self) -> Option<&Open> {
        self.open.as_ref().filter(|_| self.attempt.is_none())
    }

    /// The session that runs behind a sign-in that is tried.
    pub fn background(&self) -> Option<&Open> {
        self.open.as_ref().filter(|_| self.attempt.is_some())
    }

    /// The sign-in that is tried, or waits for the user.
    pub const fn attempt(&self) -> Option<&Attempt> {
        self.attempt.as_ref()
    }

    /// What the user works with in the session that is shown.
    pub fn workspace(&self) -> Option<&Workspace> {
        self.open().map(|open| &open.workspace)
    }

    /// The key of the session that is shown.
    pub fn keys(&self) -> Option<&Keys> {
        self.open().map(|open| &open.keys)
    }

    /// Whose session is shown, tried or locked.
    pub fn profile(&self) -> Option<&Profile> {
        match self.front() {
            Front::Lock(locked, _) => Some(&locked.profile),
            Front::SignIn(attempt) => attempt.profile(),
            Front::Session(open) => Some(open.profile()),
        }
    }

    /// Whether the sign-in screen waits for the user.
    pub fn is_signed_out(&self) -> bool {
        matches!(self.front(), Front::SignIn(attempt) if !attempt.is_waiting())
    }

    /// Whether what is done and typed under a profile may be written down. A profile that is remembered leaves traces
    /// anyway; the businesses of the demo end with it, and what was done to them is of no use.
    pub fn leaves_trace(&self, profile: &Profile) -> bool {
        let is_traceless = self.traceless.as_ref() == Some(profile);
        !profile.is_demo() && (!is_traceless || self.saved.known(profile).is_some())
    }

    /// Why drafts are lost if the console closes now.
    pub fn drafts_lost_at_exit(&self) -> Option<&str> {
        self.unsaved_drafts
            .as_deref()
            .filter(|_| !self.drafts.is_empty_on_disk())
    }

    /// Whether what is on the clipboard has been there for long enough. While another token is on its way there, it
    /// would be cleared instead; its own time begins when it has arrived.
    pub(in crate::state) fn clears_now(&self, now: Now) -> bool {
        let is_copying = self
            .open
            .as_ref()
            .is_some_and(|open| open.copying.is_some());
        !is_copying && self.clipboard.is_due(now.boot)
    }

    /// Brings the order of the list up to date with what has arrived since the last frame.
    pub(in crate::state) fn settle_list(&mut self, now: Now) {
        if let Some(Open { workspace, .. }) = &mut self.open {
            let Workspace { list, tokens, .. } = workspace;
            list.settle(&live_ends(tokens, now));
        }
    }

    /// Counts the list for the overview, while that is shown.
    pub(in crate::state) fn count_list(&mut self, now: Now) {
        if let Some(Open { workspace, .. }) = &mut self.open
            && workspace.page == Page::Overview
        {
            let Workspace { overview, list, .. } = workspace;
            overview.recount(list, now, &self.zone);
        }
    }

    pub(in crate::state) fn next_generation(&mut self) -> Generation {
        self.latest_generation.0 += 1;
        self.latest_generation
    }
}

/// The sign-in screen that nobody has touched.
static BLANK_FORM: Attempt = Attempt::new(Generation(0), AttemptStage::blank());

/// What is in front of the user.
#[derive(Debug)]
pub enum Front<'a> {
    /// The lock, and the sign-in that is to open it.
    Lock(&'a Locked, Option<&'a Attempt>),
    /// The sign-in screen.
    SignIn(&'a Attempt),
    /// A session.
    Session(&'a Open),
}

impl Workspace {
    /// Shows the rows again whose filter or order depends on tokens.
    pub(in crate::state) fn tokens_changed(&mut self, now: Now) {
        let tokens = &self.tokens;
        self.list.tokens_changed(&live_ends(tokens, now));
    }
}

/// When the token of each business ends, while it is live.
pub(in crate::state) fn live_ends(
    tokens: &Tokens,
    now: Now,
) -> impl Fn(BusinessId) -> Option<BootInstant> {
    move |business| tokens.live_end(business, now.boot)
}

impl Workspace {
    /// A business came into the archive or out of it.
    pub(in crate::state) fn archive_changed(&mut self, now: Now) {
        let Self {
            list,
            tokens,
            archived,
            ..
        } = self;
        list.set_archived(archived.clone(), &live_ends(tokens, now));
    }
}

/// Changes what the user works with in the session that runs.
pub(in crate::state) fn with_workspace(state: &mut AppState, change: impl FnOnce(&mut Workspace)) {
    if let Some(Open { workspace, .. }) = &mut state.open {
        change(workspace);
    }
}
