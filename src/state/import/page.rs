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
    /// An interrupted run of an earlier session.
    pub unfinished: Option<UnfinishedRun>,
    /// A file with corrections that was closed, for undo.
    pub(in crate::state) closed: Option<Box<OpenFile>>,
    /// The run that the file being read will resume.
    pub(in crate::state) resumes: Option<Box<Journal>>,
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

    /// When the interrupted run started, if there is one.
    pub(super) fn interrupted(&self) -> Option<Timestamp> {
        let run = self.unfinished.as_ref()?;
        Some(run.journal.head.started)
    }

    /// The results of a run that the history has. Its file may not say so yet.
    pub(in crate::state) fn recorded(&self, journal: &Journal) -> Option<Tally> {
        let offered = self.unfinished.as_ref().map(|run| &run.journal);
        let resumed = self.open().and_then(|open| open.earlier.as_ref());
        let mut known = offered.into_iter().chain(&self.resumes).chain(resumed);
        let known = known.find(|known| known.head.started == journal.head.started);
        known.and_then(|known| known.recorded).or(journal.recorded)
    }

    /// The journal of the run that the file open or being read will resume, if it started then.
    pub(super) fn resumed_mut(&mut self, started: Timestamp) -> Option<&mut Journal> {
        let resumed = match &mut self.stage {
            ImportPageState::Open(open) => open.earlier.as_mut(),
            ImportPageState::Empty | ImportPageState::Reading { .. } => self.resumes.as_mut(),
        };
        resumed
            .map(Box::as_mut)
            .filter(|journal| journal.head.started == started)
    }

    /// Offers the interrupted run again that the open file would have resumed.
    pub(in crate::state) fn put_back(&mut self) {
        let earlier = self.open_mut().and_then(|open| open.earlier.take());
        if let Some(journal) = self.resumes.take().or(earlier) {
            self.unfinished = Some(UnfinishedRun::of(journal));
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
            if let Some(journal) = self.resumes.take() {
                self.unfinished = Some(UnfinishedRun::of(journal));
            }
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
        self.open()
            .is_some_and(|open| open.is_continuation() || self.unfinished.is_some())
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
