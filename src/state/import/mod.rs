//! Importing a file: from the empty page to the table of results.

pub(super) mod commands;
pub(super) mod events;
pub mod messages;

mod run;
mod shown;

use std::path::PathBuf;
use std::time::Duration;

pub use run::{Run, Wait};
pub use shown::RowResult;

use crate::domain::import::{
    Counts, DryRun, Journal, JournalHead, Mapping, Outcome, Progress, Verdict,
};
use crate::domain::profile::Profile;
use crate::domain::time::{BootInstant, Now};
use crate::state::import::messages::{ReadFile, RowFilter};
use crate::state::shell;

/// The page of imports.
#[derive(Debug, Default)]
pub struct Import {
    /// What is on the page.
    pub stage: Stage,
    /// Why the last file was not taken; a sentence.
    pub problem: Option<Problem>,
    /// A run of an earlier session that broke off.
    pub unfinished: Option<Box<Journal>>,
    /// The run that the file being read is to go on with.
    pub(super) resumes: Option<Box<Journal>>,
    /// Number of the last reading or dry run: an answer with another number is for nobody.
    pub(super) ticket: u64,
}

/// Why a file was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
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

/// A file on its way to becoming businesses.
#[derive(Debug)]
pub struct OpenFile {
    /// What was read.
    pub file: ReadFile,
    /// Which column fills which field.
    pub mapping: Mapping,
    /// What is done with it.
    pub step: Step,
    /// What would become of each row, as the last dry run found.
    pub dry: DryRun,
    /// Whether that holds for the rows as they are read now.
    pub judging: Judging,
    /// Which rows are shown.
    pub filter: RowFilter,
    /// Their places among the verdicts, in the order of the table.
    pub shown: Vec<u32>,
    /// What an earlier session has done with this file.
    pub(super) earlier: Option<Box<Journal>>,
}

/// What is done with an open file.
#[derive(Debug)]
pub enum Step {
    /// The columns are given their use.
    Columns,
    /// Every row is looked at, and nothing is written.
    DryRun,
    /// The run waits for a yes, because it is the first of this session in Production.
    Arming,
    /// Rows are sent.
    Running(Run),
    /// Nothing more is sent.
    Done(Run),
}

/// How the dry run of an open file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Judging {
    /// It begins once the list is there, since only then is it known what exists.
    #[default]
    Due,
    /// It is under way.
    Running {
        /// Its answer has this number.
        ticket: u64,
        /// How far it is, in rows.
        progress: Option<Progress>,
    },
    /// Every row was looked at.
    Done,
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
    pub(super) fn put_back(&mut self) {
        let earlier = self.open_mut().and_then(|open| open.earlier.take());
        let kept = self.resumes.take().or(earlier);
        if kept.is_some() {
            self.unfinished = kept;
        }
    }

    /// Whoever worked for the page has gone with the session, and a dry run begins anew in the next one.
    pub(super) fn session_ended(&mut self) {
        self.ticket += 1;
        if let Some(open) = self.open_mut()
            && matches!(open.judging, Judging::Running { .. })
        {
            open.judging = Judging::Due;
        }
    }

    pub(super) fn open_mut(&mut self) -> Option<&mut OpenFile> {
        match &mut self.stage {
            Stage::Open(open) => Some(open),
            Stage::Empty | Stage::Reading { .. } => None,
        }
    }

    /// The run under way.
    pub fn running(&self) -> Option<&Run> {
        match &self.open()?.step {
            Step::Running(run) => Some(run),
            _ => None,
        }
    }

    /// When something on the page next changes by itself.
    pub(super) fn next_deadline(
        &self,
        now: BootInstant,
        list_is_loading: bool,
    ) -> Option<BootInstant> {
        match &self.stage {
            Stage::Reading { since, .. } => {
                let elapsed = now.saturating_since(*since);
                Some(now.saturating_add(shell::patience::changes_in(elapsed)))
            }
            Stage::Open(open) => match &open.step {
                Step::DryRun if !list_is_loading && open.judging == Judging::Due => Some(now),
                Step::Running(run) => run.next_deadline(now),
                _ => None,
            },
            Stage::Empty => None,
        }
    }
}

impl OpenFile {
    /// A file that was just read, with the columns that its names suggest, or those of the run
    /// that it goes on with.
    pub(super) fn new(file: ReadFile, earlier: Option<Box<Journal>>) -> Self {
        let mapping = match &earlier {
            Some(journal) => journal.head.mapping.clone(),
            None => Mapping::propose(&file.sheet.header, &file.sheet.columns),
        };
        Self {
            mapping,
            step: if earlier.is_some() {
                Step::DryRun
            } else {
                Step::Columns
            },
            dry: DryRun::default(),
            judging: Judging::Due,
            filter: RowFilter::All,
            shown: Vec::new(),
            earlier,
            file,
        }
    }

    /// A file that was read in another way than before: what its columns were given stays, where they are the same ones.
    pub(super) fn read_anew(file: ReadFile, before: OpenFile) -> Self {
        let mut open = Self::new(file, None);
        if open.file.encoding == before.file.encoding {
            // Another separator does not confirm the encoding.
            open.file.guess = before.file.guess;
        }
        if open.file.sheet.header == before.file.sheet.header {
            open.mapping = before.mapping;
        } else {
            open.mapping.keep_defaults_of(before.mapping);
        }
        if matches!(before.step, Step::DryRun) && open.mapping.missing().is_empty() {
            open.try_out();
        }
        open
    }

    /// The file's name.
    pub fn name(&self) -> String {
        name_of(&self.file.path)
    }

    /// How many rows the file has.
    pub fn rows(&self) -> usize {
        self.file.sheet.rows.len()
    }

    /// Whether every row was looked at as it is read now.
    pub fn is_judged(&self) -> bool {
        self.judging == Judging::Done
    }

    /// The sums of the dry run.
    pub fn counts(&self) -> Counts {
        self.dry.counts
    }

    /// Whether the file goes on with a run that broke off.
    pub fn goes_on(&self) -> bool {
        self.earlier.is_some()
    }

    /// How many rows a run would send.
    pub fn to_send(&self) -> usize {
        match &self.earlier {
            Some(journal) => journal.remaining(&self.dry.verdicts).count(),
            None => self.dry.counts.create,
        }
    }

    /// What became of a row, or would.
    pub fn result_of<'a>(&'a self, verdict: &'a Verdict) -> RowResult<'a> {
        match &self.step {
            Step::Running(run) => run.result_of(verdict),
            Step::Done(run) => match run.result_of(verdict) {
                RowResult::Waiting => RowResult::Unsent,
                result => result,
            },
            Step::Columns | Step::DryRun | Step::Arming => RowResult::Judged(verdict),
        }
    }

    /// Asks for the first look at the rows.
    pub(super) fn try_out(&mut self) {
        self.step = Step::DryRun;
        self.judging = Judging::Due;
        self.dry = DryRun::default();
        self.shown.clear();
        self.filter = RowFilter::All;
    }

    /// Asks for another look at the rows, because they are read in another way. What was found before
    /// stays in view until then.
    pub(super) fn try_again(&mut self) {
        self.judging = Judging::Due;
    }

    /// Every row was looked at.
    pub(super) fn judged(&mut self, dry: DryRun) {
        self.mapping.dates = self.mapping.dates.or(dry.dates.certain());
        self.dry = dry;
        self.judging = Judging::Done;
        self.arrange();
    }

    /// The run that is about to begin, and the indices of its rows in the sheet.
    pub(super) fn begin(&mut self, profile: &Profile, now: Now) -> (Journal, Vec<usize>) {
        let journal = match self.earlier.take() {
            Some(journal) => *journal,
            None => Journal::new(JournalHead {
                file: self.file.path.display().to_string(),
                fingerprint: self.file.fingerprint.clone(),
                profile: profile.clone(),
                encoding: self.file.encoding,
                delimiter: self.file.delimiter,
                header_row: self.file.sheet.header_row,
                mapping: self.mapping.clone(),
                repairs: self.file.repairs.clone(),
                to_create: self.dry.counts.create,
                started: now.wall,
            }),
        };
        let rows: Vec<usize> = journal
            .remaining(&self.dry.verdicts)
            .map(|verdict| verdict.row)
            .collect();
        let sent = rows.iter().copied().collect();
        self.step = Step::Running(Run::new(journal.clone(), sent, &self.dry.verdicts));
        self.filter = RowFilter::All;
        self.arrange();
        (journal, rows)
    }

    /// The rows that did not become businesses: place in the sheet and why.
    pub fn failed(&self) -> Vec<(usize, String)> {
        let failed = self
            .dry
            .verdicts
            .iter()
            .filter(|verdict| self.result_of(verdict).is_failure());
        failed
            .map(|verdict| (verdict.row, self.result_of(verdict).reason()))
            .collect()
    }

    /// How many those are.
    pub fn failed_count(&self) -> usize {
        match &self.step {
            Step::Running(run) | Step::Done(run) => {
                run.failed_count(matches!(self.step, Step::Done(_)))
            }
            Step::Columns | Step::DryRun | Step::Arming => self.dry.counts.invalid,
        }
    }

    /// Of the rows of the dry run, those that it would create.
    pub(super) fn is_new(verdict: &Verdict) -> bool {
        verdict.outcome == Outcome::Create
    }
}

/// The last part of a path, with nothing in it that could mislead the eye.
pub(super) fn name_of(path: &std::path::Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    crate::domain::text::excerpt(&name.to_string_lossy(), 80)
}

/// The file of a run that broke off.
pub fn file_of(journal: &Journal) -> (PathBuf, String) {
    let path = PathBuf::from(&journal.head.file);
    let name = name_of(&path);
    (path, name)
}

/// How many rows of a run that broke off have no final answer, as far as its notes tell.
pub fn left_of(journal: &Journal) -> usize {
    let settled = journal
        .outcomes
        .values()
        .filter(|outcome| outcome.is_final());
    journal.head.to_create.saturating_sub(settled.count())
}

/// How far back the rate looks.
const RATE_SPAN: Duration = Duration::from_secs(30);
