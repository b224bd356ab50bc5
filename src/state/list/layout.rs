//! The columns of the table: what they are called, which are shown, how wide the user made them.

use serde::{Deserialize, Serialize};

/// A column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// Display name, else legal name.
    Name,
    /// Two letters.
    Country,
    /// Legal form.
    Type,
    /// Three letters.
    Currency,
    /// The partner's own id.
    ExternalId,
    /// Active or not.
    Status,
    /// Day of creation.
    Created,
    /// The live token, if any.
    Token,
}

impl Column {
    /// All of them, in the order in which they are first shown.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::Country,
        Self::Type,
        Self::Currency,
        Self::ExternalId,
        Self::Status,
        Self::Created,
        Self::Token,
    ];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Country => "Country",
            Self::Type => "Type",
            Self::Currency => "Currency",
            Self::ExternalId => "external_id",
            Self::Status => "Status",
            Self::Created => "Created",
            Self::Token => "Token",
        }
    }
}

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
    pub column: Column,
    /// Hidden by hand; columns also leave by themselves where room is short.
    pub is_hidden: bool,
    /// In points, once the user has dragged it.
    pub width: Option<f32>,
}

/// What the rows are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    /// The column that decides first.
    pub column: Column,
    /// Largest or latest first.
    pub is_descending: bool,
}

impl Default for Sort {
    /// Newest first, as the server lists them.
    fn default() -> Self {
        Self {
            column: Column::Created,
            is_descending: true,
        }
    }
}

impl Sort {
    /// The sort after a click on the heading of `column`.
    pub fn clicked(self, column: Column) -> Self {
        if self.column == column {
            return Self {
                is_descending: !self.is_descending,
                ..self
            };
        }
        Self {
            column,
            // What is looked for first: the newest business, the longest-living token.
            is_descending: matches!(column, Column::Created | Column::Token),
        }
    }
}

impl Default for Layout {
    fn default() -> Self {
        let columns = Column::ALL.map(|column| ColumnLayout {
            column,
            is_hidden: false,
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
        for column in Column::ALL {
            if !seen.contains(&column) {
                self.columns.push(ColumnLayout {
                    column,
                    is_hidden: false,
                    width: None,
                });
            }
        }
        for entry in &mut self.columns {
            entry.width = entry.width.filter(|width| (24.0..=2000.0).contains(width));
            // Without a name the rows could not be told apart.
            entry.is_hidden &= entry.column != Column::Name;
        }
        self
    }
}
