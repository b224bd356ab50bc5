//! Writes preferences and drafts.

use super::inbox::Outbox;
use crate::platform::files::{AppFolder, Document, FilesError};
use crate::state::create::creating::Drafts;
use crate::state::event::Event;
use crate::state::shell::messages::{OwnFile, ShellEvent};
use crate::state::shell::saved::Saved;

/// Name of the preferences file in the app's folder.
pub const PREFERENCES_FILE: &str = "preferences.json";

/// Name of the drafts file in the app's folder.
pub const DRAFTS_FILE: &str = "drafts.json";

impl Document for Saved {
    const KIND: &'static str = "thred-console preferences";
    const VERSION: u32 = 1;
}

impl Document for Drafts {
    const KIND: &'static str = "thred-console drafts";
    const VERSION: u32 = 1;
}

/// Owned by a [`Worker`](super::worker::Worker).
pub(super) struct FileWriter {
    folder: AppFolder,
    outbox: Outbox,
    /// Whether the latest drafts are on disk, or why they are not.
    pub(super) drafts_on_disk: Result<(), String>,
}

impl FileWriter {
    pub(super) fn new(folder: AppFolder, outbox: Outbox) -> Self {
        Self {
            folder,
            outbox,
            drafts_on_disk: Ok(()),
        }
    }

    pub(super) fn write_preferences(&self, saved: &Saved) {
        if let Err(error) = self.folder.write(PREFERENCES_FILE, saved) {
            self.report(OwnFile::Preferences, &error);
        }
    }

    pub(super) fn write_drafts(&mut self, drafts: &Drafts) {
        let had_failed = self.drafts_on_disk.is_err();
        let written = self.folder.write(DRAFTS_FILE, drafts);
        self.drafts_on_disk = written.map_err(|error| {
            self.report(OwnFile::Drafts, &error);
            error.reason()
        });
        if had_failed && self.drafts_on_disk.is_ok() {
            let event = Event::Shell(ShellEvent::DraftsSavedAgain);
            self.outbox.send_blocking(event);
        }
    }

    fn report(&self, file: OwnFile, error: &FilesError) {
        let (folder, why) = (self.folder.root().to_owned(), error.to_string());
        // Sent even if the inbox is full, because the state depends on knowing about the failure.
        self.outbox
            .send_blocking(Event::Shell(ShellEvent::NotSaved { file, folder, why }));
    }
}
