//! Importing: files read and written off the UI thread, and the run that sends the rows.

mod gate;
mod halts;
mod notes;
mod read;
mod run;

use std::sync::Arc;

use tokio::sync::watch;

use super::Runtime;
use super::export::write_file;
use super::pending::Purpose;
use super::session::Task;
use crate::domain::export::Format;
use crate::domain::history;
use crate::domain::import::{DryRunPlan, failed_rows_csv, sample_csv};
use crate::domain::profile::Profile;
use crate::platform::file_dialog::FileRequest;
use crate::state::event::{Event, SessionEvent};
use crate::state::generation::Generation;
use crate::state::import::messages::{ForgottenNotes, ImportEvent, ReadPlan, RunPlan, Steer};
use crate::state::shell::messages::{Contents, SavedFile};

/// After so many rows it is told how far a file is read or looked at.
const ROWS_PER_STEP: usize = 2_000;

/// Endings of the files that are offered first.
const ENDINGS: &[&str] = &["csv", "tsv", "txt"];

fn session(generation: Generation, event: ImportEvent) -> Event {
    Event::Session(generation, SessionEvent::Import(event))
}

impl Runtime {
    pub(super) fn choose_import(&mut self, generation: Generation) {
        let request = FileRequest::Open {
            title: "Import businesses".to_owned(),
            kind: ("Tables", ENDINGS),
        };
        self.ask_which(Purpose::Import(generation), request);
    }

    pub(super) fn read_import(&mut self, generation: Generation, plan: ReadPlan) {
        self.judging = Arc::default();
        let outbox = self.outbox.clone();
        self.spawn_blocking(move || {
            let ticket = plan.ticket;
            let result = read::read(&plan, |progress| {
                let event = ImportEvent::Progress { ticket, progress };
                outbox.send_if_room(session(generation, event));
            });
            let event = ImportEvent::Read {
                ticket,
                result: result.map(Box::new),
            };
            outbox.send_blocking(session(generation, event));
        });
    }

    /// Has the rows of a file looked at. Whatever is looked at already is given up.
    pub(super) fn judge_import(&mut self, generation: Generation, ticket: u64, plan: DryRunPlan) {
        self.judging = Arc::default();
        let asked = Arc::downgrade(&self.judging);
        let outbox = self.outbox.clone();
        self.spawn_blocking(move || {
            let dry = plan.run(|progress| {
                if progress.done.is_multiple_of(ROWS_PER_STEP) {
                    let event = ImportEvent::Judging { ticket, progress };
                    outbox.send_if_room(session(generation, event));
                }
                // The runtime lets go of it as soon as nobody waits for the answer.
                asked.strong_count() > 0
            });
            if let Some(dry) = dry.map(Box::new) {
                let event = ImportEvent::Judged { ticket, dry };
                outbox.send_blocking(session(generation, event));
            }
        });
    }

    /// Where the notes of a profile's run are; `None` where none are kept.
    fn notes_path(&self, profile: &Profile) -> Option<std::path::PathBuf> {
        // The businesses of the embedded server end with it, so a run for them has no future.
        if profile.is_demo() {
            return None;
        }
        let folder = self.folder.as_ref()?;
        Some(folder.file(&notes::file_name(profile)))
    }

    pub(super) fn find_import(&self, generation: Generation, profile: &Profile) {
        let Some(path) = self.notes_path(profile) else {
            return;
        };
        let (outbox, profile) = (self.outbox.clone(), profile.clone());
        self.spawn_blocking(move || {
            if let Some(found) = notes::find(&path, &profile) {
                let event = ImportEvent::Unfinished(found.map(Box::new));
                outbox.send_blocking(session(generation, event));
            }
        });
    }

    pub(super) fn forget_import(&self, profile: Profile, which: ForgottenNotes) {
        if let Some(path) = self.notes_path(&profile) {
            self.spawn_blocking(move || notes::forget(&path, &profile, which));
        }
    }

    pub(super) fn run_import(&mut self, generation: Generation, plan: RunPlan) {
        let path = self.notes_path(&plan.journal.head.profile);
        // Notes that an earlier session has left are kept up to date.
        let path = path.filter(|path| plan.leaves_trace || path.exists());
        if path.is_some()
            && let Some(Err(error)) = self.folder.as_ref().map(|folder| folder.ensure())
        {
            tracing::warn!("the app's folder could not be made: {error}");
        }
        let (steer, steering) = watch::channel(Steer::Go);
        let outbox = self.outbox.clone();
        self.steer = Some(steer.clone());
        self.in_session(generation, Task::Import, |api| {
            run::run(api, plan, path, steer, steering, outbox, generation)
        });
    }

    pub(super) fn steer_import(&self, to: Steer) {
        if let Some(steer) = &self.steer {
            steer.send_replace(to);
        }
    }

    pub(super) fn save_file(
        &mut self,
        profile: Option<Profile>,
        file_name: String,
        contents: Contents,
    ) {
        let (what, title) = match &contents {
            Contents::Sample => (SavedFile::Sample, "Save a sample file"),
            Contents::History(entries, _) => (SavedFile::History(entries.len()), "Export history"),
            Contents::Calendar(_) => (SavedFile::Calendar, "Save to calendar"),
            Contents::FailedRows { rows, .. } => {
                (SavedFile::FailedRows(rows.len()), "Save failed rows")
            }
        };
        let request = FileRequest::Save {
            title: title.to_owned(),
            file_name,
        };
        let folder = self.folder.clone();
        self.ask(Purpose::Save(profile, what), request, move |path| {
            write_file(path, folder, move || bytes(&contents))
        });
    }
}

fn bytes(contents: &Contents) -> Vec<u8> {
    match contents {
        Contents::Sample => sample_csv(),
        Contents::History(entries, Format::Csv) => history::to_csv(entries),
        Contents::History(entries, Format::Json) => history::to_json(entries),
        Contents::Calendar(bytes) => bytes.clone(),
        Contents::FailedRows {
            sheet,
            delimiter,
            rows,
        } => {
            let rows = rows.iter().map(|(row, reason)| (*row, reason.as_str()));
            failed_rows_csv(sheet, *delimiter, rows)
        }
    }
}
