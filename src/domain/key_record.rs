//! What the console knows about an API key besides the key itself.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::rotation::{KeyAge, KeyAgeBasis, ShownReminders, Snooze};
use crate::domain::token::Fingerprint;

/// What is remembered about a key: its age, as far as the console can know it, and the reminders shown for it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyRecord {
    /// When it was stored on this computer. The key may be older.
    pub added_at: Option<Timestamp>,
    /// The issue date, as entered by the user.
    pub issued_on: Option<Date>,
    /// Identifies the key, if it was at hand.
    pub fingerprint: Option<Fingerprint>,
    /// Set if the user snoozed the reminder.
    pub snooze: Option<Snooze>,
    /// The reminder levels for which a system notification was sent.
    pub shown_reminders: ShownReminders,
}

impl KeyRecord {
    /// The record of a key stored at this moment.
    pub fn added(fingerprint: Option<Fingerprint>, at: Timestamp) -> Self {
        Self {
            added_at: Some(at),
            fingerprint,
            ..Self::default()
        }
    }

    /// The age of the key, or `None` if nothing is known. The day entered by the user takes precedence over the day of
    /// storing.
    pub fn age(&self, now: Timestamp, zone: &TimeZone) -> Option<KeyAge> {
        let since = match (self.issued_on, self.added_at) {
            (Some(day), _) => KeyAgeBasis::Issued(day),
            (None, Some(at)) => KeyAgeBasis::Added(at.to_zoned_datetime(zone.clone()).date()),
            (None, None) => return None,
        };
        let today = now.to_zoned_datetime(zone.clone()).date();
        Some(KeyAge::on(today, since))
    }

    /// Whether the reminder for this age is snoozed today.
    pub fn is_snoozed(&self, age: &KeyAge) -> bool {
        self.snooze.is_some_and(|snooze| snooze.hides(age))
    }

    /// Whether this may be the record of the key with this fingerprint.
    pub fn fits(&self, fingerprint: Option<Fingerprint>) -> bool {
        match (self.fingerprint, fingerprint) {
            (Some(known), Some(found)) => known == found,
            // Older files have no fingerprint.
            (None, _) | (_, None) => true,
        }
    }
}
