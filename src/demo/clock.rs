//! The demo server's own clock. The server stands for a remote machine, so it shares no clock with the console.

use jiff::Timestamp;

/// The current time of the system's wall clock.
#[expect(
    clippy::disallowed_methods,
    reason = "a distant machine has a clock of its own"
)]
pub(super) fn now() -> Timestamp {
    Timestamp::now()
}
