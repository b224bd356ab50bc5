//! Which row holds the names of the columns: a spreadsheet may have titles above it.

use csv::StringRecord;

use super::names;

/// Among so many rows it is looked for, rows without any text not counted.
pub(super) const LOOKED_AT: usize = 20;

/// The index of the row that holds the names. The first one, unless a later one has more names that
/// are known, or only titles stand above it.
pub(super) fn find(rows: &[&StringRecord]) -> usize {
    let filled = |row: &&StringRecord| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let with_columns = || rows.iter().position(|row| filled(row) > 1);
    find_known(rows).or_else(with_columns).unwrap_or_default()
}

/// The row with most of the names that are known; one known word may well be a title.
pub(super) fn find_known(rows: &[&StringRecord]) -> Option<usize> {
    let known = |row: &StringRecord| row.iter().filter(|name| names::is_known(name)).count();
    let mut best = (None, 1);
    for (at, row) in rows.iter().take(LOOKED_AT).enumerate() {
        let known = known(row);
        if known > best.1 {
            best = (Some(at), known);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(rows: &[&[&str]]) -> usize {
        let rows: Vec<StringRecord> = rows.iter().map(|row| row.iter().collect()).collect();
        find(&rows.iter().collect::<Vec<_>>())
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
        // Names that nobody knows still stand above the rows.
        assert_eq!(
            found(&[&["Kunden"], &["Kennung", "Bezeichnung"], &["1", "A"]]),
            1
        );
        assert_eq!(found(&[&["Kennung", "Bezeichnung"], &["email", "A"]]), 0);
        assert_eq!(found(&[&["one"], &["1"], &["2"]]), 0);
        assert_eq!(found(&[]), 0);
    }
}
