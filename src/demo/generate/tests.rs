//! The generated businesses.

use std::collections::HashSet;

use super::*;
use crate::demo::entity_types;

fn as_of() -> Timestamp {
    "2026-06-01T12:00:00Z".parse().unwrap()
}

fn texts(
    all: &[DemoBusiness],
    field: impl Fn(&DemoBusiness) -> &super::super::business::NullableText,
) -> Vec<&str> {
    all.iter()
        .filter_map(|business| field(business).as_deref())
        .collect()
}

#[test]
fn the_same_seed_gives_the_same_businesses() {
    let write = |seed, as_of| format!("{:?}", businesses(300, seed, as_of, |_| ()));
    assert_eq!(write(7, as_of()), write(7, as_of()));
    assert_ne!(write(7, as_of()), write(8, as_of()));
    let ids = |as_of| {
        businesses(300, 7, as_of, |_| ())
            .iter()
            .map(|b| b.id)
            .collect::<Vec<_>>()
    };
    let later = "2027-06-01T12:00:00Z".parse().unwrap();
    assert_eq!(
        ids(as_of()),
        ids(later),
        "only the dates move with the time of the start"
    );
}

#[test]
fn ids_are_unique_and_look_random() {
    let all = businesses(20_000, 1, as_of(), |_| ());
    let ids: HashSet<_> = all.iter().map(|business| business.id).collect();
    assert_eq!(ids.len(), all.len());
    assert!(ids.iter().all(|id| id.get_version_num() == 4));
    let external = texts(&all, |b| &b.external_id);
    assert_eq!(
        external.iter().collect::<HashSet<_>>().len(),
        external.len()
    );
    assert!(external.len() < all.len(), "some have none");
    for shape in ["user-4", "my-penang-", "fr/lyon/", "es_0"] {
        assert!(external.iter().any(|id| id.starts_with(shape)), "{shape}");
    }
}

#[test]
fn the_list_of_the_demo_holds_every_special_case() {
    let all = businesses(250, 20_260_101, as_of(), |_| ());
    let names = texts(&all, |b| &b.name);
    for special in SPECIALS {
        let is_there = |name: &&str| **name == *special.name || special.name == special::LONG;
        assert!(names.iter().any(is_there), "{:?}", special.name);
    }
    let has = |test: &dyn Fn(&str) -> bool| names.iter().any(|name| test(name));
    assert!(has(&|name| name.chars().count() == special::MAX_LEN));
    assert!(has(&|name| name.contains('\u{202E}')));
    assert!(has(&|name| name
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\t')));
    for first in ['=', '+', '-', '@'] {
        assert!(has(&|name| name.starts_with(first)), "{first}");
    }
    for script in [
        'א'..='ת',
        'ء'..='ي',
        'α'..='ω',
        'а'..='я',
        '一'..='龥',
        'ぁ'..='ん',
    ] {
        assert!(
            has(&|name| name.chars().any(|c| script.contains(&c))),
            "{script:?}"
        );
    }
    assert!(
        all.iter()
            .any(|b| b.name.is_none() && b.created_at.is_none()),
        "one has nothing but an id"
    );
    assert!(all.iter().any(|b| b.is_archived));
    assert!(all.iter().any(|b| b.is_active == Some(false)));
}

#[test]
fn all_countries_and_currencies_turn_up_and_values_keep_the_limits() {
    let all = businesses(2_000, 3, as_of(), |_| ());
    assert_eq!(
        texts(&all, |b| &b.country)
            .into_iter()
            .collect::<HashSet<_>>()
            .len(),
        17
    );
    assert_eq!(
        texts(&all, |b| &b.base_currency)
            .into_iter()
            .collect::<HashSet<_>>()
            .len(),
        9
    );
    let within = |texts: Vec<&str>, limit: usize| {
        texts
            .iter()
            .all(|text| (1..=limit).contains(&text.chars().count()))
    };
    assert!(within(texts(&all, |b| &b.legal_name), 255));
    assert!(within(texts(&all, |b| &b.external_id), 255));
    assert!(within(texts(&all, |b| &b.vat_number), 20));
    assert!(within(texts(&all, |b| &b.company_number), 20));
    assert!(within(texts(&all, |b| &b.province), 100));
    assert!(within(texts(&all, |b| &b.eu_nace_industry_code), 10));
    let unfilled = |text: &&str| text.contains(['#', '{', '}']);
    assert!(!texts(&all, |b| &b.vat_number).iter().any(unfilled));
    assert!(
        !texts(&all, |b| &b.name)
            .iter()
            .any(|name| name.contains("{"))
    );
    let inactive = all.iter().filter(|b| b.is_active == Some(false)).count();
    assert!((100..=220).contains(&inactive), "about 8 %: {inactive}");
}

#[test]
fn dates_are_in_order_and_before_the_start() {
    let all = businesses(3_000, 5, as_of(), |_| ());
    let dated: Vec<_> = all.iter().filter(|b| b.created_at.is_some()).collect();
    assert!(
        dated
            .windows(2)
            .all(|pair| pair[0].created_at <= pair[1].created_at),
        "oldest first"
    );
    for business in dated {
        let (created, updated) = (business.created_at.unwrap(), business.updated_at.unwrap());
        assert!(created <= updated && updated <= as_of(), "{business:?}");
        assert!(
            business
                .activation_at
                .is_none_or(|activated| created <= activated && activated <= as_of())
        );
        assert!(business.is_active == Some(false) || business.activation_at.is_some());
    }
}

#[test]
fn any_count_is_possible() {
    for count in [0, 1, 2, 28, 29, 30, 31, 101] {
        assert_eq!(businesses(count, 9, as_of(), |_| ()).len(), count);
    }
    assert_eq!(
        businesses(1, 9, as_of(), |_| ())[0].name.as_deref(),
        Some(SPECIALS[0].name)
    );
}

#[test]
fn a_country_lists_all_its_types_or_none() {
    for country in super::countries::all() {
        for form in country.types.split(", ") {
            let code = form.split('/').next().unwrap();
            assert_eq!(entity_types::check(country.code, code), Ok(()));
        }
    }
}
