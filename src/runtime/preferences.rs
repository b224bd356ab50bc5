//! Writing the preferences, one after another and off the UI thread.

use std::sync::mpsc;
use std::time::Duration;

use crate::platform::files::{AppFolder, Document};
use crate::state::event::Event;
use crate::state::saved::Saved;

use super::inbox::Outbox;
use super::worker::Worker;

/// Name of the file in the app's folder.
pub const PREFERENCES_FILE: &str = "preferences.json";

const PATIENCE_AT_EXIT: Duration = Duration::from_secs(2);

impl Document for Saved {
    const KIND: &'static str = "thred-console preferences";
    const VERSION: u32 = 1;
}

enum Job {
    Write(Box<Saved>),
    Finish(mpsc::Sender<()>),
}

/// The thread that writes.
pub(super) struct PreferencesThread(Worker<Job>);

impl PreferencesThread {
    pub(super) fn start(folder: AppFolder, outbox: Outbox) -> Self {
        Self(Worker::start("preferences", move |job| match job {
            Job::Write(saved) => {
                if let Err(error) = folder.write(PREFERENCES_FILE, saved.as_ref()) {
                    let why = format!("{error}. They hold until the console closes.");
                    outbox.send_if_room(Event::NotSaved(why));
                }
            }
            Job::Finish(done) => {
                let _ = done.send(());
            }
        }))
    }

    pub(super) fn write(&self, saved: Saved) {
        self.0.send(Job::Write(Box::new(saved)));
    }

    /// Waits until what was sent is on disk.
    pub(super) fn finish(&self) {
        if self.0.ask(PATIENCE_AT_EXIT, Job::Finish).is_none() {
            tracing::warn!("the preferences were not written in time");
        }
    }
}
