//! The file that is open on the import page, from its columns to its results.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use crate::domain::import::{
    DryRun, Journal, JournalHead, Mapping, OutcomeCounts, RememberedMappings, RowOutcome, Tally,
    Verdict,
};
use crate::domain::profile::Profile;
use crate::domain::progress::Progress;
use crate::domain::text::excerpt;
use crate::domain::time::Now;

use super::messages::{ReadFile, RowFilter};
use super::row_result::RowResult;
use super::run::ImportRun;

/// The file that is open on the import page.
#[derive(Debug)]
pub struct OpenFile {
    pub file: ReadFile,
    /// Which column is used for which field.
    pub mapping: Mapping,
    /// The mapping of an earlier file with the same header row, unless the user declined it.
    pub(in crate::state) remembered: Option<Mapping>,
    /// The current step.
    pub step: ImportStep,
    /// The verdicts of the latest dry run.
    pub dry: DryRun,
    /// Whether those verdicts are up to date.
    pub validation: DryRunState,
    /// Which rows the table shows.
    pub filter: RowFilter,
    /// The indexes of their verdicts, in the order of the table.
    pub shown: Vec<u32>,
    /// Whether the file resumes the interrupted run.
    pub is_resumed: bool,
    /// When the interrupted run started that the user discards in order to start this one.
    pub(super) replaces: Option<Timestamp>,
    /// Whether the failed rows of the run were saved to a file.
    pub(in crate::state) are_failed_rows_saved: bool,
    /// The results of the rows that the interrupted run has sent, before it is resumed.
    earlier: BTreeMap<usize, RowOutcome>,
    /// Their counts. Counted after each dry run, because every frame shows them.
    pub(super) earlier_tally: Tally,
    /// The counts of the rows that no session has sent.
    pub(super) counts: OutcomeCounts,
    /// Number of rows that this run would send.
    to_send: usize,
}

/// The steps of an import with an open file.
#[derive(Debug)]
pub enum ImportStep {
    /// The user maps the columns.
    Columns,
    /// The rows are checked, and nothing is sent.
    DryRun,
    /// The user has to confirm, because it is the first write to Production in this run of the console.
    Confirming,
    /// Rows are being sent.
    Running(ImportRun),
    /// The run has ended.
    Done(ImportRun),
}

/// The state of the dry run of an open file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DryRunState {
    /// It starts once the list is complete, since only then is it known which businesses exist.
    #[default]
    Due,
    Running {
        /// Its number.
        ticket: u64,
        /// In rows; `None` until the first report.
        progress: Option<Progress>,
    },
    /// Its verdicts are up to date.
    Done,
}

impl OpenFile {
    /// A file that was just read. Its mapping is that of the run it resumes, or that of the previous file with this header
    /// row, or else the one that the column names suggest.
    pub(in crate::state) fn new(
        mut file: ReadFile,
        earlier: Option<&Journal>,
        memory: &RememberedMappings,
    ) -> Self {
        if let Some(journal) = earlier {
            let corrections = journal.head.corrections.clone();
            file.sheet = Arc::new(file.sheet.corrected(corrections));
        }
        let sheet = &file.sheet;
        let remembered = memory.recall(&sheet.header).filter(|_| earlier.is_none());
        let mapping = match (earlier, &remembered) {
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
            validation: DryRunState::Due,
            filter: RowFilter::All,
            shown: Vec::new(),
            is_resumed: earlier.is_some(),
            replaces: None,
            are_failed_rows_saved: false,
            earlier: BTreeMap::new(),
            earlier_tally: Tally::default(),
            counts: OutcomeCounts::default(),
            to_send: 0,
            file,
        }
    }

    /// A file that was read again with other settings. If it still has the same columns, the mapping stays.
    pub(in crate::state) fn read_anew(
        file: ReadFile,
        before: OpenFile,
        memory: &RememberedMappings,
    ) -> Self {
        let mut open = Self::new(file, None, memory);
        if open.file.encoding == before.file.encoding {
            // Choosing another delimiter does not confirm the encoding.
            open.file.guess = before.file.guess;
        }
        if open.file.sheet.header == before.file.sheet.header {
            open.mapping = before.mapping;
            open.remembered = before.remembered;
        } else if open.remembered.is_none() {
            open.mapping.take_defaults_from(before.mapping);
        }
        open.file.sheet = Arc::new(open.file.sheet.with_corrections_of(&before.file.sheet));
        if matches!(before.step, ImportStep::DryRun) && open.mapping.missing().is_empty() {
            open.start_dry_run();
        }
        open
    }

    pub fn name(&self) -> String {
        name_of(&self.file.path)
    }

    /// Whether its columns are mapped like those of the previous file with the same header row.
    pub fn is_mapped_as_last_time(&self) -> bool {
        let mut remembered = self.remembered.iter();
        remembered.any(|mapping| mapping.has_same_columns(&self.mapping))
    }

    /// Maps the columns by their names alone.
    pub(in crate::state) fn propose_mapping(&mut self) {
        self.mapping = Mapping::propose(&self.file.sheet.header, &self.file.sheet.columns);
        self.remembered = None;
    }

    /// Number of rows in the file.
    pub fn rows(&self) -> usize {
        self.file.sheet.rows.len()
    }

    /// Whether the verdicts are up to date.
    pub fn is_validated(&self) -> bool {
        self.validation == DryRunState::Done
    }

    /// Number of rows that a run would send.
    pub fn to_send(&self) -> usize {
        self.to_send
    }

    /// The result of a row, or its verdict before the run.
    pub fn result_of<'a>(&'a self, verdict: &'a Verdict) -> RowResult<'a> {
        match &self.step {
            ImportStep::Running(run) => run.result_of(verdict),
            ImportStep::Done(run) => match run.result_of(verdict) {
                RowResult::Waiting => RowResult::Unsent,
                result => result,
            },
            ImportStep::Columns | ImportStep::DryRun | ImportStep::Confirming => {
                match self.earlier.get(&verdict.row) {
                    Some(outcome) => RowResult::Sent(outcome),
                    None => RowResult::Validated(verdict),
                }
            }
        }
    }

    /// Requests the first dry run.
    pub(in crate::state) fn start_dry_run(&mut self) {
        self.step = ImportStep::DryRun;
        self.validation = DryRunState::Due;
        self.dry = DryRun::default();
        self.to_send = 0;
        self.shown.clear();
        self.filter = RowFilter::All;
    }

    /// Requests another dry run, because the rows are read differently now. The previous verdicts
    /// stay on screen until then.
    pub(in crate::state) fn repeat_dry_run(&mut self) {
        self.validation = DryRunState::Due;
    }

    /// Requests the dry run again that was under way, because its answer is ignored.
    pub(in crate::state) fn dry_run_was_cancelled(&mut self) {
        if matches!(self.validation, DryRunState::Running { .. }) {
            self.validation = DryRunState::Due;
        }
    }

    /// Takes the verdicts of a dry run. A continuation leaves out the rows that are settled in the `interrupted` run.
    pub(super) fn validated(&mut self, dry: DryRun, interrupted: Option<&Journal>) {
        self.mapping.dates = self.mapping.dates.or(dry.dates.certain());
        (self.counts, self.to_send) = (dry.counts, dry.counts.create);
        if let Some(journal) = interrupted.filter(|_| self.is_resumed) {
            self.earlier.clone_from(&journal.outcomes);
            self.earlier_tally = journal.tally();
            let is_new = |verdict: &&Verdict| !journal.outcomes.contains_key(&verdict.row);
            self.counts = OutcomeCounts::of(dry.verdicts.iter().filter(is_new));
            self.to_send = journal.remaining(&dry.verdicts).count();
        }
        self.dry = dry;
        self.validation = DryRunState::Done;
        if self.has_lost_its_filter() {
            self.filter = RowFilter::All;
        }
        self.arrange();
    }

    /// Whether the page no longer offers the filter, because no row is left that it could show.
    fn has_lost_its_filter(&self) -> bool {
        match self.filter {
            RowFilter::Shows(kind) => !self.dry.found.contains_key(&kind),
            RowFilter::Noted => self.counts.noted == 0,
            RowFilter::All
            | RowFilter::Create
            | RowFilter::Exist
            | RowFilter::Differ
            | RowFilter::Invalid
            | RowFilter::Created
            | RowFilter::Existed
            | RowFilter::Failed
            | RowFilter::Unknown
            | RowFilter::Unsent => false,
        }
    }

    /// Starts the run, or resumes the interrupted one. Returns its journal, and the indexes in the sheet of its rows.
    pub(super) fn begin(
        &mut self,
        interrupted: Option<Box<Journal>>,
        profile: &Profile,
        now: Now,
    ) -> (Journal, Vec<usize>) {
        let is_resumed = std::mem::take(&mut self.is_resumed);
        let mut journal = match interrupted.filter(|_| is_resumed) {
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
        journal.will_send(rows.len());
        let sent = rows.iter().copied().collect();
        self.step = ImportStep::Running(ImportRun::new(journal.clone(), sent, &self.dry.verdicts));
        self.filter = RowFilter::All;
        self.arrange();
        (journal, rows)
    }

    /// The rows that are invalid, failed, have an unknown result or were left out: the index in the sheet, and the reason as it is saved in another
    /// file. Before the run, only the invalid ones.
    pub fn failed(&self) -> Vec<(usize, String)> {
        let file = self.name();
        let has_ended = self.ended().is_some();
        let failed = self.dry.verdicts.iter().filter(|verdict| {
            let result = self.result_of(verdict);
            result.is_invalid() || (has_ended && result.is_to_repeat())
        });
        failed
            .map(|verdict| {
                let reason = self.result_of(verdict).reason_outside_of(&file);
                (verdict.row, reason)
            })
            .collect()
    }

    /// Whether the user has corrected cells, which the file on disk lacks.
    pub fn is_corrected(&self) -> bool {
        !self.file.sheet.corrections.is_empty()
    }

    /// When the run started, once it has ended.
    pub(in crate::state) fn ended_run(&self) -> Option<Timestamp> {
        Some(self.ended()?.journal.head.started)
    }

    /// The run, once it has ended.
    pub(super) fn ended(&self) -> Option<&ImportRun> {
        match &self.step {
            ImportStep::Done(run) => Some(run),
            ImportStep::Columns
            | ImportStep::DryRun
            | ImportStep::Confirming
            | ImportStep::Running(_) => None,
        }
    }
}

/// The last part of a path, shortened and with deceptive characters made visible.
pub(in crate::state) fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    excerpt(&name.to_string_lossy(), 80)
}

/// Path and name of the file of an interrupted run.
pub fn file_of(journal: &Journal) -> (PathBuf, String) {
    let path = PathBuf::from(&journal.head.file);
    let name = name_of(&path);
    (path, name)
}
