//! The rows that failed, with the reason beside them, to be mended and imported again.

use super::delimiter::Delimiter;
use super::sheet::Sheet;
use crate::domain::export::CsvText;

/// Name of the added column. A mapping never uses it, and the next such file replaces it.
pub const REASON_HEADER: &str = "import_reason";

/// A CSV file with the columns of the original and a reason for each row.
///
/// `rows` are indices in the sheet with their reasons; others are passed over.
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
        let Some(row) = sheet.rows.get(index) else {
            continue;
        };
        let mut texts: Vec<_> = kept.iter().map(|column| row.text(*column)).collect();
        texts.push(reason.into());
        // What stood beyond the last column must not be lost either.
        texts.extend((sheet.header.len()..row.len()).map(|column| row.text(column)));
        out.row(texts.iter().map(AsRef::as_ref));
    }
    out.finish()
}
