//! The reminder for each age of a key, and for how long it can be snoozed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::age::{KeyAge, days_between};

/// The levels of reminders, the quietest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReminderLevel {
    /// No reminder.
    Fresh,
    /// From day 60: an unobtrusive badge.
    Badge,
    /// From day 76: a banner that can be snoozed for three days.
    Soon,
    /// From day 83: a banner that can be snoozed until tomorrow.
    Daily,
    /// From day 90: a permanent banner. Nothing is blocked.
    Due,
}

impl ReminderLevel {
    /// Quietest first.
    pub const ALL: [Self; 5] = [Self::Fresh, Self::Badge, Self::Soon, Self::Daily, Self::Due];

    /// The level for a key of this age.
    pub const fn at(days: u32) -> Self {
        match days {
            0..60 => Self::Fresh,
            60..76 => Self::Badge,
            76..83 => Self::Soon,
            83..90 => Self::Daily,
            90.. => Self::Due,
        }
    }

    /// The age in days at which it begins.
    pub const fn begins(self) -> u32 {
        match self {
            Self::Fresh => 0,
            Self::Badge => 60,
            Self::Soon => 76,
            Self::Daily => 83,
            Self::Due => 90,
        }
    }

    /// Whether it shows a banner.
    pub const fn has_banner(self) -> bool {
        match self {
            Self::Fresh | Self::Badge => false,
            Self::Soon | Self::Daily | Self::Due => true,
        }
    }

    /// For how many days its banner can be snoozed. `None` if it has no banner or cannot be snoozed.
    pub const fn snooze_days(self) -> Option<u32> {
        match self {
            Self::Fresh | Self::Badge | Self::Due => None,
            Self::Soon => Some(3),
            Self::Daily => Some(1),
        }
    }

    /// Whether it sends a system notification.
    pub const fn notifies(self) -> bool {
        self.has_banner()
    }
}

impl KeyAge {
    /// The reminder for this age.
    pub fn reminder_level(&self) -> ReminderLevel {
        ReminderLevel::at(self.days)
    }
}

/// A snoozed banner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snooze {
    pub level: ReminderLevel,
    /// The day of snoozing.
    pub on: Date,
}

impl Snooze {
    /// Snoozes the banner for this age. `None` if it cannot be snoozed.
    pub fn of(age: &KeyAge) -> Option<Self> {
        let level = age.reminder_level();
        level.snooze_days().map(|_| Self {
            level,
            on: age.today,
        })
    }

    /// Whether the banner for this age is snoozed. It applies neither to the next level nor to a day before the day of
    /// snoozing, which can only occur if the clock was set back.
    pub fn hides(self, age: &KeyAge) -> bool {
        let Some(days) = self.level.snooze_days() else {
            return false;
        };
        let passed = days_between(self.on, age.today);
        age.reminder_level() == self.level && (0..i64::from(days)).contains(&passed)
    }
}
