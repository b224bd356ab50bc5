//! What is said of a key at which age, and for how long it can be put off.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::age::{KeyAge, days_between};

/// The rungs of the reminder, the quietest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// Nothing is said.
    Fresh,
    /// From day 60: a quiet badge.
    Badge,
    /// From day 76: a banner that can be put off for three days.
    Soon,
    /// From day 83: a banner that can be put off until tomorrow.
    Daily,
    /// From day 90: a banner that stays. Nothing is blocked.
    Due,
}

impl Rung {
    /// All of them, the quietest first.
    pub const ALL: [Self; 5] = [Self::Fresh, Self::Badge, Self::Soon, Self::Daily, Self::Due];

    /// The rung of a key that is so many days old.
    pub const fn at(days: u32) -> Self {
        match days {
            0..60 => Self::Fresh,
            60..76 => Self::Badge,
            76..83 => Self::Soon,
            83..90 => Self::Daily,
            90.. => Self::Due,
        }
    }

    /// The day of a key's life on which it begins.
    pub const fn begins(self) -> u32 {
        match self {
            Self::Fresh => 0,
            Self::Badge => 60,
            Self::Soon => 76,
            Self::Daily => 83,
            Self::Due => 90,
        }
    }

    /// Whether a banner tells of it.
    pub const fn has_banner(self) -> bool {
        match self {
            Self::Fresh | Self::Badge => false,
            Self::Soon | Self::Daily | Self::Due => true,
        }
    }

    /// For how many days its banner can be put off; `None` where it has none or it cannot.
    pub const fn snooze_days(self) -> Option<u32> {
        match self {
            Self::Fresh | Self::Badge | Self::Due => None,
            Self::Soon => Some(3),
            Self::Daily => Some(1),
        }
    }

    /// Whether the system's notification tells of it.
    pub const fn notifies(self) -> bool {
        self.has_banner()
    }
}

/// A banner that was put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snooze {
    /// Which.
    pub rung: Rung,
    /// On which day.
    pub on: Date,
}

impl Snooze {
    /// Puts the banner of this age off; `None` where it cannot be.
    pub fn of(age: &KeyAge) -> Option<Self> {
        let rung = age.rung();
        rung.snooze_days().map(|_| Self {
            rung,
            on: age.today,
        })
    }

    /// Whether the banner of this age is put off. The next rung is not, and a day before the one on which it was
    /// put off, which only a set clock can bring, is not either.
    pub fn hides(self, age: &KeyAge) -> bool {
        let Some(days) = self.rung.snooze_days() else {
            return false;
        };
        let passed = days_between(self.on, age.today);
        age.rung() == self.rung && (0..i64::from(days)).contains(&passed)
    }
}
