//! Detects the delimiter of a file.

use super::damage_kind::Repairs;
use super::delimiter::{Delimiter, separator_line};
use super::records::{CsvRecord, RecordReader};
use super::{header, header_names};

/// How much of a file is examined, bytes.
const EXAMINED_BYTES: usize = 64 << 10;
/// How many rows below the header are compared with it.
const ROWS: usize = 50;

impl Delimiter {
    /// Guesses the delimiter of a text: the one named in Excel's `sep=` line, otherwise the one that yields the most
    /// known column names, otherwise the one that splits rows most evenly.
    pub fn detect(text: &str) -> Self {
        if let Some((named, _)) = separator_line(text) {
            return named;
        }
        let mut end = text.len().min(EXAMINED_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let head = &text[..end];
        let mut best = (Self::Comma, (0, 0));
        for delimiter in Self::ALL {
            let score = delimiter.score(head);
            if score > best.1 {
                best = (delimiter, score);
            }
        }
        best.0
    }

    /// How many column names are known, and a measure of how many rows have as many cells as the header.
    fn score(self, head: &str) -> (usize, usize) {
        let mut reader = RecordReader::new(self, &Repairs::default(), 0, 1);
        let mut records = Vec::new();
        while records.len() < header::MAX_HEADER_ROWS + ROWS {
            let mut record = CsvRecord::default();
            // The head may be cut off in the middle of a cell.
            if !reader.read(head, &mut record).unwrap_or_default() {
                break;
            }
            if !record.is_blank() {
                records.push(record);
            }
        }
        let at = header::find_known(&records).unwrap_or_default();
        let Some(names) = records.get(at).filter(|names| names.len > 1) else {
            return (0, 0);
        };
        let known = names
            .cells
            .iter()
            .filter(|name| header_names::is_known(name.trim()));
        let below = records.iter().skip(at + 1).take(ROWS);
        let even = below.filter(|record| record.len == names.len);
        (known.count(), even.count() * names.len + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_detected() {
        let detect = Delimiter::detect;
        assert_eq!(detect("external_id,email\n1;2;3,x\n"), Delimiter::Comma);
        assert_eq!(
            detect("external_id;legal_name\n1;\"Books, Maps, Globes, Ltd\"\n"),
            Delimiter::Semicolon
        );
        assert_eq!(detect("a\tb\tc\n1,5\t2\t3\n"), Delimiter::Tab);
        assert_eq!(detect("a|b\n1|2\n"), Delimiter::Pipe);
        assert_eq!(detect("external_id\n1;2\n"), Delimiter::Comma);
        assert_eq!(detect(""), Delimiter::Comma);
        assert_eq!(detect("sep=|\r\na,b;c\n"), Delimiter::Pipe);
        for end in ["\n", "\r", "\r\n"] {
            for first in ["sep=;", "Sep=;", "SEP=;", "\"sep=;\""] {
                let text = format!("{first}{end}abc");
                let (delimiter, next) = separator_line(&text).unwrap();
                assert_eq!((delimiter, &text[next..]), (Delimiter::Semicolon, "abc"));
            }
        }
        assert_eq!(separator_line("sép=;\nabc"), None);
        assert_eq!(separator_line("sep=xx\nabc"), None);
        assert_eq!(
            detect("Customer list\nMay, June\nid;name;country\n1;A;GB\n"),
            Delimiter::Semicolon
        );
    }
}
