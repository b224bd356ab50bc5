//! Which rows are shown, and in which order: rebuilt when an input changes, never per frame.

use std::cmp::Ordering;
use std::collections::HashSet;

use jiff::Timestamp;

use crate::domain::business::{BusinessId, CompactBusiness};
use crate::domain::filter::Query;
use crate::domain::time::BootInstant;
use crate::state::list::book::Book;
use crate::state::list::columns::SortKey;
use crate::state::list::layout::Sort;
use crate::state::list::natural::natural;

/// When the token of a business ends; `None` where it has no live one.
pub type TokenEnd<'a> = &'a dyn Fn(BusinessId) -> Option<BootInstant>;

/// The numbers of the rows, top to bottom.
#[derive(Debug, Default)]
pub struct Order {
    /// Those that pass the filter.
    rows: Vec<u32>,
    /// All of them, so that a keystroke in the filter sorts nothing.
    sorted: Vec<u32>,
    /// The keys of `sorted`, place by place, while pages come in; else none, since they take more room than the order.
    keys: Vec<OrderKey>,
    /// Where the next keys are merged, so that no memory is asked for each time.
    spare: Vec<OrderKey>,
}

/// What decides the order.
pub struct Rule<'a> {
    /// Which rows are shown.
    pub query: &'a Query,
    /// What decides first.
    sort_key: SortKey,
    /// Largest or latest first.
    is_descending: bool,
    /// For the filter, and where the ends of tokens decide.
    pub token_end: TokenEnd<'a>,
    /// For the filter.
    archived: &'a HashSet<BusinessId>,
}

impl<'a> Rule<'a> {
    /// The rule for this filter and this sort.
    pub fn new(
        query: &'a Query,
        sort: Sort,
        token_end: TokenEnd<'a>,
        archived: &'a HashSet<BusinessId>,
    ) -> Self {
        Self {
            query,
            sort_key: sort.column.spec().sort_key,
            is_descending: sort.is_descending,
            token_end,
            archived,
        }
    }
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
        self.forget_keys();
        let keys = sorted_keys(0..book.len() as u32, book, rule);
        self.sorted = keys.iter().map(|key| key.row).collect();
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
        let is_archived = |id| rule.archived.contains(&id);
        let passing = rule
            .query
            .passing(book.index(), business, is_live, is_archived);
        self.rows.clear();
        let sorted = self.sorted.iter().copied();
        self.rows
            .extend(sorted.filter(|row| passing.get(*row as usize) == Some(&true)));
    }

    /// Takes in the rows that the book has got since the last time, and those of `changed`, which read differently
    /// now. The others are not sorted again: where more pages are to come, their keys are kept, so that they are passed
    /// over without touching a row. Gather what changes and call it once a frame.
    pub fn update(&mut self, changed: &[u32], book: &Book, rule: &Rule<'_>, more_to_come: bool) {
        let known = self.sorted.len();
        let mut is_fresh = vec![false; book.len()];
        is_fresh[known..].fill(true);
        for row in changed {
            is_fresh[*row as usize] = true;
        }
        let rows = 0..book.len() as u32;
        let fresh = sorted_keys(rows.filter(|row| is_fresh[*row as usize]), book, rule);

        let stays = |row: u32| !is_fresh[row as usize];
        if self.keys.is_empty() && !more_to_come {
            self.sorted.retain(|row| stays(*row));
            let key = |row: &u32| key(*row, book, rule);
            let old = std::mem::take(&mut self.sorted);
            let into = &mut self.sorted;
            merge(&old, &fresh, into, key, |key| key.row, book, rule);
        } else {
            if self.keys.is_empty() {
                self.keys = self
                    .sorted
                    .iter()
                    .map(|row| key(*row, book, rule))
                    .collect();
            }
            self.keys.retain(|key| stays(key.row));
            let (old, into) = (&self.keys, &mut self.spare);
            merge(old, &fresh, into, |key| *key, |key| key, book, rule);
            std::mem::swap(&mut self.keys, &mut self.spare);
            self.sorted.clear();
            self.sorted.extend(self.keys.iter().map(|key| key.row));
        }
        if !more_to_come {
            self.forget_keys();
        }
        if rule.query.depends_on_all() {
            self.refilter(book, rule);
        } else {
            self.show(is_fresh, book, rule);
        }
    }

    /// Shows what was shown, but of the fresh rows those that pass the filter.
    fn show(&mut self, is_fresh: Vec<bool>, book: &Book, rule: &Rule<'_>) {
        if rule.query.is_empty() {
            self.rows.clone_from(&self.sorted);
            return;
        }
        let is_live = |id| (rule.token_end)(id).is_some();
        let is_archived = |id| rule.archived.contains(&id);
        let passes = |row: u32| {
            let candidate = book.candidate(row);
            candidate.is_some_and(|candidate| rule.query.matches(&candidate, is_live, is_archived))
        };
        let mut is_shown = vec![false; is_fresh.len()];
        for row in &self.rows {
            is_shown[*row as usize] = true;
        }
        let is_shown = |row: u32| match is_fresh[row as usize] {
            true => passes(row),
            false => is_shown[row as usize],
        };
        let sorted = self.sorted.iter().copied();
        self.rows.clear();
        self.rows.extend(sorted.filter(|row| is_shown(*row)));
    }

    /// No more pages are to come.
    pub fn forget_keys(&mut self) {
        self.keys = Vec::new();
        self.spare = Vec::new();
    }

    /// Gives every row its new number, and drops those without one.
    pub fn renumber(&mut self, numbers: &[Option<u32>]) {
        self.forget_keys();
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

/// Merges fresh rows and those that stay, whose keys `key` tells.
fn merge<T: Copy>(
    staying: &[T],
    fresh: &[OrderKey],
    into: &mut Vec<T>,
    key: impl Fn(&T) -> OrderKey,
    from_key: impl Fn(OrderKey) -> T,
    book: &Book,
    rule: &Rule<'_>,
) {
    into.clear();
    into.reserve(staying.len() + fresh.len());
    let mut rest = staying;
    for new in fresh {
        let at = gallop(rest, |old| key(old).compare(new, book, rule).is_lt());
        into.extend_from_slice(&rest[..at]);
        into.push(from_key(*new));
        rest = &rest[at..];
    }
    into.extend_from_slice(rest);
}

/// As `partition_point`, at a cost that grows with how far the answer is and not with how long the slice is.
fn gallop<T>(rows: &[T], is_before: impl Fn(&T) -> bool) -> usize {
    let (mut from, mut step) = (0, 1);
    while rows.get(from + step - 1).is_some_and(&is_before) {
        from += step;
        step *= 2;
    }
    let to = rows.len().min(from + step - 1);
    from + rows[from..to].partition_point(is_before)
}

/// What most comparisons are decided by, without touching any text.
#[derive(Debug, Clone, Copy)]
struct OrderKey {
    /// The beginning of the value that is sorted by; what is missing comes last in both directions.
    main: u64,
    /// The next bytes of it where that is a long text, else the beginning of the title.
    more: [u64; 2],
    row: u32,
}

impl OrderKey {
    fn compare(&self, other: &Self, book: &Book, rule: &Rule<'_>) -> Ordering {
        let directed = |order: Ordering| {
            if rule.is_descending {
                order.reverse()
            } else {
                order
            }
        };
        directed(self.main.cmp(&other.main))
            .then_with(|| match rule.sort_key {
                SortKey::Title | SortKey::ExternalId => directed(self.more.cmp(&other.more)),
                // A value of less than eight bytes is in the key as a whole.
                _ if self.main & 0xFF == 0 => self.more.cmp(&other.more),
                _ => Ordering::Equal,
            })
            .then_with(|| compare(self.row, other.row, book, rule))
    }
}

fn sorted_keys(rows: impl Iterator<Item = u32>, book: &Book, rule: &Rule<'_>) -> Vec<OrderKey> {
    let mut keys: Vec<OrderKey> = rows.map(|row| key(row, book, rule)).collect();
    keys.sort_unstable_by(|a, b| a.compare(b, book, rule));
    keys
}

fn key(row: u32, book: &Book, rule: &Rule<'_>) -> OrderKey {
    let index = book.index();
    let title = index.title(row as usize);
    let missing = if rule.is_descending { 0 } else { u64::MAX << 8 };
    let Some(business) = book.row(row) else {
        return OrderKey {
            main: missing,
            more: [0; 2],
            row,
        };
    };
    let long_text = |text: &str, [first, second, third]: [u64; 3]| {
        (
            present(text).map(|_| first.clamp(1, (u64::MAX << 8) - 1)),
            [second, third],
        )
    };
    let (main, more) = match rule.sort_key {
        SortKey::Title => long_text(title, words(title)),
        SortKey::ExternalId => {
            let id = index.external_id(row as usize);
            long_text(id, words_of(natural(id)))
        }
        SortKey::Created | SortKey::Updated => {
            // Shifts the sign so that moments before 1970 come first.
            let micros = |at: Timestamp| at.as_microsecond().cast_unsigned() ^ (1 << 63);
            let at = match rule.sort_key {
                SortKey::Updated => business.updated_at(),
                _ => business.created_at(),
            };
            (at.map(micros).map(undecided), [0; 2])
        }
        SortKey::Id => {
            let (first, _) = business.id.0.as_u64_pair();
            (Some(undecided(first)), [0; 2])
        }
        SortKey::TokenEnd => {
            let micros = |end: BootInstant| end.since_origin().as_micros() as u64;
            (
                (rule.token_end)(business.id).map(micros).map(undecided),
                [0; 2],
            )
        }
        SortKey::Text(_) | SortKey::Status => {
            let [first, second, _] = words(title);
            let value = small_text(business, rule.sort_key).map(|text| words(text)[0]);
            (
                value.map(|value| value.clamp(1 << 8, (u64::MAX << 8) - 1)),
                [first, second],
            )
        }
    };
    OrderKey {
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
    words_of(text.bytes())
}

fn words_of(text: impl Iterator<Item = u8>) -> [u64; 3] {
    let mut bytes = [0; 24];
    for (place, byte) in bytes.iter_mut().zip(text) {
        *place = byte;
    }
    let word = |at: usize| {
        let mut word = [0; 8];
        word.copy_from_slice(&bytes[at..at + 8]);
        u64::from_be_bytes(word)
    };
    [word(0), word(8), word(16)]
}

/// What is short enough that a key mostly holds all of it.
fn small_text(business: &CompactBusiness, key: SortKey) -> Option<&str> {
    match key {
        SortKey::Text(text) => business.text(text),
        // Seven letters at most, so that the key holds all of them.
        SortKey::Status if business.is_active() == Some(false) => Some("off"),
        SortKey::Status => Some("active"),
        SortKey::Title
        | SortKey::ExternalId
        | SortKey::Created
        | SortKey::Updated
        | SortKey::Id
        | SortKey::TokenEnd => None,
    }
}

/// The whole order: by the sort key, then by name, then by id, so that equal rows never swap.
fn compare(a: u32, b: u32, book: &Book, rule: &Rule<'_>) -> Ordering {
    let (Some(one), Some(other)) = (book.row(a), book.row(b)) else {
        return a.cmp(&b);
    };
    let texts = |a, b| directed(present(a), present(b), rule);
    let title = |row: u32| book.index().title(row as usize);
    let external_id = |row: u32| book.index().external_id(row as usize);
    let by_key = match rule.sort_key {
        SortKey::Title => texts(title(a), title(b)),
        SortKey::ExternalId => {
            let (a, b) = (external_id(a), external_id(b));
            let by_number = natural(a).cmp(natural(b));
            let by_number = if rule.is_descending {
                by_number.reverse()
            } else {
                by_number
            };
            match (present(a), present(b)) {
                (Some(_), Some(_)) => by_number.then_with(|| texts(a, b)),
                _ => texts(a, b),
            }
        }
        SortKey::Created => directed(one.created_at(), other.created_at(), rule),
        SortKey::Updated => directed(one.updated_at(), other.updated_at(), rule),
        SortKey::Id => directed(Some(one.id), Some(other.id), rule),
        SortKey::TokenEnd => directed((rule.token_end)(one.id), (rule.token_end)(other.id), rule),
        key @ (SortKey::Text(_) | SortKey::Status) => {
            directed(small_text(one, key), small_text(other, key), rule)
        }
    };
    by_key
        .then_with(|| title(a).cmp(title(b)))
        .then_with(|| one.id.cmp(&other.id))
}

/// Compares in the direction of the sort; what is missing comes last in both.
fn directed<T: Ord>(a: Option<T>, b: Option<T>, rule: &Rule<'_>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if rule.is_descending => b.cmp(&a),
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
    use crate::domain::business::Business;
    use crate::state::list::ListColumn;

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

    fn names(order: &Order, book: &Book) -> Vec<String> {
        let title = |row: &u32| book.index().title(*row as usize).to_owned();
        order.rows().iter().map(title).collect()
    }

    fn rule(query: &Query, column: ListColumn, is_descending: bool) -> Rule<'_> {
        let sort = Sort {
            column,
            is_descending,
        };
        static NONE: std::sync::LazyLock<HashSet<BusinessId>> =
            std::sync::LazyLock::new(HashSet::new);
        Rule::new(query, sort, &|_| None, &NONE)
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
        order.rebuild(&book, &rule(&query, ListColumn::Name, false));
        assert_eq!(
            names(&order, &book),
            ["apex", "apfel", "ost", "osterreich", "zebra", ""]
        );
        order.rebuild(&book, &rule(&query, ListColumn::Name, true));
        assert_eq!(
            names(&order, &book),
            ["zebra", "osterreich", "ost", "apfel", "apex", ""]
        );
    }

    #[test]
    fn ids_sort_as_people_count() {
        let mut book = Book::default();
        let ids = ["user-10", "user-2", "", "user-1", "admin-3", "USER-02"];
        let rows = ids.iter().zip(1..).map(|(external_id, id)| Business {
            external_id: (!external_id.is_empty()).then(|| (*external_id).into()),
            ..business(id, external_id, None)
        });
        book.upsert(rows.map(Into::into).collect());
        let query = Query::default();
        let mut order = Order::default();
        order.rebuild(&book, &rule(&query, ListColumn::ExternalId, false));
        assert_eq!(
            names(&order, &book),
            ["admin-3", "user-1", "user-02", "user-2", "user-10", ""]
        );
        order.rebuild(&book, &rule(&query, ListColumn::ExternalId, true));
        assert_eq!(
            names(&order, &book),
            ["user-10", "user-2", "user-02", "user-1", "admin-3", ""]
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

    /// A page among many costs what its own rows cost: those that stay are passed over by their keys.
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
        let rule = Rule {
            token_end: &token_end,
            ..rule(&query, ListColumn::Token, false)
        };
        let (mut book, mut order) = (Book::default(), Order::default());
        let page = |ids: std::ops::Range<u128>, name: &str| {
            ids.map(|id| business(id, name, None).into()).collect()
        };
        book.upsert(page(0..ROWS, "a"));
        order.update(&[], &book, &rule, true);
        for (from, more_to_come) in [(0, true), (100, true), (200, false)] {
            let changed = book.upsert(page(from..from + 100, "b"));
            assert_eq!(changed.len(), 100);
            looked.set(0);
            order.update(&changed, &book, &rule, more_to_come);
            assert_eq!(looked.get(), 100, "rows at {from}");
        }
        assert!(
            order.keys.is_empty(),
            "they are not kept beyond the last page"
        );
        let mut sorted = Order::default();
        sorted.rebuild(&book, &rule);
        assert_eq!(order.rows(), sorted.rows());
    }

    proptest! {
        /// Any sequence of pages, changes and removals, taken in at any moment, gives the same rows as sorting
        /// everything from scratch.
        #[test]
        fn updating_equals_sorting_from_scratch(
            changes in proptest::collection::vec(change(), 1..20),
            column in proptest::sample::select(&ListColumn::ALL[..]),
            is_descending: bool,
            more_to_come: bool,
        ) {
            let (mut book, mut order, mut pending) = (Book::default(), Order::default(), Vec::new());
            let mut query = Query::default();
            let mut present = crate::domain::business::BusinessIds::default();
            for change in changes.into_iter().chain([Change::Frame]) {
                let rule = rule(&query, column, is_descending);
                match change {
                    Change::Page(rows) => {
                        let rows: Vec<_> = rows.iter().map(|(id, name, created)| business(*id, name, *created)).collect();
                        present.extend(rows.iter().map(|row| row.id));
                        pending.extend(book.upsert(rows.into_iter().map(Into::into).collect()));
                    }
                    Change::Drop(ids) => {
                        order.update(&std::mem::take(&mut pending), &book, &rule, more_to_come);
                        ids.iter().for_each(|id| { present.remove(&BusinessId(Uuid::from_u128(*id))); });
                        if let Some(numbers) = book.retain(&present) {
                            order.renumber(&numbers);
                        }
                    }
                    Change::Frame => {
                        order.update(&std::mem::take(&mut pending), &book, &rule, more_to_come);
                        let mut sorted = Order::default();
                        sorted.rebuild(&book, &rule);
                        prop_assert_eq!(order.rows(), sorted.rows());
                        prop_assert_eq!(&order.sorted, &sorted.sorted);
                        // The short key never contradicts the whole comparison.
                        prop_assert!(sorted.rows().is_sorted_by(|a, b| compare(*a, *b, &book, &rule).is_lt()));
                    }
                    Change::Filter(typed) => {
                        query = Query::parse(&typed, &TimeZone::UTC);
                        order.refilter(&book, &self::rule(&query, column, is_descending));
                    }
                }
            }
        }

        #[test]
        fn galloping_finds_what_halving_finds(mut rows in proptest::collection::vec(0_u32..50, 0..80), wanted in 0_u32..51) {
            rows.sort_unstable();
            prop_assert_eq!(gallop(&rows, |row| *row < wanted), rows.partition_point(|row| *row < wanted));
        }
    }
}
