//! What is known of an API key without knowing the key.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::rotation::{KeyAge, KeyFingerprint, SinceWhen, Snooze, Told};

/// What is remembered of a key: how old it is, as far as the console can know it, and what was said of that.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyRecord {
    /// When it was stored here. It may be older.
    pub added_at: Option<Timestamp>,
    /// The day on which it was issued, as the user has entered it.
    pub issued_on: Option<Date>,
    /// By which it is recognised; `None` in files of the first version.
    pub fingerprint: Option<KeyFingerprint>,
    /// The reminder was put off.
    pub snooze: Option<Snooze>,
    /// Of which rungs the system's notification has told.
    pub told: Told,
}

impl KeyRecord {
    /// The record of a key that was stored at this moment.
    pub fn added(fingerprint: Option<KeyFingerprint>, at: Timestamp) -> Self {
        Self {
            added_at: Some(at),
            fingerprint,
            ..Self::default()
        }
    }

    /// How old the key is; `None` where nothing is known. The user's own word counts more than ours.
    pub fn age(&self, now: Timestamp, zone: &TimeZone) -> Option<KeyAge> {
        let since = match (self.issued_on, self.added_at) {
            (Some(day), _) => SinceWhen::Issued(day),
            (None, Some(at)) => SinceWhen::Added(at.to_zoned_datetime(zone.clone()).date()),
            (None, None) => return None,
        };
        let today = now.to_zoned_datetime(zone.clone()).date();
        Some(KeyAge::on(today, since))
    }

    /// Whether the reminder for this age is put off today.
    pub fn is_snoozed(&self, age: &KeyAge) -> bool {
        self.snooze.is_some_and(|snooze| snooze.hides(age))
    }

    /// Whether this can be the record of the key with this fingerprint.
    pub fn fits(&self, fingerprint: Option<KeyFingerprint>) -> bool {
        match (self.fingerprint, fingerprint) {
            (Some(known), Some(found)) => known == found,
            // An older file does not say.
            (None, _) | (_, None) => true,
        }
    }
}
