//! *Now* as a value: every rule that depends on time takes it as an argument.

use std::time::Duration;

use jiff::Timestamp;

/// A point on the boot-time clock, which goes on counting while the machine sleeps.
///
/// Held as the time since an origin that is arbitrary but fixed for the life of the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct BootInstant(Duration);

impl BootInstant {
    /// The point that lies `since_origin` after the origin.
    pub const fn from_origin(since_origin: Duration) -> Self {
        Self(since_origin)
    }

    /// The time since the origin.
    pub const fn since_origin(self) -> Duration {
        self.0
    }

    /// The point `delay` later, or the last one that can be expressed.
    pub fn saturating_add(self, delay: Duration) -> Self {
        Self(self.0.saturating_add(delay))
    }

    /// The time from `earlier` to here; zero where `earlier` is the later one.
    pub fn saturating_since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}

/// The two clocks read at the same moment.
///
/// Durations that a person sees come from `boot`, because the wall clock can be set and
/// `std::time::Instant` stands still during sleep. `wall` is only for showing times of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// The local clock as set by the user or the network, UTC.
    pub wall: Timestamp,
    /// Time since boot, sleep included.
    pub boot: BootInstant,
}

impl Now {
    /// What the wall clock will show `delay` from now, if nobody sets it.
    pub fn wall_after(&self, delay: Duration) -> Timestamp {
        self.wall.checked_add(delay).unwrap_or(Timestamp::MAX)
    }

    /// What the wall clock showed `age` ago, if nobody set it.
    pub fn wall_before(&self, age: Duration) -> Timestamp {
        self.wall.checked_sub(age).unwrap_or(Timestamp::MIN)
    }
}

/// Whole seconds of a wait, rounded up, so that the last second reads 1 and nothing reads 0 before its end.
pub fn whole_secs_up(left: Duration) -> u64 {
    left.as_secs()
        .saturating_add(u64::from(left.subsec_nanos() > 0))
}

/// After how long a wait in whole seconds next reads differently: at once where nothing is left of it.
pub fn next_second(left: Duration) -> Duration {
    match left.subsec_nanos() {
        0 => left.min(Duration::from_secs(1)),
        nanos => Duration::from_nanos(nanos.into()),
    }
}

/// Reads both clocks. The one implementation that asks the system is in `platform::clock`.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The present moment on both clocks.
    fn now(&self) -> Now;
}
