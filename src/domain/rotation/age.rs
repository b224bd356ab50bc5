//! The age of a key in whole days of the local calendar.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// A key is due for replacement at this age.
const DUE_AFTER_DAYS: u32 = 90;

/// The day from which a key's age is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyAgeBasis {
    /// The day on which it was stored on this computer. It may be older.
    Added(Date),
    /// The issue date, as entered by the user.
    Issued(Date),
}

impl KeyAgeBasis {
    pub fn day(self) -> Date {
        match self {
            Self::Added(day) | Self::Issued(day) => day,
        }
    }
}

/// The age of a key on a given day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyAge {
    pub since: KeyAgeBasis,
    /// The day to which the age refers.
    pub today: Date,
    /// Whole days. Zero if, by the clock, the key was issued in the future.
    pub days: u32,
}

impl KeyAge {
    pub fn on(today: Date, since: KeyAgeBasis) -> Self {
        Self {
            since,
            today,
            days: u32::try_from(days_between(since.day(), today)).unwrap_or(0),
        }
    }

    /// The day on which the key is due.
    pub fn due(&self) -> Date {
        days_after(self.since.day(), DUE_AFTER_DAYS)
    }

    /// Days until it is due; negative if overdue.
    pub fn days_left(&self) -> i64 {
        i64::from(DUE_AFTER_DAYS) - i64::from(self.days)
    }
}

/// Days between two dates; negative if `to` is earlier.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

/// The date this many days later, or the last date of the calendar.
pub(super) fn days_after(day: Date, days: u32) -> Date {
    day.checked_add(Span::new().days(i64::from(days)))
        .unwrap_or(Date::MAX)
}

/// The next local midnight, when a key's age next changes.
pub fn next_midnight(now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let today = now.to_zoned_datetime(zone.clone());
    let begins = today.tomorrow().ok()?.start_of_day().ok()?;
    Some(begins.timestamp())
}
