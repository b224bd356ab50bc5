//! All businesses that have arrived, in the order of their arrival, and the text to find them by.

use std::collections::{HashMap, HashSet};

use crate::domain::business::{Business, BusinessId};
use crate::domain::filter::{Candidate, SearchIndex};

/// The rows, each with a number that stays the same until the next [`Book::retain`].
#[derive(Debug, Default)]
pub struct Book {
    rows: Vec<Business>,
    by_id: HashMap<BusinessId, u32>,
    index: SearchIndex,
}

/// What adding a page did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Rows that are new: all from this number on.
    pub first_new: usize,
    /// Whether a row that was there already now reads differently.
    pub changed: bool,
}

impl Book {
    /// How many businesses there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row with this number.
    pub fn row(&self, row: u32) -> Option<&Business> {
        self.rows.get(row as usize)
    }

    /// The number of a business.
    pub fn position(&self, id: BusinessId) -> Option<u32> {
        self.by_id.get(&id).copied()
    }

    /// A business by its id.
    pub fn get(&self, id: BusinessId) -> Option<&Business> {
        self.row(self.position(id)?)
    }

    /// The text index, row by row.
    pub fn index(&self) -> &SearchIndex {
        &self.index
    }

    /// What a filter looks at for one row.
    pub fn candidate(&self, row: u32) -> Option<Candidate<'_>> {
        Some(Candidate {
            business: self.row(row)?,
            text: self.index.row(row as usize),
        })
    }

    /// The business with exactly this `external_id`.
    pub fn by_external_id(&self, external_id: &str) -> Option<BusinessId> {
        self.rows
            .iter()
            .find(|row| {
                row.external_id
                    .as_ref()
                    .is_some_and(|id| id.raw() == external_id)
            })
            .map(|row| row.id)
    }

    /// Adds rows, and replaces those that are there already.
    pub fn upsert(&mut self, rows: Vec<Business>) -> Added {
        let mut added = Added {
            first_new: self.rows.len(),
            changed: false,
        };
        for mut row in rows {
            match self.position(row.id) {
                None => {
                    // A list of four thousand million businesses does not fit in memory.
                    self.by_id.insert(row.id, self.rows.len() as u32);
                    self.index.push(&row);
                    self.rows.push(row);
                }
                Some(at) => {
                    let known = &mut self.rows[at as usize];
                    // The list does not repeat what reading the single business told.
                    row.email = row.email.or_else(|| known.email.take());
                    if *known != row {
                        self.index.replace(at as usize, &row);
                        *known = row;
                        added.changed = true;
                    }
                }
            }
        }
        added
    }

    /// Drops what is not in `keep`; returns whether anything was dropped. Numbers change.
    pub fn retain(&mut self, keep: &HashSet<BusinessId>) -> bool {
        let before = self.rows.len();
        let mut rows = std::mem::take(&mut self.rows);
        rows.retain(|row| keep.contains(&row.id));
        let dropped = rows.len() != before;
        if dropped {
            *self = Self::default();
            self.upsert(rows);
        } else {
            self.rows = rows;
        }
        dropped
    }
}
