//! The bars of a figure, in drawing order.

use jiff::civil::Date;

/// The number of businesses with a common property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverviewBar {
    pub value: BarValue,
    pub count: usize,
    /// The filter that shows exactly these businesses.
    pub filter: String,
}

/// The common property of the businesses of a bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BarValue {
    /// Two letters, upper case.
    Country(String),
    /// A code of the API, lower case.
    EntityType(String),
    /// All remaining businesses: this many other values, or no value.
    Other(usize),
    /// Created in the month that begins on this day.
    Month(Date),
    /// Created before the month that begins on this day.
    Before(Date),
    Active,
    Inactive,
    Archived,
    /// Have a live token.
    LiveToken,
}

/// Size of the largest bar of a single value; at least 1.
pub fn largest_bar(bars: &[OverviewBar]) -> usize {
    let single = bars.iter().filter(|bar| bar.value.is_single());
    single.map(|bar| bar.count).max().unwrap_or_default().max(1)
}

impl BarValue {
    /// Whether it stands for a single value. The bar for the rest could dwarf all others, so it is not used for the
    /// scale.
    const fn is_single(&self) -> bool {
        !matches!(self, Self::Other(_) | Self::Before(_))
    }
}
