//! Groups the shown entries by the day on which they were made.

use std::ops::Range;

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
pub(super) struct HistoryDays {
    days: Vec<HistoryDay>,
    /// From the beginning of the last day to its end, to ask the zone once per day and not once per entry.
    last: Range<Timestamp>,
}

/// The content of a row.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum DayRow<'a> {
    /// The heading of a day.
    Heading(&'a HistoryDay),
    /// An entry, by its position from the oldest.
    Entry(usize),
}

impl HistoryDays {
    /// Adds an entry after all others. A clock that was set back makes a day appear twice.
    pub(super) fn push(&mut self, at: Timestamp, zone: &TimeZone) {
        if let Some(day) = self.days.last_mut()
            && self.last.contains(&at)
        {
            day.count += 1;
            return;
        }
        let date = at.to_zoned_datetime(zone.clone()).date();
        self.last = bounds(date, zone).unwrap_or(at..at);
        match self.days.last_mut() {
            Some(day) if day.date == date => day.count += 1,
            last => {
                let first = last.map_or(0, |day| day.first + day.count);
                self.days.push(HistoryDay {
                    date,
                    count: 1,
                    first,
                    rows_before: first + self.days.len(),
                });
            }
        }
    }

    /// Removes the last entry.
    pub(super) fn pop(&mut self) {
        if let Some(day) = self.days.last_mut() {
            day.count -= 1;
            if day.count == 0 {
                self.days.pop();
                self.last = Range::default();
            }
        }
    }

    pub(super) fn row_count(&self) -> usize {
        self.days
            .last()
            .map_or(0, |day| day.rows_before + day.count + 1)
    }

    /// The content of this row, counted from the top.
    pub(super) fn row(&self, row: usize) -> Option<DayRow<'_>> {
        let from_below = self.row_count().checked_sub(row + 1)?;
        let after = self
            .days
            .partition_point(|day| day.rows_before <= from_below);
        let day = self.days.get(after.checked_sub(1)?)?;
        let within = from_below - day.rows_before;
        Some(if within == day.count {
            DayRow::Heading(day)
        } else {
            DayRow::Entry(day.first + within)
        })
    }

    /// The row of the entry at this position.
    pub(super) fn row_of(&self, position: usize) -> Option<usize> {
        let after = self.days.partition_point(|day| day.first <= position);
        let day = self.days.get(after.checked_sub(1)?)?;
        let from_below = day.rows_before + (position - day.first);
        self.row_count().checked_sub(from_below + 1)
    }
}

/// The start of a day and of the next one.
fn bounds(date: Date, zone: &TimeZone) -> Option<Range<Timestamp>> {
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
        let mut days = HistoryDays::default();
        for hour in hours {
            days.push(at(hour), zone);
        }
        days
    }

    #[test]
    fn each_day_has_a_heading_above_its_entries_and_the_newest_is_on_top() {
        let days = days(&[1, 23, 24, 50, 60, 71], &TimeZone::UTC);
        let rows: Vec<String> = (0..days.row_count())
            .map(|row| match days.row(row).unwrap() {
                DayRow::Heading(day) => format!("{} {}", day.date, day.count),
                DayRow::Entry(position) => position.to_string(),
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
        for position in 0..6 {
            let row = days.row_of(position).unwrap();
            assert_eq!(days.row(row), Some(DayRow::Entry(position)));
        }
    }

    #[test]
    fn a_day_begins_where_the_user_is() {
        let berlin = TimeZone::fixed(jiff::tz::offset(2));
        assert_eq!(days(&[21, 22, 23], &TimeZone::UTC).days.len(), 1);
        assert_eq!(days(&[21, 22, 23], &berlin).days.len(), 2);
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
