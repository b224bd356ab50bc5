//! What other programs do to a file: nothing of it is stored without a word.

use super::*;

/// A row with the given header and cells, read with the default repairs.
fn read(text: &str, row: usize) -> ReadRow {
    let sheet = sheet(text.as_bytes());
    let reader = RowReader {
        columns: &sheet.columns,
        mapping: &propose(&sheet),
        repairs: &Repairs::default(),
        learned_types: &LearnedTypes::default(),
    };
    reader.read(&sheet.rows[row])
}

fn words(read: &ReadRow) -> Vec<&str> {
    let findings = read.findings.iter();
    findings.map(|finding| finding.message.as_str()).collect()
}

#[test]
fn garbled_names_in_a_file_of_utf8_are_restored_or_marked() {
    let file =
        "external_id,legal_name\n1,M√ºller GmbH\n2,ä¸Šæµ·è´¸æ˜“\n3,MŸller\n4,M╝ller\n5,BioÖl µ √\n";
    let names: Vec<_> = (0..5).map(|row| read(file, row)).collect();
    assert_eq!(names[0].draft[Field::LegalName], "Müller GmbH");
    assert_eq!(names[1].draft[Field::LegalName], "上海贸易");
    for odd in &names[2..4] {
        assert_eq!(odd.kinds, [(DamageKind::OddLetters, Field::LegalName)]);
        assert!(words(odd)[0].contains("unlikely letters"), "{odd:?}");
    }
    assert_eq!(names[4].kinds, []);
    let sheet = sheet(file.as_bytes());
    // What is restored needs no other encoding.
    assert_eq!(
        (sheet.odd_letters.cells, &*sheet.odd_letters.sample),
        (2, "MŸller")
    );
}
#[test]
fn backslashes_before_marks_are_read_in_any_cell() {
    for (cell, name) in [
        ("O\\'Brien Ltd", "O'Brien Ltd"),
        ("\"O\\'Brien Ltd\"", "O'Brien Ltd"),
        ("The \\\"Old Mill\\\" Ltd", "The \"Old Mill\" Ltd"),
        ("\"O\\'Brien, \\\"Old\\\" Mill\"", "O'Brien, \"Old\" Mill"),
    ] {
        let row = read(&format!("external_id,legal_name\n1,{cell}\n"), 0);
        assert_eq!(row.draft[Field::LegalName], name);
        let kinds = [(DamageKind::BackslashEscape, Field::LegalName)];
        assert_eq!(row.kinds, kinds, "{cell}");
        assert!(words(&row)[0].contains(name), "{row:?}");
    }
    // JSON has such escapes of its own.
    let json = r#"{"a": "5\" pipe"}"#;
    let cell = json.replace('"', "\"\"");
    let row = read(&format!("external_id,metadata\n1,\"{cell}\"\n"), 0);
    assert_eq!((&*row.draft[Field::Metadata], row.kinds), (json, vec![]));
}

#[test]
fn ids_ending_in_zeros_are_judged_by_their_column() {
    let ids = |ids: &[&str]| -> Vec<(String, Vec<String>)> {
        let text = format!("external_id\n{}\n", ids.join("\n"));
        let row = |at| {
            let row = read(&text, at);
            let words = words(&row).into_iter().map(str::to_owned).collect();
            (row.draft[Field::ExternalId].clone(), words)
        };
        (0..ids.len()).map(row).collect()
    };
    let all = ids(&["1001.0", "1002.0", "1003.0"]);
    let said = |id: &str| vec![format!("“{id}.0” is read as {id}.")];
    assert_eq!(all[0], ("1001".to_owned(), said("1001")));
    assert_eq!(all[2], ("1003".to_owned(), said("1003")));
    // Among fractions and other ids, they may be versions.
    for other in ["1.1", "A-7"] {
        let all = ids(&["1.0", other]);
        let words = "Numbers ending in .0; it is sent unchanged: “1.0”.".to_owned();
        assert_eq!(all[0], ("1.0".to_owned(), vec![words]));
        assert_eq!(all[1], (other.to_owned(), vec![]));
    }
}

#[test]
fn an_apostrophe_that_marks_a_number_as_text_is_not_part_of_it() {
    let row = read("external_id,tin,legal_name\n'000123,'12-34/5,'80 Ltd\n", 0);
    assert_eq!(
        (&*row.draft[Field::ExternalId], &*row.draft[Field::Tin]),
        ("000123", "12-34/5")
    );
    assert_eq!(row.draft[Field::LegalName], "'80 Ltd");
    let both = words(&row);
    assert_eq!(both[0], "“'000123” is read as 000123.");
    assert_eq!(both.len(), 2);
    let row = read("external_id,tin\n'80s,'1'\n", 0);
    assert_eq!(
        (&*row.draft[Field::ExternalId], &*row.draft[Field::Tin]),
        ("'80s", "1")
    );
}

#[test]
fn damage_below_damage_is_repaired_as_well() {
    for (cell, name) in [
        ("M&Atilde;&frac14;ller", "Müller"),
        ("M&amp;uuml;ller", "Müller"),
        ("M&amp;amp;uuml;ller", "Müller"),
        ("=&quot;0012&quot;", "0012"),
    ] {
        let row = read(&format!("external_id,legal_name\n1,{cell}\n"), 0);
        assert_eq!(row.draft[Field::LegalName], name, "{cell}");
        let said = format!("“{cell}” is read as {name}.");
        assert_eq!(words(&row), [said]);
        let mut kinds = row.kinds.clone();
        kinds.dedup();
        assert_eq!(row.kinds, kinds, "each kind counts once");
    }
}

#[test]
fn a_thred_id_that_no_business_has_is_said() {
    let id = "00000000-0000-0000-0000-000000000009";
    let file = format!(
        "id,external_id,legal_name,country,entity_type,email\n\
         {id},u-8,New Ltd,GB,limited,a@b.example\n\
         00000000-0000-0000-0000-000000000001,,,,,\n"
    );
    assert_eq!(
        said(&file, &list()),
        [
            format!(
                "2 Create: Note: external_id: No business in the list has the Thred id {id}. The id is not sent."
            ),
            "3 Already exists: No differences, nothing to do".to_owned(),
        ]
    );
}
