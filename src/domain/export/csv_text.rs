//! CSV as text, for files that spreadsheets open.

use super::cell;

/// Spreadsheets take a CSV file for UTF-8 only if it begins with this.
const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// Rows written one after the other (RFC 4180).
pub struct CsvText {
    text: String,
    delimiter: char,
}

/// What is written into a cell.
#[derive(Debug, Clone, Copy)]
pub enum CsvCell<'a> {
    /// A text, in its harmless form (see [`cell`]).
    Text(&'a str),
    /// A text that is known to be harmless, as it is.
    Harmless(&'a str),
    /// A cell with its own quotation marks, known to be harmless.
    Quoted(&'a str),
}

impl CsvText {
    /// An empty file with this delimiter, an ASCII character.
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
            // A line without anything would be no row.
            self.text.push_str("\"\"");
        }
        self.text.push_str("\r\n");
    }

    fn put(&mut self, text: &str) {
        let needs_quotes = |c: char| matches!(c, '"' | '\r' | '\n') || c == self.delimiter;
        // A reader that knows them would take everything up to the next such mark for one cell.
        let is_opening = |c: char| matches!(c, '“' | '”' | '„' | '«' | '»');
        if text.contains(needs_quotes) || text.trim_start().starts_with(is_opening) {
            self.text.push('"');
            self.text.push_str(&text.replace('"', "\"\""));
            self.text.push('"');
        } else {
            self.text.push_str(text);
        }
    }

    /// The whole file, with a byte-order mark in front.
    pub fn finish(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}
