//! Processor time, which other programs on the machine do not make longer by their turns.

use std::fs;
use std::time::Duration;

/// What this thread has had; nothing where the system does not tell.
pub fn of_thread() -> Duration {
    of("/proc/thread-self/schedstat")
}

/// What a thread has had, by its file of the system; nothing where there is none.
pub fn of(schedstat: &str) -> Duration {
    let text = fs::read_to_string(schedstat).unwrap_or_default();
    let nanos = text.split_whitespace().next().and_then(|n| n.parse().ok());
    Duration::from_nanos(nanos.unwrap_or_default())
}
