//! Imports: reads and writes files off the UI thread, and sends the rows.

mod auto_pause_reasons;
mod gate;
mod known_ids;
mod read;
mod row_sender;
mod run;
mod run_journal;

use std::sync::Arc;

use jiff::Timestamp;
use run_journal::JournalLocation;
use tokio::sync::watch;

use super::Runtime;
use super::pending::DialogPurpose;
use super::session::SessionTask;
use crate::domain::import::{DryRunPlan, Tally};
use crate::domain::profile::Profile;
use crate::platform::file_dialog::FileRequest;
use crate::state::generation::Generation;
use crate::state::import::messages::{
    ForgottenJournal, ImportEffect, ImportEvent, ReadRequest, RunControl, RunPlan,
};

/// File extensions preselected in the dialog.
const ENDINGS: &[&str] = &["csv", "tsv", "txt"];

impl Runtime {
    pub(super) fn import_effect(&mut self, effect: ImportEffect) {
        match effect {
            ImportEffect::Choose(generation) => self.choose_import(generation),
            ImportEffect::Read(generation, plan) => self.read_import(generation, plan),
            ImportEffect::StopReading => self.reading = Arc::default(),
            ImportEffect::Validate(generation, ticket, plan) => {
                self.validate_import(generation, ticket, *plan);
            }
            ImportEffect::Find(generation, profile) => self.find_import(generation, &profile),
            ImportEffect::Recorded(profile, started, results) => {
                self.results_recorded(profile, started, results);
            }
            ImportEffect::Forget(profile, notes) => self.forget_import(profile, notes),
            ImportEffect::Run(generation, plan) => self.run_import(generation, *plan),
            ImportEffect::Control(control) => self.control_import(control),
        }
    }

    fn choose_import(&mut self, generation: Generation) {
        let request = FileRequest::Open {
            title: "Import businesses".to_owned(),
            kind: ("Tables", ENDINGS),
        };
        self.open_path_dialog(DialogPurpose::Import(generation), request);
    }

    fn read_import(&mut self, generation: Generation, plan: ReadRequest) {
        self.validation = Arc::default();
        self.reading = Arc::default();
        let asked = Arc::downgrade(&self.reading);
        let outbox = self.outbox.clone();
        self.spawn_blocking(move || {
            let ticket = plan.ticket;
            let result = read::read(&plan, |progress| {
                let event = ImportEvent::Progress { ticket, progress };
                outbox.try_send((generation, event));
                asked.strong_count() > 0
            });
            if let Some(result) = result.transpose() {
                let event = ImportEvent::Read {
                    ticket,
                    result: result.map(Box::new),
                };
                outbox.send_blocking((generation, event));
            }
        });
    }

    /// Starts a dry run over the rows of a file and cancels the current one.
    fn validate_import(&mut self, generation: Generation, ticket: u64, plan: DryRunPlan) {
        self.validation = Arc::default();
        let asked = Arc::downgrade(&self.validation);
        let outbox = self.outbox.clone();
        self.spawn_blocking(move || {
            let dry = plan.run(|progress| {
                if progress.done.is_multiple_of(read::ROWS_PER_STEP) {
                    let event = ImportEvent::Validating { ticket, progress };
                    outbox.try_send((generation, event));
                }
                // The runtime drops its end as soon as nobody waits for the result.
                asked.strong_count() > 0
            });
            if let Some(dry) = dry.map(Box::new) {
                let event = ImportEvent::Validated { ticket, dry };
                outbox.send_blocking((generation, event));
            }
        });
    }

    /// The path of a profile's journal; `None` if no journal is written.
    fn journal_path(&self, profile: &Profile) -> Option<std::path::PathBuf> {
        // The businesses of the embedded server end with it, so a run for them could never be resumed.
        if profile.is_demo() {
            return None;
        }
        let folder = self.folder.as_ref()?;
        Some(folder.file(&run_journal::file_name(profile)))
    }

    fn find_import(&self, generation: Generation, profile: &Profile) {
        let Some(path) = self.journal_path(profile) else {
            return;
        };
        let (outbox, profile) = (self.outbox.clone(), profile.clone());
        self.spawn_blocking(move || {
            if let Some(found) = run_journal::find(&path, &profile) {
                let event = ImportEvent::Unfinished(found.map(Box::new));
                outbox.send_blocking((generation, event));
            }
        });
    }

    /// On the thread of the files, so that closing the window waits for it.
    fn results_recorded(&self, profile: Profile, started: Timestamp, results: Tally) {
        if let (Some(path), Some(files)) = (self.journal_path(&profile), &self.files) {
            files.call(move |_| run_journal::record_results(&path, &profile, started, results));
        }
    }

    fn forget_import(&self, profile: Profile, which: ForgottenJournal) {
        if let Some(path) = self.journal_path(&profile) {
            self.spawn_blocking(move || run_journal::forget(&path, &profile, which));
        }
    }

    fn run_import(&mut self, generation: Generation, plan: RunPlan) {
        let path = self.journal_path(&plan.journal.head.profile);
        let location = path.zip(self.folder.clone());
        let location = location.map(|(path, folder)| JournalLocation { path, folder });
        let (control, control_receiver) = watch::channel(RunControl::Go);
        let outbox = self.outbox.clone();
        self.control = Some(control.clone());
        self.in_session(generation, SessionTask::Import, |api| {
            run::run(
                api,
                plan,
                location,
                control,
                control_receiver,
                outbox,
                generation,
            )
        });
    }

    fn control_import(&self, to: RunControl) {
        if let Some(control) = &self.control {
            control.send_replace(to);
        }
    }
}
