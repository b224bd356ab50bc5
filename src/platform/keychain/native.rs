//! Opens the credential store.

use std::sync::Arc;

use keyring_core::{CredentialStore, Result};

/// The store of this system, opened through `keyring` the first time.
///
/// `keyring` starts its store once and remembers a failure for the life of the process. So that the user can start or install a keyring and retry, a
/// failed start is followed by opening the same store directly.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that opens the credential store"
)]
pub(super) fn open() -> Result<Arc<CredentialStore>> {
    // Taken out of the crate's slot, so that a second call after a failure gets a new connection.
    if keyring::Entry::store_status().is_ok()
        && let Some(store) = keyring_core::unset_default_store()
    {
        return Ok(store);
    }
    open_again()
}

#[cfg(all(unix, not(target_os = "macos")))]
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that opens the credential store"
)]
fn open_again() -> Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that opens the credential store"
)]
fn open_again() -> Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(windows)]
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that opens the credential store"
)]
fn open_again() -> Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}
