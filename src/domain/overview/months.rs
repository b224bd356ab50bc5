//! Counts businesses by the month of their creation.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::figure::{BarValue, OverviewBar};

/// Number of months shown, including the current one.
const MONTHS: usize = 12;

/// The number of businesses created in each month.
pub(super) struct Months {
    /// The first day of each month and the moment at which it begins, oldest first.
    begin: Vec<(Date, Timestamp)>,
    /// When the current month ends.
    end: Timestamp,
    /// Parallel to `begin`.
    counts: [usize; MONTHS],
    before: usize,
}

impl Months {
    /// The twelve months up to that of `now`.
    pub(super) fn until(now: Timestamp, zone: &TimeZone) -> Self {
        let current = now.to_zoned_datetime(zone.clone()).date().first_of_month();
        let begins = |day: Date| {
            let begin = day.to_zoned_datetime(zone.clone());
            begin.map_or(Timestamp::MAX, |begin| begin.timestamp())
        };
        let back = (0..MONTHS).rev();
        let first = back.filter_map(|months| {
            let span = Span::new().months(i64::try_from(months).ok()?);
            current.checked_sub(span).ok()
        });
        let next = current.checked_add(Span::new().months(1));
        Self {
            begin: first.map(|day| (day, begins(day))).collect(),
            end: next.map_or(Timestamp::MAX, begins),
            counts: [0; MONTHS],
            before: 0,
        }
    }

    /// Counts a business by its time of creation, if known. One in the future is not counted.
    pub(super) fn count(&mut self, created: Option<Timestamp>) {
        let Some(created) = created.filter(|at| *at < self.end) else {
            return;
        };
        let after = self.begin.partition_point(|(_, begin)| *begin <= created);
        match after.checked_sub(1).and_then(|at| self.counts.get_mut(at)) {
            Some(count) => *count += 1,
            None => self.before += 1,
        }
    }

    pub(super) fn figure(self) -> Vec<OverviewBar> {
        let first = self.begin.first().map(|(day, _)| *day);
        let before = first.filter(|_| self.before > 0).map(|day| OverviewBar {
            value: BarValue::Before(day),
            count: self.before,
            filter: format!("created:<{}", day.strftime("%Y-%m")),
        });
        let months = self.begin.iter().zip(self.counts);
        let months = months.map(|((day, _), count)| OverviewBar {
            value: BarValue::Month(*day),
            count,
            filter: format!("created:{}", day.strftime("%Y-%m")),
        });
        before.into_iter().chain(months).collect()
    }
}
