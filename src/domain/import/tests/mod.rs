//! End-to-end tests of the import, and the messages for bad files.

mod bad_files;
mod damage;
mod journal;
mod rejection;
mod round_trip;

use std::sync::Arc;

use uuid::Uuid;

use super::*;
use crate::domain::business::{Business, BusinessId, CompactBusiness};
use crate::domain::draft::{
    CheckContext, Differences, Field, KnownBusinesses, LearnedTypes, Stored,
};

pub(super) fn sheet(bytes: &[u8]) -> Sheet {
    let source = DecodedFile::open(bytes).unwrap();
    let options = ReadOptions {
        encoding: source.encoding,
        delimiter: Delimiter::detect(&source.text),
        header_row: None,
        repairs: Repairs::default(),
    };
    let mut reading = SheetReader::new(source.text, &options);
    while !reading.step(usize::MAX).unwrap().is_complete() {}
    reading.finish().unwrap()
}

/// The options that most files are read with.
pub(super) fn comma() -> ReadOptions {
    ReadOptions {
        encoding: Encoding::Utf8,
        delimiter: Delimiter::Comma,
        header_row: None,
        repairs: Repairs::default(),
    }
}

pub(super) fn propose(sheet: &Sheet) -> Mapping {
    Mapping::propose(&sheet.header, &sheet.columns)
}

/// A plan for a dry run without any existing businesses.
pub(super) fn plan(sheet: &Sheet) -> DryRunPlan {
    DryRunPlan {
        sheet: Arc::new(sheet.clone()),
        mapping: propose(sheet),
        repairs: Repairs::default(),
        learned_types: LearnedTypes::default(),
        known: Vec::new(),
    }
}

pub(super) fn dry_run(sheet: &Sheet, known: &[Business]) -> DryRun {
    DryRunPlan {
        known: known.iter().map(CompactBusiness::from).collect(),
        ..plan(sheet)
    }
    .run(|_| true)
    .unwrap()
}

fn first_row(sheet: &Sheet, mapping: &Mapping) -> ReadRow {
    let reader = RowReader {
        columns: &sheet.columns,
        mapping,
        repairs: &Repairs::default(),
        learned_types: &LearnedTypes::default(),
    };
    reader.read(&sheet.rows[0])
}

/// Outcome and reason of every row.
pub(super) fn said(text: &str, known: &[Business]) -> Vec<String> {
    let run = dry_run(&sheet(text.as_bytes()), known);
    let verdicts = run.verdicts.iter();
    verdicts
        .map(|v| format!("{} {}: {}", v.line, v.outcome.name(), v.reason()))
        .collect()
}

fn list() -> Vec<Business> {
    let business = |id, external_id: &str, name: &str| Business {
        external_id: Some(external_id.into()),
        legal_name: Some(name.into()),
        entity_type: Some("ehf".into()),
        country: Some("IS".into()),
        base_currency: Some("ISK".into()),
        ..Business::unknown(BusinessId(Uuid::from_u128(id)))
    };
    let mut told = business(2, "user-50988", "Vlaamse Fietsen B.V.");
    told.email = Some("info@fietsen.example".into());
    vec![business(1, "user-50961", "Ægir Sjávarfang ehf."), told]
}

#[test]
fn the_sample_would_be_created_without_a_word() {
    let rows = str::from_utf8(SAMPLE_CSV).unwrap().strip_prefix('\u{FEFF}');
    assert!(rows.unwrap().lines().count() == 4 && rows.unwrap().ends_with("\r\n"));
    let sheet = sheet(SAMPLE_CSV);
    let mapping = propose(&sheet);
    assert_eq!(mapping.used(), Field::COUNT);
    assert_eq!(mapping.missing(), []);
    let run = dry_run(&sheet, &[]);
    assert_eq!(run.counts.create, 3);
    assert_eq!(run.counts.noted, 0, "{:?}", run.verdicts);
    let body = first_row(&sheet, &mapping).draft.to_request_json().unwrap();
    assert_eq!(body["metadata"]["plan"], "pro");
    assert_eq!(body["phone_number"], "+44 20 7946 0000");
}

#[test]
fn every_row_is_told_apart_with_its_reason() {
    let file = "external_id;legal_name;country;entity_type;email\n\
        user-1;Harbour Lane Books Ltd;GB;limited;a@b.example\n\
        user-50961;Ægir Sjávarfang ehf.;is;EHF;\n\
        user-50961;Twice;IS;ehf;a@b.example\n\
        user-50988;Vlaamse Fietsen B.V.;Iceland;ehf;winkel@fietsen.example\n\
        user-2;Petit & Fils SARL;FR;sarl;\n\
        ;Nordwind;FR;sas;a@b.example\n\
        user-3;Bryn Mawr Joinery;GB;gmbh;a@b.example\n\
        user-4;ægir sjavarfang EHF.;UK;Sole trader;a@b\n\
        user-5;ægir sjavarfang EHF.;UK;Sole trader;a@b.example\n\
        user-50961;Ægir Sjávarfang ehf.;SG;ehf;x@y.example\n";
    let list = list();
    assert_eq!(
        said(file, &list),
        [
            "2 Create: ",
            "3 Already exists: No differences, nothing to do",
            "4 Invalid: Same external_id as line 3",
            "5 Differs: Stored e-mail is info@fietsen.example; the file has winkel@fietsen.example",
            "6 Invalid: E-mail is missing",
            "7 Invalid: external_id is missing",
            "8 Invalid: Entity type “gmbh” is not one of the 5 for GB: limited, sole_trader, \
             partnership, llp, plc",
            "9 Invalid: E-mail: The part after @ needs a dot, as in b.example",
            "10 Create: Note: Country: “UK” is read as GB. Entity type: “Sole trader” is read as sole_trader. \
             Legal name: A business with this name already exists, under external_id user-50961.",
            "11 Invalid: Same external_id as line 3",
        ]
    );
    let run = dry_run(&sheet(file.as_bytes()), &list);
    assert_eq!(
        run.counts.to_string(),
        "create 2 · already exist 1 · differ 1 · invalid 6"
    );
    assert_eq!((run.counts.noted, run.counts.total()), (1, 10));
}

#[test]
fn what_the_list_does_not_show_is_not_said_to_be_the_same() {
    let file = "external_id,legal_name,phone\nuser-50961,Ægir Sjávarfang ehf.,+354 1\n";
    assert_eq!(
        said(file, &list()),
        ["2 Already exists: No differences in the listed fields, nothing to do"]
    );
}

#[test]
fn too_many_cells_are_put_down_to_a_separator() {
    let said = said("external_id,email\n1,a@b.example,c\n", &list());
    assert!(
        said[0].contains("Put quotation marks around cells"),
        "{said:?}"
    );
}

#[test]
fn the_entity_type_of_a_listed_business_is_valid() {
    let file = "external_id,legal_name,country,entity_type,email\n\
        user-1,One Pte. Ltd.,SG,pte_ltd,a@b.example\n";
    let [said_of_unknown] = &said(file, &[])[..] else {
        panic!("one row");
    };
    assert!(
        said_of_unknown.contains("“pte_ltd” may not be on it"),
        "{said_of_unknown}"
    );
    let listed = Business {
        country: Some("SG".into()),
        entity_type: Some("pte_ltd".into()),
        ..Business::unknown(BusinessId(Uuid::from_u128(7)))
    };
    assert_eq!(said(file, &[listed]), ["2 Create: "]);
}

#[test]
fn a_known_id_is_enough_to_know_a_business() {
    let file = "id,external_id,legal_name\n\
        00000000-0000-0000-0000-000000000001,,Ægir Sjávarfang ehf.\n\
        00000000-0000-0000-0000-000000000001,user-7,\n\
        00000000-0000-0000-0000-000000000009,user-8,New\n";
    assert_eq!(
        said(file, &list()),
        [
            "2 Already exists: No differences, nothing to do",
            "3 Differs: Stored external_id is user-50961; the file has user-7",
            "4 Invalid: Country is missing. Base currency is missing. Entity type is missing. E-mail is missing.",
        ]
    );
}

#[test]
fn columns_have_facts_and_a_country_can_stand_for_all_rows() {
    let sheet = sheet(b"external_id,notes\n=1,x\n2,x\n3,y\n,\n4,\xE2\x80\xAEz\n");
    assert_eq!(sheet.columns[1].filled, 4);
    assert_eq!(sheet.columns[1].samples, ["x", "y", "[U+202E]z"]);
    assert_eq!(sheet.empty_rows, 1);
    let mut mapping = propose(&sheet);
    mapping.set_default(Field::Country, "NL");
    assert_eq!(first_row(&sheet, &mapping).draft[Field::Country], "NL");
}

#[test]
fn a_run_of_ten_thousand_rows_advances_by_any_number() {
    let mut file = String::from("external_id,legal_name,country,entity_type,email\n");
    for row in 0..10_000 {
        file.push_str(&format!("u-{row},Name {row},GB,limited,a{row}@b.example\n"));
    }
    let mut reading = SheetReader::new(file.as_str().into(), &comma());
    let mut steps = 0;
    while !reading.step(1000).unwrap().is_complete() {
        steps += 1;
    }
    assert_eq!(steps, 10);
    let sheet = reading.finish().unwrap();
    assert_eq!(sheet.rows.last().unwrap().line, 10_001);
    assert_eq!(dry_run(&sheet, &[]).counts.create, 10_000);
}

/// The comparison after a row was sent uses the same rules as the form.
#[test]
fn differences_are_those_of_the_form() {
    let list = list();
    let sheet = sheet(b"external_id,legal_name\nuser-50961,Other\n");
    let read = first_row(&sheet, &propose(&sheet));
    let all = Differences::between(&read.draft, &Stored::from_list(&list[0]));
    let run = dry_run(&sheet, &list);
    let RowVerdict::Differs { differences, .. } = &run.verdicts[0].outcome else {
        panic!("the name differs");
    };
    assert_eq!(*differences, all);
}

#[test]
fn a_row_that_is_judged_again_is_only_compared_with_earlier_rows() {
    let file = "external_id,legal_name,country,entity_type,email\n\
        user-1,One Ltd,GB,limited,a@b.example\n\
        user-1,Two Ltd,GB,limited,c@d.example\n";
    let sheet = sheet(file.as_bytes());
    let run = dry_run(&sheet, &[]);
    let (mapping, learned_types) = (propose(&sheet), LearnedTypes::default());
    let reader = RowReader {
        columns: &sheet.columns,
        mapping: &mapping,
        repairs: &Repairs::default(),
        learned_types: &learned_types,
    };
    let context = CheckContext {
        learned_types: &learned_types,
        known: &KnownBusinesses::default(),
    };
    for row in [0, 1] {
        let again = run.validate_again(row, &sheet, &reader, &context).unwrap();
        assert_eq!(again.outcome, run.verdicts[row].outcome, "row {row}");
    }
    assert_eq!(run.verdicts[0].outcome, RowVerdict::Create);
}
