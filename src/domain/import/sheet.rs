//! A file as a table: read a number of rows at a time, empty rows passed over.

use std::sync::Arc;

use csv::StringRecord;
use memchr::memchr_iter;
use uuid::Uuid;

use super::delimiter::{Delimiter, separator_line};
use super::header;
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

/// A row that may hold the names of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadRow {
    /// The line in which it begins, counted from 1.
    pub line: u64,
    /// Its first filled cells, cut and made visible.
    pub text: String,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// The names of the columns, without empty columns at the end.
    pub header: Vec<String>,
    /// Which of `head_rows` holds them.
    pub header_row: usize,
    /// The first rows, any of which may hold them.
    pub head_rows: Vec<HeadRow>,
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
    /// The first rows, until it is known which of them holds the names.
    head: Vec<(u64, StringRecord)>,
    /// Which of them was chosen by hand.
    header_row: Option<usize>,
    /// How many cells the row of the names has, empty ones included.
    header_width: usize,
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
            head: Vec::new(),
            header_row: None,
            header_width: 0,
            sheet: Sheet::default(),
        })
    }

    /// Takes the names of the columns from this one of the first rows instead of looking for them.
    pub fn with_header_row(mut self, row: Option<usize>) -> Self {
        self.header_row = row;
        self
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

    fn take(&mut self, line: u64, record: &StringRecord) -> Result<(), FileProblem> {
        let sheet = &mut self.sheet;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            sheet.empty_rows += 1;
            return Ok(());
        }
        // Spreadsheets write columns that hold nothing.
        let width = filled_width(record);
        if width > MAX_COLUMNS {
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
            let record = record.iter().take(MAX_COLUMNS).collect();
            self.head.push((line, record));
            if self.head.len() >= header::LOOKED_AT {
                self.settle_header()?;
            }
            return Ok(());
        }
        self.push(line, record, width)
    }

    /// Decides which of the first rows holds the names; those below it are the first of the rows.
    fn settle_header(&mut self) -> Result<(), FileProblem> {
        if self.head.is_empty() {
            return Ok(());
        }
        let head = std::mem::take(&mut self.head);
        let records: Vec<&StringRecord> = head.iter().map(|(_, record)| record).collect();
        let found = self.header_row.unwrap_or_else(|| header::find(&records));
        let at = found.min(head.len() - 1);
        self.header_width = records[at].len();
        let sheet = &mut self.sheet;
        let name = |cell: &str| cell::read(cell.trim()).into_owned();
        let names = records[at].iter().take(filled_width(records[at]));
        sheet.header = names.map(name).collect();
        sheet.columns = vec![ColumnFacts::default(); sheet.header.len()];
        sheet.header_row = at;
        sheet.head_rows = head
            .iter()
            .map(|(line, record)| head_row(*line, record))
            .collect();
        for (line, record) in head.iter().skip(at + 1) {
            self.push(*line, record, filled_width(record))?;
        }
        Ok(())
    }

    /// Adds a row; `width` is where its last filled cell ends.
    fn push(&mut self, line: u64, record: &StringRecord, width: usize) -> Result<(), FileProblem> {
        let sheet = &mut self.sheet;
        if sheet.rows.len() >= MAX_ROWS {
            return Err(FileProblem::TooManyRows);
        }
        if width > sheet.header.len() && width <= self.header_width {
            // A column without a name holds something after all.
            sheet.header.resize(width, String::new());
            sheet.columns.resize(width, ColumnFacts::default());
        }
        for (facts, cell) in sheet.columns.iter_mut().zip(record) {
            facts.add(cell);
        }
        // A row of empty cells as wide as a spreadsheet would take more room than its text.
        let cells = record.iter().take(width.max(sheet.header.len())).collect();
        sheet.rows.push(Row {
            line,
            cells,
            marks: Vec::new(),
        });
        Ok(())
    }
}

/// How many cells a row has up to its last filled one.
fn filled_width(record: &StringRecord) -> usize {
    let cells = record.iter().enumerate();
    let filled = cells.filter(|(_, cell)| !cell.trim().is_empty());
    filled.last().map_or(0, |(at, _)| at + 1)
}

fn head_row(line: u64, record: &StringRecord) -> HeadRow {
    let cells = record.iter().map(str::trim).filter(|cell| !cell.is_empty());
    let first: Vec<_> = cells.take(SAMPLES + 1).collect();
    HeadRow {
        line,
        text: crate::domain::text::excerpt(&first.join(", "), LONGEST_SAMPLE),
    }
}

fn lines(text: &str, from: usize, to: usize) -> u64 {
    memchr_iter(b'\n', &text.as_bytes()[from..to]).count() as u64
}

impl Sheet {
    /// How many columns there are up to the last one with a name.
    pub fn named_columns(&self) -> usize {
        let last = self.header.iter().rposition(|name| !name.is_empty());
        last.map_or(0, |at| at + 1)
    }

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
