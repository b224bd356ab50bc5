//! Everything that the screens can read.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::domain::business::BusinessId;
use crate::domain::keychain::KeychainName;
use crate::domain::profile::Profile;
use crate::domain::rotation::KeyFingerprint;
use crate::domain::share::Share;
use crate::domain::time::{BootInstant, Now};
use crate::state::create::creating::Drafts;
use crate::state::generation::Generation;
use crate::state::history::History;
use crate::state::rotation::Keys;
use crate::state::session::attempt::Session;
use crate::state::session::lock::Lock;
use crate::state::session::parked::Others;
use crate::state::session::workspace::Workspace;
use crate::state::shell::announcements::Announcements;
use crate::state::shell::connection::ConnectionState;
use crate::state::shell::saved::Saved;
use crate::state::shell::toasts::Toasts;
use crate::state::tokens::Tokens;
use crate::state::tokens::clipboard::ClipboardState;
use crate::state::tokens::copying::Copying;

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
    pub(in crate::state) key_tried: Option<KeyFingerprint>,
    /// The day on which the ages of the keys were last looked at.
    pub(in crate::state) looked_on: Option<Date>,
    /// Drafts and what servers have taught about entity types.
    pub drafts: Drafts,
    /// What was done.
    pub history: History,
    /// The profile of a session from the variables that the console was started with: it leaves no trace on disk.
    pub(in crate::state) traceless: Option<Profile>,
    /// As the drafts are on disk; `None` where that is not known.
    pub(in crate::state) written_drafts: Option<Drafts>,
    /// Since when nobody has touched the console, and what waits behind the lock.
    pub(in crate::state) lock: Lock,
    /// The first create of this run in Production has been confirmed.
    pub(in crate::state) production_is_armed: bool,
    /// Of the session or the attempt that is shown.
    pub(in crate::state) generation: Generation,
    /// The highest that was ever given out.
    pub(in crate::state) latest_generation: Generation,
    pub(in crate::state) copying: Option<Copying>,
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

    /// Whether what is done and typed under a profile may be written down. A profile that is remembered leaves traces
    /// anyway; the businesses of the demo end with it, and what was done to them is of no use.
    pub fn leaves_trace(&self, profile: &Profile) -> bool {
        let is_traceless = self.traceless.as_ref() == Some(profile);
        !profile.is_demo() && (!is_traceless || self.saved.known(profile).is_some())
    }

    /// Whether what is on the clipboard has been there for long enough. While another token is on its way there, it
    /// would be cleared instead; its own time begins when it has arrived.
    pub(in crate::state) fn clears_now(&self, now: Now) -> bool {
        self.copying.is_none() && self.clipboard.is_due(now.boot)
    }

    /// Brings the order of the list up to date with what has arrived since the last frame.
    pub(in crate::state) fn settle_list(&mut self, now: Now) {
        if let Some(Workspace { list, tokens, .. }) = &mut self.workspace {
            list.settle(&live_ends(tokens, now));
        }
    }

    pub(in crate::state) fn next_generation(&mut self) -> Generation {
        self.latest_generation.0 += 1;
        self.generation = self.latest_generation;
        self.generation
    }
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
