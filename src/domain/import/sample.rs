//! An example file for the import.

use crate::domain::draft::Field;
use crate::domain::export::CsvText;

/// A CSV file with every column and three invented rows that would all be created. E-mail addresses end in `.example`,
/// which is reserved (RFC 2606).
pub fn sample_csv() -> Vec<u8> {
    const ROWS: [[&str; Field::COUNT]; 3] = [
        [
            "GB",
            "GBP",
            "limited",
            "sample-0001",
            "Harbour Lane Books Ltd",
            "accounts@harbourlane.example",
            "GB345678123",
            "01234567",
            "",
            "+44 20 7946 0000",
            "Greater London",
            "47.61",
            "accrual",
            "2026-12-31",
            "en",
            "{\"plan\": \"pro\"}",
        ],
        [
            "DE",
            "EUR",
            "gmbh",
            "sample-0002",
            "Bäckerei Lindenhof GmbH",
            "buchhaltung@lindenhof.example",
            "DE812345678",
            "HRB 20418",
            "",
            "",
            "Bayern",
            "10.71",
            "",
            "",
            "",
            "",
        ],
        [
            "SE",
            "",
            "ab",
            "sample-0003",
            "Ångström Redovisning AB",
            "info@angstrom.example",
            "",
            "",
            "",
            "",
            "",
            "",
            "cash",
            "",
            "",
            "",
        ],
    ];
    let mut out = CsvText::new(b',');
    out.row(Field::ALL.map(Field::api_name));
    for row in ROWS {
        out.row(row);
    }
    out.finish()
}
