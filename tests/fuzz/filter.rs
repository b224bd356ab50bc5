//! Parsing and applying filters.

use jiff::tz::TimeZone;
use thred_console::domain::{
    business::{Business, BusinessId, CompactBusiness},
    filter::{Candidate, Query, SearchIndex, SearchText},
};
use uuid::Uuid;

use crate::input::fuzz_text;

fn rows() -> Vec<Business> {
    let row = |number: u128, name: &str, country: &str| Business {
        name: Some(name.into()),
        external_id: Some(format!("user:{number}").as_str().into()),
        country: Some(country.into()),
        vat_number: Some("GB 123-456".into()),
        created_at: jiff::Timestamp::from_second(1_760_000_000).ok(),
        is_active: Some(number.is_multiple_of(2)),
        ..Business::unknown(BusinessId(Uuid::from_u128(number << 96)))
    };
    vec![
        row(1, "Acme Ltd", "GB"),
        row(2, "Bäckerei \u{202e}Stra\u{df}e", "DE"),
        row(3, "\u{fdfa} \u{1f600}", ""),
    ]
}

#[test]
fn a_filter() {
    let rows = rows();
    let mut index = SearchIndex::default();
    for row in &rows {
        index.push(&SearchText::of(row));
    }
    let rows: Vec<_> = rows.iter().map(CompactBusiness::from).collect();
    let zone = TimeZone::UTC;
    let has_token = |id: BusinessId| id == rows[0].id;
    fuzz_text(
        "filter",
        &[
            "country:",
            "ext:",
            "created:>",
            "token:live",
            "is:",
            "!",
            "*",
            "\"",
            "contry:",
            ",",
            "..",
        ],
        |typed| {
            let query = Query::parse(typed, &zone);
            let passing = query.passing(&index, |row| rows.get(row), has_token, |_| false);
            for (at, business) in rows.iter().enumerate() {
                let row = Candidate {
                    business,
                    text: index.row(at),
                };
                assert!(
                    query.depends_on_all()
                        || query.matches(&row, has_token, |_| false) == passing[at],
                    "one row and all rows differ"
                );
            }
            let same = Query::parse(&format!("  {}\t", typed.trim()), &zone);
            if !typed.contains('"') {
                assert_eq!(
                    same.passing(&index, |row| rows.get(row), has_token, |_| false),
                    passing
                );
            }
            for problem in &query.problems {
                let unquoted = typed.replace('"', "");
                assert!(unquoted.contains(&problem.term), "{problem:?}");
                if let Some(suggestion) = &problem.suggestion {
                    let suggested = Query::parse(suggestion, &zone);
                    let is_known = suggested
                        .problems
                        .iter()
                        .all(|other| other.suggestion.is_none());
                    assert!(is_known, "{suggestion} is no better");
                }
            }
            // The negation of a single term matches the other rows.
            if !typed.contains(char::is_whitespace)
                && !typed.contains(['"', '!'])
                && query.problems.is_empty()
                && !query.is_empty()
            {
                let negated = Query::parse(&format!("!{typed}"), &zone);
                let excluded = negated.passing(&index, |row| rows.get(row), has_token, |_| false);
                let flipped: Vec<bool> = passing.iter().map(|passes| !passes).collect();
                assert_eq!(excluded, flipped);
            }
            !query.is_empty()
        },
    );
}
