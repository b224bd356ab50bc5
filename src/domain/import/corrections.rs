//! Cells that the user corrected before the run. The file itself is never changed.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::sheet_row::SheetRow;

/// Replacement texts for cells of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Corrections {
    /// By row index in the sheet, then by column.
    rows: BTreeMap<usize, BTreeMap<usize, String>>,
}

impl Corrections {
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The number of rows with at least one correction.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    pub fn is_in(&self, row: usize) -> bool {
        self.rows.contains_key(&row)
    }

    /// Replaces all corrections of one row.
    #[must_use]
    pub fn with_row(mut self, row: usize, cells: BTreeMap<usize, String>) -> Self {
        if cells.is_empty() {
            self.rows.remove(&row);
        } else {
            self.rows.insert(row, cells);
        }
        self
    }

    /// Returns a row with its corrections applied.
    pub(super) fn apply<'a>(&self, index: usize, row: &'a SheetRow) -> Cow<'a, SheetRow> {
        match self.rows.get(&index) {
            Some(cells) => Cow::Owned(row.with_cells(cells)),
            None => Cow::Borrowed(row),
        }
    }

    /// Without those of the rows for which `keeps` is false.
    pub(super) fn retain(&mut self, keeps: impl Fn(usize) -> bool) {
        self.rows.retain(|row, _| keeps(*row));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{dry_run, sheet};
    use super::super::{Delimiter, RowVerdict, Sheet, failed_rows_csv};
    use super::*;

    const FILE: &[u8] = b"external_id,legal_name,entity_type,email,country\n\
        a-1,One Ltd,limited,one-at-x,GB\n\
        a-2, \"Two, Ltd\",limited,two@x.example,GB\n";

    fn corrected(row: usize, cells: &[(usize, &str)]) -> Sheet {
        let cells = cells
            .iter()
            .map(|(column, text)| (*column, (*text).to_owned()));
        let corrections = Corrections::default().with_row(row, cells.collect());
        sheet(FILE).corrected(corrections)
    }

    fn outcomes(sheet: &Sheet) -> Vec<&'static str> {
        let verdicts = dry_run(sheet, &[]).verdicts;
        verdicts
            .iter()
            .map(|verdict| verdict.outcome.name())
            .collect()
    }

    #[test]
    fn a_corrected_cell_is_judged_as_if_the_file_had_it() {
        assert_eq!(outcomes(&sheet(FILE)), ["Invalid", "Create"]);
        assert_eq!(
            outcomes(&corrected(0, &[(3, "one@x.example")])),
            ["Create", "Create"]
        );
        let twin = dry_run(&corrected(0, &[(0, "a-2"), (3, "one@x.example")]), &[]);
        assert!(matches!(
            twin.verdicts[1].outcome,
            RowVerdict::Invalid { .. }
        ));
        assert_eq!(outcomes(&corrected(1, &[(4, "")])), ["Invalid", "Invalid"]);
    }

    #[test]
    fn the_file_of_failed_rows_has_it_and_keeps_what_is_odd_elsewhere() {
        let sheet = corrected(1, &[(3, "new@x.example, again")]);
        let file = failed_rows_csv(&sheet, Delimiter::Comma, [(0, "Why"), (1, "Not sent")]);
        let file = String::from_utf8(file).unwrap();
        assert!(
            file.contains("a-1,One Ltd,limited,one-at-x,GB,Why"),
            "{file}"
        );
        assert!(
            file.contains("a-2, \"Two, Ltd\",limited,\"new@x.example, again\",GB,Not sent"),
            "{file}"
        );
    }

    #[test]
    fn a_row_can_become_longer_and_what_was_odd_about_a_cell_goes_with_it() {
        let sheet = sheet(b"a,b,c\nx\n");
        let cells = BTreeMap::from([(2, "z".to_owned())]);
        let sheet = sheet.corrected(Corrections::default().with_row(0, cells));
        let row = sheet.row(0).unwrap();
        assert_eq!(
            (
                row.text(0).as_ref(),
                row.text(1).as_ref(),
                row.text(2).as_ref()
            ),
            ("x", "", "z")
        );
        assert_eq!(row.len(), 3);
        let odd = corrected(1, &[(1, "Two Ltd")]);
        assert_eq!(super::super::tests::sheet(FILE).rows[1].marks(1).count(), 1);
        assert_eq!(odd.row(1).unwrap().marks(1).count(), 0);
    }

    #[test]
    fn it_stays_with_its_row_however_the_file_is_read() {
        let corrections = Corrections::default().with_row(1, BTreeMap::from([(0, "x".to_owned())]));
        let before = sheet(b"id,name\na,1\nb,2\n").corrected(corrections.clone());
        let kept = |after| sheet(after).with_corrections_of(&before).corrections == corrections;
        assert!(kept(b"id,name\n\xC3\xA4,1\nb,2\n"), "another encoding");
        assert!(!kept(b"id,name\n\"a,1\nx\",b\nc,2\n"), "other rows");
        assert!(!kept(b"id\na,1\nb,2\n"), "other columns");
    }

    #[test]
    fn it_is_read_back() {
        let corrections = Corrections::default().with_row(
            7,
            BTreeMap::from([(0, "x".to_owned()), (3, "\"ü\n".to_owned())]),
        );
        let json = serde_json::to_string(&corrections).unwrap();
        assert_eq!(
            serde_json::from_str::<Corrections>(&json).unwrap(),
            corrections
        );
        assert!(corrections.with_row(7, BTreeMap::new()).is_empty());
    }
}
