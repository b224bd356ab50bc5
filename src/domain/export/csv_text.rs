//! CSV as text, for files that spreadsheets open.

use super::cell;

/// Spreadsheets take a CSV file for UTF-8 only if it begins with this.
const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// Rows written one after the other, every cell in its harmless form (see [`cell`]).
pub struct CsvText {
    writer: csv::Writer<Vec<u8>>,
}

impl CsvText {
    /// An empty file with this delimiter.
    pub fn new(delimiter: u8) -> Self {
        Self {
            writer: csv::WriterBuilder::new()
                .delimiter(delimiter)
                .terminator(csv::Terminator::CRLF)
                .flexible(true)
                .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec()),
        }
    }

    /// Adds a row.
    pub fn row<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) {
        // Writing into memory cannot fail.
        for text in texts {
            let _ = self.writer.write_field(cell::write(text).as_bytes());
        }
        let _ = self.writer.write_record(None::<&[u8]>);
    }

    /// The whole file, with a byte-order mark in front.
    pub fn finish(self) -> Vec<u8> {
        self.writer.into_inner().unwrap_or_default()
    }
}
