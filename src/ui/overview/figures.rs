//! Texts and bars of the figures.

use super::super::words;
use crate::domain::overview::{BarValue, Overview, OverviewBar, largest_bar};
use crate::domain::text::visible;
use crate::widgets::ChartBar;

/// A figure, ready to be drawn.
pub(super) struct DrawnFigure {
    /// Screen-reader text of the whole figure.
    pub(super) sentence: String,
    pub(super) bars: Vec<ChartBar>,
    /// For each bar, the filter that shows its businesses in the list.
    pub(super) filters: Vec<String>,
}

/// Businesses by status, with those that have a live token. `live` is their number.
pub(super) fn status(overview: &Overview, live: usize) -> DrawnFigure {
    let mut figure = overview.status.clone();
    figure.push(OverviewBar {
        value: BarValue::LiveToken,
        count: live,
        filter: "token:live".to_owned(),
    });
    drawn("Businesses by status", overview, &figure)
}

pub(super) fn drawn(title: &str, overview: &Overview, figure: &[OverviewBar]) -> DrawnFigure {
    let largest = largest_bar(figure) as f32;
    let said: Vec<String> = figure
        .iter()
        .filter(|bar| bar.count > 0)
        .map(|bar| {
            format!(
                "{} {}",
                full_label(&bar.value),
                words::count(bar.count as u64)
            )
        })
        .collect();
    let sentence = if said.is_empty() {
        format!("{title}: none.")
    } else {
        format!("{title}: {}.", said.join(", "))
    };
    let bars = figure.iter().enumerate().map(|(at, bar)| ChartBar {
        label: label(&bar.value),
        note: note(&bar.value, at == 0 || is_before(figure, at)),
        count: words::count(bar.count as u64),
        // A bar for several categories together may be many times longer than the others. It is truncated and marked as such.
        fraction: bar.count as f32 / largest,
        spoken: spoken(bar, overview.total),
    });
    DrawnFigure {
        sentence,
        bars: bars.collect(),
        filters: figure.iter().map(|bar| bar.filter.clone()).collect(),
    }
}

/// Whether the previous bar stands for more than a single month.
fn is_before(figure: &[OverviewBar], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| figure.get(at));
    before.is_some_and(|bar| matches!(bar.value, BarValue::Before(_)))
}

fn label(value: &BarValue) -> String {
    match value {
        BarValue::Country(code) => words::country_name(code).into_owned(),
        BarValue::EntityType(code) => visible(code).into_owned(),
        BarValue::Other(0) => "Not stated".to_owned(),
        BarValue::Other(_) => "Other".to_owned(),
        BarValue::Month(day) => day.strftime("%b").to_string(),
        BarValue::Before(_) => "Earlier".to_owned(),
        BarValue::Active => "Active".to_owned(),
        BarValue::Inactive => "Inactive".to_owned(),
        BarValue::Archived => words::ARCHIVED.to_owned(),
        BarValue::LiveToken => "Live token".to_owned(),
    }
}

/// The label on its own, without the context of neighbouring bars.
fn full_label(value: &BarValue) -> String {
    match value {
        BarValue::Month(day) => day.strftime("%B %Y").to_string(),
        BarValue::Before(day) => format!("before {}", day.strftime("%B %Y")),
        _ => label(value),
    }
}

/// The year, below the first month and every January.
fn note(value: &BarValue, is_first: bool) -> String {
    match value {
        BarValue::Month(day) if is_first || day.month() == 1 => day.year().to_string(),
        _ => String::new(),
    }
}

/// "Germany, 1,204 businesses, 40 %".
fn spoken(bar: &OverviewBar, total: usize) -> String {
    let percent = (bar.count * 100 + total / 2) / total.max(1);
    let count = words::businesses(bar.count as u64);
    format!("{}, {count}, {percent} %", full_label(&bar.value))
}
