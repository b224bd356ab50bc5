//! Processor time, which does not grow while other programs run.

use std::fs;
use std::time::Duration;

/// The processor time of this thread so far; zero on a system without this file.
pub fn of_thread() -> Duration {
    of("/proc/thread-self/schedstat")
}

/// The processor time in a thread's `schedstat` file; zero if there is no such file.
pub fn of(schedstat: &str) -> Duration {
    let text = fs::read_to_string(schedstat).unwrap_or_default();
    let nanos = text.split_whitespace().next().and_then(|n| n.parse().ok());
    Duration::from_nanos(nanos.unwrap_or_default())
}
