//! Groups the shown entries by the day on which they were made.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A day of the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistoryDay {
    pub date: Date,
    /// Number of entries.
    pub count: usize,
    /// Number of entries on older days.
    first: usize,
    /// Number of entries and headings of older days.
    rows_before: usize,
}

/// All days, oldest first. Rows count from the top: newest first, each day with a heading above its entries.
#[derive(Debug, Default)]
pub(super) struct HistoryDays(Vec<HistoryDay>);

/// The content of a row.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum DayRow<'a> {
    /// The heading of a day.
    Heading(&'a HistoryDay),
    /// An entry, by its position from the oldest.
    Place(usize),
}

impl HistoryDays {
    /// Groups entries with these times, in the order in which they were made. If the clock was set back, a day can occur
    /// twice.
    pub(super) fn of(times: impl Iterator<Item = Timestamp>, zone: &TimeZone) -> Self {
        let mut days: Vec<HistoryDay> = Vec::new();
        // The bounds of the current day, so that the zone is consulted once per day, not once per entry.
        let mut known = Timestamp::MIN..Timestamp::MIN;
        for (place, at) in times.enumerate() {
            let is_same = known.contains(&at);
            if let Some(day) = days.last_mut().filter(|_| is_same) {
                day.count += 1;
                continue;
            }
            let start = at.to_zoned_datetime(zone.clone());
            let date = start.date();
            known = bounds(date, zone).unwrap_or(at..at);
            match days.last_mut().filter(|day| day.date == date) {
                Some(day) => day.count += 1,
                None => days.push(HistoryDay {
                    date,
                    count: 1,
                    first: place,
                    rows_before: place + days.len(),
                }),
            }
        }
        Self(days)
    }

    pub(super) fn row_count(&self) -> usize {
        self.0
            .last()
            .map_or(0, |day| day.rows_before + day.count + 1)
    }

    /// The content of this row, counted from the top.
    pub(super) fn row(&self, row: usize) -> Option<DayRow<'_>> {
        let from_below = self.row_count().checked_sub(row + 1)?;
        let after = self.0.partition_point(|day| day.rows_before <= from_below);
        let day = self.0.get(after.checked_sub(1)?)?;
        let within = from_below - day.rows_before;
        Some(if within == day.count {
            DayRow::Heading(day)
        } else {
            DayRow::Place(day.first + within)
        })
    }

    /// The row of the entry at this position.
    pub(super) fn row_of(&self, place: usize) -> Option<usize> {
        let after = self.0.partition_point(|day| day.first <= place);
        let day = self.0.get(after.checked_sub(1)?)?;
        let from_below = day.rows_before + (place - day.first);
        self.row_count().checked_sub(from_below + 1)
    }
}

/// The start of a day and of the next one.
fn bounds(date: Date, zone: &TimeZone) -> Option<std::ops::Range<Timestamp>> {
    let begin = |date: Date| date.to_zoned_datetime(zone.clone()).ok();
    let from = begin(date)?;
    let to = begin(date.tomorrow().ok()?)?;
    Some(from.timestamp()..to.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(hours: &[i64], zone: &TimeZone) -> HistoryDays {
        let at = |hour: &i64| Timestamp::from_second(hour * 3_600).unwrap();
        HistoryDays::of(hours.iter().map(at), zone)
    }

    #[test]
    fn each_day_has_a_heading_above_its_entries_and_the_newest_is_on_top() {
        let days = days(&[1, 23, 24, 50, 60, 71], &TimeZone::UTC);
        let rows: Vec<String> = (0..days.row_count())
            .map(|row| match days.row(row).unwrap() {
                DayRow::Heading(day) => format!("{} {}", day.date, day.count),
                DayRow::Place(place) => place.to_string(),
            })
            .collect();
        assert_eq!(
            rows,
            [
                "1970-01-03 3",
                "5",
                "4",
                "3",
                "1970-01-02 1",
                "2",
                "1970-01-01 2",
                "1",
                "0"
            ]
        );
        assert_eq!(days.row(rows.len()), None);
        for place in 0..6 {
            let row = days.row_of(place).unwrap();
            assert_eq!(days.row(row), Some(DayRow::Place(place)));
        }
    }

    #[test]
    fn a_day_begins_where_the_user_is() {
        let berlin = TimeZone::fixed(jiff::tz::offset(2));
        assert_eq!(days(&[21, 22, 23], &TimeZone::UTC).0.len(), 1);
        assert_eq!(days(&[21, 22, 23], &berlin).0.len(), 2);
        assert_eq!(days(&[], &berlin).row_count(), 0);
    }

    #[test]
    fn a_clock_that_was_set_back_loses_no_entry() {
        let days = days(&[30, 2, 31], &TimeZone::UTC);
        let headings =
            (0..days.row_count()).filter(|row| matches!(days.row(*row), Some(DayRow::Heading(_))));
        assert_eq!(headings.count(), 3);
        assert_eq!(days.row_count(), 6);
    }
}
