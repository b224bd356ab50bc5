//! Writing preferences and drafts, one after another and off the UI thread.

use std::time::Duration;

use tokio::sync::oneshot;

use crate::platform::files::{AppFolder, Document};
use crate::state::creating::Drafts;
use crate::state::event::Event;
use crate::state::saved::Saved;

use super::inbox::Outbox;
use super::worker::Worker;

/// Name of the file in the app's folder.
pub const PREFERENCES_FILE: &str = "preferences.json";

/// Name of the file of drafts in the app's folder.
pub const DRAFTS_FILE: &str = "drafts.json";

const PATIENCE_AT_EXIT: Duration = Duration::from_secs(2);

impl Document for Saved {
    const KIND: &'static str = "thred-console preferences";
    const VERSION: u32 = 1;
}

impl Document for Drafts {
    const KIND: &'static str = "thred-console drafts";
    const VERSION: u32 = 1;
}

enum Job {
    Preferences(Box<Saved>),
    Drafts(Box<Drafts>),
    /// Tells that everything before it is on disk.
    Reached(Box<dyn FnOnce() + Send>),
}

/// The thread that writes.
pub(super) struct FilesThread(Worker<Job>);

impl FilesThread {
    pub(super) fn start(folder: AppFolder, outbox: Outbox) -> Self {
        Self(Worker::start("files", move |job| {
            let result = match job {
                Job::Preferences(saved) => folder.write(PREFERENCES_FILE, saved.as_ref()),
                Job::Drafts(drafts) => folder.write(DRAFTS_FILE, drafts.as_ref()),
                Job::Reached(tell) => {
                    tell();
                    Ok(())
                }
            };
            if let Err(error) = result {
                let why = format!("{error}. What was changed holds until the console closes.");
                outbox.send_if_room(Event::NotSaved(why));
            }
        }))
    }

    pub(super) fn write_preferences(&self, saved: Saved) {
        self.0.send(Job::Preferences(Box::new(saved)));
    }

    pub(super) fn write_drafts(&self, drafts: Drafts) {
        self.0.send(Job::Drafts(Box::new(drafts)));
    }

    /// Ends when what was sent so far is on disk, or could not be written.
    pub(super) fn written(&self) -> impl Future<Output = ()> + Send + use<> {
        let (reached, is_reached) = oneshot::channel();
        self.0.send(Job::Reached(Box::new(move || {
            let _ = reached.send(());
        })));
        async move {
            let _ = is_reached.await;
        }
    }

    /// Waits until what was sent is on disk.
    pub(super) fn finish(&self) {
        let reached = self.0.ask(PATIENCE_AT_EXIT, |reached| {
            Job::Reached(Box::new(move || {
                let _ = reached.send(());
            }))
        });
        if reached.is_none() {
            tracing::warn!("the preferences were not written in time");
        }
    }
}
