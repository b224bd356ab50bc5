//! A hash table from a value of a row, such as its id or name, to the row.

use std::hash::{BuildHasher as _, Hash};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// Finds rows by a value. To avoid storing values twice, it holds only row numbers, and each call passes a function that
/// returns the value of a row. When the value of a row changes, remove the row before and insert it afterwards.
#[derive(Debug, Default)]
pub(super) struct RowTable {
    rows: HashTable<u32>,
    hasher: RandomState,
}

impl RowTable {
    /// The row with this value.
    pub(super) fn get<V: Hash + PartialEq>(
        &self,
        value: &Option<V>,
        value_of: impl Fn(u32) -> Option<V>,
    ) -> Option<u32> {
        let hash = self.hasher.hash_one(value);
        let found = self.rows.find(hash, |row| value_of(*row) == *value);
        found.copied()
    }

    /// Reserves memory for this many more rows.
    pub(super) fn reserve<V: Hash>(&mut self, more: usize, value_of: impl Fn(u32) -> Option<V>) {
        let hasher = &self.hasher;
        self.rows
            .reserve(more, |row| hasher.hash_one(value_of(*row)));
    }

    /// Inserts a row. It replaces another row with the same value; a row without a value is not inserted.
    pub(super) fn insert<V: Hash + PartialEq>(
        &mut self,
        row: u32,
        value_of: impl Fn(u32) -> Option<V>,
    ) {
        let value = value_of(row);
        if value.is_none() {
            return;
        }
        let hash = self.hasher.hash_one(&value);
        match self.rows.find_mut(hash, |known| value_of(*known) == value) {
            Some(known) => *known = row,
            None => {
                let hasher = &self.hasher;
                let rehash = |row: &u32| hasher.hash_one(value_of(*row));
                self.rows.insert_unique(hash, row, rehash);
            }
        }
    }

    /// Removes a row, unless another row with the same value has replaced it.
    pub(super) fn remove<V: Hash + PartialEq>(
        &mut self,
        row: u32,
        value_of: impl Fn(u32) -> Option<V>,
    ) {
        let hash = self.hasher.hash_one(value_of(row));
        if let Ok(entry) = self.rows.find_entry(hash, |known| *known == row) {
            entry.remove();
        }
    }

    /// Gives every row its new number, and drops rows that have none. Their values must not change.
    pub(super) fn renumber(&mut self, numbers: &[Option<u32>]) {
        self.rows.retain(|row| {
            let new = numbers.get(*row as usize).copied().flatten();
            *row = new.unwrap_or_default();
            new.is_some()
        });
    }

    pub(super) fn clear(&mut self) {
        self.rows.clear();
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }
}
