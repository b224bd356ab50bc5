use uuid::Uuid;

use super::super::{KnownBusinesses, read_listed_types};
use super::*;
use crate::domain::business::{Business, BusinessId};

mod characters;
mod known_businesses;

fn valid() -> Draft {
    Draft::default().with([
        (Field::Country, "GB"),
        (Field::ExternalId, "user-1"),
        (Field::LegalName, "Harbour Lane Books Ltd"),
        (Field::Email, "accounts@harbourlane.example"),
        (Field::EntityType, "limited"),
    ])
}

fn check_alone(draft: &Draft) -> Vec<FieldFinding> {
    let context = CheckContext {
        learned_types: &LearnedTypes::default(),
        known: &KnownBusinesses::default(),
    };
    let mut findings = check(draft, &context);
    findings.retain(|f| f.severity != Severity::Hint || f.field != Field::ExternalId);
    findings
}

/// The findings for a field that contains `text` in an otherwise valid draft.
fn said(field: Field, text: &str) -> Vec<(Severity, String)> {
    let mut draft = valid();
    draft[field] = text.into();
    let findings = check_alone(&draft).into_iter();
    findings
        .filter(|f| f.field == field)
        .map(|f| (f.severity, f.message))
        .collect()
}

#[track_caller]
fn assert_said(field: Field, text: &str, severity: Severity, words: &str) {
    let said = said(field, text);
    assert!(
        said.len() == 1 && said[0].0 == severity && said[0].1.contains(words),
        "{field:?} {text:?}: {said:?}"
    );
}

#[track_caller]
fn assert_silent(field: Field, texts: &[&str]) {
    for text in texts {
        assert_eq!(said(field, text), [], "{field:?} {text:?}");
    }
}

#[test]
fn a_valid_draft_has_nothing_to_say() {
    assert_eq!(check_alone(&valid()), []);
}

#[test]
fn an_empty_draft_misses_the_required_fields() {
    let findings = check_alone(&Draft::default());
    assert!(
        findings
            .iter()
            .all(|f| f.is_missing && f.severity == Severity::Wrong)
    );
    let words: Vec<_> = findings.iter().map(|f| f.message.as_str()).collect();
    assert_eq!(
        words,
        [
            "Country is missing.",
            "Base currency is missing.",
            "Entity type is missing.",
            "external_id is missing.",
            "Legal name is missing.",
            "E-mail is missing."
        ]
    );
    assert!(blocks(&findings));
}

#[test]
fn lengths_count_characters() {
    for field in Field::ALL {
        let Some(max) = field.max_chars() else {
            continue;
        };
        let longest = "é".repeat(max);
        assert!(
            said(field, &longest)
                .iter()
                .all(|(s, _)| *s != Severity::Wrong),
            "{field:?}"
        );
        let words = format!(
            "{} characters; the limit is {max}. Shorten it by 1.",
            max + 1
        );
        let over = said(field, &format!("{longest}x"));
        assert!(over.contains(&(Severity::Wrong, words)), "{over:?}");
    }
}

#[test]
fn addresses() {
    assert_silent(
        Field::Email,
        &[
            "a@b.co",
            "o'hara+x@sub.host.example",
            " padded@host.example ",
        ],
    );
    let wrong = |text, words| assert_said(Field::Email, text, Severity::Wrong, words);
    wrong("info", "The @ is missing");
    wrong("@host.example", "before the @");
    wrong("a@", "after the @");
    wrong("a@b@c.example", "more than one @");
    wrong(
        "accounts@harbourlane",
        "needs a dot, as in harbourlane.example.",
    );
    wrong("a b@c.example", "Remove the spaces");
    wrong("a@b..example", "Extra dot after @");
    wrong("a@b.example.", "Extra dot after @");
    wrong("Jo<jo@b.example", "one address only");
    let care = |text, words| assert_said(Field::Email, text, Severity::Warning, words);
    care("a..b@c.example", "Extra dot before @");
    care("jörg@c.example", "“ö” is unusual");
    care(&format!("{}@c.example", "a".repeat(260)), "254");
}

#[test]
fn countries_and_currencies() {
    assert_silent(Field::Country, &["GB", "gb"]);
    assert_said(
        Field::Country,
        "US",
        Severity::Warning,
        "Unknown country US. It is not among the 17",
    );
    assert_said(
        Field::Country,
        "Germany",
        Severity::Wrong,
        "ISO 3166 code DE.",
    );
    assert_said(
        Field::Country,
        "Nowhere",
        Severity::Wrong,
        "Unknown country “Nowhere”. Use a two-letter ISO 3166 code, such as GB.",
    );
    assert_silent(Field::BaseCurrency, &["", "EUR", "usd"]);
    assert_said(
        Field::BaseCurrency,
        "CHF",
        Severity::Warning,
        "not among the 9",
    );
    assert_said(Field::BaseCurrency, "Euro", Severity::Wrong, "such as EUR");
}

/// The currency follows from the country, so it is not reported as missing.
#[test]
fn an_unknown_country_is_named_and_not_its_currency() {
    let words = |country: &str| {
        let draft = valid().with([(Field::Country, country)]);
        let findings = check_alone(&draft).into_iter();
        let wrong = findings.filter(|finding| finding.severity == Severity::Wrong);
        wrong.map(|finding| finding.message).collect::<Vec<_>>()
    };
    assert_eq!(
        words("Atlantis"),
        ["Unknown country “Atlantis”. Use a two-letter ISO 3166 code, such as GB."]
    );
    assert_eq!(words("xx"), ["Unknown country XX. Enter a base currency."]);
}

#[test]
fn entity_types_follow_the_country() {
    assert_said(
        Field::EntityType,
        "gmbh",
        Severity::Wrong,
        "Entity type “gmbh” is not one of the 5 for GB: limited, sole_trader, partnership, llp, plc.",
    );
    assert_said(
        Field::EntityType,
        "Sole Trader",
        Severity::Wrong,
        "Did you mean sole_trader?",
    );
    let of = |country: &str, entity_type: &str, learned_types: &LearnedTypes| {
        let draft = valid().with([(Field::Country, country), (Field::EntityType, entity_type)]);
        let context = CheckContext {
            learned_types,
            known: &KnownBusinesses::default(),
        };
        let findings = check(&draft, &context).into_iter();
        let mut findings = findings.filter(|f| f.field == Field::EntityType);
        findings.next().map(|f| (f.severity, f.message))
    };
    let mut learned_types = LearnedTypes::default();
    assert_eq!(of("DE", "GmbH", &learned_types), None);
    assert_eq!(of("FR", "whatever", &learned_types), None);
    let (severity, words) = of("DE", "eg", &learned_types).unwrap();
    assert_eq!(severity, Severity::Warning);
    assert!(
        words.starts_with("DE has a fixed list, and “eg”"),
        "{words}"
    );
    learned_types.learn(
        read_listed_types("Valid options: gmbh (GmbH), ug (UG)").unwrap(),
        "DE",
    );
    let (severity, words) = of("DE", "kg", &learned_types).unwrap();
    assert_eq!(severity, Severity::Warning);
    assert_eq!(words, "The server listed other types for DE: gmbh, ug.");
    learned_types.learn(
        read_listed_types("Valid options: gmbh (GmbH)").unwrap(),
        "GB",
    );
    assert_eq!(of("GB", "gmbh", &learned_types), None);
}

#[test]
fn vat_prefixes_only_warn() {
    assert_silent(Field::VatNumber, &["GB123456789", "xi 123", "gb-1"]);
    assert_said(
        Field::VatNumber,
        "DE812345678",
        Severity::Warning,
        "Starts with DE; VAT numbers in the United Kingdom start with GB or XI.",
    );
    assert_said(
        Field::VatNumber,
        "123456789",
        Severity::Hint,
        "usually start with GB",
    );
    let mut draft = valid();
    draft[Field::Country] = "SG".into();
    draft[Field::EntityType] = "x".into();
    draft[Field::VatNumber] = "M9-1234567-X".into();
    let findings = check_alone(&draft);
    assert!(findings.iter().all(|f| f.field != Field::VatNumber));
}

#[test]
fn industry_codes_only_warn() {
    assert_silent(Field::NaceCode, &["56.30", "01.11"]);
    for odd in ["5630", "A01.11", "56.3", "00.10", "é.a.b"] {
        assert_said(Field::NaceCode, odd, Severity::Warning, "looks like 56.30");
    }
}

#[test]
fn dates_are_exact() {
    assert_silent(Field::FiscalYearEnd, &["2026-12-31", "2028-02-29"]);
    assert_said(
        Field::FiscalYearEnd,
        "2026-12-30",
        Severity::Warning,
        "last day",
    );
    let wrong = |text, words| assert_said(Field::FiscalYearEnd, text, Severity::Wrong, words);
    wrong("2026-02-30", "is not a date. Use YYYY-MM-DD");
    wrong("31.12.2026", "Enter “31.12.2026” as 2026-12-31.");
    wrong("12/31/2026", "as 2026-12-31.");
    wrong("5/5/2026", "as 2026-05-05.");
    wrong("01/02/2026", "is not a date");
    wrong("2026-12-31T00:00", "is not a date");
    wrong("２０２６-12-31", "is not a date");
    wrong("31 December", "is not a date");
}

#[test]
fn other_values() {
    assert_silent(Field::AccountingMethod, &["", "cash", "Accrual"]);
    assert_said(
        Field::AccountingMethod,
        "both",
        Severity::Wrong,
        "accrual or cash",
    );
    assert_silent(Field::CoaLanguage, &["en", "nl-BE", "pt_PT"]);
    assert_said(
        Field::CoaLanguage,
        "Dutch",
        Severity::Warning,
        "two letters",
    );
    assert_silent(Field::PhoneNumber, &["+44 20 7946 0000", "020/12345"]);
    assert_said(
        Field::PhoneNumber,
        "none",
        Severity::Warning,
        "phone number",
    );
    assert_silent(Field::Metadata, &["{}", "{\n\t\"a\": 1\n}"]);
    assert_said(
        Field::Metadata,
        "{\"a\" 1}",
        Severity::Wrong,
        "Line 1, column 6",
    );
    assert_said(
        Field::Metadata,
        "{\"a\":1,\"a\":2}",
        Severity::Warning,
        "“a” appears twice",
    );
    assert_said(
        Field::Metadata,
        "{\"n\":1e99}",
        Severity::Warning,
        "in quotes",
    );
}
