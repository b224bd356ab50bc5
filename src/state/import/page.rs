//! The page of imports: the file that is read or open, and the run that broke off.

use std::sync::Arc;

use crate::domain::business::BusinessIds;
use crate::domain::import::{Journal, Progress};
use crate::domain::time::BootInstant;
use crate::state::shell::loading_stage;

use super::open_file::{ImportStep, Judging, OpenFile};
use super::run::Run;

/// The page of imports.
#[derive(Debug, Default)]
pub struct Import {
    /// What is on the page.
    pub stage: Stage,
    /// Why the last file was not taken; a sentence.
    pub problem: Option<ImportFileProblem>,
    /// A run of an earlier session that broke off.
    pub unfinished: Option<Box<Journal>>,
    /// What the last run has created, earlier sessions of it included.
    pub(in crate::state) created: Arc<BusinessIds>,
    /// The run that the file being read is to go on with.
    pub(in crate::state) resumes: Option<Box<Journal>>,
    /// Number of the last reading or dry run: an answer with another number is for nobody.
    pub(in crate::state) ticket: u64,
}

/// Why a file was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportFileProblem {
    /// Which file; empty where there is none.
    pub name: String,
    /// A sentence.
    pub words: String,
}

/// Where an import stands.
#[derive(Debug, Default)]
pub enum Stage {
    /// No file.
    #[default]
    Empty,
    /// A file is being read.
    Reading {
        /// Its name.
        name: String,
        /// How far.
        progress: Option<Progress>,
        /// Since when.
        since: BootInstant,
        /// The file that is read in another way; it comes back if that fails.
        instead_of: Option<Box<OpenFile>>,
    },
    /// A file is open.
    Open(Box<OpenFile>),
}

impl Import {
    /// The open file.
    pub fn open(&self) -> Option<&OpenFile> {
        match &self.stage {
            Stage::Open(open) => Some(open),
            Stage::Empty | Stage::Reading { .. } => None,
        }
    }

    /// A run that the open file would have gone on with is offered again.
    pub(in crate::state) fn put_back(&mut self) {
        let earlier = self.open_mut().and_then(|open| open.earlier.take());
        let kept = self.resumes.take().or(earlier);
        if kept.is_some() {
            self.unfinished = kept;
        }
    }

    /// Whoever worked for the page has gone with the session, and a dry run begins anew in the next one.
    pub(in crate::state) fn session_ended(&mut self) {
        self.ticket += 1;
        if let Some(open) = self.open_mut()
            && matches!(open.judging, Judging::Running { .. })
        {
            open.judging = Judging::Due;
        }
    }

    pub(in crate::state) fn open_mut(&mut self) -> Option<&mut OpenFile> {
        match &mut self.stage {
            Stage::Open(open) => Some(open),
            Stage::Empty | Stage::Reading { .. } => None,
        }
    }

    /// The run under way.
    pub fn running(&self) -> Option<&Run> {
        match &self.open()?.step {
            ImportStep::Running(run) => Some(run),
            _ => None,
        }
    }

    /// Whether the rows of the open file are to be looked at.
    pub(in crate::state) fn is_judging_due(&self) -> bool {
        self.open().is_some_and(|open| {
            matches!(open.step, ImportStep::DryRun) && open.judging == Judging::Due
        })
    }

    /// When something that the page shows next changes by itself.
    pub(in crate::state) fn next_deadline(&self, now: BootInstant) -> Option<BootInstant> {
        match &self.stage {
            Stage::Reading { since, .. } => {
                let elapsed = now.saturating_since(*since);
                Some(now.saturating_add(loading_stage::changes_in(elapsed)))
            }
            Stage::Open(open) => match &open.step {
                ImportStep::Running(run) => run.next_deadline(now),
                _ => None,
            },
            Stage::Empty => None,
        }
    }
}
