//! Builds CSV files for spreadsheets.

use super::cell;

/// Without this mark, spreadsheets do not read a CSV file as UTF-8.
const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// A CSV file under construction (RFC 4180).
pub struct CsvText {
    text: String,
    delimiter: char,
}

/// The content of a cell.
#[derive(Debug, Clone, Copy)]
pub enum CsvCell<'a> {
    /// A text that is encoded first (see [`cell`]).
    Text(&'a str),
    /// A text known to be harmless, written unchanged.
    Harmless(&'a str),
    /// A cell known to be harmless, written with its own quotation marks.
    Quoted(&'a str),
}

impl CsvText {
    /// An empty file. The delimiter must be ASCII.
    pub fn new(delimiter: u8) -> Self {
        Self {
            text: BYTE_ORDER_MARK.to_owned(),
            delimiter: char::from(delimiter),
        }
    }

    /// Adds a row of texts.
    pub fn row<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) {
        self.cells(texts.into_iter().map(CsvCell::Text));
    }

    /// Adds a row.
    pub fn cells<'a>(&mut self, cells: impl IntoIterator<Item = CsvCell<'a>>) {
        let start = self.text.len();
        let mut is_first = true;
        for cell in cells {
            if !std::mem::take(&mut is_first) {
                self.text.push(self.delimiter);
            }
            match cell {
                CsvCell::Text(text) => self.put(&cell::write(text)),
                CsvCell::Harmless(text) => self.put(text),
                CsvCell::Quoted(cell) => self.text.push_str(cell),
            }
        }
        if self.text.len() == start {
            // An empty line would not be read as a row.
            self.text.push_str("\"\"");
        }
        self.text.push_str("\r\n");
    }

    fn put(&mut self, text: &str) {
        let needs_quotes = |c: char| matches!(c, '"' | '\r' | '\n') || c == self.delimiter;
        // A reader that supports these marks would read everything up to the next one as a single cell.
        let is_opening = |c: char| matches!(c, '“' | '”' | '„' | '«' | '»');
        if text.contains(needs_quotes) || text.trim_start().starts_with(is_opening) {
            self.text.push('"');
            self.text.push_str(&text.replace('"', "\"\""));
            self.text.push('"');
        } else {
            self.text.push_str(text);
        }
    }

    /// The whole file, including the byte-order mark.
    pub fn finish(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}
