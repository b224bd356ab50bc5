//! Everything a dry run needs, so that it can run on another thread.

use std::sync::Arc;

use super::column_target::ColumnTarget;
use super::damage_kind::Repairs;
use super::dates::DateSurvey;
use super::dry_run::DryRun;
use super::mapping::Mapping;
use super::row::RowReader;
use super::sheet::Sheet;
use crate::domain::business::CompactBusiness;
use crate::domain::draft::{CheckContext, Field, KnownBusinesses, LearnedTypes, used_types};
use crate::domain::progress::Progress;

/// Input of a dry run.
#[derive(Debug, Clone)]
pub struct DryRunPlan {
    pub sheet: Arc<Sheet>,
    /// Which column fills which field.
    pub mapping: Mapping,
    /// Which kinds of damage are repaired or accepted.
    pub repairs: Repairs,
    /// Entity types learned from the server's rejections. Those of the existing businesses are valid as well.
    pub learned_types: LearnedTypes,
    /// The existing businesses.
    pub known: Vec<CompactBusiness>,
}

impl DryRunPlan {
    /// Judges every row. `on_progress` is called after each row; if it returns `false`, the run is cancelled and the
    /// result is `None`.
    pub fn run(&self, on_progress: impl FnMut(Progress) -> bool) -> Option<DryRun> {
        let dates = self.survey_dates();
        let mut mapping = self.mapping.clone();
        mapping.dates = mapping.dates.or(dates.certain());
        let learned_types = self.learned_types.clone();
        let learned_types = learned_types.with_used(&used_types(&self.known));
        let known = KnownBusinesses::new(self.known.clone());
        let context = CheckContext {
            learned_types: &learned_types,
            known: &known,
        };
        let reader = RowReader {
            columns: &self.sheet.columns,
            mapping: &mapping,
            repairs: &self.repairs,
            learned_types: &learned_types,
        };
        let mut dry = DryRun::of(&self.sheet, &reader, &context, dates, on_progress)?;
        dry.learned_types = learned_types;
        Some(dry)
    }

    fn survey_dates(&self) -> DateSurvey {
        let column = self
            .mapping
            .column_of(ColumnTarget::Field(Field::FiscalYearEnd));
        column.map_or_else(DateSurvey::default, |column| {
            DateSurvey::of_column(&self.sheet, column, &self.repairs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{plan, sheet};

    #[test]
    fn it_ends_at_the_row_at_which_it_is_told_to() {
        let rows: String = (0..50).map(|row| format!("u-{row},Name\n")).collect();
        let plan = plan(&sheet(format!("external_id,legal_name\n{rows}").as_bytes()));
        let mut heard = Vec::new();
        let stopped = plan.run(|progress| {
            heard.push((progress.done, progress.total));
            progress.done < 3
        });
        assert_eq!(stopped.map(|run| run.verdicts.len()), None);
        assert_eq!(heard, [(1, 50), (2, 50), (3, 50)], "once for each row");
        assert_eq!(plan.run(|_| true).unwrap().verdicts.len(), 50);
    }
}
