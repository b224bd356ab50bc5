//! Writes preferences and drafts, in order and off the UI thread.

use std::time::Duration;

use tokio::sync::oneshot;

use super::inbox::Outbox;
use super::worker::Worker;
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

enum FileJob {
    Preferences(Box<Saved>),
    Drafts(Box<Drafts>),
    /// Reports whether the drafts sent before it are on disk.
    Reached(Box<dyn FnOnce(Result<(), String>) + Send>),
}

pub(super) struct FilesThread(Worker<FileJob>);

impl FilesThread {
    pub(super) fn start(folder: AppFolder, outbox: Outbox) -> Self {
        let place = folder.root().to_owned();
        let again = outbox.clone();
        let tell = move |file, error: &FilesError| {
            let (folder, why) = (place.clone(), error.to_string());
            // Sent even if the inbox is full, because the state depends on knowing about the failure.
            outbox.send_blocking(Event::Shell(ShellEvent::NotSaved { file, folder, why }));
        };
        let mut drafts_on_disk = Ok(());
        Self(Worker::start("files", move |job| match job {
            FileJob::Preferences(saved) => {
                if let Err(error) = folder.write(PREFERENCES_FILE, saved.as_ref()) {
                    tell(OwnFile::Preferences, &error);
                }
            }
            FileJob::Drafts(drafts) => {
                let had_failed = drafts_on_disk.is_err();
                let written = folder.write(DRAFTS_FILE, drafts.as_ref());
                drafts_on_disk = written.map_err(|error| {
                    tell(OwnFile::Drafts, &error);
                    error.reason()
                });
                if had_failed && drafts_on_disk.is_ok() {
                    again.send_blocking(Event::Shell(ShellEvent::DraftsSavedAgain));
                }
            }
            FileJob::Reached(tell) => tell(drafts_on_disk.clone()),
        }))
    }

    pub(super) fn write_preferences(&self, saved: Saved) {
        self.0.send(FileJob::Preferences(Box::new(saved)));
    }

    pub(super) fn write_drafts(&self, drafts: Drafts) {
        self.0.send(FileJob::Drafts(Box::new(drafts)));
    }

    /// Completes when all drafts sent so far are on disk, or with the reason why they are not.
    pub(super) fn drafts_written(&self) -> impl Future<Output = Result<(), String>> + Send + use<> {
        let (reached, is_reached) = oneshot::channel();
        self.0.send(FileJob::Reached(Box::new(move |written| {
            let _ = reached.send(written);
        })));
        async move {
            is_reached
                .await
                .unwrap_or_else(|_| Err("the thread that writes has ended".to_owned()))
        }
    }

    /// Waits for up to `limit` until everything sent so far is on disk.
    pub(super) fn finish(&self, limit: Duration) {
        let reached = self.0.ask(limit, |reached| {
            FileJob::Reached(Box::new(move |_| {
                let _ = reached.send(());
            }))
        });
        if reached.is_none() {
            tracing::warn!("the preferences were not written in time");
        }
    }
}
