//! A file as a table: read a number of rows at a time, empty rows passed over.

use std::sync::Arc;

use csv::StringRecord;
use memchr::memchr_iter;
use uuid::Uuid;

use super::delimiter::{Delimiter, separator_line};
use super::oddity::{Mark, Oddity};
use super::problem::{FileProblem, MAX_CELL_BYTES, MAX_COLUMNS, MAX_ROWS};
use super::quotes::open_quote;
use crate::domain::export::cell;

/// How many different values of a column are kept to show.
const SAMPLES: usize = 3;
/// How many filled rows are searched for them.
const SAMPLED_ROWS: usize = 500;
/// Longest sample, characters.
const LONGEST_SAMPLE: usize = 60;

/// A row of the file below its header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line in which it begins, counted from 1.
    pub line: u64,
    cells: StringRecord,
    /// What the reader saw around its cells.
    marks: Vec<Mark>,
}

/// What is in a column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnFacts {
    /// Rows in which it is not empty.
    pub filled: usize,
    /// Rows in which it holds a UUID.
    pub ids: usize,
    /// Some different values, the first ones, cut and made visible.
    pub samples: Vec<String>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows that are not empty.
    pub rows: Vec<Row>,
    /// One for each name of the header.
    pub columns: Vec<ColumnFacts>,
    /// Rows that hold only delimiters and white space. Lines without anything do not count.
    pub empty_rows: u64,
}

/// How far something has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes, or rows.
    pub done: usize,
    /// Of so many.
    pub total: usize,
}

/// A file on its way to being a [`Sheet`].
#[derive(Debug)]
pub struct Reading {
    text: Arc<str>,
    delimiter: Delimiter,
    /// Byte in the text from which to go on, and its line.
    at: usize,
    line: u64,
    sheet: Sheet,
}

impl Progress {
    /// Whether nothing is left.
    pub fn is_complete(self) -> bool {
        self.done >= self.total
    }
}

impl Row {
    /// The text of a cell; empty where the row is shorter.
    pub fn text(&self, column: usize) -> std::borrow::Cow<'_, str> {
        cell::read(self.raw(column))
    }

    /// A cell as it stands in the file, with the marks that neutralise formulas.
    pub fn raw(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default()
    }

    /// What the reader saw at a cell.
    pub(super) fn marks(&self, column: usize) -> impl Iterator<Item = Oddity> {
        let marks = self.marks.iter();
        marks
            .filter(move |mark| usize::from(mark.column) == column)
            .map(|mark| mark.kind)
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether it has no cell. Such rows are passed over.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Whether anything stands beyond the columns of the header.
    pub(super) fn has_more_than(&self, columns: usize) -> bool {
        self.cells
            .iter()
            .skip(columns)
            .any(|cell| !cell.trim().is_empty())
    }
}

impl ColumnFacts {
    /// Whether it may hold ids of Thred, which are UUIDs: most of its values are, or it has none.
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
        if self.samples.len() < SAMPLES && self.filled <= SAMPLED_ROWS {
            let sample = crate::domain::text::excerpt(&cell::read(text), LONGEST_SAMPLE);
            if !self.samples.contains(&sample) {
                self.samples.push(sample);
            }
        }
    }
}

impl Reading {
    /// Begins to read. Looks through all quotes first, so for large files it does not belong on
    /// the thread that draws.
    ///
    /// # Errors
    /// [`FileProblem::OpenQuote`].
    pub fn new(text: Arc<str>, delimiter: Delimiter) -> Result<Self, FileProblem> {
        if let Some(line) = open_quote(&text, delimiter.byte()) {
            return Err(FileProblem::OpenQuote { line });
        }
        let (at, line) = separator_line(&text).map_or((0, 1), |(_, next)| (next, 2));
        Ok(Self {
            text,
            delimiter,
            at,
            line,
            sheet: Sheet::default(),
        })
    }

    /// Reads at most so many rows more, empty ones included; tells how many bytes are done.
    ///
    /// # Errors
    /// Where the file has too many rows or columns, or too long a cell.
    pub fn step(&mut self, max_rows: usize) -> Result<Progress, FileProblem> {
        // Arc, so that the text can be looked at while the sheet grows.
        let text = Arc::clone(&self.text);
        let from = self.at;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter.byte())
            .from_reader(&text.as_bytes()[from..]);
        let mut record = StringRecord::new();
        for _ in 0..max_rows {
            // Empty lines before a row are read together with it.
            let blank = text.as_bytes()[self.at..]
                .iter()
                .take_while(|b| matches!(b, b'\n' | b'\r'));
            let start = self.at + blank.count();
            let line = self.line + lines(&text, self.at, start);
            if !reader
                .read_record(&mut record)
                .map_err(|_| FileProblem::Binary)?
            {
                self.at = text.len();
                break;
            }
            // A file has at most 100 MB, so positions fit.
            self.at = from + reader.position().byte() as usize;
            self.line = line + lines(&text, start, self.at);
            self.take(line, &record)?;
        }
        Ok(self.progress())
    }

    /// How many bytes of the text are done.
    pub fn progress(&self) -> Progress {
        Progress {
            done: self.at,
            total: self.text.len(),
        }
    }

    /// The table, after the last step.
    ///
    /// # Errors
    /// Where there is no header or no row.
    pub fn finish(self) -> Result<Sheet, FileProblem> {
        if self.sheet.header.is_empty() {
            return Err(FileProblem::Empty);
        }
        if self.sheet.rows.is_empty() {
            return Err(FileProblem::NoRows);
        }
        Ok(self.sheet)
    }

    fn take(&mut self, line: u64, record: &StringRecord) -> Result<(), FileProblem> {
        let sheet = &mut self.sheet;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            sheet.empty_rows += 1;
            return Ok(());
        }
        if record.len() > MAX_COLUMNS {
            return Err(FileProblem::TooManyColumns { line });
        }
        if let Some(at) = record.iter().position(|cell| cell.len() > MAX_CELL_BYTES) {
            return Err(FileProblem::CellTooLong {
                line,
                column: at + 1,
                kilobytes: record[at].len().div_ceil(1000),
            });
        }
        if sheet.header.is_empty() {
            let name = |cell: &str| cell::read(cell.trim()).into_owned();
            sheet.header = record.iter().map(name).collect();
            sheet.columns = vec![ColumnFacts::default(); sheet.header.len()];
            return Ok(());
        }
        if sheet.rows.len() >= MAX_ROWS {
            return Err(FileProblem::TooManyRows);
        }
        for (facts, cell) in sheet.columns.iter_mut().zip(record) {
            facts.add(cell);
        }
        sheet.rows.push(Row {
            line,
            cells: record.clone(),
            marks: Vec::new(),
        });
        Ok(())
    }
}

fn lines(text: &str, from: usize, to: usize) -> u64 {
    memchr_iter(b'\n', &text.as_bytes()[from..to]).count() as u64
}

impl Sheet {
    /// Reads a whole text at once, where it does not matter how long that takes.
    ///
    /// # Errors
    /// As [`Reading`].
    pub fn read(text: Arc<str>, delimiter: Delimiter) -> Result<Self, FileProblem> {
        let mut reading = Reading::new(text, delimiter)?;
        while !reading.step(usize::MAX)?.is_complete() {}
        reading.finish()
    }
}
