//! Corrects cells before the run.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::dry_runs;
use super::open_file::{ImportStep, OpenFile};
use crate::domain::draft::{BusinessLookup, CheckContext};
use crate::domain::import::{RowReader, Sheet, Verdict};
use crate::state::AppState;
use crate::state::cx::Cx;
use crate::state::shell::toasts::Toast;

/// Replaces cells of a row with these texts, and repeats the dry run.
pub(super) fn correct(
    state: &mut AppState,
    row: usize,
    cells: BTreeMap<usize, String>,
    cx: &mut Cx,
) {
    // Corrections are saved in the journal, which must not contain secrets.
    if cells.values().any(|text| state.is_secret(text)) {
        let body = "The value looks like a key or token. The import record must not contain one. The row was not changed. Enter \
                    another value.";
        let title = "Correction not saved";
        cx.toast(Toast::failed(title, body));
        return;
    }
    if let Some(open) = &mut state.open
        && let Some(file) = open.workspace.import.open_mut()
        && file.can_be_corrected()
    {
        file.file.sheet = Arc::new(file.sheet_with(row, cells));
        file.repeat_dry_run();
        dry_runs::tick(state, cx);
    }
}

impl OpenFile {
    /// Whether cells can be corrected. An interrupted run resumes with its rows unchanged.
    pub fn can_be_corrected(&self) -> bool {
        matches!(self.step, ImportStep::DryRun) && !self.is_resumed
    }

    /// The verdict on a row if its cells had these texts.
    pub fn validated_with(
        &self,
        row: usize,
        cells: BTreeMap<usize, String>,
        known: &dyn BusinessLookup,
    ) -> Option<Verdict> {
        let sheet = self.sheet_with(row, cells);
        let learned_types = &self.dry.learned_types;
        let reader = RowReader {
            columns: &sheet.columns,
            mapping: &self.mapping,
            repairs: &self.file.repairs,
            learned_types,
        };
        let context = CheckContext {
            learned_types,
            known,
        };
        self.dry.validate_again(row, &sheet, &reader, &context)
    }

    /// The sheet with these texts in a row. Texts equal to those in the file are not corrections.
    fn sheet_with(&self, row: usize, cells: BTreeMap<usize, String>) -> Sheet {
        let sheet = &self.file.sheet;
        let mut cells = cells;
        if let Some(read) = sheet.rows.get(row) {
            cells.retain(|column, text| read.text(*column) != text.as_str());
        }
        sheet.corrected(sheet.corrections.clone().with_row(row, cells))
    }
}
