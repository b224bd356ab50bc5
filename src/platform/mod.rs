//! Services of the operating system, one file each, most behind a narrow trait.

#[cfg(all(unix, not(target_os = "macos")))]
mod bus;
pub mod clipboard;
pub mod clock;
pub mod crash_report;
pub mod environment_variables;
pub mod file_dialog;
pub mod files;
pub mod freed_memory;
pub mod hardening;
#[cfg(unix)]
pub mod ignored_signals;
pub mod instance;
pub mod keychain;
pub mod licence_texts;
pub mod notifier;
pub mod session_watch;
pub mod termination;
pub mod time_zone;
pub mod wake;
pub mod wiping_allocator;
