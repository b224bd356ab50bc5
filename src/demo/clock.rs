//! The demo server's own clock: it plays a distant machine, so it shares none with the console.

use jiff::Timestamp;

/// The time by the system's wall clock.
#[expect(
    clippy::disallowed_methods,
    reason = "a distant machine has a clock of its own"
)]
pub(super) fn now() -> Timestamp {
    Timestamp::now()
}
