//! Tells when the system's session is locked and when the computer is about to sleep.

#[cfg(all(unix, not(target_os = "macos")))]
mod desktop_bus;

use std::sync::Arc;

use crate::domain::session_signal::SessionSignal;

/// What to do about a signal. Called from a thread of the watch.
pub type OnSignal = Arc<dyn Fn(SessionSignal) + Send + Sync>;

/// Watches until the program ends.
///
/// Only logind and the lockers of Linux desktops are listened to. Windows and macOS tell the thread of the window, which
/// its library keeps to itself.
pub fn start(on_signal: OnSignal) {
    #[cfg(all(unix, not(target_os = "macos")))]
    desktop_bus::start(&on_signal);
    #[cfg(not(all(unix, not(target_os = "macos"))))]
    drop(on_signal);
}
