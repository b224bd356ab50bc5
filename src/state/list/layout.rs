//! The user's layout of the columns: which are shown, how wide they are, and how the rows are sorted.

use serde::{Deserialize, Serialize};

use crate::state::list::columns::ListColumn;

/// The user's layout of the columns, left to right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Layout {
    /// Each column exactly once.
    pub columns: Vec<ColumnLayout>,
    pub sort: Sort,
}

/// The user's layout of one column.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ColumnLayout {
    pub column: ListColumn,
    /// Hidden by the user. Columns are also left out automatically if space is short.
    pub is_hidden: bool,
    /// Shown by the user, so it stays even if space is short.
    #[serde(default)]
    pub is_chosen: bool,
    /// In points; `None` until the user has dragged it.
    pub width: Option<f32>,
}

/// How the rows are sorted.
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
    /// The same layout with each column exactly once and within limits, because the file may have been edited by hand.
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
