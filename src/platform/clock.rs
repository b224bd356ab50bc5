//! The only file that reads the system's clocks.

use std::sync::OnceLock;

use jiff::Timestamp;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_boot_clock_never_goes_back() {
        let first = SystemClock.now();
        let second = SystemClock.now();
        assert!(second.boot >= first.boot);
    }
}
