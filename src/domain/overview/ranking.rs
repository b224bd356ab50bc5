//! Counts businesses by the values of a text field, most frequent first.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::figure::{BarValue, OverviewBar};
use crate::domain::business::{BusinessText, CompactBusiness};
use crate::domain::filter::{can_be_a_term, quoted};

/// How often each value occurs.
pub(super) struct Ranking<'a> {
    text: BusinessText,
    counts: HashMap<&'a str, usize>,
    rows: usize,
}

impl<'a> Ranking<'a> {
    pub(super) fn new(text: BusinessText) -> Self {
        Self {
            text,
            counts: HashMap::new(),
            rows: 0,
        }
    }

    pub(super) fn count(&mut self, row: &'a CompactBusiness) {
        self.rows += 1;
        if let Some(value) = row.text(self.text).filter(|value| !value.is_empty()) {
            *self.counts.entry(value).or_default() += 1;
        }
    }

    /// The `most` frequent values, and one bar for the rest. `key` is the filter key.
    pub(super) fn figure(
        self,
        key: &str,
        value: impl Fn(String) -> BarValue,
        most: usize,
    ) -> Vec<OverviewBar> {
        // The filter ignores case.
        let mut folded: HashMap<String, usize> = HashMap::new();
        for (text, count) in self.counts {
            let text = match self.text {
                BusinessText::Country => text.to_ascii_uppercase(),
                _ => text.to_ascii_lowercase(),
            };
            *folded.entry(text).or_default() += count;
        }
        let values = folded.len();
        let mut ranked: Vec<(String, usize)> = folded
            .into_iter()
            .filter(|(text, _)| can_be_a_term(text))
            .collect();
        ranked
            .sort_unstable_by(|(a, more), (b, count)| (Reverse(more), a).cmp(&(Reverse(count), b)));
        ranked.truncate(most);
        let counted: usize = ranked.iter().map(|(_, count)| count).sum();
        let names: Vec<&str> = ranked.iter().map(|(text, _)| text.as_str()).collect();
        let rest = OverviewBar {
            value: BarValue::Other(values - ranked.len()),
            count: self.rows - counted,
            filter: match names.as_slice() {
                [] => String::new(),
                names => format!("!{key}:{}", quoted(&names.join(","))),
            },
        };
        let bars = ranked.iter().map(|(text, count)| OverviewBar {
            filter: format!("{key}:{}", quoted(text)),
            value: value(text.clone()),
            count: *count,
        });
        let mut bars: Vec<OverviewBar> = bars.collect();
        bars.extend((rest.count > 0).then_some(rest));
        bars
    }
}
