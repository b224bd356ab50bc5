//! Finds the row with the column names, which may follow title rows.

use super::header_names;
use super::records::CsvRecord;

/// How many rows are searched for it, not counting blank rows.
pub(super) const MAX_HEADER_ROWS: usize = 20;

/// The index of the row with the column names: the one with the most known names (at least two), otherwise the first
/// with more than one filled cell, otherwise the first row.
pub(super) fn find(rows: &[CsvRecord]) -> usize {
    let filled = |row: &CsvRecord| {
        row.cells
            .iter()
            .filter(|cell| !cell.trim().is_empty())
            .count()
    };
    let with_columns = || rows.iter().position(|row| filled(row) > 1);
    find_known(rows).or_else(with_columns).unwrap_or_default()
}

/// The row with the most known names. A single known word may be a title.
pub(super) fn find_known(rows: &[CsvRecord]) -> Option<usize> {
    let known = |row: &CsvRecord| {
        row.cells
            .iter()
            .filter(|name| header_names::is_known(name))
            .count()
    };
    let mut best = (None, 1);
    for (at, row) in rows.iter().take(MAX_HEADER_ROWS).enumerate() {
        let known = known(row);
        if known > best.1 {
            best = (Some(at), known);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::super::damage_kind::Repairs;
    use super::super::delimiter::Delimiter;
    use super::super::records::RecordReader;
    use super::*;

    fn found(rows: &[&[&str]]) -> usize {
        let text: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
        let text = text.join("\n");
        let mut reader = RecordReader::new(Delimiter::Comma, &Repairs::none(), 0, 1);
        let mut records = Vec::new();
        let mut record = CsvRecord::default();
        while reader.read(&text, &mut record).unwrap() {
            records.push(std::mem::take(&mut record));
        }
        find(&records)
    }

    #[test]
    fn titles_are_passed_over() {
        let header: &[&str] = &["external_id", "legal_name", "country"];
        let row: &[&str] = &["p-1", "Old Mill Ltd", "GB"];
        assert_eq!(found(&[header, row]), 0);
        assert_eq!(
            found(&[
                &["Harbour Partners Ltd", "", ""],
                &["Customer list", "", ""],
                header,
                row
            ]),
            2
        );
        assert_eq!(found(&[&["Company", "as of", "2026"], header, row]), 1);
        // A row of unknown names still counts as the header if it is above the data.
        assert_eq!(
            found(&[&["Kunden"], &["Kennung", "Bezeichnung"], &["1", "A"]]),
            1
        );
        assert_eq!(found(&[&["Kennung", "Bezeichnung"], &["email", "A"]]), 0);
        assert_eq!(found(&[&["one"], &["1"], &["2"]]), 0);
        assert_eq!(found(&[]), 0);
    }
}
