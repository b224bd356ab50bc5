//! How many rows of the open file have which verdict or result.

use crate::domain::import::{OutcomeCounts, Tally};

use super::open_file::{ImportStep, OpenFile};
use super::run::ImportRun;

impl OpenFile {
    /// The counts of the dry run, without the rows that the interrupted run has sent.
    pub fn counts(&self) -> OutcomeCounts {
        self.counts
    }

    /// The results of the interrupted run, before it is resumed.
    pub fn earlier_tally(&self) -> Tally {
        self.earlier_tally
    }

    /// Number of rows that are known to exist as businesses before the run.
    pub fn existing(&self) -> usize {
        let Tally {
            created, existed, ..
        } = self.earlier_tally;
        created + existed + self.counts.exist + self.counts.differ
    }

    /// Number of rows that are not sent because they are invalid.
    pub fn invalid_count(&self) -> usize {
        match &self.step {
            ImportStep::Running(run) | ImportStep::Done(run) => run.invalid(),
            ImportStep::Columns | ImportStep::DryRun | ImportStep::Confirming => {
                self.counts.invalid
            }
        }
    }

    /// Number of rows that the server has rejected.
    pub fn failed_count(&self) -> usize {
        match &self.step {
            ImportStep::Running(run) | ImportStep::Done(run) => run.tally().rejected,
            ImportStep::Columns | ImportStep::DryRun | ImportStep::Confirming => 0,
        }
    }

    /// Number of rows whose result is unknown after the run.
    pub fn unknown_count(&self) -> usize {
        self.ended().map_or(0, |run| run.tally().unknown)
    }

    /// Number of rows that the run left out because it was stopped.
    pub fn unsent_count(&self) -> usize {
        self.ended().map_or(0, ImportRun::unsent)
    }

    /// Number of rows about which something is lost with the open file: reasons, or corrections of rows that were not created. Zero before the end
    /// of the run, and once they are saved.
    pub(in crate::state) fn rows_to_save(&self) -> usize {
        if self.ended().is_none() || self.are_failed_rows_saved {
            return 0;
        }
        let unsent = if self.is_corrected() {
            self.unsent_count()
        } else {
            0
        };
        self.invalid_count() + self.failed_count() + self.unknown_count() + unsent
    }
}
