//! Key rotation: the age of a key, reminders about it, and the progress of its replacement.
//!
//! Thred asks for a new key every 90 days. Ages are counted in days of the local calendar, so that daylight saving,
//! leap days and weeks without a start need no special handling.

mod age;
mod calendar;
mod fingerprint;
mod ladder;
mod places;
mod progress;
#[cfg(test)]
mod tests;
mod told;

pub use age::{DUE_AFTER_DAYS, KeyAge, SinceWhen, next_midnight};
pub use calendar::{Reminder, file_name, ics};
pub use fingerprint::KeyFingerprint;
pub use ladder::{Rung, Snooze};
pub use places::{KeyLocation, Places, list_text};
pub use progress::{Rotation, RotationReason, RotationStep};
pub use told::Told;
