//! The current time as a value. Every rule that depends on time takes it as an argument.

use std::time::Duration;

use jiff::Timestamp;

/// A point on the boot-time clock, which keeps counting while the computer sleeps.
///
/// Stored as the time since an origin that is arbitrary but fixed for the life of the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct BootInstant(Duration);

impl BootInstant {
    /// The point `since_origin` after the origin.
    pub const fn from_origin(since_origin: Duration) -> Self {
        Self(since_origin)
    }

    /// The time since the origin.
    pub const fn since_origin(self) -> Duration {
        self.0
    }

    /// The point `delay` later, or the last representable one.
    pub fn saturating_add(self, delay: Duration) -> Self {
        Self(self.0.saturating_add(delay))
    }

    /// The time since `earlier`; zero if `earlier` is later.
    pub fn saturating_since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}

/// Both clocks, read at the same moment.
///
/// Durations shown to the user use `boot`, because the wall clock can be set and `std::time::Instant` stops during
/// sleep on Linux and macOS. `wall` is only for showing times of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// The system clock as set by the user or the network, UTC.
    pub wall: Timestamp,
    /// Time since boot, sleep included.
    pub boot: BootInstant,
}

impl Now {
    /// The wall-clock time `delay` from now, unless the clock is set.
    pub fn wall_after(&self, delay: Duration) -> Timestamp {
        self.wall.checked_add(delay).unwrap_or(Timestamp::MAX)
    }

    /// The wall-clock time `age` ago, unless the clock was set.
    pub fn wall_before(&self, age: Duration) -> Timestamp {
        self.wall.checked_sub(age).unwrap_or(Timestamp::MIN)
    }
}

/// A wait in whole seconds, rounded up, so that the last second reads 1 and only a finished wait reads 0.
pub fn secs_rounded_up(left: Duration) -> u64 {
    left.as_secs()
        .saturating_add(u64::from(left.subsec_nanos() > 0))
}

/// How long until a wait in whole seconds next changes. Zero once it is over.
pub fn next_second(left: Duration) -> Duration {
    match left.subsec_nanos() {
        0 => left.min(Duration::from_secs(1)),
        nanos => Duration::from_nanos(nanos.into()),
    }
}

/// Reads both clocks. The only implementation that asks the system is in `platform::clock`.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The current time on both clocks.
    fn now(&self) -> Now;
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::doubles::ManualClock;

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
