//! The bars of a figure.

use jiff::civil::Date;

/// Bars that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figure {
    /// In the order in which they are drawn.
    pub bars: Vec<FigureBar>,
}

/// How many businesses have something in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureBar {
    /// What they have in common.
    pub value: BarValue,
    /// How many there are.
    pub count: usize,
    /// What shows them in the list, and no others.
    pub filter: String,
}

/// What the businesses of a bar have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BarValue {
    /// A code of two letters, in capitals.
    Country(String),
    /// A code of the API, in small letters.
    EntityType(String),
    /// None of the values that have a bar: one of so many others, or none at all.
    Other(usize),
    /// Created in the month that begins on this day.
    Month(Date),
    /// Created before the month that begins on this day.
    Before(Date),
    /// In use.
    Active,
    /// Not in use.
    Inactive,
    /// In the archive.
    Archived,
    /// A token of theirs is live.
    LiveToken,
}

impl Figure {
    /// How many businesses the largest bar of a single value stands for; at least 1.
    pub fn largest(&self) -> usize {
        let single = self.bars.iter().filter(|bar| bar.value.is_single());
        single.map(|bar| bar.count).max().unwrap_or_default().max(1)
    }
}

impl BarValue {
    /// Whether it can be compared with the others: all the rest together would only dwarf them.
    pub const fn is_single(&self) -> bool {
        !matches!(self, Self::Other(_) | Self::Before(_))
    }
}
