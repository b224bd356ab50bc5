//! Records for which reminder levels a system notification was sent.

use serde::{Deserialize, Serialize};

use super::age::KeyAge;
use super::reminder_level::ReminderLevel;

/// The levels for which a notification was sent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ShownReminders(Vec<ReminderLevel>);

impl ShownReminders {
    /// Whether a notification for this age is due. Each level notifies once. If several were reached, only the last
    /// notifies.
    pub fn is_due(&self, age: &KeyAge) -> bool {
        let level = age.reminder_level();
        level.notifies() && self.0.iter().all(|told| *told < level)
    }

    /// Records that the notification for a level was sent.
    pub fn add(&mut self, level: ReminderLevel) {
        self.0.push(level);
    }

    /// The highest level that notified.
    pub fn last(&self) -> Option<ReminderLevel> {
        self.0.iter().max().copied()
    }

    /// Forgets notifications that a wrong clock or a wrong day of issue triggered too early, so that they are sent
    /// again. A key that is one day younger than before has only moved to another time zone, so nothing is forgotten
    /// then. Returns whether anything was forgotten.
    pub fn take_back(&mut self, age: &KeyAge) -> bool {
        let before = self.0.len();
        self.0.retain(|level| level.begins() <= age.days + 1);
        self.0.len() < before
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::age::{KeyAgeBasis, days_after};
    use super::*;

    fn aged(days: u32) -> KeyAge {
        let since = date(2027, 1, 1);
        KeyAge::on(days_after(since, days), KeyAgeBasis::Added(since))
    }

    #[test]
    fn what_was_told_too_early_is_told_in_its_time_and_a_day_is_no_wrong_clock() {
        let mut told = ShownReminders::default();
        told.add(ReminderLevel::Due);
        for days in [89, 90, 400] {
            assert!(!told.take_back(&aged(days)) && !told.is_due(&aged(days)));
        }
        assert!(told.take_back(&aged(10)));
        for (days, is_due) in [(10, false), (76, true), (83, true), (90, true)] {
            assert_eq!(told.is_due(&aged(days)), is_due, "{days}");
            if is_due {
                told.add(aged(days).reminder_level());
                assert!(!told.is_due(&aged(days)), "once");
            }
        }
    }
}
