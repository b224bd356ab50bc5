//! Reports when the desktop session is locked and when the computer is about to sleep.

#[cfg(all(unix, not(target_os = "macos")))]
#[path = "session_watch/desktop_bus.rs"]
mod native;
#[cfg(target_os = "macos")]
#[path = "session_watch/macos.rs"]
mod native;
#[cfg(windows)]
#[path = "session_watch/windows.rs"]
mod native;

use std::sync::Arc;

use crate::domain::session_signal::SessionSignal;

/// Handles a signal. Called from a thread of the watch.
pub type SignalHandler = Arc<dyn Fn(SessionSignal) + Send + Sync>;

/// How long to delay sleep so that the console can lock first. logind allows five seconds, Windows two.
#[cfg(not(target_os = "macos"))]
const SLEEP_DELAY: std::time::Duration = std::time::Duration::from_secs(1);

/// Watches until the program ends. Call it on the main thread, to which macOS posts its notifications.
pub fn start(on_signal: &SignalHandler) {
    native::start(on_signal);
}
