//! Messages that Windows sends to a window when its session is locked or the computer goes to sleep.
//!
//! The window library does not pass these messages on, so a hidden window on a thread of its own receives them. It is an
//! ordinary top-level window, because Windows does not broadcast to message-only windows.

#![expect(
    unsafe_code,
    reason = "only a window receives these messages, and the C interface is the only way to create one"
)]

use std::cell::OnceCell;
use std::io;
use std::ptr::{null, null_mut};

use windows_sys::Win32::Foundation::{HWND, LPARAM, LRESULT, WPARAM};
use windows_sys::Win32::System::Power::RegisterSuspendResumeNotification;
use windows_sys::Win32::System::RemoteDesktop::{
    NOTIFY_FOR_THIS_SESSION, WTSRegisterSessionNotification,
};
use windows_sys::Win32::UI::WindowsAndMessaging::{
    CreateWindowExW, DEVICE_NOTIFY_WINDOW_HANDLE, DefWindowProcW, DispatchMessageW, GetMessageW,
    MSG, PBT_APMSUSPEND, RegisterClassW, WM_POWERBROADCAST, WM_WTSSESSION_CHANGE, WNDCLASSW,
    WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOCK,
};
use windows_sys::core::{PCWSTR, w};

use super::{SLEEP_DELAY, SignalHandler};
use crate::domain::session_signal::SessionSignal;

const CLASS: PCWSTR = w!("ThredConsoleSessionWatch");

thread_local! {
    /// Windows calls the procedure of a window on the thread that made it.
    static ON_SIGNAL: OnceCell<SignalHandler> = const { OnceCell::new() };
}

/// Starts the thread that owns the window.
#[expect(
    clippy::disallowed_methods,
    reason = "a window belongs to one thread, and this one waits until the program ends"
)]
pub(super) fn start(on_signal: &SignalHandler) {
    let on_signal = SignalHandler::clone(on_signal);
    let started = std::thread::Builder::new()
        .name("session-watch".to_owned())
        .spawn(move || {
            ON_SIGNAL.with(|cell| {
                let _ = cell.set(on_signal);
            });
            if let Err(error) = listen() {
                tracing::warn!("the session is not watched: {error}");
            }
        });
    if let Err(error) = started {
        tracing::warn!("the session is not watched: {error}");
    }
}

/// Creates the window and dispatches its messages until the program ends.
fn listen() -> io::Result<()> {
    let window = hidden_window()?;
    // SAFETY: the window belongs to this thread and is never destroyed.
    if unsafe { WTSRegisterSessionNotification(window, NOTIFY_FOR_THIS_SESSION) } == 0 {
        let error = io::Error::last_os_error();
        tracing::warn!("Windows does not report session locks: {error}");
    }
    // Computers with modern standby report sleep only to windows that have registered.
    // SAFETY: as above, and the flag says that the handle is that of a window.
    if unsafe { RegisterSuspendResumeNotification(window, DEVICE_NOTIFY_WINDOW_HANDLE) } == 0 {
        let error = io::Error::last_os_error();
        tracing::debug!("Windows reports sleep by broadcast only: {error}");
    }
    let mut message = MSG::default();
    // SAFETY: the pointer is to a local variable, and a null window stands for all windows of this thread.
    while unsafe { GetMessageW(&raw mut message, null_mut(), 0, 0) } > 0 {
        // SAFETY: `GetMessageW` has filled the message in.
        unsafe { DispatchMessageW(&raw const message) };
    }
    Ok(())
}

fn hidden_window() -> io::Result<HWND> {
    let class = WNDCLASSW {
        lpfnWndProc: Some(procedure),
        lpszClassName: CLASS,
        ..WNDCLASSW::default()
    };
    // SAFETY: the name is static and ends in zero, the procedure has the signature that Windows expects, and all other
    // fields may be zero.
    if unsafe { RegisterClassW(&raw const class) } == 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the class is registered, and the window's name, parent, menu, program and data may be null. Without a style,
    // the window stays hidden.
    let window = unsafe {
        CreateWindowExW(
            0,
            CLASS,
            null(),
            0,
            0,
            0,
            0,
            0,
            null_mut(),
            null_mut(),
            null_mut(),
            null(),
        )
    };
    if window.is_null() {
        return Err(io::Error::last_os_error());
    }
    Ok(window)
}

/// Windows calls this for each message to the window.
extern "system" fn procedure(window: HWND, kind: u32, what: WPARAM, more: LPARAM) -> LRESULT {
    if let Some(signal) = signal(kind, what) {
        ON_SIGNAL.with(|cell| {
            if let Some(on_signal) = cell.get() {
                on_signal(signal);
            }
        });
        if matches!(signal, SessionSignal::Sleeping) {
            // Windows waits up to two seconds for the return of this call.
            std::thread::sleep(SLEEP_DELAY);
        }
    }
    // SAFETY: the arguments are passed on as Windows sent them.
    unsafe { DefWindowProcW(window, kind, what, more) }
}

/// The signal that a message stands for. Switching users and ending a remote connection count as a lock: the session can
/// then only be entered with a password.
fn signal(kind: u32, what: WPARAM) -> Option<SessionSignal> {
    match (kind, u32::try_from(what).ok()?) {
        (
            WM_WTSSESSION_CHANGE,
            WTS_SESSION_LOCK | WTS_CONSOLE_DISCONNECT | WTS_REMOTE_DISCONNECT,
        ) => Some(SessionSignal::Locked),
        (WM_POWERBROADCAST, PBT_APMSUSPEND) => Some(SessionSignal::Sleeping),
        _ => None,
    }
}
