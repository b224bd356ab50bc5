//! The columns of a table.

/// Width of a column in px, including the 12 px gap on its right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ColumnWidth {
    /// The remaining width, but at least this. One column of a table should have it.
    Rest(f32),
    /// The remaining width, between these two.
    RestUpTo(f32, f32),
    /// This width, which the user cannot change.
    Fixed(f32),
    /// This width initially; the user can drag it.
    Dragged(f32),
}

impl ColumnWidth {
    /// The current width, or the minimum width of a column that takes the remaining width.
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

/// A column of a [`DataTable`](super::DataTable).
#[derive(Clone, Copy, Debug)]
pub struct TableColumn<'a> {
    /// Text of the header.
    pub name: &'a str,
    pub width: ColumnWidth,
    /// Whether a click on the header sorts.
    pub sortable: bool,
    /// Whether the largest value is first, if the rows are sorted by this column.
    pub sorted: Option<bool>,
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

    /// A column of this width, in px, which the user cannot change.
    #[must_use]
    pub const fn fixed(name: &'a str, width: f32) -> Self {
        Self::new(name, ColumnWidth::Fixed(width))
    }

    /// A column that takes the remaining width, but at least this, in px.
    #[must_use]
    pub const fn rest(name: &'a str, least: f32) -> Self {
        Self::new(name, ColumnWidth::Rest(least))
    }

    /// Makes the header clickable and shows the current sort mark.
    #[must_use]
    pub const fn sortable(mut self, is_descending: Option<bool>) -> Self {
        self.sortable = true;
        self.sorted = is_descending;
        self
    }
}
