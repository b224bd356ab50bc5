//! What a list of businesses is made of, in figures. Each bar of a figure has the filter that shows what it counts.

mod figure;
mod months;
mod ranking;
#[cfg(test)]
mod tests;

pub use figure::{BarValue, Figure, FigureBar};

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::business::{BusinessId, BusinessText, CompactBusiness};
use months::Months;
use ranking::Ranking;

/// So many countries and legal forms have a bar of their own; the rest share one.
const MOST_RANKED: usize = 8;

/// The figures of a list at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portfolio {
    /// How many businesses there are.
    pub total: usize,
    /// Created per month, the oldest month first, with all before them at the beginning.
    pub created: Figure,
    /// Per country, the largest first.
    pub countries: Figure,
    /// Per legal form, the largest first.
    pub entity_types: Figure,
    /// Active, inactive, archived.
    pub status: Figure,
}

impl Portfolio {
    /// Counts these rows, once each. `now` and `zone` decide which months there are and when they begin.
    pub fn of(
        rows: &[CompactBusiness],
        archived: &HashSet<BusinessId>,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Self {
        let mut months = Months::until(now, zone);
        let mut countries = Ranking::new(BusinessText::Country);
        let mut entity_types = Ranking::new(BusinessText::EntityType);
        let (mut inactive, mut in_archive) = (0, 0);
        for row in rows {
            months.count(row.created_at());
            countries.count(row);
            entity_types.count(row);
            inactive += usize::from(row.is_active() == Some(false));
            in_archive += usize::from(archived.contains(&row.id));
        }
        Self {
            total: rows.len(),
            created: months.figure(),
            countries: countries.figure("country", BarValue::Country, MOST_RANKED),
            entity_types: entity_types.figure("type", BarValue::EntityType, MOST_RANKED),
            status: status(rows.len() - inactive, inactive, in_archive),
        }
    }
}

/// An archived business is active or not as well, as the filter has it.
fn status(active: usize, inactive: usize, archived: usize) -> Figure {
    let bars = [
        (BarValue::Active, active, "is:active"),
        (BarValue::Inactive, inactive, "is:inactive"),
        (BarValue::Archived, archived, "is:archived"),
    ];
    let bars = bars
        .into_iter()
        // Whether there are archived ones is not known before the server was asked for them.
        .filter(|(value, count, _)| *value != BarValue::Archived || *count > 0)
        .map(|(value, count, filter)| FigureBar {
            value,
            count,
            filter: filter.to_owned(),
        });
    Figure {
        bars: bars.collect(),
    }
}
