//! The name that Windows shows on our notifications.

use windows_registry::{CURRENT_USER, Result};

/// The AppUserModelID of this program. A toast under an id that nobody has registered is not shown, and one without an id
/// carries the name of PowerShell.
pub(super) const APP_ID: &str = "Thred.PartnerConsole";

/// Tells Windows what the id is called, for this user alone. There may be no installer that has done so.
pub(super) fn register() -> Result<()> {
    let key = CURRENT_USER.create(format!(r"Software\Classes\AppUserModelId\{APP_ID}"))?;
    key.set_string("DisplayName", super::APP_NAME)?;
    // Written each time: the folder may have been moved.
    let icon = std::env::current_exe().map(|program| program.with_extension("png"));
    if let Ok(icon) = icon
        && let Some(icon) = icon.to_str()
        && std::fs::exists(icon).unwrap_or(false)
    {
        key.set_string("IconUri", icon)?;
    }
    Ok(())
}
