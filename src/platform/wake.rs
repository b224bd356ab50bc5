//! Detects that the machine has slept or that its clock was set, so that the window can be redrawn at once: a timer set before the sleep may fire
//! late by the whole duration of the sleep.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use super::clock::{SystemClock, boot_now};
use crate::domain::time::{BootInstant, Clock as _};

/// How often the clocks are compared, which is also the longest time until a change is noticed.
const INTERVAL: Duration = Duration::from_secs(2);

/// Differences up to this size are measuring noise, or a time service adjusting the clock.
const TOLERANCE: Duration = Duration::from_secs(1);

/// On systems whose clocks all count sleep: a thread that wakes this much too late has slept with the machine.
const OVERSLEPT: Duration = Duration::from_secs(5);

/// The three clocks at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ClockReading {
    /// The wall clock.
    wall: Timestamp,
    boot: BootInstant,
    /// Stops during sleep on Linux and macOS; its origin is arbitrary.
    monotonic: Duration,
}

/// What happened between two readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockJump {
    /// How long the machine slept, approximately; zero if it did not.
    pub slept: Duration,
    /// How far the wall clock was set; zero if it was not.
    pub wall_shift: SignedDuration,
}

/// Compares two readings that were meant to be `interval` apart; `None` if time simply passed.
fn detect(before: &ClockReading, after: &ClockReading, interval: Duration) -> Option<ClockJump> {
    let boot = after.boot.saturating_since(before.boot);
    let monotonic = after.monotonic.saturating_sub(before.monotonic);
    let wall = after.wall.duration_since(before.wall);

    let mut slept = boot.saturating_sub(monotonic);
    if slept <= TOLERANCE {
        let late = boot.saturating_sub(interval);
        slept = if late > OVERSLEPT {
            late
        } else {
            Duration::ZERO
        };
    }
    let boot = SignedDuration::try_from(boot).unwrap_or(SignedDuration::MAX);
    let mut wall_shift = wall.saturating_sub(boot);
    if wall_shift.unsigned_abs() <= TOLERANCE {
        wall_shift = SignedDuration::ZERO;
    }
    (!slept.is_zero() || !wall_shift.is_zero()).then_some(ClockJump { slept, wall_shift })
}

/// Watches the clocks from its own thread until it is dropped.
#[derive(Debug)]
pub struct WakeWatcher {
    /// Dropping it stops the thread.
    _stop: mpsc::Sender<()>,
}

impl WakeWatcher {
    /// Calls `on_jump` from the watching thread, within `INTERVAL` of every jump.
    ///
    /// # Errors
    /// If the system cannot start a thread. The program works without the watcher, but reacts later.
    #[expect(
        clippy::disallowed_methods,
        reason = "lives as long as the window and mostly waits: no work for the async runtime"
    )]
    pub fn start(mut on_jump: impl FnMut(ClockJump) + Send + 'static) -> std::io::Result<Self> {
        let (stop, stopped) = mpsc::channel();
        let origin = Instant::now();
        std::thread::Builder::new()
            .name("clock-watch".to_owned())
            .spawn(move || {
                let mut before = read(origin);
                while stopped.recv_timeout(INTERVAL) == Err(RecvTimeoutError::Timeout) {
                    let after = read(origin);
                    if let Some(jump) = detect(&before, &after, INTERVAL) {
                        on_jump(jump);
                    }
                    before = after;
                }
            })?;
        Ok(Self { _stop: stop })
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "compared with the clocks that count sleep, never shown"
)]
fn read(origin: Instant) -> ClockReading {
    ClockReading {
        wall: SystemClock.now().wall,
        boot: boot_now(),
        monotonic: origin.elapsed(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two readings 2 s apart, with the clocks of the second moved by these additional milliseconds.
    fn after(wall_ms: i64, boot_ms: u64, monotonic_ms: u64) -> Option<ClockJump> {
        let before = ClockReading {
            wall: Timestamp::from_second(1_800_000_000).unwrap(),
            boot: BootInstant::from_origin(Duration::from_secs(100)),
            monotonic: Duration::from_secs(40),
        };
        let after = ClockReading {
            wall: before.wall + SignedDuration::from_millis(2000 + wall_ms),
            boot: before
                .boot
                .saturating_add(Duration::from_millis(2000 + boot_ms)),
            monotonic: before.monotonic + Duration::from_millis(2000 + monotonic_ms),
        };
        detect(&before, &after, INTERVAL)
    }

    #[test]
    fn passing_time_is_no_jump() {
        assert_eq!(after(0, 0, 0), None);
        assert_eq!(after(40, 40, 40), None, "a little late");
        assert_eq!(after(3000, 3000, 3000), None, "a busy machine");
        assert_eq!(after(-900, 0, 0), None, "slewing");
    }

    #[test]
    fn sleep_is_seen_by_the_clock_that_counts_it() {
        let jump = after(2_400_000, 2_400_000, 0).unwrap();
        assert_eq!(jump.slept, Duration::from_secs(2400));
        assert_eq!(jump.wall_shift, SignedDuration::ZERO);
    }

    #[test]
    fn sleep_is_seen_where_every_clock_counts_it() {
        let jump = after(600_000, 600_000, 600_000).unwrap();
        assert_eq!(jump.slept, Duration::from_secs(600));
    }

    #[test]
    fn a_set_clock_is_seen_both_ways() {
        let back = after(-86_400_000, 0, 0).unwrap();
        assert_eq!(
            (back.slept, back.wall_shift),
            (Duration::ZERO, SignedDuration::from_hours(-24))
        );
        let ahead = after(1500, 0, 0).unwrap();
        assert_eq!(ahead.wall_shift, SignedDuration::from_millis(1500));
    }

    #[test]
    fn sleep_and_a_set_clock_are_told_apart() {
        let jump = after(60_000 + 5_000, 60_000, 0).unwrap();
        assert_eq!(jump.slept, Duration::from_secs(60));
        assert_eq!(jump.wall_shift, SignedDuration::from_secs(5));
    }

    #[test]
    fn the_watcher_starts_and_stops() {
        let (held, is_held) = mpsc::channel::<()>();
        // The thread owns the callback for as long as it runs.
        let watcher = WakeWatcher::start(move |_| {
            let _ = held.send(());
        })
        .unwrap();
        assert_eq!(
            is_held.try_recv(),
            Err(mpsc::TryRecvError::Empty),
            "it runs"
        );
        drop(watcher);
        // Waits until the thread ends; a thread that never ends would hang the test.
        while is_held.recv().is_ok() {}
    }
}
