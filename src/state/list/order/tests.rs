use std::collections::HashSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use uuid::Uuid;

use super::key::compare;
use super::*;
use crate::domain::business::{Business, BusinessId};
use crate::domain::filter::Query;
use crate::domain::time::BootInstant;
use crate::state::list::ListColumn;
use crate::state::list::layout::Sort;

fn business(id: u128, name: &str, created: Option<i64>) -> Business {
    Business {
        name: (!name.is_empty()).then(|| name.into()),
        external_id: (!id.is_multiple_of(5)).then(|| {
            format!("u-{}{}", id * 7 % 13, "0".repeat(id as usize % 3))
                .as_str()
                .into()
        }),
        created_at: created.and_then(|secs| Timestamp::from_second(secs).ok()),
        country: (!id.is_multiple_of(3)).then(|| ["DE", "NL"][id as usize % 2].into()),
        ..Business::unknown(BusinessId(Uuid::from_u128(id)))
    }
}

fn names(order: &Order, businesses: &BusinessStore) -> Vec<String> {
    let title = |row: &u32| businesses.index().title(*row as usize).to_owned();
    order.rows().iter().map(title).collect()
}

fn rule(query: &Query, column: ListColumn, is_descending: bool) -> OrderRule<'_> {
    let sort = Sort {
        column,
        is_descending,
    };
    static NONE: std::sync::LazyLock<HashSet<BusinessId>> = std::sync::LazyLock::new(HashSet::new);
    OrderRule::new(query, sort, &|_| None, &NONE)
}

#[test]
fn accents_sort_with_their_letter_and_missing_names_last() {
    let mut businesses = BusinessStore::default();
    businesses.upsert(
        ["Zebra", "Äpfel", "", "apex", "Österreich", "Ost"]
            .iter()
            .enumerate()
            .map(|(id, name)| business(id as u128, name, None).into())
            .collect(),
    );
    let query = Query::default();
    let mut order = Order::default();
    order.rebuild(&businesses, &rule(&query, ListColumn::Name, false));
    assert_eq!(
        names(&order, &businesses),
        ["apex", "apfel", "ost", "osterreich", "zebra", ""]
    );
    order.rebuild(&businesses, &rule(&query, ListColumn::Name, true));
    assert_eq!(
        names(&order, &businesses),
        ["zebra", "osterreich", "ost", "apfel", "apex", ""]
    );
}

#[test]
fn ids_sort_as_people_count() {
    let mut businesses = BusinessStore::default();
    let ids = ["user-10", "user-2", "", "user-1", "admin-3", "USER-02"];
    let rows = ids.iter().zip(1..).map(|(external_id, id)| Business {
        external_id: (!external_id.is_empty()).then(|| (*external_id).into()),
        ..business(id, external_id, None)
    });
    businesses.upsert(rows.map(Into::into).collect());
    let query = Query::default();
    let mut order = Order::default();
    order.rebuild(&businesses, &rule(&query, ListColumn::ExternalId, false));
    assert_eq!(
        names(&order, &businesses),
        ["admin-3", "user-1", "user-02", "user-2", "user-10", ""]
    );
    order.rebuild(&businesses, &rule(&query, ListColumn::ExternalId, true));
    assert_eq!(
        names(&order, &businesses),
        ["user-10", "user-2", "user-02", "user-1", "admin-3", ""]
    );
}

/// What can happen to a list between two frames.
#[derive(Debug, Clone)]
enum Change {
    /// A page arrives, with new, unchanged and changed rows.
    Page(Vec<(u128, String, Option<i64>)>),
    /// The server no longer lists these.
    Drop(Vec<u128>),
    /// A frame is drawn.
    Frame,
    Filter(String),
}

#[test]
fn texts_that_begin_alike_are_in_the_order_of_their_ids() {
    let ends = ["b", "a"].map(|end| format!("{}{end}", "x".repeat(1_000)));
    let rows = ends.iter().zip(1..).map(|(text, id)| Business {
        external_id: Some(text.as_str().into()),
        ..business(id, text, None)
    });
    let mut businesses = BusinessStore::default();
    businesses.upsert(rows.map(Into::into).collect());
    let query = Query::default();
    let mut order = Order::default();
    for column in [ListColumn::Name, ListColumn::ExternalId] {
        order.rebuild(&businesses, &rule(&query, column, false));
        assert_eq!(order.rows(), [0, 1], "{column:?}");
    }
}

fn change() -> impl Strategy<Value = Change> {
    let row = (
        0_u128..24,
        "[a-cÄä]{0,10}",
        proptest::option::of(-50_i64..50),
    );
    prop_oneof![
        4 => proptest::collection::vec(row, 0..12).prop_map(Change::Page),
        1 => proptest::collection::vec(0_u128..24, 0..6).prop_map(Change::Drop),
        3 => Just(Change::Frame),
        1 => "[a-c]{0,1}".prop_map(Change::Filter),
    ]
}

/// The cost of a page depends on its own rows only: rows that stay are skipped by their keys.
#[test]
fn a_page_that_arrives_looks_at_no_row_that_stays() {
    const ROWS: u128 = 5_000;
    let looked = std::cell::Cell::new(0);
    let token_end = |id: BusinessId| {
        looked.set(looked.get() + 1);
        let shuffled = id.0.as_u128() * 7_919 % ROWS;
        Some(BootInstant::from_origin(std::time::Duration::from_secs(
            shuffled as u64,
        )))
    };
    let query = Query::default();
    let rule = OrderRule {
        token_end: &token_end,
        ..rule(&query, ListColumn::Token, false)
    };
    let (mut businesses, mut order) = (BusinessStore::default(), Order::default());
    let page = |ids: std::ops::Range<u128>, name: &str| {
        ids.map(|id| business(id, name, None).into()).collect()
    };
    businesses.upsert(page(0..ROWS, "a"));
    order.update(&[], &businesses, &rule, true);
    for (from, more_to_come) in [(0, true), (100, true), (200, false)] {
        let changed = businesses.upsert(page(from..from + 100, "b"));
        assert_eq!(changed.len(), 100);
        looked.set(0);
        order.update(&changed, &businesses, &rule, more_to_come);
        assert_eq!(looked.get(), 100, "rows at {from}");
    }
    assert!(
        order.keys.is_empty(),
        "they are not kept beyond the last page"
    );
    let mut sorted = Order::default();
    sorted.rebuild(&businesses, &rule);
    assert_eq!(order.rows(), sorted.rows());
}

proptest! {
    /// Any sequence of pages, changes and removals, applied at any moment, gives the same rows as sorting everything from
    /// scratch.
    #[test]
    fn updating_equals_sorting_from_scratch(
        changes in proptest::collection::vec(change(), 1..20),
        column in proptest::sample::select(&ListColumn::ALL[..]),
        is_descending: bool,
        more_to_come: bool,
    ) {
        let (mut businesses, mut order, mut pending) = (BusinessStore::default(), Order::default(), Vec::new());
        let mut query = Query::default();
        let mut present = crate::domain::business::BusinessIds::default();
        for change in changes.into_iter().chain([Change::Frame]) {
            let rule = rule(&query, column, is_descending);
            match change {
                Change::Page(rows) => {
                    let rows: Vec<_> = rows.iter().map(|(id, name, created)| business(*id, name, *created)).collect();
                    present.extend(rows.iter().map(|row| row.id));
                    pending.extend(businesses.upsert(rows.into_iter().map(Into::into).collect()));
                }
                Change::Drop(ids) => {
                    order.update(&std::mem::take(&mut pending), &businesses, &rule, more_to_come);
                    ids.iter().for_each(|id| { present.remove(&BusinessId(Uuid::from_u128(*id))); });
                    if let Some(numbers) = businesses.retain(&present) {
                        order.renumber(&numbers);
                    }
                }
                Change::Frame => {
                    order.update(&std::mem::take(&mut pending), &businesses, &rule, more_to_come);
                    let mut sorted = Order::default();
                    sorted.rebuild(&businesses, &rule);
                    prop_assert_eq!(order.rows(), sorted.rows());
                    prop_assert_eq!(&order.sorted, &sorted.sorted);
                    // The short key never contradicts the full comparison.
                    prop_assert!(sorted.rows().is_sorted_by(|a, b| compare(*a, *b, &businesses, &rule).is_lt()));
                }
                Change::Filter(typed) => {
                    query = Query::parse(&typed, &TimeZone::UTC);
                    order.refilter(&businesses, &self::rule(&query, column, is_descending));
                }
            }
        }
    }

    #[test]
    fn galloping_finds_what_halving_finds(mut rows in proptest::collection::vec(0_u32..50, 0..80), wanted in 0_u32..51) {
        rows.sort_unstable();
        prop_assert_eq!(gallop(&rows, |row| *row < wanted), rows.partition_point(|row| *row < wanted));
    }

    #[test]
    fn a_key_never_contradicts_the_full_order(
        rows in proptest::collection::vec(
            (proptest::option::of("[\0a-bä]{0,3}|[ab]{28,34}"), "[\0a-bä]{0,3}|[ab]{28,34}", any::<Option<bool>>()),
            2..12,
        ),
        column in proptest::sample::select(&ListColumn::ALL[..]),
        is_descending: bool,
    ) {
        let mut businesses = BusinessStore::default();
        let rows = rows.into_iter().zip(1..).map(|((text, name, is_active), id)| Business {
            country: text.as_deref().map(Into::into),
            entity_type: text.as_deref().map(Into::into),
            external_id: text.as_deref().map(Into::into),
            is_active,
            ..business(id, &name, None)
        });
        businesses.upsert(rows.map(Into::into).collect());
        let query = Query::default();
        let rule = rule(&query, column, is_descending);
        for (one, other) in (0..businesses.len() as u32).flat_map(|one| (0..one).map(move |other| (one, other))) {
            let by_key = key(one, &businesses, &rule).compare(&key(other, &businesses, &rule), &businesses, &rule);
            prop_assert_eq!(by_key, compare(one, other, &businesses, &rule));
        }
    }
}
