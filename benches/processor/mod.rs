//! Processor time, which does not grow while other programs run. Zero on Windows.

use std::time::Duration;

/// The processor time of this thread so far.
pub fn of_thread() -> Duration {
    #[cfg(unix)]
    return of(rustix::time::ClockId::ThreadCPUTime);
    #[cfg(not(unix))]
    Duration::ZERO
}

/// The processor time of all threads of the program so far, including those that have ended.
#[allow(
    dead_code,
    reason = "not every benchmark that includes this file needs it"
)]
pub fn of_process() -> Duration {
    #[cfg(unix)]
    return of(rustix::time::ClockId::ProcessCPUTime);
    #[cfg(not(unix))]
    Duration::ZERO
}

#[cfg(unix)]
fn of(clock: rustix::time::ClockId) -> Duration {
    rustix::time::clock_gettime(clock)
        .try_into()
        .unwrap_or_default()
}
