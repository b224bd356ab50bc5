//! The id and name that Windows uses for this program, in notifications and in the taskbar.

#![expect(
    unsafe_code,
    reason = "the id of a process can only be set through the C interface of Windows"
)]

use std::io;

use windows_registry::{CURRENT_USER, Result};
use windows_sys::Win32::UI::Shell::SetCurrentProcessExplicitAppUserModelID;

/// The AppUserModelID of this program. Windows does not show a toast whose id is not registered, and shows one without an id under the name of
/// PowerShell.
pub(super) const APP_ID: &str = "Thred.PartnerConsole";

/// Sets the id of this process, which must happen before the first window opens. Without it, the taskbar identifies the
/// windows by the program's path, and so as a different program from the one that sends the notifications.
///
/// # Errors
/// Whatever Windows reports.
pub(super) fn claim() -> io::Result<()> {
    let id: Vec<u16> = APP_ID.encode_utf16().chain([0]).collect();
    // SAFETY: the id ends in zero and lives until the call returns; Windows copies it.
    let result = unsafe { SetCurrentProcessExplicitAppUserModelID(id.as_ptr()) };
    if result < 0 {
        return Err(io::Error::from_raw_os_error(result));
    }
    Ok(())
}

/// Registers the id with the `name` to display, for this user only, because there may not have been an installer that did.
pub(super) fn register(name: &str) -> Result<()> {
    let key = CURRENT_USER.create(format!(r"Software\Classes\AppUserModelId\{APP_ID}"))?;
    key.set_string("DisplayName", name)?;
    // Written each time, because the folder may have been moved.
    let icon = std::env::current_exe().map(|program| program.with_extension("png"));
    if let Ok(icon) = icon
        && let Some(icon) = icon.to_str()
        && std::fs::exists(icon).unwrap_or(false)
    {
        key.set_string("IconUri", icon)?;
    }
    Ok(())
}
