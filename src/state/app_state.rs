//! The state of the console, and what the window shows.

use std::collections::HashSet;
use std::path::PathBuf;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::domain::keychain::KeychainName;
use crate::domain::profile::Profile;
use crate::domain::settings::WindowSize;
use crate::domain::share_mode::ShareMode;
use crate::domain::time::{BootInstant, Now};
use crate::domain::token::Fingerprint;
use crate::state::create::creating::Drafts;
use crate::state::generation::Generation;
use crate::state::history::History;
use crate::state::import::open_file::{ImportStep, file_of};
use crate::state::rotation::Keys;
use crate::state::session::attempt::{Attempt, AttemptStage};
use crate::state::session::lock::{Lock, Locked};
use crate::state::session::open::Open;
use crate::state::session::retained::RetainedProfiles;
use crate::state::session::workspace::Workspace;
use crate::state::shell::announcements::Announcements;
use crate::state::shell::connection::ConnectionState;
use crate::state::shell::messages::Page;
use crate::state::shell::saved::{RememberedProfile, Saved};
use crate::state::shell::toasts::Toasts;
use crate::state::tokens::clipboard::ClipboardState;

/// Everything that the screens can read.
#[derive(Debug)]
pub struct AppState {
    /// The running session, either on screen or behind a sign-in attempt.
    pub(in crate::state) open: Option<Open>,
    /// The sign-in under way or waiting for user input.
    pub(in crate::state) attempt: Option<Attempt>,
    /// Data retained for profiles that are not open.
    pub retained: RetainedProfiles,
    /// The records of keys whose profiles are not saved: of the running session, and of sessions that were locked or left. They contain no
    /// secret.
    pub(in crate::state) unsaved: Vec<RememberedProfile>,
    /// The tokens that were fetched since the start, to recognise them in text.
    pub(in crate::state) fetched_tokens: HashSet<Fingerprint>,
    /// What the console put on the clipboard.
    pub clipboard: ClipboardState,
    pub toasts: Toasts,
    /// The network settings in use, and the connection test.
    pub connection: ConnectionState,
    /// The size of the window before it is saved, and when it is due to be saved.
    pub(in crate::state) window_size: Option<(WindowSize, BootInstant)>,
    /// What screen readers announce about tokens.
    pub announcements: Announcements,
    /// Whether names and ids are shown or replaced by stand-ins.
    pub share: ShareMode,
    /// The preferences, which persist between runs.
    pub saved: Saved,
    /// What the keychain is called on this system.
    pub keychain: KeychainName,
    /// Where the console stores its files; `None` if the system provides no location for them.
    pub data_folder: Option<PathBuf>,
    /// The time zone for day boundaries and times of day.
    pub zone: TimeZone,
    /// The day of the last check of the key ages.
    pub(in crate::state) ages_checked_on: Option<Date>,
    /// Drafts, and what servers have revealed about entity types.
    pub drafts: Drafts,
    pub history: History,
    /// The profile of a session that was started from environment variables: it leaves no trace on disk.
    pub(in crate::state) memory_only_profile: Option<Profile>,
    /// Why the drafts could not be saved, as a sentence without its full stop. `None` once they are on disk.
    pub unsaved_drafts: Option<String>,
    /// The licence texts of the linked crates, if a package has installed them.
    pub licence_texts: Option<PathBuf>,
    /// The preferences as last written.
    pub(in crate::state) written_saved: Saved,
    /// The drafts as they are on disk; `None` if that is unknown.
    pub(in crate::state) written_drafts: Option<Drafts>,
    /// How long the console has been idle, and what waits behind the lock.
    pub(in crate::state) lock: Lock,
    /// Whether the user has confirmed a create or an import in Production during this run.
    pub(in crate::state) is_production_confirmed: bool,
    /// The highest generation handed out so far.
    latest_generation: Generation,
}

/// What is lost of an import if the console closes now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportAtExit {
    /// It is sending rows.
    Running {
        /// Number of rows without a final result.
        left: usize,
        /// Whether it has a record, with which it can resume.
        can_resume: bool,
    },
    /// It is over, and this number of rows was neither created nor saved to a file.
    Unsaved(usize),
    /// It has not begun, and this number of rows was corrected.
    Corrected(usize),
}

impl AppState {
    /// Starts signed out, with the preferences of the previous run.
    pub fn new(saved: Saved, drafts: Drafts, keychain: KeychainName, zone: TimeZone) -> Self {
        let saved = saved.repaired();
        Self {
            open: None,
            attempt: None,
            retained: RetainedProfiles::default(),
            unsaved: Vec::new(),
            fetched_tokens: HashSet::new(),
            clipboard: ClipboardState::default(),
            toasts: Toasts::default(),
            connection: ConnectionState::default(),
            window_size: None,
            announcements: Announcements::default(),
            share: ShareMode::default(),
            written_saved: saved.clone(),
            saved,
            keychain,
            data_folder: None,
            zone,
            ages_checked_on: None,
            memory_only_profile: None,
            unsaved_drafts: None,
            licence_texts: None,
            written_drafts: Some(drafts.clone()),
            drafts,
            history: History::default(),
            lock: Lock::default(),
            is_production_confirmed: false,
            latest_generation: Generation::default(),
        }
    }

    pub fn front(&self) -> Foreground<'_> {
        match (&self.lock.locked, &self.attempt, &self.open) {
            (Some(locked), attempt, _) => Foreground::Lock(locked, attempt.as_ref()),
            (None, Some(attempt), _) => Foreground::SignIn(attempt),
            (None, None, Some(open)) => Foreground::Session(open),
            (None, None, None) => Foreground::SignIn(&BLANK_FORM),
        }
    }

    /// The session on screen.
    pub fn open(&self) -> Option<&Open> {
        self.open.as_ref().filter(|_| self.attempt.is_none())
    }

    /// The session that runs behind a sign-in attempt.
    pub fn background(&self) -> Option<&Open> {
        self.open.as_ref().filter(|_| self.attempt.is_some())
    }

    /// The sign-in under way or waiting for user input.
    pub const fn attempt(&self) -> Option<&Attempt> {
        self.attempt.as_ref()
    }

    /// The workspace of the session on screen.
    pub fn workspace(&self) -> Option<&Workspace> {
        self.open().map(|open| &open.workspace)
    }

    /// The key of the session on screen.
    pub fn keys(&self) -> Option<&Keys> {
        self.open().map(|open| &open.keys)
    }

    /// The profile of the session, sign-in or lock on screen.
    pub fn profile(&self) -> Option<&Profile> {
        match self.front() {
            Foreground::Lock(locked, _) => Some(&locked.profile),
            Foreground::SignIn(attempt) => attempt.profile(),
            Foreground::Session(open) => Some(open.profile()),
        }
    }

    /// Whether the sign-in form is shown, with no session behind it.
    pub fn is_signed_out(&self) -> bool {
        let is_form = matches!(
            self.front(),
            Foreground::SignIn(Attempt {
                stage: AttemptStage::Form { .. },
                ..
            })
        );
        is_form && self.open.is_none()
    }

    /// Whether actions and input under a profile may be written to disk. A profile that is saved leaves traces anyway;
    /// the businesses of the demo end with it, so a record of what was done to them is of no use.
    pub fn may_persist(&self, profile: &Profile) -> bool {
        let is_memory_only = self.memory_only_profile.as_ref() == Some(profile);
        !profile.is_demo() && (!is_memory_only || self.saved.known(profile).is_some())
    }

    /// Why drafts would be lost if the console closed now.
    pub fn drafts_lost_at_exit(&self) -> Option<&str> {
        self.unsaved_drafts
            .as_deref()
            .filter(|_| !self.drafts.is_empty_on_disk())
    }

    /// What is lost of the import if the console closes now, and the name of its file. The businesses of the demo end with it in any case.
    pub fn import_at_exit(&self) -> Option<(ImportAtExit, String)> {
        let open = self.open.as_ref().map(|open| &open.workspace);
        let Workspace {
            import, profile, ..
        } = open.or(self.lock.retained.as_deref())?;
        let can_resume = self.may_persist(profile);
        if let Some(run) = import.unfinished().filter(|_| !can_resume) {
            let left = run.left;
            let (_, file) = file_of(&run.journal);
            return (!profile.is_demo())
                .then_some((ImportAtExit::Running { left, can_resume }, file));
        }
        let file = import.open()?;
        let lost = match &file.step {
            ImportStep::Running(run) if (run.is_sending() && !run.is_stopping) || !can_resume => {
                let left = run.left();
                ImportAtExit::Running { left, can_resume }
            }
            ImportStep::Done(_) if file.rows_to_save() > 0 => {
                ImportAtExit::Unsaved(file.rows_to_save())
            }
            ImportStep::Columns | ImportStep::DryRun | ImportStep::Confirming
                if file.is_corrected() && !file.is_resumed =>
            {
                ImportAtExit::Corrected(file.file.sheet.corrections.rows())
            }
            ImportStep::Columns
            | ImportStep::DryRun
            | ImportStep::Confirming
            | ImportStep::Running(_)
            | ImportStep::Done(_) => return None,
        };
        (!profile.is_demo()).then(|| (lost, file.name()))
    }

    /// Whether it is time to clear the clipboard. Not while another token is about to be copied: clearing would remove that
    /// token, whose time only starts once it is on the clipboard.
    pub(in crate::state) fn clears_now(&self, now: Now) -> bool {
        let is_copying = self
            .open
            .as_ref()
            .is_some_and(|open| open.copying.is_some());
        !is_copying && self.clipboard.is_due(now.boot)
    }

    /// Merges the rows that arrived since the last frame into the order of the list.
    pub(in crate::state) fn settle_list(&mut self, now: Now) {
        if let Some(Open { workspace, .. }) = &mut self.open {
            let Workspace { list, tokens, .. } = workspace;
            list.settle(&tokens.live_expiries(now));
        }
    }

    /// Recounts the list for the overview, if that page is open.
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

/// The untouched sign-in screen.
static BLANK_FORM: Attempt = Attempt::new(Generation(0), AttemptStage::blank());

/// What the window shows.
#[derive(Debug)]
pub enum Foreground<'a> {
    /// The lock, with the sign-in that is meant to unlock it.
    Lock(&'a Locked, Option<&'a Attempt>),
    SignIn(&'a Attempt),
    Session(&'a Open),
}

/// Changes the workspace of the running session, even behind a sign-in.
pub(in crate::state) fn with_workspace(state: &mut AppState, change: impl FnOnce(&mut Workspace)) {
    if let Some(Open { workspace, .. }) = &mut state.open {
        change(workspace);
    }
}
