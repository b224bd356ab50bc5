//! The age of a key in whole days of the local calendar.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::ladder::Rung;

/// On this day of its life a key is due to be replaced.
pub const DUE_AFTER_DAYS: u32 = 90;

/// From when on a key's days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SinceWhen {
    /// The day on which it was stored here; it may be older.
    Added(Date),
    /// The day of issue that the user has entered.
    Issued(Date),
}

impl SinceWhen {
    /// The day itself.
    pub fn day(self) -> Date {
        match self {
            Self::Added(day) | Self::Issued(day) => day,
        }
    }
}

/// How old a key is on a certain day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyAge {
    /// Counted from here.
    pub since: SinceWhen,
    /// The day on which it is so old.
    pub today: Date,
    /// Whole days; zero also where the clock says that the key comes from the future.
    pub days: u32,
}

impl KeyAge {
    /// The age on a day of the local calendar.
    pub fn on(today: Date, since: SinceWhen) -> Self {
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

    /// Days until it is due; negative once that is past.
    pub fn days_left(&self) -> i64 {
        i64::from(DUE_AFTER_DAYS) - i64::from(self.days)
    }

    /// What is to be said of it.
    pub fn rung(&self) -> Rung {
        Rung::at(self.days)
    }
}

/// From one day to another; negative where the second is the earlier one.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

/// So many days later, or the last day that the calendar has.
pub(super) fn days_after(day: Date, days: u32) -> Date {
    day.checked_add(Span::new().days(i64::from(days)))
        .unwrap_or(Date::MAX)
}

/// When the next day begins here: the first moment at which a key's age reads differently.
pub fn next_midnight(now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let today = now.to_zoned_datetime(zone.clone());
    let begins = today.tomorrow().ok()?.start_of_day().ok()?;
    Some(begins.timestamp())
}
