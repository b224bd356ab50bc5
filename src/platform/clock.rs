//! The only file that reads the system's clocks.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::domain::time::{BootInstant, Clock, Now};

/// The clocks of this computer.
///
/// The boot-time clock also runs while the machine sleeps: `CLOCK_BOOTTIME` on Linux, `mach_continuous_time` on macOS, the performance counter on
/// Windows. The BSDs have only the regular monotonic clock, which stops during sleep. Its origin is the first reading in this process.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one reader of the wall clock"
    )]
    fn now(&self) -> Now {
        Now {
            wall: Timestamp::now(),
            boot: boot_now(),
        }
    }
}

/// Reads only the boot-time clock.
#[expect(
    clippy::disallowed_methods,
    reason = "the one reader of the boot-time clock"
)]
pub(super) fn boot_now() -> BootInstant {
    static ORIGIN: OnceLock<boot_time::Instant> = OnceLock::new();
    let now = boot_time::Instant::now();
    // On Windows `duration_since` belongs to `std::time::Instant`; both saturate at zero.
    BootInstant::from_origin(now.duration_since(*ORIGIN.get_or_init(|| now)))
}

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
    fn the_boot_clock_never_goes_back() {
        let first = SystemClock.now();
        let second = SystemClock.now();
        assert!(second.boot >= first.boot);
    }

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
