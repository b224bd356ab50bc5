//! Statistics about a list of businesses. Each bar of a figure has a filter that shows the businesses it counts.

mod figure;
mod months;
mod ranking;
#[cfg(test)]
mod tests;

pub use figure::{BarValue, OverviewBar, largest_bar};

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::business::{BusinessId, BusinessText, CompactBusiness};
use months::Months;
use ranking::Ranking;

/// How many countries and legal forms get a bar of their own. The others share one.
const MAX_RANKED: usize = 8;

/// The figures of a list at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// Total number of businesses.
    pub total: usize,
    /// Created per month, oldest first. The first bar counts all earlier ones, if there are any.
    pub created: Vec<OverviewBar>,
    /// Per country, largest first.
    pub countries: Vec<OverviewBar>,
    /// Per legal form, largest first.
    pub entity_types: Vec<OverviewBar>,
    /// Active, inactive and archived.
    pub status: Vec<OverviewBar>,
}

impl Overview {
    /// Counts these rows in one pass. `now` and `zone` determine the months and when they begin.
    pub fn of(
        rows: &[CompactBusiness],
        archived: &HashSet<BusinessId>,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Self {
        let mut months = Months::until(now, zone);
        let mut countries = Ranking::new(BusinessText::Country);
        let mut entity_types = Ranking::new(BusinessText::EntityType);
        let (mut active, mut inactive, mut in_archive) = (0, 0, 0);
        for row in rows {
            months.count(row.created_at());
            countries.count(row);
            entity_types.count(row);
            if archived.contains(&row.id) {
                in_archive += 1;
            } else {
                active += usize::from(row.is_active() == Some(true));
                inactive += usize::from(row.is_active() == Some(false));
            }
        }
        Self {
            total: rows.len(),
            created: months.figure(),
            countries: countries.figure("country", BarValue::Country, MAX_RANKED),
            entity_types: entity_types.figure("type", BarValue::EntityType, MAX_RANKED),
            status: status(active, inactive, in_archive),
        }
    }
}

/// An archived business is neither active nor inactive, as in the filter. Those whose status the server does not state are not counted.
fn status(active: usize, inactive: usize, archived: usize) -> Vec<OverviewBar> {
    let bars = [
        (BarValue::Active, active, "is:active"),
        (BarValue::Inactive, inactive, "is:inactive"),
        (BarValue::Archived, archived, "is:archived"),
    ];
    bars.into_iter()
        // The number of archived businesses is unknown until the server was asked for them.
        .filter(|(value, count, _)| *value != BarValue::Archived || *count > 0)
        .map(|(value, count, filter)| OverviewBar {
            value,
            count,
            filter: filter.to_owned(),
        })
        .collect()
}
