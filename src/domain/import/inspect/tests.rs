use super::*;

fn look(field: Field, text: &str, repairs: &Repairs) -> (String, Vec<(Severity, String)>) {
    let cell = Cell {
        field,
        raw: text,
        decimals: Decimals::default(),
    };
    let found = inspect(cell, text.into(), std::iter::empty(), repairs);
    let said = found.findings(field, text);
    let said = said.map(|finding| (finding.severity, finding.message));
    (found.text.to_string(), said.collect())
}

#[track_caller]
fn assert_read(field: Field, text: &str, to: &str, words: &str) {
    let (read, said) = look(field, text, &Repairs::default());
    assert_eq!(read, to, "{text:?}");
    assert_eq!(said, [(Severity::Warning, words.to_owned())], "{text:?}");
}

#[test]
fn what_is_certain_is_repaired_and_said() {
    assert_read(
        Field::CompanyNumber,
        "NULL",
        "",
        "“NULL” is treated as empty.",
    );
    assert_read(
        Field::ExternalId,
        "=\"000123\"",
        "000123",
        "“=\"000123\"” is read as 000123.",
    );
    assert_read(
        Field::ExternalId,
        "u\u{A0}2",
        "u 2",
        "“u[U+00A0]2” is read with single spaces.",
    );
    assert_read(
        Field::PhoneNumber,
        "442079460000.0",
        "442079460000",
        "“442079460000.0” is read as 442079460000.",
    );
    assert_read(
        Field::LegalName,
        "M&uuml;ller&nbsp;&amp; Co",
        "Müller & Co",
        "“M&uuml;ller&nbsp;&amp; Co” is read as Müller & Co.",
    );
    assert_read(
        Field::LegalName,
        "Old\nMill",
        "Old Mill",
        "“Old[U+000A]Mill” is read as one line.",
    );
}

#[test]
fn what_is_lost_is_refused_until_it_is_accepted() {
    let mut repairs = Repairs::default();
    let (text, said) = look(Field::ExternalId, "1.23457e+14", &repairs);
    assert_eq!((&*text, said[0].0), ("1.23457e+14", Severity::Wrong));
    assert!(said[0].1.contains("last digits are lost"), "{said:?}");
    repairs.set(DamageKind::ShortenedNumber, true);
    let (text, said) = look(Field::ExternalId, "1.23457e+14", &repairs);
    assert_eq!((&*text, said[0].0), ("1.23457e+14", Severity::Warning));
    assert!(said[0].1.contains("sent unchanged"), "{said:?}");
    let (_, said) = look(Field::Tin, "#REF!", &repairs);
    assert_eq!(said[0].0, Severity::Wrong);
}

#[test]
fn names_are_not_stored_with_hidden_spaces_without_a_word() {
    assert_read(
        Field::LegalName,
        "Old  Mill\u{A0}Ltd",
        "Old Mill Ltd",
        "“Old  Mill[U+00A0]Ltd” is read with single spaces.",
    );
    let mut repairs = Repairs::default();
    repairs.set(DamageKind::HiddenSpace, false);
    let (text, said) = look(Field::Province, "Cz&eacute;&nbsp;1", &repairs);
    assert_eq!(text, "Czé\u{A0}1");
    assert_eq!(said[0].1, "“Cz&eacute;&nbsp;1” is read as Czé[U+00A0]1.");
    assert!(
        said[1].1.ends_with("it is sent unchanged: “Czé[U+00A0]1”."),
        "{said:?}"
    );
}

#[test]
fn straight_marks_around_a_value_are_said_and_kept() {
    for field in [Field::LegalName, Field::ExternalId] {
        let (text, said) = look(field, "\"Old Mill\"", &Repairs::default());
        assert_eq!(text, "\"Old Mill\"");
        assert_eq!(said.len(), 1);
        assert!(said[0].1.contains("it is sent unchanged"), "{said:?}");
    }
    let doubled = look(Field::LegalName, "\"\"Old Mill\"\"", &Repairs::default());
    assert_eq!((&*doubled.0, doubled.1.len()), ("Old Mill", 1));
    assert_read(
        Field::ExternalId,
        "\u{A0}a1",
        "a1",
        "A no-break or wide space beside “a1” is removed.",
    );
}

#[test]
fn what_is_switched_off_is_still_said() {
    let (text, said) = look(Field::Tin, "NULL", &Repairs::none());
    assert_eq!(text, "NULL");
    assert!(said[0].1.contains("sent unchanged: “NULL”"), "{said:?}");
}

#[test]
fn an_apostrophe_within_a_formula_is_part_of_the_name() {
    let (name, _) = look(Field::LegalName, "=\"'68\"", &Repairs::default());
    assert_eq!(name, "'68");
}

#[test]
fn a_field_is_judged_by_what_it_holds() {
    let repairs = Repairs::default();
    for (field, text) in [
        (Field::LegalName, "1.0"),
        (Field::NaceCode, "47.0"),
        (Field::Metadata, "{\n\"a\": \"&amp;\"}"),
        (Field::PhoneNumber, "+44 (20) 7946-0000"),
        (Field::Tin, "-5"),
        (Field::CompanyNumber, "ME+2"),
    ] {
        assert_eq!(look(field, text, &repairs), (text.to_owned(), vec![]));
    }
    // As an export of this console writes a text that looks like a formula.
    let cell = Cell {
        field: Field::ExternalId,
        raw: "'=\"1\"",
        decimals: Decimals::default(),
    };
    let found = inspect(cell, "=\"1\"".into(), std::iter::empty(), &repairs);
    assert_eq!(found.text, "=\"1\"");
}
