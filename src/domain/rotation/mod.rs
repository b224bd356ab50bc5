//! Key rotation: the age of a key, reminders about it, and the progress of its replacement.
//!
//! Thred asks for a new key every 90 days. Ages are counted in days of the local calendar, so that daylight saving,
//! leap days and weeks without a start need no special handling.

mod age;
mod calendar;
mod key_consumers;
mod progress;
mod reminder_level;
mod shown_reminders;
#[cfg(test)]
mod tests;

pub use age::{KeyAge, KeyAgeBasis, next_midnight};
pub use calendar::{Reminder, file_name, ics};
pub use key_consumers::{KeyConsumer, KeyConsumers, list_text};
pub use progress::{Rotation, RotationReason, RotationStep};
pub use reminder_level::{ReminderLevel, Snooze};
pub use shown_reminders::ShownReminders;
