//! Which rows are shown, and in which order: rebuilt when an input changes, never per frame.

use std::cmp::Ordering;

use crate::domain::business::{Business, BusinessId};
use crate::domain::filter::Query;
use crate::domain::text::ServerText;
use crate::domain::time::BootInstant;

use super::book::Book;
use super::layout::{Column, Sort};

/// When the token of a business ends; `None` where it has no live one.
pub type TokenEnd<'a> = &'a dyn Fn(BusinessId) -> Option<BootInstant>;

/// The numbers of the shown rows, top to bottom.
#[derive(Debug, Default)]
pub struct Order {
    rows: Vec<u32>,
}

/// What decides the order.
pub struct Rule<'a> {
    /// Which rows are shown.
    pub query: &'a Query,
    /// How they are sorted.
    pub sort: Sort,
    /// For the filter and the column of tokens.
    pub token_end: TokenEnd<'a>,
}

impl Order {
    /// The shown rows.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// Builds it anew.
    pub fn rebuild(&mut self, book: &Book, rule: &Rule<'_>) {
        self.rows = passing(book, 0..book.len() as u32, rule);
        sort(&mut self.rows, book, rule);
    }

    /// Takes in the rows from number `first` on, without sorting the others again.
    pub fn insert_from(&mut self, first: usize, book: &Book, rule: &Rule<'_>) {
        let mut fresh = passing(book, first as u32..book.len() as u32, rule);
        sort(&mut fresh, book, rule);
        let old = std::mem::take(&mut self.rows);
        self.rows = Vec::with_capacity(old.len() + fresh.len());
        let mut rest = old.as_slice();
        for row in fresh {
            let at = rest.partition_point(|known| compare(*known, row, book, rule).is_lt());
            self.rows.extend_from_slice(&rest[..at]);
            self.rows.push(row);
            rest = &rest[at..];
        }
        self.rows.extend_from_slice(rest);
    }

    /// The place of a row, from 0.
    pub fn place_of(&self, row: u32) -> Option<usize> {
        self.rows.iter().position(|shown| *shown == row)
    }
}

fn passing(book: &Book, rows: std::ops::Range<u32>, rule: &Rule<'_>) -> Vec<u32> {
    if rule.query.is_empty() {
        return rows.collect();
    }
    rows.filter(|row| {
        book.candidate(*row).is_some_and(|candidate| {
            rule.query
                .matches(&candidate, |id| (rule.token_end)(id).is_some())
        })
    })
    .collect()
}

/// Sorts by an eight-byte key first, so that most comparisons touch no text at all.
fn sort(rows: &mut [u32], book: &Book, rule: &Rule<'_>) {
    let mut keyed: Vec<(u64, u32)> = rows
        .iter()
        .map(|row| (prefix(*row, book, rule), *row))
        .collect();
    keyed.sort_unstable_by(|a, b| {
        let by_prefix = a.0.cmp(&b.0);
        let by_prefix = if rule.sort.is_descending {
            by_prefix.reverse()
        } else {
            by_prefix
        };
        by_prefix.then_with(|| compare(a.1, b.1, book, rule))
    });
    for (place, (_, row)) in rows.iter_mut().zip(keyed) {
        *place = row;
    }
}

/// Orders as [`compare`] does, or calls equal what only [`compare`] can decide.
fn prefix(row: u32, book: &Book, rule: &Rule<'_>) -> u64 {
    let Some(business) = book.row(row) else {
        return 0;
    };
    let key = match rule.sort.column {
        Column::Name => present(book.index().title(row as usize)).map(text_prefix),
        Column::ExternalId => present(book.index().external_id(row as usize)).map(text_prefix),
        Column::Created => business.created_at.map(|at| {
            // Shifts the sign so that moments before 1970 come first.
            at.as_microsecond().cast_unsigned() ^ (1 << 63)
        }),
        Column::Token => {
            (rule.token_end)(row_id(business)).map(|end| end.since_origin().as_micros() as u64)
        }
        Column::Country | Column::Type | Column::Currency | Column::Status => {
            small_text(business, rule.sort.column).map(text_prefix)
        }
    };
    // What is missing comes last in both directions.
    let missing = if rule.sort.is_descending { 0 } else { u64::MAX };
    key.map_or(missing, |key| key.clamp(1, u64::MAX - 1))
}

fn row_id(business: &Business) -> BusinessId {
    business.id
}

fn present(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn text_prefix(text: &str) -> u64 {
    let mut bytes = [0; 8];
    let len = text.len().min(8);
    bytes[..len].copy_from_slice(&text.as_bytes()[..len]);
    u64::from_be_bytes(bytes)
}

fn small_text(business: &Business, column: Column) -> Option<&str> {
    let field = match column {
        Column::Country => &business.country,
        Column::Type => &business.entity_type,
        Column::Currency => &business.base_currency,
        Column::Status => {
            return Some(if business.is_active == Some(false) {
                "inactive"
            } else {
                "active"
            });
        }
        Column::Name | Column::ExternalId | Column::Created | Column::Token => return None,
    };
    field.as_ref().map(ServerText::raw)
}

/// The whole order: by the column, then by name, then by id, so that equal rows never swap.
fn compare(a: u32, b: u32, book: &Book, rule: &Rule<'_>) -> Ordering {
    let (Some(one), Some(other)) = (book.row(a), book.row(b)) else {
        return a.cmp(&b);
    };
    let texts = |a, b| directed(present(a), present(b), rule.sort);
    let title = |row: u32| book.index().title(row as usize);
    let external_id = |row: u32| book.index().external_id(row as usize);
    let by_column = match rule.sort.column {
        Column::Name => texts(title(a), title(b)),
        Column::ExternalId => texts(external_id(a), external_id(b)),
        Column::Created => directed(one.created_at, other.created_at, rule.sort),
        Column::Token => directed(
            (rule.token_end)(one.id),
            (rule.token_end)(other.id),
            rule.sort,
        ),
        column => directed(
            small_text(one, column),
            small_text(other, column),
            rule.sort,
        ),
    };
    by_column
        .then_with(|| title(a).cmp(title(b)))
        .then_with(|| one.id.cmp(&other.id))
}

/// Compares in the direction of the sort; what is missing comes last in both.
fn directed<T: Ord>(a: Option<T>, b: Option<T>, sort: Sort) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if sort.is_descending => b.cmp(&a),
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{Timestamp, tz::TimeZone};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn business(id: u128, name: &str, created: Option<i64>) -> Business {
        Business {
            name: (!name.is_empty()).then(|| name.into()),
            created_at: created.and_then(|secs| Timestamp::from_second(secs).ok()),
            country: (!id.is_multiple_of(3)).then(|| ["DE", "NL"][id as usize % 2].into()),
            ..Business::unknown(BusinessId(Uuid::from_u128(id)))
        }
    }

    fn names(order: &Order, book: &Book) -> Vec<String> {
        let title = |row: &u32| book.index().title(*row as usize).to_owned();
        order.rows().iter().map(title).collect()
    }

    fn rule(query: &Query, column: Column, is_descending: bool) -> Rule<'_> {
        Rule {
            query,
            sort: Sort {
                column,
                is_descending,
            },
            token_end: &|_| None,
        }
    }

    #[test]
    fn accents_sort_with_their_letter_and_missing_names_last() {
        let mut book = Book::default();
        book.upsert(
            ["Zebra", "Äpfel", "", "apex", "Österreich", "Ost"]
                .iter()
                .enumerate()
                .map(|(id, name)| business(id as u128, name, None))
                .collect(),
        );
        let query = Query::default();
        let mut order = Order::default();
        order.rebuild(&book, &rule(&query, Column::Name, false));
        assert_eq!(
            names(&order, &book),
            ["apex", "apfel", "ost", "osterreich", "zebra", ""]
        );
        order.rebuild(&book, &rule(&query, Column::Name, true));
        assert_eq!(
            names(&order, &book),
            ["zebra", "osterreich", "ost", "apfel", "apex", ""]
        );
    }

    proptest! {
        /// Taking in page after page gives the same rows as sorting everything at the end.
        #[test]
        fn inserting_equals_rebuilding(
            pages in proptest::collection::vec(proptest::collection::vec(("[a-cÄä]{0,10}", proptest::option::of(-50_i64..50)), 0..12), 1..6),
            column in 0_usize..8, is_descending: bool, filter in "[a-c]{0,1}",
        ) {
            let query = Query::parse(&filter, &TimeZone::UTC);
            let rule = rule(&query, Column::ALL[column], is_descending);
            let (mut book, mut order) = (Book::default(), Order::default());
            let mut id = 0;
            for page in pages {
                let rows = page.iter().map(|(name, created)| { id += 1; business(id, name, *created) }).collect();
                let added = book.upsert(rows);
                order.insert_from(added.first_new, &book, &rule);
            }
            let mut rebuilt = Order::default();
            rebuilt.rebuild(&book, &rule);
            prop_assert_eq!(order.rows(), rebuilt.rows());
            // The eight-byte key never contradicts the whole comparison.
            prop_assert!(rebuilt.rows().is_sorted_by(|a, b| compare(*a, *b, &book, &rule).is_lt()));
        }
    }
}
