//! Splits a text into records and cells, one record at a time.
//!
//! Records are split exactly as by the csv crate, which a test verifies. This module exists because the crate does not
//! report where marks were, on which line a row begins, or how long a cell is before it copies it.

use std::ops::Range;

use memchr::{memchr2_iter, memchr3};

use super::cells::Cells;
use super::damage_kind::{CellMark, DamageKind, Repairs};
use super::delimiter::Delimiter;
use super::effort::searched;
use super::problem::{FileProblem, MAX_CELL_BYTES, MAX_COLUMNS};
use super::quotes::{Closing, closing, end_of_curly, skip_blanks, undouble, unescape};
use crate::domain::text::{excerpt, start_of};

/// Longest quotation of a text, characters.
const QUOTED: usize = 40;

/// A position in a text, and the options for splitting its rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct RecordReader {
    delimiter: u8,
    takes_blank_before_quote: bool,
    takes_backslash_escape: bool,
    takes_curly_quotes: bool,
    at: usize,
    line: u64,
}

/// One row. It is reused for the next one to save allocations.
#[derive(Debug, Default)]
pub(super) struct CsvRecord {
    /// The line in which it begins, counted from 1.
    pub(super) line: u64,
    /// Its cells. Trailing empty cells are only counted in `len`.
    pub(super) cells: Cells,
    /// The number of cells.
    pub(super) len: usize,
    /// The damage found in them.
    pub(super) marks: Vec<CellMark>,
    /// For each cell with a mark: its column, and its range in the text including everything around it.
    pub(super) marked: Vec<(u16, Range<usize>)>,
}

impl RecordReader {
    /// Starts at byte `at` of a text, which is in this line.
    pub(super) fn new(delimiter: Delimiter, repairs: &Repairs, at: usize, line: u64) -> Self {
        Self {
            delimiter: delimiter.byte(),
            takes_blank_before_quote: repairs.is_on(DamageKind::BlankBeforeQuote),
            takes_backslash_escape: repairs.is_on(DamageKind::BackslashEscape),
            takes_curly_quotes: repairs.is_on(DamageKind::SeparatorInCurlyQuotes),
            at,
            line,
        }
    }

    /// The number of bytes read.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Reads the next row. Returns `false` if there is none. Empty lines are skipped.
    ///
    /// # Errors
    /// If a quoted cell is never closed, or a row or cell exceeds its limit.
    pub(super) fn read(&mut self, text: &str, row: &mut CsvRecord) -> Result<bool, FileProblem> {
        let bytes = text.as_bytes();
        row.cells.clear();
        row.marks.clear();
        row.marked.clear();
        row.len = 0;
        while self.pass_line_end(bytes) {}
        if self.at >= bytes.len() {
            return Ok(false);
        }
        row.line = self.line;
        loop {
            let (start, marks) = (self.at, row.marks.len());
            self.read_cell(text, row)?;
            if let Some(mark) = row.marks.get(marks) {
                row.marked.push((mark.column, start..self.at));
            }
            if bytes.get(self.at) != Some(&self.delimiter) {
                self.pass_line_end(bytes);
                return Ok(true);
            }
            self.at += 1;
        }
    }

    /// Skips a line end: a carriage return, a line feed, or both.
    fn pass_line_end(&mut self, bytes: &[u8]) -> bool {
        let len = match bytes.get(self.at..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([b'\r' | b'\n', ..]) => 1,
            _ => return false,
        };
        self.at += len;
        self.line += 1;
        true
    }

    fn read_cell(&mut self, text: &str, row: &mut CsvRecord) -> Result<(), FileProblem> {
        let bytes = text.as_bytes();
        let start = self.at;
        let mark = skip_blanks(bytes, start, self.delimiter);
        if bytes.get(mark) == Some(&b'"') {
            let closing = closing(bytes, mark + 1, self.delimiter);
            let is_quoted = mark == start || closing.is_proper || closing.escaped.is_some();
            if mark != start && is_quoted {
                row.mark(DamageKind::BlankBeforeQuote);
            }
            if mark == start || (is_quoted && self.takes_blank_before_quote) {
                return self.read_quoted(text, row, mark + 1, closing);
            }
        }
        self.at = self.end_of_cell(bytes, start);
        if let Some(end) = end_of_curly(text, mark, self.delimiter) {
            row.mark(DamageKind::SeparatorInCurlyQuotes);
            if self.takes_curly_quotes {
                self.at = end;
            }
        }
        row.push(&[&text[start..self.at]])
    }

    /// Reads a quoted cell. `from` is the offset after its opening mark.
    fn read_quoted(
        &mut self,
        text: &str,
        row: &mut CsvRecord,
        from: usize,
        closing: Closing,
    ) -> Result<(), FileProblem> {
        let bytes = text.as_bytes();
        if closing.escaped.is_some() {
            row.mark(DamageKind::BackslashEscape);
        }
        if let Some(end) = closing.escaped.filter(|_| self.takes_backslash_escape) {
            self.at = self.end_of_cell(bytes, end + 1);
            self.count_lines(&bytes[from..end]);
            row.check_len(end - from)?;
            return row.push(&[&unescape(&text[from..end]), &text[end + 1..self.at]]);
        }
        let line = self.line;
        let end = closing.plain.ok_or(FileProblem::OpenQuote { line })?;
        self.at = self.end_of_cell(bytes, end + 1);
        self.count_lines(&bytes[from..end]);
        let rest = &text[end + 1..self.at];
        if closing.spans_lines && !closing.is_proper {
            // This mark may have been meant to open a later cell, with an earlier mark missing.
            return Err(FileProblem::TextAfterQuote {
                line,
                closing_line: self.line,
                text: excerpt(&start_of(rest, QUOTED), QUOTED),
            });
        }
        if !rest.trim().is_empty() && closing.escaped.is_none() {
            row.mark(DamageKind::TextAfterQuote);
        }
        row.check_len(end - from)?;
        row.push(&[&undouble(&text[from..end]), rest])
    }

    fn end_of_cell(&self, bytes: &[u8], from: usize) -> usize {
        let rest = &bytes[from..];
        let end = searched(memchr3(self.delimiter, b'\r', b'\n', rest), rest.len());
        end.map_or(bytes.len(), |len| from + len)
    }

    fn count_lines(&mut self, bytes: &[u8]) {
        let ends = memchr2_iter(b'\r', b'\n', bytes);
        let pairs = |at: &usize| bytes[*at] == b'\n' && *at > 0 && bytes[at - 1] == b'\r';
        self.line += ends.filter(|at| !pairs(at)).count() as u64;
    }
}

impl CsvRecord {
    /// Whether it contains only delimiters and white space.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    /// The number of cells up to the last filled one.
    pub(super) fn filled_width(&self) -> usize {
        let cells = self.cells.iter().enumerate();
        let filled = cells.filter(|(_, cell)| !cell.trim().is_empty());
        filled.last().map_or(0, |(at, _)| at + 1)
    }

    /// The cells with a mark as they are in the text, and nothing for the others. `None` if no cell has a mark.
    pub(super) fn written(&self, text: &str) -> Option<Cells> {
        if self.marked.is_empty() {
            return None;
        }
        let mut written = Cells::default();
        for (column, at) in &self.marked {
            written.set_next(usize::from(*column), &[&text[at.clone()]]);
        }
        // A copy takes no more memory than it needs.
        Some(written.clone())
    }

    fn mark(&mut self, kind: DamageKind) {
        // Text beyond the last allowed column is an error anyway, and empty quoted cells there must not take memory.
        if self.len >= MAX_COLUMNS {
            return;
        }
        let column = u16::try_from(self.len).unwrap_or(u16::MAX);
        self.marks.push(CellMark { column, kind });
    }

    fn check_len(&self, bytes: usize) -> Result<(), FileProblem> {
        if bytes <= MAX_CELL_BYTES {
            return Ok(());
        }
        Err(FileProblem::CellTooLong {
            line: self.line,
            column: self.len + 1,
            kilobytes: bytes.div_ceil(1000),
        })
    }

    /// Adds a cell made of these pieces. Empty cells take no memory: some files have 16,000 of them in each row.
    fn push(&mut self, pieces: &[&str]) -> Result<(), FileProblem> {
        let column = self.len;
        let bytes: usize = pieces.iter().map(|piece| piece.len()).sum();
        if bytes > 0 {
            if column >= MAX_COLUMNS {
                if pieces.iter().all(|piece| piece.trim().is_empty()) {
                    self.len += 1;
                    return Ok(());
                }
                return Err(FileProblem::TooManyColumns { line: self.line });
            }
            self.check_len(bytes)?;
            if pieces.iter().any(|piece| piece.contains('\0')) {
                return Err(FileProblem::NulByte {
                    line: self.line,
                    column: column + 1,
                });
            }
            self.cells.set_next(column, pieces);
        }
        self.len += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
