use proptest::prelude::*;

use super::*;
use crate::domain::export::{ExportColumn, to_csv};
use crate::domain::text::ServerText;

/// Texts with everything that breaks CSV, spreadsheets or displays.
fn hostile_text() -> impl Strategy<Value = String> {
    "['=+@\\-]{0,2}(\\PC|[ ,;\"'\t\r\n|]|[\u{0}-\u{20}\u{7F}-\u{A0}\u{200B}-\u{206F}\u{FEFF}]|\\[U\\+|UK){0,12}"
}

fn field() -> impl Strategy<Value = Option<ServerText>> {
    prop::option::of(hostile_text().prop_map(|text| ServerText::from(text.as_str())))
}

fn business() -> impl Strategy<Value = Business> {
    let texts = prop::collection::vec(field(), 12);
    (any::<u128>(), texts, any::<Option<bool>>()).prop_map(|(id, texts, is_active)| {
        let mut texts = texts.into_iter();
        let mut next = || texts.next().flatten();
        Business {
            external_id: next(),
            name: next(),
            legal_name: next(),
            entity_type: next(),
            country: next(),
            province: next(),
            nace_code: next(),
            email: next(),
            vat_number: next(),
            company_number: next(),
            tax_id: next(),
            base_currency: next(),
            is_active,
            ..Business::unknown(BusinessId(Uuid::from_u128(id)))
        }
    })
}

#[test]
fn marks_in_two_cells_of_failed_rows_do_not_become_one_cell() {
    let file = "external_id,legal_name,tin\nfirst,“,\"”\",\\\n";
    let before = Sheet::read(file.into(), Delimiter::Comma).unwrap();
    let bytes = failed_rows_csv(&before, Delimiter::Comma, [(0, "Why")]);
    let text = String::from_utf8(bytes).unwrap();
    let after = Sheet::read(text.trim_start_matches('\u{FEFF}').into(), Delimiter::Comma).unwrap();
    assert_eq!(
        (after.rows[0].text(1), after.rows[0].text(2)),
        ("“".into(), "”".into())
    );
}

#[test]
fn a_backslash_before_a_cell_in_curly_marks_stays_in_its_cell() {
    let file = "external_id,legal_name,tin\nfirst,“\\,“\",”\n";
    let before = Sheet::read(file.into(), Delimiter::Comma).unwrap();
    let bytes = failed_rows_csv(&before, Delimiter::Comma, [(0, "Why")]);
    let text = String::from_utf8(bytes).unwrap();
    let after = Sheet::read(text.trim_start_matches('\u{FEFF}').into(), Delimiter::Comma).unwrap();
    assert_eq!(
        (after.rows[0].text(1), after.rows[0].text(2)),
        ("“\\".into(), "“\",”".into())
    );
}

proptest! {
    /// Importing an exported file reports "already exist" for every row.
    #[test]
    fn any_row_survives_export_and_import(businesses in prop::collection::vec(business(), 1..6)) {
        let bytes = to_csv(&businesses, &ExportColumn::ALL);
        let sheet = sheet(&bytes);
        prop_assert_eq!(sheet.rows.len(), businesses.len());
        for (row, business) in sheet.rows.iter().zip(&businesses) {
            for (column, text) in [
                (1, &business.external_id),
                (2, &business.name),
                (3, &business.legal_name),
                (12, &business.base_currency),
            ] {
                let stored = text.as_ref().map_or("", |text| text.raw());
                prop_assert_eq!(row.text(column), stored);
            }
        }
        let run = dry_run(&sheet, &businesses);
        for verdict in &run.verdicts {
            prop_assert!(matches!(verdict.outcome, RowVerdict::Exists { .. }), "{:?}", verdict);
        }
    }

    /// Failed rows keep every cell, even after two rounds, and their reasons are never read as data.
    #[test]
    fn failed_rows_can_be_imported_again(
        cells in prop::collection::vec(prop::collection::vec(hostile_text(), 3), 1..5),
        delimiter in prop::sample::select(Delimiter::ALL.to_vec()),
    ) {
        let mut first = crate::domain::export::CsvText::new(delimiter.byte());
        first.row(["external_id", "legal_name", "shoe_size"]);
        for row in &cells {
            // The first cell is never blank, so the row is not skipped.
            first.row([format!("x{}", row[0]).as_str(), &row[1], &row[2]]);
        }
        let mut bytes = first.finish();
        for _ in 0..2 {
            let before = sheet(&bytes);
            let reasons = (0..before.rows.len()).map(|row| (row, "=E-mail; is, \"missing\""));
            bytes = failed_rows_csv(&before, delimiter, reasons);
            let after = sheet(&bytes);
            prop_assert_eq!(after.header.last().map(String::as_str), Some(REASON_HEADER));
            prop_assert_eq!(after.header.len(), 4);
            prop_assert_eq!(Mapping::propose(&after.header, &after.columns).used(), 2);
            for (row, wanted) in after.rows.iter().zip(&cells) {
                prop_assert_eq!(row.text(0), format!("x{}", wanted[0]));
                prop_assert_eq!(row.text(1), wanted[1].as_str());
                prop_assert_eq!(row.text(2), wanted[2].as_str());
            }
        }
    }

    /// All damage in a cell is still there in the failed rows, or the row has none if its cells would run together.
    #[test]
    fn damage_is_found_in_the_failed_rows_as_well(
        text in "[ab“”„, \"\\\\\u{A0}]{0,40}",
        delimiter in prop::sample::select(vec![Delimiter::Comma, Delimiter::Semicolon]),
    ) {
        let file = format!("external_id,legal_name,tin\nfirst,{text}\n").replace(',', &char::from(delimiter.byte()).to_string());
        let Ok(before) = Sheet::read(file.as_str().into(), delimiter) else {
            return Ok(());
        };
        let rows = (0..before.rows.len()).map(|row| (row, "Why"));
        let bytes = failed_rows_csv(&before, delimiter, rows);
        let after = Sheet::read(String::from_utf8(bytes).unwrap().trim_start_matches('\u{FEFF}').into(), delimiter).unwrap();
        prop_assert_eq!(after.rows.len(), before.rows.len());
        for (was, is) in before.rows.iter().zip(after.rows.iter()) {
            let of = |row: &SheetRow| {
                let marks = row.marks.iter();
                let marks = marks.filter(|mark| mark.kind != DamageKind::OddLetters && mark.column < 3);
                marks.cloned().collect::<Vec<_>>()
            };
            for column in 0..3 {
                prop_assert_eq!(was.text(column), is.text(column));
            }
            let is_plain = of(is).is_empty() && before.header.len() < was.len();
            prop_assert!(is_plain || of(was) == of(is), "{:?} and {:?} in {}", of(was), of(is), file);
        }
    }

    /// Reading in steps of any size gives the same table, or the same problem, as reading at once.
    #[test]
    fn steps_of_any_size_read_the_same(
        text in "[ab,\" \\\\\r\n\u{FEFF}\u{0}]{0,60}",
        step in 1_usize..5,
    ) {
        let text = format!("h1,h2\n{text}\nlast,1\n");
        let mut reading = SheetReader::new(text.as_str().into(), &comma());
        let stepwise = loop {
            match reading.step(step) {
                Ok(progress) if progress.is_complete() => break reading.finish(),
                Ok(_) => {}
                Err(problem) => break Err(problem),
            }
        };
        prop_assert_eq!(&stepwise, &Sheet::read(text.as_str().into(), Delimiter::Comma));
        if let Ok(sheet) = stepwise {
            prop_assert!(sheet.rows.is_sorted_by_key(|row| row.line));
            let last = sheet.rows.last().unwrap();
            prop_assert_eq!(last.text(0), "last");
        }
    }

    #[test]
    fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(source) = DecodedFile::open(&bytes) {
            for delimiter in Delimiter::ALL {
                if let Ok(sheet) = Sheet::read(source.text.clone(), delimiter) {
                    dry_run(&sheet, &[]);
                }
            }
        }
    }
}

#[test]
fn cells_beyond_the_header_are_kept_in_the_failed_rows() {
    let sheet = sheet(b"external_id,legal_name\n1,Books, Maps\n");
    let text = failed_rows_csv(&sheet, Delimiter::Comma, [(0, "Why"), (9, "None")]);
    assert_eq!(
        String::from_utf8(text).unwrap(),
        "\u{FEFF}external_id,legal_name,import_reason\r\n1,Books,Why, Maps\r\n"
    );
}

/// The findings about the cells of each row.
fn findings(sheet: &Sheet) -> Vec<Vec<(DamageKind, String)>> {
    let reader = RowReader {
        columns: &sheet.columns,
        mapping: &propose(sheet),
        repairs: &Repairs::default(),
        learned_types: &LearnedTypes::default(),
    };
    let of = |row: &SheetRow| {
        let read = reader.read(row);
        let kinds = read.kinds.iter();
        kinds
            .map(|(kind, field)| (*kind, read.as_written()[*field].clone()))
            .collect()
    };
    sheet.rows.iter().map(of).collect()
}

/// Importing the failed rows finds the damage again, instead of accepting repaired values as the original.
#[test]
fn every_kind_of_damage_survives_in_the_failed_rows() {
    let rows = [
        "1, \"Old, Mill\",",
        "2,\"Old\" Mill,",
        "3,\"The \\\"Old, Mill\\\"\",",
        "4,“Old, Mill”,",
        "5,M\u{178}ller,",
        "6,MÃ¼ller,",
        "7,M&uuml;ller,NULL",
        "1.23457e+14,Mill,#REF!",
        "9,“Mill”,1234567.0",
        "=\"000123\",=HYPERLINK(1),31.12.26",
        "u\u{A0}1,Old  Mill,2026-12-31 12:00",
        "u\u{AD}2,\"Old\nMill\",\u{1}",
    ];
    let file = format!("external_id,legal_name,tin\n{}\n", rows.join("\n"));
    // As text decoded with a guessed encoding.
    let options = ReadOptions {
        encoding: Encoding::Windows1252,
        ..comma()
    };
    let mut reading = SheetReader::new(file.as_str().into(), &options);
    while !reading.step(usize::MAX).unwrap().is_complete() {}
    let before = reading.finish().unwrap();
    let found = findings(&before);
    assert!(found.iter().all(|row| !row.is_empty()), "{found:#?}");
    let all = (0..before.rows.len()).map(|row| (row, "Why; not"));
    let again = sheet(&failed_rows_csv(&before, Delimiter::Comma, all));
    assert_eq!(findings(&again), found);
}

/// A formula is neutralised even if its quotation marks are odd.
#[test]
fn a_formula_between_odd_marks_is_harmless_in_the_failed_rows() {
    for cell in ["\"=1+1\" x", " \"=1+1\"", "“Mill,=1+1”", "=\"a\"&B1"] {
        let sheet = sheet(format!("external_id,legal_name\n1,{cell}\n").as_bytes());
        let bytes = failed_rows_csv(&sheet, Delimiter::Comma, [(0, "Why")]);
        let text = String::from_utf8(bytes).unwrap();
        let line = text.lines().nth(1).unwrap();
        assert!(line.contains("'="), "{cell} is written as {line}");
    }
}
