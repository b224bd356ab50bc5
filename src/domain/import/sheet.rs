//! A file as a table. It is read in batches of rows, and blank rows are skipped.

use std::borrow::Cow;
use std::sync::Arc;

use uuid::Uuid;

use super::corrections::Corrections;
use super::damage_kind::{CellMark, DamageKind, Repairs};
use super::delimiter::{Delimiter, separator_line};
use super::encoding::Encoding;
use super::header_names::REASON_HEADER;
use super::plausibility::{unlikely_word, unlikely_word_in_any};
use super::problem::{FileProblem, MAX_ROWS};
use super::records::{CsvRecord, RecordReader};
use super::repair::{has_fraction, trailing_decimal};
use super::sheet_row::SheetRow;
use super::{garbled, header};
use crate::domain::export::cell;
use crate::domain::progress::Progress;
use crate::domain::text::excerpt;

/// How many distinct values of a column are kept as samples.
const SAMPLES: usize = 3;
/// How many filled rows are searched for samples.
const SAMPLED_ROWS: usize = 500;
/// Longest sample, characters.
const MAX_SAMPLE_LEN: usize = 60;
/// Maximum number of characters of a cell that a sample needs, because each may be an escape code.
const MAX_CODED_LEN: usize = MAX_SAMPLE_LEN * 10;
/// Longest odd word quoted, characters.
const MAX_WORD_LEN: usize = 24;

/// How a file is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOptions {
    /// How its text was decoded, to detect letters that are unlikely in this encoding.
    pub encoding: Encoding,
    pub delimiter: Delimiter,
    /// Which of the first rows holds the column names. `None` to detect it.
    pub header_row: Option<usize>,
    /// Which kinds of damage are repaired.
    pub repairs: Repairs,
}

/// Cells whose letters are unlikely in the encoding of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OddLetters {
    pub cells: usize,
    /// A word from the first such cell, made visible.
    pub sample: String,
}

/// Statistics about a column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnFacts {
    /// Number of rows in which it is not empty.
    pub filled: usize,
    /// Number of rows in which it holds a UUID.
    pub ids: usize,
    /// Number of rows in which it holds a number with a fraction.
    pub fractions: usize,
    /// Number of rows in which it holds a whole number that ends in `.0`.
    pub zero_fractions: usize,
    /// The first distinct values, truncated and made visible.
    pub samples: Vec<String>,
}

/// A row that may hold the column names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadRow {
    /// The line in which it begins, counted from 1.
    pub line: u64,
    /// Its first filled cells, truncated and made visible.
    pub text: String,
}

/// A file that has been read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// The column names, without empty columns at the end.
    pub header: Vec<String>,
    /// Which of `head_rows` holds the column names.
    pub header_row: usize,
    /// The first rows, as candidates for the header.
    pub head_rows: Vec<HeadRow>,
    /// The non-blank rows below the header, as they are in the file.
    pub rows: Arc<Vec<SheetRow>>,
    /// Corrections that replace some of their cells.
    pub corrections: Corrections,
    /// One per name in the header.
    pub columns: Vec<ColumnFacts>,
    /// Number of rows with only delimiters and white space. Empty lines do not count.
    pub empty_rows: u64,
    /// Evidence that the encoding may be wrong.
    pub odd_letters: OddLetters,
}

/// Reads a file into a [`Sheet`], in steps.
#[derive(Debug)]
pub struct SheetReader {
    text: Arc<str>,
    encoding: Encoding,
    reader: RecordReader,
    record: CsvRecord,
    /// The first rows, until the header row is known.
    head: Vec<CsvRecord>,
    /// The header row that the user chose.
    header_row: Option<usize>,
    /// Number of cells in the header row, including empty ones.
    header_width: usize,
    /// Whether this is a file of failed rows written by the console. It is always UTF-8, which proves nothing about
    /// letters that came from another file.
    holds_failed_rows: bool,
    sheet: Sheet,
}

impl ColumnFacts {
    /// Whether it may hold Thred ids, which are UUIDs: at least half of its values are UUIDs, or it has no values.
    pub fn may_be_ids(&self) -> bool {
        self.ids * 2 >= self.filled
    }

    fn add(&mut self, cell: &str) {
        let text = cell.trim();
        if text.is_empty() {
            return;
        }
        self.filled += 1;
        // The longest form has braces.
        let is_id = (32..=38).contains(&text.len()) && Uuid::try_parse(text).is_ok();
        self.ids += usize::from(is_id);
        self.fractions += usize::from(has_fraction(text));
        self.zero_fractions += usize::from(trailing_decimal(text).is_some());
        if self.samples.len() < SAMPLES && self.filled <= SAMPLED_ROWS {
            let end = text.char_indices().nth(MAX_CODED_LEN);
            let start = end.map_or(text, |(end, _)| &text[..end]);
            let sample = excerpt(&cell::read(start), MAX_SAMPLE_LEN);
            if !self.samples.contains(&sample) {
                self.samples.push(sample);
            }
        }
    }
}

impl SheetReader {
    pub fn new(text: Arc<str>, options: &ReadOptions) -> Self {
        let (at, line) = separator_line(&text).map_or((0, 1), |(_, next)| (next, 2));
        Self {
            text,
            encoding: options.encoding,
            reader: RecordReader::new(options.delimiter, &options.repairs, at, line),
            record: CsvRecord::default(),
            head: Vec::new(),
            header_row: options.header_row,
            header_width: 0,
            holds_failed_rows: false,
            sheet: Sheet::default(),
        }
    }

    /// Reads at most this many further rows, blank ones included. Returns the bytes read so far.
    ///
    /// # Errors
    /// If a quoted cell is never closed, or a limit on rows, columns or cell length is exceeded.
    pub fn step(&mut self, max_rows: usize) -> Result<Progress, FileProblem> {
        for _ in 0..max_rows {
            if !self.reader.read(&self.text, &mut self.record)? {
                break;
            }
            self.take()?;
        }
        Ok(self.progress())
    }

    /// Bytes of the text read so far.
    pub fn progress(&self) -> Progress {
        Progress {
            done: self.reader.position(),
            total: self.text.len(),
        }
    }

    /// Returns the table after the last step.
    ///
    /// # Errors
    /// If there is no header or no row.
    pub fn finish(mut self) -> Result<Sheet, FileProblem> {
        self.settle_header()?;
        if self.sheet.header.is_empty() {
            return Err(FileProblem::Empty);
        }
        if self.sheet.rows.is_empty() {
            return Err(FileProblem::NoRows);
        }
        Ok(self.sheet)
    }

    fn take(&mut self) -> Result<(), FileProblem> {
        if self.record.is_blank() {
            self.sheet.empty_rows += 1;
            return Ok(());
        }
        if !self.sheet.header.is_empty() {
            let record = std::mem::take(&mut self.record);
            let pushed = self.push(&record);
            // Reuses its allocation.
            self.record = record;
            return pushed;
        }
        self.head.push(std::mem::take(&mut self.record));
        if self.head.len() >= header::MAX_HEADER_ROWS {
            self.settle_header()?;
        }
        Ok(())
    }

    /// Decides which of the first rows is the header. The rows below it become the first data rows.
    fn settle_header(&mut self) -> Result<(), FileProblem> {
        let head = std::mem::take(&mut self.head);
        let found = self.header_row.unwrap_or_else(|| header::find(&head));
        let at = found.min(head.len().saturating_sub(1));
        let Some(names) = head.get(at) else {
            return Ok(());
        };
        self.header_width = names.len;
        self.holds_failed_rows = names.cells.iter().any(|name| name.trim() == REASON_HEADER);
        let sheet = &mut self.sheet;
        let name = |cell: &str| cell::read(cell.trim()).into_owned();
        let cells = names.cells.iter().take(names.filled_width());
        sheet.header = cells.map(name).collect();
        sheet.columns = vec![ColumnFacts::default(); sheet.header.len()];
        sheet.header_row = at;
        sheet.head_rows = head.iter().map(HeadRow::of).collect();
        for record in &head[at + 1..] {
            self.push(record)?;
        }
        Ok(())
    }

    fn push(&mut self, record: &CsvRecord) -> Result<(), FileProblem> {
        let sheet = &mut self.sheet;
        if sheet.rows.len() >= MAX_ROWS {
            return Err(FileProblem::TooManyRows);
        }
        let width = record.filled_width();
        if width > sheet.header.len() && width <= self.header_width {
            // A column without a name has a value after all.
            sheet.header.resize(width, String::new());
            sheet.columns.resize(width, ColumnFacts::default());
        }
        let mut marks = record.marks.clone();
        for (column, cell) in (0..).zip(record.cells.iter()) {
            if let Some(facts) = sheet.columns.get_mut(usize::from(column)) {
                facts.add(cell);
            }
            let odd = if self.holds_failed_rows {
                unlikely_word_in_any(cell)
            } else {
                // In UTF-8, another encoding does not fix what can be restored.
                let is_restored = || self.encoding.is_utf() && garbled::restored(cell).is_some();
                unlikely_word(cell, self.encoding).filter(|_| !is_restored())
            };
            if let Some(word) = odd {
                sheet.odd_letters.add(word);
                let kind = DamageKind::OddLetters;
                marks.push(CellMark { column, kind });
            }
        }
        // The rows are not shared while they are being read, so this never copies.
        Arc::make_mut(&mut sheet.rows).push(SheetRow {
            line: record.line,
            cells: record.cells.clone(),
            // Spreadsheets may write trailing empty columns.
            len: record.len.min(width.max(sheet.header.len())),
            marks: marks.into(),
            written: record.written(&self.text).map(Box::new),
        });
        Ok(())
    }
}

impl HeadRow {
    fn of(record: &CsvRecord) -> Self {
        let cells = record.cells.iter().map(str::trim);
        let filled = cells.filter(|cell| !cell.is_empty());
        let first: Vec<_> = filled.take(SAMPLES + 1).collect();
        Self {
            line: record.line,
            text: excerpt(&first.join(", "), MAX_SAMPLE_LEN),
        }
    }
}

impl OddLetters {
    fn add(&mut self, word: &str) {
        if self.cells == 0 {
            self.sample = excerpt(word, MAX_WORD_LEN);
        }
        self.cells += 1;
    }
}

impl Sheet {
    /// Returns a row with its corrections applied.
    pub fn row(&self, index: usize) -> Option<Cow<'_, SheetRow>> {
        let row = self.rows.get(index)?;
        Some(self.corrections.apply(index, row))
    }

    /// Replaces the corrections. The rows are shared, not copied.
    #[must_use]
    pub fn corrected(&self, corrections: Corrections) -> Self {
        Self {
            corrections,
            ..self.clone()
        }
    }

    /// Takes over the corrections of an earlier reading with other options that still apply: the header must be the same, and the row must start on
    /// the same line and have the same number of cells.
    #[must_use]
    pub fn with_corrections_of(&self, before: &Self) -> Self {
        let place = |sheet: &Self, row: usize| {
            let row = sheet.rows.get(row)?;
            Some((row.line, row.len()))
        };
        let mut corrections = before.corrections.clone();
        corrections
            .retain(|row| before.header == self.header && place(before, row) == place(self, row));
        self.corrected(corrections)
    }

    /// Number of columns up to the last one with a name.
    pub fn named_columns(&self) -> usize {
        let last = self.header.iter().rposition(|name| !name.is_empty());
        last.map_or(0, |at| at + 1)
    }

    /// Reads a whole text in one call, as if it had been UTF-8. It reports no progress and cannot be cancelled.
    ///
    /// # Errors
    /// As [`SheetReader`].
    pub fn read(text: Arc<str>, delimiter: Delimiter) -> Result<Self, FileProblem> {
        let options = ReadOptions {
            encoding: Encoding::Utf8,
            delimiter,
            header_row: None,
            repairs: Repairs::default(),
        };
        let mut reading = SheetReader::new(text, &options);
        while !reading.step(usize::MAX)?.is_complete() {}
        reading.finish()
    }
}
