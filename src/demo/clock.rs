//! The demo server's own clock: it plays a distant machine, so it shares none with the console.

use jiff::Timestamp;

/// The time by the system's wall clock.
pub(super) fn now() -> Timestamp {
    Timestamp::now()
}
