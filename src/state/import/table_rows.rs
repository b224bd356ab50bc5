//! Filters and sorts the rows of the import table.

use crate::domain::import::Verdict;

use super::open_file::{ImportStep, OpenFile};

impl OpenFile {
    /// Rebuilds the rows of the table. While rows are being sent they stay in the order of the file,
    /// so that nothing moves under the pointer.
    pub(in crate::state) fn arrange(&mut self) {
        let mut shown: Vec<(u8, u32)> = self
            .dry
            .verdicts
            .iter()
            .enumerate()
            .map(|(at, verdict)| (at, verdict, self.result_of(verdict)))
            .filter(|(_, verdict, result)| result.matches(verdict, self.filter))
            // A file has at most 100,000 rows.
            .map(|(at, _, result)| (result.rank(), at as u32))
            .collect();
        if !matches!(self.step, ImportStep::Running(_)) {
            shown.sort_unstable();
        }
        self.shown = shown.into_iter().map(|(_, at)| at).collect();
    }

    /// The verdict at this position of the table.
    pub fn shown_row(&self, position: usize) -> Option<&Verdict> {
        self.dry.verdicts.get(*self.shown.get(position)? as usize)
    }
}
