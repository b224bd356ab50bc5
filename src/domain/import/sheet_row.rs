//! A row of a file, cell by cell, with what was seen at its cells.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::cells::Cells;
use super::oddity::{Mark, Oddity};
use crate::domain::export::cell;

/// A row of the file below its header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// The line in which it begins, counted from 1.
    pub line: u64,
    pub(super) cells: Cells,
    pub(super) len: usize,
    /// What the reader saw around its cells.
    pub(super) marks: Box<[Mark]>,
    /// The cells around which it saw something, with all of that.
    pub(super) written: Box<[(u16, Box<str>)]>,
}

impl SheetRow {
    /// The text of a cell; empty where the row is shorter.
    pub fn text(&self, column: usize) -> Cow<'_, str> {
        cell::read(self.raw(column))
    }

    /// A cell as it stands in the file, with the marks that neutralise formulas.
    pub fn raw(&self, column: usize) -> &str {
        self.cells.get(column)
    }

    /// A cell with its quotation marks and all that is odd around them; `None` where nothing is.
    pub(super) fn as_written(&self, column: usize) -> Option<&str> {
        let mut written = self.written.iter();
        let found = written.find(|(at, _)| usize::from(*at) == column)?;
        Some(&*found.1)
    }

    /// What the reader saw at a cell.
    pub(super) fn marks(&self, column: usize) -> impl Iterator<Item = Oddity> {
        let marks = self.marks.iter();
        marks
            .filter(move |mark| usize::from(mark.column) == column)
            .map(|mark| mark.kind)
    }

    /// The same with other texts in some cells. Nothing is odd about those any more.
    pub(super) fn with_cells(&self, corrected: &BTreeMap<usize, String>) -> Self {
        let width = corrected.keys().next_back().map_or(0, |last| last + 1);
        let len = self.len.max(width);
        let mut cells = Cells::default();
        for column in 0..len {
            let text = corrected.get(&column).map(String::as_str);
            let text = text.unwrap_or_else(|| self.raw(column));
            if !text.is_empty() {
                cells.set_next(column, &[text]);
            }
        }
        let is_kept = |column: u16| !corrected.contains_key(&usize::from(column));
        let marks = self.marks.iter().filter(|mark| is_kept(mark.column));
        let written = self.written.iter().filter(|(column, _)| is_kept(*column));
        Self {
            line: self.line,
            cells,
            len,
            marks: marks.cloned().collect(),
            written: written.cloned().collect(),
        }
    }

    /// How many cells it has, of empty ones at its end those below the header only.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it has no cell. Such rows are passed over.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether anything stands beyond the columns of the header.
    pub(super) fn has_more_than(&self, columns: usize) -> bool {
        self.cells
            .iter()
            .skip(columns)
            .any(|cell| !cell.trim().is_empty())
    }
}
