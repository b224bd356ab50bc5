//! The import page: the file that is being read or open, and an interrupted run.

use jiff::Timestamp;

use crate::domain::import::{Journal, Tally};
use crate::domain::progress::Progress;
use crate::domain::time::BootInstant;
use crate::state::shell::loading_stage;

use super::open_file::{DryRunState, ImportStep, OpenFile};
use super::run::ImportRun;

/// The import page.
#[derive(Debug, Default)]
pub struct Import {
    pub stage: ImportPageState,
    /// Why the latest file could not be opened.
    pub problem: Option<ImportFileProblem>,
    /// An interrupted run of an earlier session. The file that is open or being read may resume it.
    pub(in crate::state) interrupted: Option<UnfinishedRun>,
    /// A file with corrections that was closed, for undo.
    pub(in crate::state) closed: Option<Box<OpenFile>>,
    /// The number of the latest reading or dry run. Answers with another number are out of date.
    pub(in crate::state) ticket: u64,
}

/// An interrupted run that can be resumed.
#[derive(Debug)]
pub struct UnfinishedRun {
    pub journal: Box<Journal>,
    /// Number of rows without a final result. Counted once, because the banner shows it in every frame.
    pub left: usize,
}

impl UnfinishedRun {
    pub(in crate::state) fn of(journal: Box<Journal>) -> Self {
        Self {
            left: journal.left(),
            journal,
        }
    }
}

/// Why a file could not be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportFileProblem {
    /// The name of the file; empty if there is none.
    pub name: String,
    /// A sentence.
    pub words: String,
}

/// What is on the import page.
#[derive(Debug, Default)]
pub enum ImportPageState {
    /// No file.
    #[default]
    Empty,
    /// A file is being read.
    Reading {
        /// Its name.
        name: String,
        progress: Option<Progress>,
        /// When reading started.
        since: BootInstant,
        /// The open file. It is shown again if reading fails or is cancelled.
        instead_of: Option<Box<OpenFile>>,
        /// Whether that file itself is being read, with other settings.
        is_again: bool,
        /// Whether the file will resume the interrupted run.
        is_resumed: bool,
    },
    Open(Box<OpenFile>),
}

impl Import {
    pub fn open(&self) -> Option<&OpenFile> {
        match &self.stage {
            ImportPageState::Open(open) => Some(open),
            ImportPageState::Empty | ImportPageState::Reading { .. } => None,
        }
    }

    /// The interrupted run, unless the file that is open or being read resumes it.
    pub fn unfinished(&self) -> Option<&UnfinishedRun> {
        let run = self.interrupted.as_ref();
        run.filter(|_| !self.is_resumed())
    }

    /// When the unfinished run started, if there is one.
    pub(super) fn unfinished_since(&self) -> Option<Timestamp> {
        Some(self.unfinished()?.journal.head.started)
    }

    /// Whether the file that is open or being read resumes the interrupted run.
    pub(super) fn is_resumed(&self) -> bool {
        match &self.stage {
            ImportPageState::Open(open) => open.is_resumed,
            ImportPageState::Reading { is_resumed, .. } => *is_resumed,
            ImportPageState::Empty => false,
        }
    }

    /// The results of a run that the history has. Its file may not say so yet.
    pub(in crate::state) fn recorded(&self, journal: &Journal) -> Option<Tally> {
        let known = self.interrupted.as_ref().map(|run| &run.journal);
        let known = known.filter(|known| known.head.started == journal.head.started);
        known.and_then(|known| known.recorded).or(journal.recorded)
    }

    /// Takes the interrupted run that was found on disk.
    pub(super) fn found(&mut self, journal: Box<Journal>) {
        let is_resumed = self.is_resumed();
        match &mut self.interrupted {
            // The lock kept the run in the workspace, and the user resumed it before its journal was read.
            Some(resumed) if is_resumed => {
                if resumed.journal.head.started == journal.head.started {
                    resumed.journal.recorded = journal.recorded;
                }
            }
            _ => self.interrupted = Some(UnfinishedRun::of(journal)),
        }
    }

    /// Returns to the file that is open while another one is being read. Without one, the page is empty.
    pub(super) fn stop_reading(&mut self) {
        // Invalidates the answer, if it is still pending.
        self.ticket += 1;
        if let ImportPageState::Reading { instead_of, .. } = &mut self.stage {
            self.stage = match instead_of.take() {
                Some(open) => ImportPageState::Open(open),
                None => ImportPageState::Empty,
            };
        }
    }

    /// Invalidates pending answers when the session ends. A dry run that was under way starts again in the next session.
    pub(in crate::state) fn session_ended(&mut self) {
        self.closed = None;
        self.stop_reading();
        if let Some(open) = self.open_mut() {
            open.dry_run_was_cancelled();
        }
    }

    pub(in crate::state) fn open_mut(&mut self) -> Option<&mut OpenFile> {
        match &mut self.stage {
            ImportPageState::Open(open) => Some(open),
            ImportPageState::Empty | ImportPageState::Reading { .. } => None,
        }
    }

    /// The run under way.
    pub fn running(&self) -> Option<&ImportRun> {
        match &self.open()?.step {
            ImportStep::Running(run) => Some(run),
            _ => None,
        }
    }

    /// Whether the open file hides an interrupted run, or would resume it.
    pub(in crate::state) fn hides_unfinished(&self) -> bool {
        self.open().is_some() && self.interrupted.is_some()
    }

    /// Whether a dry run is due for the open file.
    pub(in crate::state) fn is_validation_due(&self) -> bool {
        self.open().is_some_and(|open| {
            matches!(open.step, ImportStep::DryRun) && open.validation == DryRunState::Due
        })
    }

    /// When something on the page next changes by itself.
    pub(in crate::state) fn next_deadline(&self, now: BootInstant) -> Option<BootInstant> {
        match &self.stage {
            ImportPageState::Reading { since, .. } => {
                let elapsed = now.saturating_since(*since);
                Some(now.saturating_add(loading_stage::changes_in(elapsed)))
            }
            ImportPageState::Open(open) => match &open.step {
                ImportStep::Running(run) => run.next_deadline(now),
                _ => None,
            },
            ImportPageState::Empty => None,
        }
    }
}
