use jiff::tz::TimeZone;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::business::{Business, BusinessId, CompactBusiness};
use crate::domain::text::ServerText;

fn business(name: &str) -> Business {
    Business {
        name: Some(name.into()),
        country: Some("DE".into()),
        entity_type: Some("gmbh".into()),
        base_currency: Some("EUR".into()),
        external_id: Some("user-1234".into()),
        vat_number: Some("DE 812.345-678".into()),
        created_at: Some("2026-02-03T10:00:00Z".parse().unwrap()),
        is_active: Some(true),
        ..Business::unknown(BusinessId(Uuid::from_u128(0x9f4c_21d0 << 96)))
    }
}

fn passes(typed: &str, business: &Business) -> bool {
    let mut index = SearchIndex::default();
    index.push(&SearchText::of(business));
    let candidate = Candidate {
        business: &CompactBusiness::from(business),
        text: index.row(0),
    };
    Query::parse(typed, &TimeZone::UTC).matches(&candidate, |_| false, |_| false)
}

#[test]
fn words_are_found_whatever_their_accents_and_punctuation() {
    let row = business("Bäckerei Lindenhof");
    for found in [
        "",
        "backerei",
        "BÄCK linden",
        "lindenhof backerei",
        "user-12",
        "DE812345678",
        "812 345",
        "812-345",
        "9f4c21d0",
        "9F4C-21",
        "\"ei lin\"",
    ] {
        assert!(passes(found, &row), "{found}");
    }
    for missed in [
        "metzgerei",
        "backerei metzgerei",
        "21d0",
        "9f5c",
        "\"lindenhof backerei\"",
    ] {
        assert!(!passes(missed, &row), "{missed}");
    }
}

#[test]
fn signs_that_look_alike_are_one() {
    for name in [
        "O’Brien’s – Smith‑Jones",
        "O'Brien's - Smith-Jones",
        "OʼBrienʹs — Smith–Jones",
    ] {
        let row = business(name);
        for found in [
            "o'brien",
            "O’Brien",
            "obriens",
            "smith-jones",
            "Smith–Jones",
            "\"s - smith\"",
            "“smith",
            "'",
            "!'",
        ] {
            assert!(passes(found, &row), "{found} in {name}");
        }
        assert!(!passes("obrian", &row));
        assert!(!passes("!o'brien", &row));
    }
    assert!(passes("\"a b\"", &business("A\u{202F}B")));
    assert!(passes(
        "ext:O’X*",
        &Business {
            external_id: Some("o'x-1".into()),
            ..business("A")
        }
    ));
}

#[test]
fn terms_narrow_and_exclamation_marks_negate() {
    let row = business("Bäckerei");
    for found in [
        "country:de",
        "country:NL,DE",
        "!country:GB",
        "type:GmbH",
        "currency:eur",
        "is:active",
        "!is:inactive",
        "ext:user-12*",
        "ext:*34",
        "ext:USER-1234",
        "!token:live",
        "created:>2026-01-01",
        "created:2026-02 backerei",
        "!backeri",
    ] {
        assert!(passes(found, &row), "{found}");
    }
    for missed in [
        "country:GB",
        "!country:DE",
        "is:inactive",
        "ext:user",
        "ext:12*",
        "token:live",
        "created:<2026",
    ] {
        assert!(!passes(missed, &row), "{missed}");
    }
}

#[test]
fn a_status_that_the_server_does_not_state_is_neither() {
    let row = Business {
        is_active: None,
        ..business("Bäckerei")
    };
    assert!(!passes("is:active", &row));
    assert!(!passes("is:inactive", &row));
}

#[test]
fn half_typed_terms_do_not_empty_the_list() {
    let row = business("Bäckerei");
    for typing in [
        "country:",
        "is:act",
        "is:",
        "created:>2026-0",
        "!",
        "token:li",
        "\"backe",
    ] {
        assert!(passes(typing, &row), "{typing}");
    }
}

#[test]
fn the_term_being_typed_applies_once_it_can_match() {
    let mut other = business("Typhoon");
    other.country = Some("DK".into());
    let rows = [business("Bäckerei"), other];
    let mut index = SearchIndex::default();
    rows.iter().for_each(|row| index.push(&SearchText::of(row)));
    let rows = rows.each_ref().map(CompactBusiness::from);
    let found = |query: Query| query.passing(&index, |row| rows.get(row), |_| false, |_| false);
    let typing = |typed: &str| found(Query::parse_typing(typed, &TimeZone::UTC));
    for (typed, expected) in [
        ("countr", [true, true]),
        ("!countr", [true, true]),
        ("typ", [false, true]),
        ("country:D", [true, true]),
        ("country:d", [true, true]),
        ("country:DK", [false, true]),
        ("country:DK,D", [false, true]),
        ("country:,", [true, true]),
        ("country:X", [false, false]),
        ("country:XX", [false, false]),
        ("!country:DK", [true, false]),
        ("typhoon type:gm", [false, true]),
        ("ext:user", [true, true]),
        ("ext:*user", [false, false]),
        ("country:D typ", [false, false]),
        ("is:arch", [true, true]),
        ("is:archived", [false, false]),
    ] {
        assert_eq!(typing(typed), expected, "{typed}");
    }
    for typed in ["countr", "country:D", "ext:user"] {
        let finished = Query::parse(typed, &TimeZone::UTC);
        assert_eq!(found(finished), [false, false], "{typed} is finished");
    }
}

#[test]
fn an_archived_business_is_neither_active_nor_inactive() {
    for is_active in [true, false] {
        let mut row = business("Bakery");
        row.is_active = Some(is_active);
        let row = CompactBusiness::from(&row);
        let candidate = Candidate {
            business: &row,
            text: "",
        };
        for (typed, expected) in [
            ("is:active", false),
            ("is:inactive", false),
            ("!is:active", true),
            ("is:archived", true),
        ] {
            let query = Query::parse(typed, &TimeZone::UTC);
            let matches = query.matches(&candidate, |_| false, |_| true);
            assert_eq!(matches, expected, "{typed}");
            assert!(query.depends_on_archive());
        }
    }
}

#[test]
fn a_name_in_place_of_a_code_is_explained_once_it_is_typed() {
    let query = Query::parse("country:NL,france is:active", &TimeZone::UTC);
    assert!(query.problems.is_empty(), "a business may have any value");
    assert_eq!(query.hints.len(), 1);
    assert_eq!(query.hints[0].term, "country:NL,france");
    assert_eq!(query.hints[0].suggestion.as_deref(), Some("country:NL,FR"));
    // An empty value is left out.
    let query = Query::parse("country:FR, type:gmbh, type:,-", &TimeZone::UTC);
    assert_eq!(query.hints, []);
    let query = Query::parse("country:,france,", &TimeZone::UTC);
    assert_eq!(query.hints[0].suggestion.as_deref(), Some("country:FR"));
    let query = Query::parse("!country:france", &TimeZone::UTC);
    assert!(query.hints.is_empty(), "it excludes nothing");
    let query = Query::parse_typing("country:franc", &TimeZone::UTC);
    assert!(query.hints.is_empty());
}

#[test]
fn unknown_keys_are_named_with_the_nearest_one() {
    let query = Query::parse("!contry:NL is:gone", &TimeZone::UTC);
    assert_eq!(query.problems[0].suggestion.as_deref(), Some("!country:NL"));
    assert_eq!(
        query.problems[1].message,
        "Unknown value. Use is:active, is:inactive, is:archived or is:imported."
    );
    let query = Query::parse("contry:\"a b\"", &TimeZone::UTC);
    assert_eq!(
        query.problems[0].suggestion.as_deref(),
        Some("country:\"a b\"")
    );
    let found = |typed: &str| {
        let mut other = business("x");
        other.external_id = Some("urn:9:7".into());
        let rows = [business("Bakery"), other];
        let mut index = SearchIndex::default();
        rows.iter().for_each(|row| index.push(&SearchText::of(row)));
        let rows = rows.each_ref().map(CompactBusiness::from);
        Query::parse(typed, &TimeZone::UTC).passing(
            &index,
            |row| rows.get(row),
            |_| false,
            |_| false,
        )
    };
    assert_eq!(found("contry:DE"), [true, true], "it is ignored");
    assert_eq!(found("!contry:DE"), [true, true]);
    assert_eq!(
        found("urn:9:7"),
        [false, true],
        "an external_id may look like a term"
    );
}

fn any_text() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[ a-zA-ZäÖßøéŁ0-9:!\",.*<>=\\-和Ωя\u{202E}\n]{0,24}")
        .expect("a valid pattern")
}

proptest! {
    /// Parsing and applying a filter never panics, whatever is typed.
    #[test]
    fn anything_can_be_typed(typed in any_text()) {
        let _ = passes(&typed, &business("Bäckerei"));
    }

    /// Part of a name finds it, also in upper case.
    #[test]
    fn a_piece_of_a_name_finds_it(name in "[a-zäöøéł和Ω]{3,12}", from in 0_usize..3) {
        let piece: String = name.chars().skip(from).collect();
        prop_assert!(passes(&piece, &business(&name)));
        prop_assert!(passes(&piece.to_uppercase(), &business(&name)), "{}", piece.to_uppercase());
        let negated = format!("!{piece}");
        prop_assert!(!passes(&negated, &business(&name)));
    }

    /// Searching the whole index finds the same rows as searching each row, also after rows were replaced.
    #[test]
    fn index_search_matches_row_search(
        names in proptest::collection::vec("[abä ]{0,8}", 1..20),
        changes in proptest::collection::vec((0_usize..20, "[abä ]{0,8}"), 0..40),
        typed in "!?[ab]{1,3}( [ab]{1,2})?( country:DE)?",
    ) {
        let mut rows: Vec<Business> = names.iter().map(|name| business(name)).collect();
        let mut index = SearchIndex::default();
        rows.iter().for_each(|row| index.push(&SearchText::of(row)));
        for (row, name) in changes.into_iter().filter(|(row, _)| *row < names.len()) {
            rows[row] = business(&name);
            index.replace(row, &SearchText::of(&rows[row]));
        }
        let rows: Vec<_> = rows.iter().map(CompactBusiness::from).collect();
        let query = Query::parse(&typed, &TimeZone::UTC);
        let all = query.passing(&index, |row| rows.get(row), |_| false, |_| false);
        for (row, passes) in all.into_iter().enumerate() {
            let candidate = Candidate { business: &rows[row], text: index.row(row) };
            prop_assert_eq!(passes, query.matches(&candidate, |_| false, |_| false), "{}", index.row(row));
        }
    }

    /// After replacements, each row still has its own text.
    #[test]
    fn the_index_survives_replacing(changes in proptest::collection::vec((0_usize..5, "[a-z]{0,40}"), 0..60)) {
        let mut names = vec![String::new(); 5];
        let mut index = SearchIndex::default();
        (0..5).for_each(|_| index.push(&SearchText::of(&business(""))));
        for (row, name) in changes {
            index.replace(row, &SearchText::of(&business(&name)));
            names[row] = name;
        }
        for (row, name) in names.iter().enumerate() {
            prop_assert_eq!(index.title(row), name.as_str());
        }
    }
}

#[test]
fn a_line_end_in_a_name_does_not_shift_the_fields() {
    let mut index = SearchIndex::default();
    index.push(&SearchText::of(&Business {
        name: Some(ServerText::from("a\nb")),
        ..business("")
    }));
    assert_eq!((index.title(0), index.external_id(0)), ("a b", "user-1234"));
}

#[test]
fn the_first_rows_with_some_words_are_those_that_begin_with_them() {
    let mut index = SearchIndex::default();
    for name in [
        "A Story",
        "Tonpfeife",
        "Motor",
        "Torget Godt",
        "Godt Torget",
    ] {
        index.push(&SearchText::of(&business(name)));
    }
    assert_eq!(index.first_with(&["to"], 9), [1, 3, 0, 2, 4]);
    assert_eq!(index.first_with(&["to"], 3), [1, 3, 0]);
    assert_eq!(index.first_with(&["godt", "torget"], 9), [3, 4]);
    assert_eq!(index.first_with(&[], 9), [] as [usize; 0]);
    index.replace(1, &SearchText::of(&business("Something")));
    assert_eq!(index.first_with(&["tonpfeife"], 9), [] as [usize; 0]);
    assert_eq!(index.first_with(&["some"], 9), [1]);
}

#[test]
fn a_word_of_every_row_costs_no_more_than_one_of_a_few() {
    let mut index = SearchIndex::default();
    for number in 0..20_000 {
        index.push(&SearchText::of(&business(&format!("Common {number}"))));
    }
    // The search stops long before it has seen all rows.
    assert_eq!(index.first_with(&["common", "19999"], 9), [] as [usize; 0]);
    assert_eq!(index.first_with(&["common"], 9).len(), 9);
}
