//! Writes the failed rows with their reasons, to be fixed and imported again.

use super::damage_kind::{DamageKind, Repairs};
use super::delimiter::Delimiter;
use super::header_names::REASON_HEADER;
use super::records::{CsvRecord, RecordReader};
use super::sheet::Sheet;
use super::sheet_row::SheetRow;
use crate::domain::export::{CsvCell, CsvText, cell};

/// What the next cell may begin with: nothing in particular, or a mark that could close this one.
const CLOSING: [&str; 5] = ["", "”", "“", "»", "«"];

/// A CSV file with the columns of the original and a reason for each row.
///
/// Corrected cells are written as corrected. All others stay exactly as they are in the file, damage included:
/// importing the rows again finds the same damage, and no repair goes unnoticed. Cells lose their odd quotation marks
/// only if a spreadsheet would run the text as a formula, or if they would be read together with the cells beside them.
///
/// `rows` are row indices in the sheet with their reasons. Indices that do not exist are skipped.
pub fn failed_rows_csv<'a>(
    sheet: &Sheet,
    delimiter: Delimiter,
    rows: impl IntoIterator<Item = (usize, &'a str)>,
) -> Vec<u8> {
    let kept: Vec<usize> = (0..sheet.header.len())
        .filter(|column| sheet.header[*column].trim() != REASON_HEADER)
        .collect();
    let mut out = CsvText::new(delimiter.byte());
    let names = kept.iter().map(|column| sheet.header[*column].as_str());
    out.row(names.chain([REASON_HEADER]));
    for (index, reason) in rows {
        let Some(row) = sheet.row(index) else {
            continue;
        };
        let row = row.as_ref();
        // Text beyond the last column must not be lost either.
        let beyond = sheet.header.len()..row.len();
        let columns = kept.iter().copied().chain(beyond);
        let texts: Vec<_> = columns.map(|column| (column, row.text(column))).collect();
        let mut cells: Vec<CsvCell<'_>> = texts
            .iter()
            .map(|(column, text)| cell_of(row, *column, text, delimiter))
            .collect();
        let mut expected: Vec<&str> = texts.iter().map(|(_, text)| &**text).collect();
        cells.insert(kept.len(), CsvCell::Text(reason));
        expected.insert(kept.len(), reason);
        if is_read_as(&cells, &expected, delimiter) {
            out.cells(cells);
        } else {
            out.row(expected);
        }
    }
    out.finish()
}

/// Whether the row is read as these texts. Cells that are written as in the file may run together.
fn is_read_as(cells: &[CsvCell<'_>], expected: &[&str], delimiter: Delimiter) -> bool {
    if !cells.iter().any(|cell| matches!(cell, CsvCell::Quoted(_))) {
        return true;
    }
    let mut row = CsvText::new(delimiter.byte());
    row.cells(cells.iter().copied());
    let Ok(text) = String::from_utf8(row.finish()) else {
        return false;
    };
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    let mut reader = RecordReader::new(delimiter, &Repairs::default(), 0, 1);
    let mut read = CsvRecord::default();
    let is_one_row = matches!(reader.read(text, &mut read), Ok(true))
        && reader.position() == text.len()
        && read.len == expected.len();
    let mut texts = expected.iter().enumerate();
    is_one_row && texts.all(|(at, text)| cell::read(read.cells.get(at)) == *text)
}

/// Writes a cell so that reading it again gives the same result.
fn cell_of<'a>(
    row: &'a SheetRow,
    column: usize,
    text: &'a str,
    delimiter: Delimiter,
) -> CsvCell<'a> {
    if let Some(written) = row.as_written(column)
        && reads_back_unchanged(written, row, column, delimiter)
    {
        return CsvCell::Quoted(written);
    }
    // A leading apostrophe marks text that is meant to begin like a formula.
    let formula = DamageKind::TextFormula.repair(row.raw(column));
    if formula.is_some_and(|inner| is_harmless(&inner)) {
        return CsvCell::Harmless(row.raw(column));
    }
    CsvCell::Text(text)
}

/// Whether a cell is harmless and, read with the default repairs, shows the same damage as here, whatever the next cell
/// begins with.
fn reads_back_unchanged(
    written: &str,
    row: &SheetRow,
    column: usize,
    delimiter: Delimiter,
) -> bool {
    let delimiter_char = char::from(delimiter.byte());
    CLOSING.iter().all(|next| {
        let text = format!("{written}{delimiter_char}{next}");
        let mut reader = RecordReader::new(delimiter, &Repairs::default(), 0, 1);
        let mut read = CsvRecord::default();
        let is_one_cell = matches!(reader.read(&text, &mut read), Ok(true))
            && read.len == 2
            && reader.position() == text.len();
        let shows = |kind| read.marks.iter().any(|mark| mark.kind == kind);
        // Letters are checked on every read anyway.
        let mut kinds = row
            .marks(column)
            .filter(|kind| *kind != DamageKind::OddLetters);
        is_one_cell && kinds.all(shows) && is_harmless(read.cells.get(0))
    })
}

fn is_harmless(text: &str) -> bool {
    cell::write(text) == text
}
