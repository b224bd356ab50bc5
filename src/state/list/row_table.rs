//! Rows by something that they have, such as an id or a name.

use std::hash::{BuildHasher as _, Hash};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// Finds rows by a value of theirs, and holds no more than their numbers: what the values are, each call says anew, so
/// that no text is held twice. A row whose value changes has to be removed before and inserted after that.
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

    /// Takes memory for so many more rows.
    pub(super) fn reserve<V: Hash>(&mut self, more: usize, value_of: impl Fn(u32) -> Option<V>) {
        let hasher = &self.hasher;
        self.rows
            .reserve(more, |row| hasher.hash_one(value_of(*row)));
    }

    /// Takes in a row, in place of another one with its value. One without a value is not taken in.
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

    /// Forgets a row, unless another one has taken its place.
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

    /// Gives every row its new number, and drops those without one. Their values stay.
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
