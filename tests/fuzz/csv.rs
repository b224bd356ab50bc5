//! Reading import files: bytes to text, and text to rows.

use std::sync::Arc;

use thred_console::domain::import::{
    DecodedFile, Delimiter, Encoding, FileProblem, MAX_COLUMNS, ReadOptions, Repairs, Sheet,
    SheetReader,
};

use crate::input::{assert_plain, fuzz};

/// Reads a file, `rows` rows at a time.
fn read(text: &str, options: &ReadOptions, rows: usize) -> Result<Sheet, FileProblem> {
    let mut reading = SheetReader::new(Arc::from(text), options);
    let mut steps = 0;
    while !reading.step(rows)?.is_complete() {
        steps += 1;
        assert!(steps <= text.len(), "a step does nothing");
    }
    reading.finish()
}

/// All cells of all rows.
fn cells(sheet: &Sheet) -> Vec<Vec<String>> {
    let cells = |row: &thred_console::domain::import::SheetRow| {
        (0..row.len())
            .map(|column| row.text(column).into_owned())
            .collect()
    };
    sheet.rows.iter().map(cells).collect()
}

#[test]
fn an_import() {
    const WORDS: [&str; 10] = [
        "external_id",
        "\t",
        "|",
        "\"\r\n\"",
        "sep=;\n",
        "\u{fffd}",
        "[U+0041]",
        "é",
        "ß",
        "\n\n",
    ];
    fuzz("csv", &WORDS, |bytes| {
        for encoding in Encoding::ALL {
            if let Ok(source) = DecodedFile::open_as(bytes, encoding) {
                let most = 3 * bytes.len();
                assert!(
                    source.text.len() <= most,
                    "{encoding:?} makes {} bytes",
                    source.text.len()
                );
            }
        }
        let Ok(source) = DecodedFile::open(bytes) else {
            return false;
        };
        let text = &*source.text;
        let options = ReadOptions {
            encoding: source.encoding,
            delimiter: Delimiter::detect(text),
            header_row: None,
            repairs: Repairs::default(),
        };
        let whole = read(text, &options, usize::MAX);
        for rows in [1, 2, 7] {
            assert_eq!(read(text, &options, rows), whole, "in steps of {rows}");
        }
        let Ok(sheet) = whole else { return false };
        assert_sound(&sheet, text);
        if !text.contains(['"', '\r']) {
            for end in ["\r\n", "\r"] {
                let other = DecodedFile::open(text.replace('\n', end).as_bytes());
                let same = other.and_then(|other| read(&other.text, &options, usize::MAX));
                // The copy is UTF-8, so it may be read differently if the original is not.
                if let Ok(same) = same
                    && source.encoding == Encoding::Utf8
                {
                    assert_eq!(cells(&same), cells(&sheet), "lines end with {end:?}");
                }
            }
        }
        true
    });
}

fn assert_sound(sheet: &Sheet, text: &str) {
    assert!((1..=MAX_COLUMNS).contains(&sheet.header.len()));
    assert_eq!(sheet.columns.len(), sheet.header.len());
    for sample in sheet.columns.iter().flat_map(|column| &column.samples) {
        assert_plain(sample);
    }
    let ends = text.bytes().filter(|byte| b"\r\n".contains(byte)).count();
    let lines: Vec<u64> = sheet.rows.iter().map(|row| row.line).collect();
    assert!(lines.is_sorted(), "{lines:?}");
    assert!(
        lines
            .iter()
            .all(|line| (1..=ends as u64 + 1).contains(line)),
        "{lines:?}"
    );
    let told: usize = cells(sheet).iter().flatten().map(String::len).sum();
    assert!(told <= text.len(), "{told} bytes of {}", text.len());
    let filled = sheet.columns.iter().map(|column| column.filled).max();
    assert!(filled <= Some(sheet.rows.len()));
}
