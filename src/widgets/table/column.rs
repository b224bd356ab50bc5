//! The columns of a table.

/// How wide a column is, in px, the 12 px of free room at its right included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ColumnWidth {
    /// What the others leave, never less than this. One column should be like that.
    Rest(f32),
    /// The same, but never more than the second.
    RestUpTo(f32, f32),
    /// This wide, and not to be changed.
    Fixed(f32),
    /// This wide at first; can be dragged.
    Dragged(f32),
}

impl ColumnWidth {
    /// The width that it has or, where it takes what the others leave, its least one.
    #[must_use]
    pub const fn least(self) -> f32 {
        match self {
            Self::Rest(width)
            | Self::RestUpTo(width, _)
            | Self::Fixed(width)
            | Self::Dragged(width) => width,
        }
    }
}

/// The order a column is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortMark {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// A column of a [`DataTable`](super::DataTable).
#[derive(Clone, Copy, Debug)]
pub struct TableColumn<'a> {
    /// The head's word.
    pub name: &'a str,
    /// How wide.
    pub width: ColumnWidth,
    /// A click on the head sorts.
    pub sortable: bool,
    /// The rows are sorted by this column.
    pub sorted: Option<SortMark>,
}

impl<'a> TableColumn<'a> {
    /// A column that cannot be sorted.
    #[must_use]
    pub const fn new(name: &'a str, width: ColumnWidth) -> Self {
        Self {
            name,
            width,
            sortable: false,
            sorted: None,
        }
    }

    /// A column whose head can be clicked, with the mark it bears now.
    #[must_use]
    pub const fn sortable(mut self, sorted: Option<SortMark>) -> Self {
        self.sortable = true;
        self.sorted = sorted;
        self
    }
}
