//! Reports when the desktop session is locked and when the computer is about to sleep.

#[cfg(all(unix, not(target_os = "macos")))]
mod desktop_bus;

use std::sync::Arc;

use crate::domain::session_signal::SessionSignal;

/// Handles a signal. Called from a thread of the watch.
pub type SignalHandler = Arc<dyn Fn(SessionSignal) + Send + Sync>;

/// Watches until the program ends.
///
/// Supports only logind and the screen lockers of Linux desktops. Windows and macOS notify the thread of the window, but the window library does not
/// pass that on.
pub fn start(on_signal: SignalHandler) {
    #[cfg(all(unix, not(target_os = "macos")))]
    desktop_bus::start(&on_signal);
    #[cfg(not(all(unix, not(target_os = "macos"))))]
    drop(on_signal);
}
