//! What the process does at start so that secrets do not leak by accident.

use std::io::Write as _;
use std::panic::{Location, PanicHookInfo};

use super::crash_report;

/// Keeps the memory of this process out of core dumps and away from other programs of the same user.
///
/// Does nothing in debug builds, so that a debugger can attach. On Linux, sets the core limit to 0 and makes the process non-dumpable, which also
/// closes `/proc/PID/mem`; a dump handler that reads from a pipe ignores the limit, but not the second setting. On macOS, sets only the limit. On
/// Windows, nothing needs to be done: error reporting stores no full dumps unless an administrator enables them.
///
/// `xdg-desktop-portal` cannot identify a process that is not dumpable and then rejects its file dialogs: open those under [`identifiable`].
///
/// Failures are logged and otherwise ignored, because they should not stop anybody from working.
pub fn keep_memory_private() {
    if cfg!(debug_assertions) {
        return;
    }
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        if let Err(error) = setrlimit(Resource::Core, none) {
            tracing::warn!("core dumps could not be switched off: {error}");
        }
    }
    dumpable::set(false);
}

/// Lets other programs of this user identify the process until the guard is dropped.
///
/// At the first call of each D-Bus connection, `xdg-desktop-portal` reads `/proc/PID/root` of the process that wants a file dialog, and the kernel
/// denies access to that path if the process is not dumpable. Hold the guard until the portal has replied to that call, not while the dialog is open.
/// The core limit stays at 0 meanwhile, so the only loss is the protection from a debugger of the same user. Guards can be nested.
#[must_use = "the process is private again as soon as the guard is dropped"]
pub fn identifiable() -> TracingAllowed {
    dumpable::enter();
    TracingAllowed(())
}

/// The guard returned by [`identifiable`].
#[derive(Debug)]
pub struct TracingAllowed(());

impl Drop for TracingAllowed {
    fn drop(&mut self) {
        dumpable::leave();
    }
}

#[cfg(target_os = "linux")]
mod dumpable {
    use parking_lot::Mutex;
    use rustix::process::{DumpableBehavior, dumpable_behavior, set_dumpable_behavior};

    /// How many guards are alive, and whether the process was already non-dumpable before the first of them.
    static GUARDS: Mutex<(usize, bool)> = Mutex::new((0, false));

    pub(super) fn set(is_dumpable: bool) {
        let behaviour = if is_dumpable {
            DumpableBehavior::Dumpable
        } else {
            DumpableBehavior::NotDumpable
        };
        if let Err(error) = set_dumpable_behavior(behaviour) {
            tracing::warn!("the process could not be made (un)dumpable: {error}");
        }
    }

    pub(super) fn enter() {
        let mut guards = GUARDS.lock();
        if guards.0 == 0 {
            guards.1 = matches!(dumpable_behavior(), Ok(DumpableBehavior::NotDumpable));
            if guards.1 {
                set(true);
            }
        }
        guards.0 += 1;
    }

    pub(super) fn leave() {
        let mut guards = GUARDS.lock();
        guards.0 = guards.0.saturating_sub(1);
        if guards.0 == 0 && guards.1 {
            set(false);
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod dumpable {
    pub(super) fn set(_is_dumpable: bool) {}
    pub(super) fn enter() {}
    pub(super) fn leave() {}
}

/// Replaces the panic message, and records it in the crash report: location, thread and a short code, never the payload, which may contain anything.
pub fn install_panic_hook() {
    std::panic::set_hook(Box::new(|info: &PanicHookInfo<'_>| {
        let thread = std::thread::current();
        // Not `eprintln!`, which would itself panic if standard error is closed.
        let line = panic_line(info.location(), thread.name());
        let _ = writeln!(std::io::stderr().lock(), "{line}");
        crash_report::record(&line);
    }));
}

fn panic_line(location: Option<&Location<'_>>, thread: Option<&str>) -> String {
    let place = match location {
        Some(place) => format!("{}:{}:{}", place.file(), place.line(), place.column()),
        None => "an unknown place".to_owned(),
    };
    format!(
        "thred-console: internal error {} at {place} on thread {}",
        short_code(&place),
        thread.unwrap_or("without a name"),
    )
}

/// Six hexadecimal digits that identify a location within one version of the program (FNV-1a).
fn short_code(place: &str) -> String {
    let hash = place.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    format!("{:06x}", hash & 0x00ff_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_line_names_place_thread_and_code_only() {
        let here = Location::caller();
        let line = panic_line(Some(here), Some("worker"));
        assert!(line.contains("hardening.rs:"), "{line}");
        assert!(line.ends_with("on thread worker"), "{line}");
        assert_eq!(line, panic_line(Some(here), Some("worker")));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_guard_opens_the_process_and_closes_it_again() {
        use rustix::process::{DumpableBehavior, dumpable_behavior};
        dumpable::set(false);
        {
            let _outer = identifiable();
            let _inner = identifiable();
            assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::Dumpable);
        }
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
        dumpable::set(true);
    }
}
