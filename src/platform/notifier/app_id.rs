//! Registers the name that Windows shows on our notifications.

use windows_registry::{CURRENT_USER, Result};

/// The AppUserModelID of this program. Windows does not show a toast whose id is not registered, and shows one without an id under the name of
/// PowerShell.
pub(super) const APP_ID: &str = "Thred.PartnerConsole";

/// Registers the id's display name, for this user only, because there may not have been an installer that did.
pub(super) fn register() -> Result<()> {
    let key = CURRENT_USER.create(format!(r"Software\Classes\AppUserModelId\{APP_ID}"))?;
    key.set_string("DisplayName", super::APP_NAME)?;
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
