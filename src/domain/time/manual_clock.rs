//! A clock for tests.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{BootInstant, Clock, Now};

/// A clock that stands still until a test moves it. Clones share the time.
#[derive(Debug, Clone)]
pub struct ManualClock(Arc<Mutex<Now>>);

impl ManualClock {
    /// A clock that shows `wall`, at the origin of the boot-time clock.
    pub fn starting_at(wall: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(Now {
            wall,
            boot: BootInstant::default(),
        })))
    }

    fn both(&self) -> MutexGuard<'_, Now> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        let mut now = self.both();
        now.wall = now.wall.checked_add(by).unwrap_or(Timestamp::MAX);
        now.boot = now.boot.saturating_add(by);
    }

    /// Lets the machine sleep. Both clocks advance, as in [`advance`](Self::advance), because [`Now`] promises that; the name states what a test is
    /// about.
    pub fn suspend(&self, during: Duration) {
        self.advance(during);
    }

    /// Sets the wall clock; no time passes.
    pub fn shift_wall(&self, by: SignedDuration) {
        let mut now = self.both();
        let end = if by.is_negative() {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        };
        now.wall = now.wall.checked_add(by).unwrap_or(end);
    }
}

impl Default for ManualClock {
    /// Starts at 2026-01-01T00:00:00Z.
    fn default() -> Self {
        const START: i64 = 1_767_225_600;
        Self::starting_at(Timestamp::from_second(START).unwrap_or(Timestamp::UNIX_EPOCH))
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Now {
        *self.both()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setting_the_wall_clock_passes_no_time() {
        let clock = ManualClock::default();
        let shared = clock.clone();
        let start = clock.now();
        assert_eq!(start.wall.to_string(), "2026-01-01T00:00:00Z");

        clock.advance(Duration::from_secs(5));
        clock.suspend(Duration::from_secs(2400));
        shared.shift_wall(SignedDuration::from_hours(-24));

        let end = shared.now();
        assert_eq!(
            end.boot.saturating_since(start.boot),
            Duration::from_secs(2405)
        );
        assert_eq!(
            end.wall.duration_since(start.wall),
            SignedDuration::from_secs(2405 - 86_400)
        );
    }
}
