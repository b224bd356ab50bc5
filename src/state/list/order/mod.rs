//! Which rows are shown and in which order. Rebuilt when an input changes, never per frame.

mod key;
mod rule;
#[cfg(test)]
mod tests;

use key::{OrderKey, key, sorted_keys};
pub(super) use rule::OrderRule;
pub use rule::TokenEnd;

use crate::state::list::business_store::BusinessStore;

/// The numbers of the rows, top to bottom.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// The rows that pass the filter.
    rows: Vec<u32>,
    /// All rows, so that a keystroke in the filter does not have to sort.
    sorted: Vec<u32>,
    /// The keys of `sorted`, in the same order, while pages arrive. Empty otherwise, since they need more memory than `sorted`.
    keys: Vec<OrderKey>,
    /// The buffer for merging keys, retained so that merging need not allocate each time.
    spare: Vec<OrderKey>,
}

impl Order {
    /// The shown rows.
    pub(super) fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// Number of sorted rows, including those that the filter hides.
    pub(super) fn known(&self) -> usize {
        self.sorted.len()
    }

    /// Sorts all rows and filters them.
    pub(super) fn rebuild(&mut self, businesses: &BusinessStore, rule: &OrderRule<'_>) {
        self.forget_keys();
        let keys = sorted_keys(0..businesses.len() as u32, businesses, rule);
        self.sorted = keys.iter().map(|key| key.row).collect();
        self.refilter(businesses, rule);
    }

    /// Filters the sorted rows.
    pub(super) fn refilter(&mut self, businesses: &BusinessStore, rule: &OrderRule<'_>) {
        if rule.query.is_empty() {
            self.rows.clone_from(&self.sorted);
            return;
        }
        let business = |row: usize| businesses.row(row as u32);
        let is_live = |id| (rule.token_end)(id).is_some();
        let is_archived = |id| rule.archived.contains(&id);
        let passing = rule
            .query
            .passing(businesses.index(), business, is_live, is_archived);
        self.rows.clear();
        let sorted = self.sorted.iter().copied();
        self.rows
            .extend(sorted.filter(|row| passing.get(*row as usize) == Some(&true)));
    }

    /// Adds the rows that have arrived since the last call, and moves those of `changed`, whose values changed. While
    /// more pages are expected, the keys of the other rows are kept, so that none of these rows is read again. Collect
    /// the changes and call this once per frame.
    pub(super) fn update(
        &mut self,
        changed: &[u32],
        businesses: &BusinessStore,
        rule: &OrderRule<'_>,
        more_to_come: bool,
    ) {
        let known = self.sorted.len();
        let mut is_fresh = vec![false; businesses.len()];
        is_fresh[known..].fill(true);
        for row in changed {
            is_fresh[*row as usize] = true;
        }
        let rows = 0..businesses.len() as u32;
        let fresh = sorted_keys(rows.filter(|row| is_fresh[*row as usize]), businesses, rule);

        let stays = |row: u32| !is_fresh[row as usize];
        if self.keys.is_empty() && !more_to_come {
            self.sorted.retain(|row| stays(*row));
            let key = |row: &u32| key(*row, businesses, rule);
            let old = std::mem::take(&mut self.sorted);
            let into = &mut self.sorted;
            merge(&old, &fresh, into, key, |key| key.row, businesses, rule);
        } else {
            if self.keys.is_empty() {
                self.keys = self
                    .sorted
                    .iter()
                    .map(|row| key(*row, businesses, rule))
                    .collect();
            }
            self.keys.retain(|key| stays(key.row));
            let (old, into) = (&self.keys, &mut self.spare);
            merge(old, &fresh, into, |key| *key, |key| key, businesses, rule);
            std::mem::swap(&mut self.keys, &mut self.spare);
            self.sorted.clear();
            self.sorted.extend(self.keys.iter().map(|key| key.row));
        }
        if !more_to_come {
            self.forget_keys();
        }
        if rule.query.depends_on_all() {
            self.refilter(businesses, rule);
        } else {
            self.show(is_fresh, businesses, rule);
        }
    }

    /// Filters only the fresh rows. All others stay shown or hidden.
    fn show(&mut self, is_fresh: Vec<bool>, businesses: &BusinessStore, rule: &OrderRule<'_>) {
        if rule.query.is_empty() {
            self.rows.clone_from(&self.sorted);
            return;
        }
        let is_live = |id| (rule.token_end)(id).is_some();
        let is_archived = |id| rule.archived.contains(&id);
        let passes = |row: u32| {
            let candidate = businesses.candidate(row);
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

    /// Frees the keys once no more pages are expected.
    pub(super) fn forget_keys(&mut self) {
        self.keys = Vec::new();
        self.spare = Vec::new();
    }

    /// Gives every row its new number, and drops those without one.
    pub(super) fn renumber(&mut self, numbers: &[Option<u32>]) {
        self.forget_keys();
        for rows in [&mut self.sorted, &mut self.rows] {
            rows.retain_mut(|row| {
                let new = numbers.get(*row as usize).copied().flatten();
                *row = new.unwrap_or_default();
                new.is_some()
            });
        }
    }

    /// The position of a row, from 0.
    pub(super) fn position_of(&self, row: u32) -> Option<usize> {
        self.rows.iter().position(|shown| *shown == row)
    }
}

/// Merges the fresh rows into the rows that stay. `key` returns the key of a row that stays.
fn merge<T: Copy>(
    staying: &[T],
    fresh: &[OrderKey],
    into: &mut Vec<T>,
    key: impl Fn(&T) -> OrderKey,
    from_key: impl Fn(OrderKey) -> T,
    businesses: &BusinessStore,
    rule: &OrderRule<'_>,
) {
    into.clear();
    into.reserve(staying.len() + fresh.len());
    let mut rest = staying;
    for new in fresh {
        let at = gallop(rest, |old| key(old).compare(new, businesses, rule).is_lt());
        into.extend_from_slice(&rest[..at]);
        into.push(from_key(*new));
        rest = &rest[at..];
    }
    into.extend_from_slice(rest);
}

/// Like `partition_point`, but its cost grows with the position of the result, not with the length of the slice.
fn gallop<T>(rows: &[T], is_before: impl Fn(&T) -> bool) -> usize {
    let (mut from, mut step) = (0, 1);
    while rows.get(from + step - 1).is_some_and(&is_before) {
        from += step;
        step *= 2;
    }
    let to = rows.len().min(from + step - 1);
    from + rows[from..to].partition_point(is_before)
}
