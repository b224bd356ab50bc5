//! The columns as the user arranged them: which are shown, how wide they are, and what sorts the rows.

use serde::{Deserialize, Serialize};

use crate::state::list::columns::ListColumn;

/// The columns as the user arranged them, left to right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Layout {
    /// Each column once.
    pub columns: Vec<ColumnLayout>,
    /// What the rows are sorted by.
    pub sort: Sort,
}

/// One column as the user arranged it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ColumnLayout {
    /// Which.
    pub column: ListColumn,
    /// Hidden by hand; columns also leave by themselves where room is short.
    pub is_hidden: bool,
    /// Shown by hand, so that it stays where room is short.
    #[serde(default)]
    pub is_chosen: bool,
    /// In points, once the user has dragged it.
    pub width: Option<f32>,
}

/// What the rows are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    /// The column that decides first.
    pub column: ListColumn,
    /// Largest or latest first.
    pub is_descending: bool,
}

impl Default for Sort {
    /// Newest first, as the server lists them.
    fn default() -> Self {
        Self {
            column: ListColumn::Created,
            is_descending: true,
        }
    }
}

impl Sort {
    /// The sort after a click on the heading of `column`.
    pub fn clicked(self, column: ListColumn) -> Self {
        if self.column == column {
            return Self {
                is_descending: !self.is_descending,
                ..self
            };
        }
        Self {
            column,
            is_descending: column.spec().begins_descending,
        }
    }
}

impl Default for Layout {
    fn default() -> Self {
        let columns = ListColumn::ALL.map(|column| ColumnLayout {
            column,
            is_hidden: false,
            is_chosen: false,
            width: None,
        });
        Self {
            columns: columns.to_vec(),
            sort: Sort::default(),
        }
    }
}

impl Layout {
    /// The same layout with each column exactly once, whatever a file said.
    pub fn repaired(mut self) -> Self {
        let mut seen = Vec::new();
        self.columns.retain(|entry| {
            let is_first = !seen.contains(&entry.column);
            seen.push(entry.column);
            is_first
        });
        for column in ListColumn::ALL {
            if !seen.contains(&column) {
                self.columns.push(ColumnLayout {
                    column,
                    is_hidden: false,
                    is_chosen: false,
                    width: None,
                });
            }
        }
        for entry in &mut self.columns {
            entry.width = entry.width.filter(|width| (24.0..=2000.0).contains(width));
            entry.is_hidden &= !entry.column.is_always_shown();
        }
        self
    }
}
