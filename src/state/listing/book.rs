//! All businesses that have arrived, in the order of their arrival, and the text to find them by.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash as _, Hasher as _};
use std::sync::Arc;

use crate::domain::business::{Business, BusinessId};
use crate::domain::filter::{Candidate, SearchIndex};

/// The rows, each with a number that stays the same until the next [`Book::retain`].
#[derive(Debug, Default)]
pub struct Book {
    /// Shared, so that an export takes them along without copying their texts.
    rows: Vec<Arc<Business>>,
    by_id: HashMap<BusinessId, u32>,
    by_external_id: HashMap<Box<str>, u32>,
    /// By a hash of the folded title, so that names are not held once more.
    by_title: HashMap<u64, u32>,
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

    /// All rows, in the order of their arrival.
    pub fn rows(&self) -> &[Arc<Business>] {
        &self.rows
    }

    /// The row with this number.
    pub fn row(&self, row: u32) -> Option<&Business> {
        self.rows.get(row as usize).map(Arc::as_ref)
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
    pub fn by_external_id(&self, external_id: &str) -> Option<&Business> {
        let row = self.row(*self.by_external_id.get(external_id)?)?;
        // The id may have been changed on the server meanwhile.
        row.external_id
            .as_ref()
            .filter(|id| id.raw() == external_id)?;
        Some(row)
    }

    /// A business whose folded title is this.
    pub fn by_folded_title(&self, folded: &str) -> Option<&Business> {
        let row = *self.by_title.get(&hash(folded))?;
        self.row(row)
            .filter(|_| self.index.title(row as usize) == folded)
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
                    let at = self.rows.len() as u32;
                    self.by_id.insert(row.id, at);
                    self.index.push(&row);
                    self.index_names(&row, at);
                    self.rows.push(Arc::new(row));
                }
                Some(at) => {
                    let known = &self.rows[at as usize];
                    // The list does not repeat what reading the single business told.
                    row.email = row.email.or_else(|| known.email.clone());
                    if **known != row {
                        self.index.replace(at as usize, &row);
                        self.index_names(&row, at);
                        self.rows[at as usize] = Arc::new(row);
                        added.changed = true;
                    }
                }
            }
        }
        added
    }

    fn index_names(&mut self, row: &Business, at: u32) {
        if let Some(id) = &row.external_id {
            self.by_external_id.insert(id.raw().into(), at);
        }
        let title = self.index.title(at as usize);
        if !title.is_empty() {
            self.by_title.insert(hash(title), at);
        }
    }

    /// Drops what is not in `keep`; returns whether anything was dropped. Numbers change.
    pub fn retain(&mut self, keep: &HashSet<BusinessId>) -> bool {
        let before = self.rows.len();
        let mut rows = std::mem::take(&mut self.rows);
        rows.retain(|row| keep.contains(&row.id));
        let dropped = rows.len() != before;
        if dropped {
            *self = Self::default();
            self.upsert(rows.into_iter().map(Arc::unwrap_or_clone).collect());
        } else {
            self.rows = rows;
        }
        dropped
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
