//! The statistics of the list, counted while the overview is shown and when the list has changed.

use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::domain::overview::Overview;
use crate::domain::time::{BootInstant, Now};
use crate::state::list::Listing;

/// How often the statistics are recounted while pages arrive, because recounting for each page would be too much.
const RECOUNT_AFTER: Duration = Duration::from_millis(500);

/// The statistics as last counted.
#[derive(Debug, Default)]
pub struct OverviewCount {
    counted: Option<CountedPortfolio>,
}

#[derive(Debug)]
struct CountedPortfolio {
    overview: Overview,
    /// The content revision of the list.
    revision: u64,
    /// The first day of the month, and the zone in which days begin.
    calendar: (Date, TimeZone),
    at: BootInstant,
}

impl OverviewCount {
    /// The statistics, once they have been counted.
    pub fn latest(&self) -> Option<&Overview> {
        self.counted.as_ref().map(|counted| &counted.overview)
    }

    /// Counts the list if anything has changed since the last count. To be called while the overview is shown.
    pub(in crate::state) fn recount(&mut self, list: &Listing, now: Now, zone: &TimeZone) {
        let today = now.wall.to_zoned_datetime(zone.clone()).date();
        let revision = list.content_revision;
        let calendar = (today.first_of_month(), zone.clone());
        if let Some(counted) = &self.counted {
            let is_early = now.boot.saturating_since(counted.at) < RECOUNT_AFTER;
            let is_current = counted.revision == revision && counted.calendar == calendar;
            if is_current || (list.loading.is_running() && is_early) {
                return;
            }
        }
        self.counted = Some(CountedPortfolio {
            overview: Overview::of(list.businesses.rows(), &list.archived, now.wall, zone),
            revision,
            calendar,
            at: now.boot,
        });
    }

    /// When changes since the last count are due to be counted; `None` if there are none.
    pub(in crate::state) fn next_deadline(&self, list: &Listing) -> Option<BootInstant> {
        let counted = self.counted.as_ref()?;
        let is_stale = counted.revision != list.content_revision;
        is_stale.then(|| counted.at.saturating_add(RECOUNT_AFTER))
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::domain::business::{Business, BusinessId};

    fn at(secs: u64) -> Now {
        Now {
            wall: Timestamp::from_second(1_802_526_550).unwrap(),
            boot: BootInstant::from_origin(Duration::from_secs(secs)),
        }
    }

    fn rows(list: &mut Listing, ids: std::ops::Range<u128>) {
        let rows = ids.map(|id| Business::unknown(BusinessId(Uuid::from_u128(id))).into());
        list.receive(rows.collect(), None);
    }

    /// Shows the overview once. Returns whether that recounted, and the total.
    fn look(overview: &mut OverviewCount, list: &Listing, now: Now) -> (bool, usize) {
        let former = overview.counted.as_ref().map(|counted| counted.at);
        overview.recount(list, now, &TimeZone::UTC);
        let counted = overview.counted.as_ref().unwrap();
        (former != Some(counted.at), counted.overview.total)
    }

    #[test]
    fn a_list_that_stays_the_same_is_counted_once() {
        let (mut list, mut overview) = (Listing::default(), OverviewCount::default());
        rows(&mut list, 0..100_000);
        assert_eq!(look(&mut overview, &list, at(1)), (true, 100_000));
        for frame in 2..1_000 {
            assert_eq!(look(&mut overview, &list, at(frame)), (false, 100_000));
        }
        assert_eq!(overview.next_deadline(&list), None);
        rows(&mut list, 100_000..100_001);
        assert_eq!(look(&mut overview, &list, at(1_000)), (true, 100_001));
    }

    #[test]
    fn while_pages_arrive_they_are_counted_now_and_then() {
        let (mut list, mut overview) = (Listing::default(), OverviewCount::default());
        list.loading.begin(at(0));
        rows(&mut list, 0..50);
        assert_eq!(look(&mut overview, &list, at(1)), (true, 50));
        rows(&mut list, 50..100);
        assert_eq!(look(&mut overview, &list, at(1)), (false, 50));
        let due = overview.next_deadline(&list).unwrap();
        assert_eq!(due.saturating_since(at(1).boot), RECOUNT_AFTER);
        assert_eq!(look(&mut overview, &list, at(2)), (true, 100));
    }

    #[test]
    fn another_zone_or_month_is_counted_anew() {
        let (list, mut overview) = (Listing::default(), OverviewCount::default());
        assert!(look(&mut overview, &list, at(1)).0);
        let tokyo = TimeZone::fixed(jiff::tz::offset(9));
        overview.recount(&list, at(2), &tokyo);
        assert_eq!(overview.counted.as_ref().unwrap().at, at(2).boot);
        let later = Now {
            wall: "2027-03-01T00:00:00Z".parse().unwrap(),
            ..at(3)
        };
        overview.recount(&list, later, &tokyo);
        assert_eq!(overview.counted.as_ref().unwrap().at, at(3).boot);
    }
}
