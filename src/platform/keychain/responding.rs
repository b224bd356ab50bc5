//! Whether the keychain responds, since its library waits without a limit.

#[cfg(all(unix, not(target_os = "macos")))]
use super::secret_service;
use crate::domain::keychain::KeychainProblem;

/// Fails if the store does not respond; called before each use of it.
pub(super) type CheckStore = fn() -> Result<(), KeychainProblem>;

/// Pings the Secret Service.
#[cfg(all(unix, not(target_os = "macos")))]
pub(super) const CHECK: CheckStore =
    || secret_service::ping(zbus::connection::Builder::session(), secret_service::LIMIT);

/// The stores of macOS and Windows are not bus services.
#[cfg(not(all(unix, not(target_os = "macos"))))]
pub(super) const CHECK: CheckStore = || Ok(());
