//! A file on its way to becoming businesses.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::import::{
    DryRun, Journal, JournalHead, Mapping, OutcomeCounts, Progress, RememberedMappings, Verdict,
};
use crate::domain::profile::Profile;
use crate::domain::text::excerpt;
use crate::domain::time::Now;

use super::messages::{ReadFile, RowFilter};
use super::run::Run;
use super::shown::RowResult;

/// A file on its way to becoming businesses.
#[derive(Debug)]
pub struct OpenFile {
    /// What was read.
    pub file: ReadFile,
    /// Which column fills which field.
    pub mapping: Mapping,
    /// How an earlier file with the same header row was mapped, unless the user does not want that.
    pub(in crate::state) remembered: Option<Mapping>,
    /// What is done with it.
    pub step: ImportStep,
    /// What would become of each row, as the last dry run found.
    pub dry: DryRun,
    /// Whether that holds for the rows as they are read now.
    pub judging: Judging,
    /// Which rows are shown.
    pub filter: RowFilter,
    /// Their places among the verdicts, in the order of the table.
    pub shown: Vec<u32>,
    /// What an earlier session has done with this file.
    pub(in crate::state) earlier: Option<Box<Journal>>,
}

/// What is done with an open file.
#[derive(Debug)]
pub enum ImportStep {
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

impl OpenFile {
    /// A file that was just read, with the mapping of the run that it goes on with, the one that its header row had
    /// last time, or the one that its names suggest.
    pub(in crate::state) fn new(
        mut file: ReadFile,
        earlier: Option<Box<Journal>>,
        memory: &RememberedMappings,
    ) -> Self {
        if let Some(journal) = &earlier {
            let corrections = journal.head.corrections.clone();
            file.sheet = Arc::new(file.sheet.corrected(corrections));
        }
        let sheet = &file.sheet;
        let remembered = memory.recall(&sheet.header).filter(|_| earlier.is_none());
        let mapping = match (&earlier, &remembered) {
            (Some(journal), _) => journal.head.mapping.clone(),
            (None, Some(mapping)) => mapping.clone(),
            (None, None) => Mapping::propose(&sheet.header, &sheet.columns),
        };
        Self {
            mapping,
            remembered,
            step: if earlier.is_some() {
                ImportStep::DryRun
            } else {
                ImportStep::Columns
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
    pub(in crate::state) fn read_anew(
        file: ReadFile,
        before: OpenFile,
        memory: &RememberedMappings,
    ) -> Self {
        let mut open = Self::new(file, None, memory);
        if open.file.encoding == before.file.encoding {
            // Another separator does not confirm the encoding.
            open.file.guess = before.file.guess;
        }
        if open.file.sheet.header == before.file.sheet.header {
            open.mapping = before.mapping;
            open.remembered = before.remembered;
        } else if open.remembered.is_none() {
            open.mapping.keep_defaults_of(before.mapping);
        }
        open.file.sheet = Arc::new(open.file.sheet.corrected_as(&before.file.sheet));
        if matches!(before.step, ImportStep::DryRun) && open.mapping.missing().is_empty() {
            open.try_out();
        }
        open
    }

    /// The file's name.
    pub fn name(&self) -> String {
        name_of(&self.file.path)
    }

    /// Whether its columns are used as those of the last file with the same header row were.
    pub fn is_mapped_as_last_time(&self) -> bool {
        let mut remembered = self.remembered.iter();
        remembered.any(|mapping| mapping.has_same_uses(&self.mapping))
    }

    /// Maps the columns by their names alone.
    pub(in crate::state) fn propose_mapping(&mut self) {
        self.mapping = Mapping::propose(&self.file.sheet.header, &self.file.sheet.columns);
        self.remembered = None;
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
    pub fn counts(&self) -> OutcomeCounts {
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
            ImportStep::Running(run) => run.result_of(verdict),
            ImportStep::Done(run) => match run.result_of(verdict) {
                RowResult::Waiting => RowResult::Unsent,
                result => result,
            },
            ImportStep::Columns | ImportStep::DryRun | ImportStep::Arming => {
                RowResult::Judged(verdict)
            }
        }
    }

    /// Asks for the first look at the rows.
    pub(in crate::state) fn try_out(&mut self) {
        self.step = ImportStep::DryRun;
        self.judging = Judging::Due;
        self.dry = DryRun::default();
        self.shown.clear();
        self.filter = RowFilter::All;
    }

    /// Asks for another look at the rows, because they are read in another way. What was found before
    /// stays in view until then.
    pub(in crate::state) fn try_again(&mut self) {
        self.judging = Judging::Due;
    }

    /// Every row was looked at.
    pub(in crate::state) fn judged(&mut self, dry: DryRun) {
        self.mapping.dates = self.mapping.dates.or(dry.dates.certain());
        self.dry = dry;
        self.judging = Judging::Done;
        self.arrange();
    }

    /// The run that is about to begin, and the indices of its rows in the sheet.
    pub(in crate::state) fn begin(&mut self, profile: &Profile, now: Now) -> (Journal, Vec<usize>) {
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
                corrections: self.file.sheet.corrections.clone(),
                to_create: self.dry.counts.create,
                started: now.wall,
            }),
        };
        let rows: Vec<usize> = journal
            .remaining(&self.dry.verdicts)
            .map(|verdict| verdict.row)
            .collect();
        let sent = rows.iter().copied().collect();
        self.step = ImportStep::Running(Run::new(journal.clone(), sent, &self.dry.verdicts));
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
            ImportStep::Running(run) | ImportStep::Done(run) => {
                run.failed_count(matches!(self.step, ImportStep::Done(_)))
            }
            ImportStep::Columns | ImportStep::DryRun | ImportStep::Arming => {
                self.dry.counts.invalid
            }
        }
    }
}

/// The last part of a path, with nothing in it that could mislead the eye.
pub(in crate::state) fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    excerpt(&name.to_string_lossy(), 80)
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
