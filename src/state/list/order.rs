//! Which rows are shown, and in which order: rebuilt when an input changes, never per frame.

use std::cmp::Ordering;

use jiff::Timestamp;

use crate::domain::business::{Business, BusinessId};
use crate::domain::filter::Query;
use crate::domain::text::ServerText;
use crate::domain::time::BootInstant;
use crate::state::list::book::Book;
use crate::state::list::layout::{Column, Sort};

/// When the token of a business ends; `None` where it has no live one.
pub type TokenEnd<'a> = &'a dyn Fn(BusinessId) -> Option<BootInstant>;

/// The numbers of the rows, top to bottom.
#[derive(Debug, Default)]
pub struct Order {
    /// Those that pass the filter.
    rows: Vec<u32>,
    /// All of them, so that a keystroke in the filter sorts nothing.
    sorted: Vec<u32>,
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

    /// How many rows it has in order, those that the filter hides included.
    pub fn known(&self) -> usize {
        self.sorted.len()
    }

    /// Sorts all rows and filters them.
    pub fn rebuild(&mut self, book: &Book, rule: &Rule<'_>) {
        self.sorted = (0..book.len() as u32).collect();
        sort(&mut self.sorted, book, rule);
        self.refilter(book, rule);
    }

    /// Filters the sorted rows.
    pub fn refilter(&mut self, book: &Book, rule: &Rule<'_>) {
        if rule.query.is_empty() {
            self.rows.clone_from(&self.sorted);
            return;
        }
        let business = |row: usize| book.row(row as u32);
        let is_live = |id| (rule.token_end)(id).is_some();
        let passing = rule.query.passing(book.index(), business, is_live);
        self.rows.clear();
        let sorted = self.sorted.iter().copied();
        self.rows
            .extend(sorted.filter(|row| passing.get(*row as usize) == Some(&true)));
    }

    /// Takes in the rows that the book has got since the last time, and those of `changed`, which read differently
    /// now. The others are not sorted again, so that it costs little beside a full sort; still it passes over all
    /// rows, so gather what changes and call it once a frame.
    pub fn update(&mut self, mut changed: Vec<u32>, book: &Book, rule: &Rule<'_>) {
        let known = self.sorted.len();
        changed.retain(|row| (*row as usize) < known);
        if !changed.is_empty() {
            let mut stays = vec![true; known];
            for row in &changed {
                stays[*row as usize] = false;
            }
            self.sorted.retain(|row| stays[*row as usize]);
            self.rows.retain(|row| stays[*row as usize]);
        }
        let mut fresh = changed;
        fresh.sort_unstable();
        fresh.dedup();
        fresh.extend(known as u32..book.len() as u32);
        sort(&mut fresh, book, rule);
        merge(&mut self.sorted, &fresh, book, rule);
        if rule.query.is_empty() {
            self.rows.clone_from(&self.sorted);
            return;
        }
        fresh.retain(|row| {
            book.candidate(*row).is_some_and(|candidate| {
                rule.query
                    .matches(&candidate, |id| (rule.token_end)(id).is_some())
            })
        });
        merge(&mut self.rows, &fresh, book, rule);
    }

    /// Gives every row its new number, and drops those without one.
    pub fn renumber(&mut self, numbers: &[Option<u32>]) {
        for rows in [&mut self.sorted, &mut self.rows] {
            rows.retain_mut(|row| {
                let new = numbers.get(*row as usize).copied().flatten();
                *row = new.unwrap_or_default();
                new.is_some()
            });
        }
    }

    /// The place of a row, from 0.
    pub fn place_of(&self, row: u32) -> Option<usize> {
        self.rows.iter().position(|shown| *shown == row)
    }
}

/// Merges sorted rows into sorted rows.
fn merge(into: &mut Vec<u32>, fresh: &[u32], book: &Book, rule: &Rule<'_>) {
    let old = std::mem::take(into);
    into.reserve(old.len() + fresh.len());
    let mut rest = old.as_slice();
    for row in fresh {
        let at = gallop(rest, |known| compare(known, *row, book, rule).is_lt());
        into.extend_from_slice(&rest[..at]);
        into.push(*row);
        rest = &rest[at..];
    }
    into.extend_from_slice(rest);
}

/// As `partition_point`, at a cost that grows with how far the answer is and not with how long the slice is.
fn gallop(rows: &[u32], is_before: impl Fn(u32) -> bool) -> usize {
    let (mut from, mut step) = (0, 1);
    while rows.get(from + step - 1).is_some_and(|row| is_before(*row)) {
        from += step;
        step *= 2;
    }
    let to = rows.len().min(from + step - 1);
    from + rows[from..to].partition_point(|row| is_before(*row))
}

/// What most comparisons are decided by, without touching any text.
struct Key {
    /// The beginning of the column's value; what is missing comes last in both directions.
    main: u64,
    /// The next bytes of it where the column is a long text, else the beginning of the title.
    more: [u64; 2],
    row: u32,
}

fn sort(rows: &mut [u32], book: &Book, rule: &Rule<'_>) {
    let Rule { sort, .. } = rule;
    let is_long_text = matches!(sort.column, Column::Name | Column::ExternalId);
    let directed = |order: Ordering| {
        if sort.is_descending {
            order.reverse()
        } else {
            order
        }
    };
    let mut keys: Vec<Key> = rows.iter().map(|row| key(*row, book, rule)).collect();
    keys.sort_unstable_by(|a, b| {
        directed(a.main.cmp(&b.main))
            .then_with(|| match is_long_text {
                true => directed(a.more.cmp(&b.more)),
                // A value of less than eight bytes is in the key as a whole.
                false if a.main & 0xFF == 0 => a.more.cmp(&b.more),
                false => Ordering::Equal,
            })
            .then_with(|| compare(a.row, b.row, book, rule))
    });
    for (place, key) in rows.iter_mut().zip(keys) {
        *place = key.row;
    }
}

fn key(row: u32, book: &Book, rule: &Rule<'_>) -> Key {
    let index = book.index();
    let title = index.title(row as usize);
    let missing = if rule.sort.is_descending {
        0
    } else {
        u64::MAX << 8
    };
    let Some(business) = book.row(row) else {
        return Key {
            main: missing,
            more: [0; 2],
            row,
        };
    };
    let long_text = |text: &str| {
        let [first, second, third] = words(text);
        (
            present(text).map(|_| first.clamp(1, (u64::MAX << 8) - 1)),
            [second, third],
        )
    };
    let (main, more) = match rule.sort.column {
        Column::Name => long_text(title),
        Column::ExternalId => long_text(index.external_id(row as usize)),
        Column::Created => {
            // Shifts the sign so that moments before 1970 come first.
            let micros = |at: Timestamp| at.as_microsecond().cast_unsigned() ^ (1 << 63);
            (business.created_at.map(micros).map(undecided), [0; 2])
        }
        Column::Token => {
            let micros = |end: BootInstant| end.since_origin().as_micros() as u64;
            (
                (rule.token_end)(business.id).map(micros).map(undecided),
                [0; 2],
            )
        }
        Column::Country | Column::Type | Column::Currency | Column::Status => {
            let [first, second, _] = words(title);
            let value = small_text(business, rule.sort.column).map(|text| words(text)[0]);
            (
                value.map(|value| value.clamp(1 << 8, (u64::MAX << 8) - 1)),
                [first, second],
            )
        }
    };
    Key {
        main: main.unwrap_or(missing),
        more,
        row,
    }
}

/// A key that is only the beginning of its value: where two are equal, the values decide.
fn undecided(key: u64) -> u64 {
    (key | 1).clamp(1, (u64::MAX << 8) - 1)
}

fn present(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// The first 24 bytes, in an order that is theirs.
fn words(text: &str) -> [u64; 3] {
    let mut bytes = [0; 24];
    let len = text.len().min(bytes.len());
    bytes[..len].copy_from_slice(&text.as_bytes()[..len]);
    let word = |at: usize| {
        let mut word = [0; 8];
        word.copy_from_slice(&bytes[at..at + 8]);
        u64::from_be_bytes(word)
    };
    [word(0), word(8), word(16)]
}

fn small_text(business: &Business, column: Column) -> Option<&str> {
    let field = match column {
        Column::Country => &business.country,
        Column::Type => &business.entity_type,
        Column::Currency => &business.base_currency,
        Column::Status => {
            // Seven letters at most, so that the key holds all of them.
            let is_inactive = business.is_active == Some(false);
            return Some(if is_inactive { "off" } else { "active" });
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
    use jiff::tz::TimeZone;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

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
                .map(|(id, name)| business(id as u128, name, None).into())
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

    /// What can happen to a list between two frames.
    #[derive(Debug, Clone)]
    enum Change {
        /// A page arrives: of new rows, rows as they were, and rows that read differently.
        Page(Vec<(u128, String, Option<i64>)>),
        /// The server no longer lists these.
        Drop(Vec<u128>),
        /// A frame is drawn.
        Frame,
        Filter(String),
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

    proptest! {
        /// Any sequence of pages, changes and removals, taken in at any moment, gives the same rows as sorting
        /// everything from scratch.
        #[test]
        fn updating_equals_sorting_from_scratch(
            changes in proptest::collection::vec(change(), 1..20), column in 0_usize..8, is_descending: bool,
        ) {
            let (mut book, mut order, mut pending) = (Book::default(), Order::default(), Vec::new());
            let mut query = Query::default();
            let mut present = crate::domain::business::BusinessIds::default();
            for change in changes.into_iter().chain([Change::Frame]) {
                let rule = rule(&query, Column::ALL[column], is_descending);
                match change {
                    Change::Page(rows) => {
                        let rows: Vec<_> = rows.iter().map(|(id, name, created)| business(*id, name, *created)).collect();
                        present.extend(rows.iter().map(|row| row.id));
                        pending.extend(book.upsert(rows.into_iter().map(Into::into).collect()));
                    }
                    Change::Drop(ids) => {
                        order.update(std::mem::take(&mut pending), &book, &rule);
                        ids.iter().for_each(|id| { present.remove(&BusinessId(Uuid::from_u128(*id))); });
                        if let Some(numbers) = book.retain(&present) {
                            order.renumber(&numbers);
                        }
                    }
                    Change::Frame => {
                        order.update(std::mem::take(&mut pending), &book, &rule);
                        let mut sorted = Order::default();
                        sorted.rebuild(&book, &rule);
                        prop_assert_eq!(order.rows(), sorted.rows());
                        prop_assert_eq!(&order.sorted, &sorted.sorted);
                        // The short key never contradicts the whole comparison.
                        prop_assert!(sorted.rows().is_sorted_by(|a, b| compare(*a, *b, &book, &rule).is_lt()));
                    }
                    Change::Filter(typed) => {
                        query = Query::parse(&typed, &TimeZone::UTC);
                        order.refilter(&book, &self::rule(&query, Column::ALL[column], is_descending));
                    }
                }
            }
        }

        #[test]
        fn galloping_finds_what_halving_finds(mut rows in proptest::collection::vec(0_u32..50, 0..80), wanted in 0_u32..51) {
            rows.sort_unstable();
            prop_assert_eq!(gallop(&rows, |row| row < wanted), rows.partition_point(|row| *row < wanted));
        }
    }
}
