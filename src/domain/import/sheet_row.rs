//! A row of a file, with the damage that the reader found in its cells.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::cells::Cells;
use super::damage_kind::{CellMark, DamageKind};
use crate::domain::export::cell;

/// A row of the file below its header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// The line in which it begins, counted from 1.
    pub line: u64,
    pub(super) cells: Cells,
    pub(super) len: usize,
    /// Damage that the reader found around its cells.
    pub(super) marks: Box<[CellMark]>,
    /// The cells with such damage, exactly as they are in the file, quotation marks included. All others are empty.
    pub(super) written: Option<Box<Cells>>,
}

impl SheetRow {
    /// The text of a cell, or an empty string if the row is shorter.
    pub fn text(&self, column: usize) -> Cow<'_, str> {
        cell::read(self.raw(column))
    }

    /// A cell as it is in the file, including a mark that neutralises a formula.
    pub fn raw(&self, column: usize) -> &str {
        self.cells.get(column)
    }

    /// A cell exactly as it is in the file, with its quotation marks. `None` if the reader found no damage around it.
    pub(super) fn as_written(&self, column: usize) -> Option<&str> {
        let written = self.written.as_ref()?.get(column);
        (!written.is_empty()).then_some(written)
    }

    /// The damage that the reader found around a cell.
    pub(super) fn marks(&self, column: usize) -> impl Iterator<Item = DamageKind> {
        let marks = self.marks.iter();
        marks
            .filter(move |mark| usize::from(mark.column) == column)
            .map(|mark| mark.kind)
    }

    /// Replaces the texts of some cells. The damage found in those is forgotten.
    pub(super) fn with_cells(&self, corrected: &BTreeMap<usize, String>) -> Self {
        let width = corrected.keys().next_back().map_or(0, |last| last + 1);
        let len = self.len.max(width);
        let texts = (0..len).map(|column| match corrected.get(&column) {
            Some(text) => text.as_str(),
            None => self.raw(column),
        });
        let is_kept = |column: usize| !corrected.contains_key(&column);
        let marks = self.marks.iter();
        let marks = marks.filter(|mark| is_kept(usize::from(mark.column)));
        let written = self.written.as_ref().map(|written| {
            let texts = written.iter().enumerate();
            texts.map(|(column, text)| if is_kept(column) { text } else { "" })
        });
        Self {
            line: self.line,
            cells: texts.collect(),
            len,
            marks: marks.cloned().collect(),
            written: written.map(|texts| Box::new(texts.collect())),
        }
    }

    /// Bytes on the heap.
    #[cfg(test)]
    pub(super) fn heap_bytes(&self) -> usize {
        let written = self.written.as_ref();
        let written = written.map_or(0, |cells| size_of::<Cells>() + cells.heap_bytes());
        self.cells.heap_bytes() + size_of_val(&*self.marks) + written
    }

    /// Number of cells. Trailing empty cells count only up to the last column of the header.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it has no cells. Such rows are skipped.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether there is any text beyond the columns of the header.
    pub(super) fn has_more_than(&self, columns: usize) -> bool {
        self.cells
            .iter()
            .skip(columns)
            .any(|cell| !cell.trim().is_empty())
    }
}
