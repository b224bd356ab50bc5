use super::*;
use crate::domain::import::DateOrder;

fn read(text: &str, change: impl FnOnce(&mut Mapping)) -> ReadRow {
    let sheet = super::super::tests::sheet(text.as_bytes());
    let mut mapping = Mapping::propose(&sheet.header, &sheet.columns);
    change(&mut mapping);
    let reader = RowReader {
        columns: &sheet.columns,
        mapping: &mapping,
        repairs: &Repairs::default(),
        learned_types: &LearnedTypes::default(),
    };
    reader.read(&sheet.rows[0])
}

fn words(read: &ReadRow) -> Vec<&str> {
    let findings = read.findings.iter();
    findings.map(|finding| finding.message.as_str()).collect()
}

fn is_refused(read: &ReadRow) -> bool {
    let mut findings = read.findings.iter();
    findings.any(|finding| finding.severity == Severity::Wrong)
}

#[test]
fn names_become_codes_with_a_note() {
    let read = read("country,entity_type\nUK,sole trader\n", |_| {});
    assert_eq!(
        (
            &*read.draft[Field::Country],
            &*read.draft[Field::EntityType]
        ),
        ("GB", "sole_trader")
    );
    assert_eq!(
        words(&read),
        [
            "“UK” is read as GB.",
            "“sole trader” is read as sole_trader."
        ]
    );
    assert_eq!(read.as_written()[Field::Country], "UK");
}

#[test]
fn gaps_are_filled_and_words_for_nothing_are_gaps() {
    let read = read(
        "entity_type,email,country\nNULL,a@b.example,\n",
        |mapping| {
            mapping.set_default(Field::EntityType, "gmbh");
            mapping.set_default(Field::Country, "DE");
            mapping.set_default(Field::Email, "all@b.example");
        },
    );
    let draft = &read.draft;
    assert_eq!(
        [
            &*draft[Field::EntityType],
            &*draft[Field::Country],
            &*draft[Field::Email]
        ],
        ["gmbh", "DE", "a@b.example"]
    );
    assert_eq!(words(&read), ["“NULL” is treated as empty."]);
}

#[test]
fn a_date_is_read_in_the_chosen_order_and_never_guessed() {
    let text = "external_id,fiscal_year_end\n1,03/04/2026\n";
    let open = read(text, |_| {});
    assert!(is_refused(&open));
    assert_eq!(
        words(&open),
        ["“03/04/2026” is 2026-03-04 or 2026-04-03. Choose the date format."]
    );
    let chosen = read(text, |mapping| {
        mapping.dates = Some(DateOrder::MonthFirst);
    });
    assert_eq!(chosen.draft[Field::FiscalYearEnd], "2026-03-04");
    assert_eq!(words(&chosen), ["“03/04/2026” is read as 2026-03-04."]);
}

#[test]
fn a_year_of_two_digits_and_a_time_of_day_are_never_taken_silently() {
    let short = "external_id,fiscal_year_end\n1,31.12.26\n";
    let open = read(short, |mapping| mapping.dates = Some(DateOrder::DayFirst));
    assert!(is_refused(&open));
    assert_eq!(
        words(&open),
        ["“31.12.26” is 2026-12-31 or 2031-12-26. Choose the date format."]
    );
    let chosen = read(short, |mapping| {
        mapping.dates = Some(DateOrder::DayFirst);
        mapping.has_short_years = true;
    });
    assert_eq!(words(&chosen), ["“31.12.26” is read as 2026-12-31."]);
    let timed = read(
        "external_id,fiscal_year_end\n1,2026-12-31T23:00:00Z\n",
        |_| {},
    );
    assert!(is_refused(&timed));
    assert!(words(&timed)[0].contains("has a time of day"), "{timed:?}");
    let kinds: Vec<_> = timed.kinds.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(
        kinds,
        [DamageKind::OtherDateFormat, DamageKind::DateWithTime]
    );
    for text in ["20261231", "31 Dec 2026", "2026-12-31T00:00:00Z"] {
        let read = read(&format!("external_id,fiscal_year_end\n1,{text}\n"), |_| {});
        assert_eq!(read.draft[Field::FiscalYearEnd], "2026-12-31", "{text}");
        assert_eq!(read.kinds[0].0, DamageKind::OtherDateFormat);
    }
}

#[test]
fn unreadable_dates_are_of_one_kind_and_serial_numbers_are_explained() {
    for (text, message) in [
        (
            "46387",
            "is a spreadsheet’s number for a day, most likely 2026-12-31",
        ),
        (
            "46387.0",
            "is a spreadsheet’s number for a day, most likely 2026-12-31",
        ),
        ("Q4", ""),
        ("1767139200", ""),
        ("30.02.2026", ""),
    ] {
        let read = read(&format!("external_id,fiscal_year_end\n1,{text}\n"), |_| {});
        let kinds: Vec<_> = read.kinds.iter().map(|(kind, _)| *kind).collect();
        assert_eq!(kinds, [DamageKind::OtherDateFormat], "{text}");
        assert_eq!(is_refused(&read), !message.is_empty(), "{text}");
        assert!(words(&read).join(" ").contains(message), "{read:?}");
    }
    let empty = read("external_id,fiscal_year_end\n1,NULL\n", |_| {});
    assert!(
        empty
            .kinds
            .iter()
            .all(|(kind, _)| *kind == DamageKind::NullMarker)
    );
}

#[test]
fn an_id_that_is_none_of_thred_is_said() {
    let read = read("id,external_id\n10045,x\n", |mapping| {
        mapping.choose(0, ColumnTarget::ThredId);
    });
    assert_eq!(read.thred_id, None);
    assert!(words(&read)[0].starts_with("“10045” is not a Thred id"));
}

#[test]
fn whole_numbers_among_fractions_are_meant_so() {
    let id = |text: &str| read(text, |_| {}).draft[Field::ExternalId].clone();
    assert_eq!(id("external_id\n10001.0\n10002.0\n"), "10001");
    assert_eq!(id("external_id\n10001.0\n1.1\n"), "10001.0");
}

#[test]
fn a_very_long_cell_is_refused_without_a_closer_look() {
    let long = "[U+".repeat(4000);
    let read = read(&format!("external_id,legal_name\n1,{long}\n"), |_| {});
    assert!(is_refused(&read) && read.draft[Field::LegalName].is_empty());
    assert!(words(&read)[0].starts_with("12 kB in one cell"));
    assert!(words(&read)[0].contains("delimiter may be wrong"));
}
