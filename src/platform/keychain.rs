//! The only place where the console stores API keys: the credential store of the operating system.
//!
//! All calls **block**, on Linux for as long as an unlock dialog is open. Never call them on the UI thread. A service that does not respond is
//! given up.

mod error;
mod item;
mod native;
mod responding;
#[cfg(all(unix, not(target_os = "macos")))]
mod secret_service;

use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Error};
use parking_lot::Mutex;
use secrecy::{ExposeSecret as _, SecretString};

pub use self::item::{KeychainItem, SERVICE};

use self::responding::CheckStore;
use crate::domain::keychain::{KeychainName, KeychainProblem};

/// Stores one secret per [`KeychainItem`] beyond the life of the process.
///
/// Calls block and may wait for the user, so run them on a thread that may wait.
pub trait Keychain: Send + Sync {
    /// The name of the store, for sentences that say where the key is stored.
    fn name(&self) -> KeychainName;

    /// The stored secret; `None` if the store has no such item.
    ///
    /// # Errors
    /// [`KeychainProblem`] if the store cannot be reached or does not return the item.
    fn read(&self, item: &KeychainItem) -> Result<Option<SecretString>, KeychainProblem>;

    /// Stores the secret. An existing item is updated in place: it keeps its collection, label and access rights, and exists at every moment.
    ///
    /// # Errors
    /// [`KeychainProblem`]; the previous secret, if any, is then still there.
    fn write(&self, item: &KeychainItem, secret: &SecretString) -> Result<(), KeychainProblem>;

    /// Removes the item. Returns whether it existed.
    ///
    /// # Errors
    /// [`KeychainProblem`]; the item is then still there.
    fn delete(&self, item: &KeychainItem) -> Result<bool, KeychainProblem>;
}

/// Opens a credential store; called again after a failure.
type OpenStore = Box<dyn Fn() -> keyring_core::Result<Arc<CredentialStore>> + Send + Sync>;

/// A [`Keychain`] backed by any store of the keyring family: the system's in production, one in memory in tests.
pub struct KeyringKeychain {
    name: KeychainName,
    check: CheckStore,
    open: OpenStore,
    /// Opened by the first call; dropped when the store stops responding.
    store: Mutex<Option<Arc<CredentialStore>>>,
}

impl std::fmt::Debug for KeyringKeychain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The store is left out, because some stores print their secrets.
        f.debug_struct("KeyringKeychain")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl KeyringKeychain {
    /// The credential store of this system. Nothing is contacted before the first call.
    pub fn native() -> Self {
        Self {
            name: KeychainName::NATIVE,
            check: responding::CHECK,
            open: Box::new(native::open),
            store: Mutex::new(None),
        }
    }

    /// The same adapter for a given store.
    ///
    /// `name` must match the store, because it determines which modifiers new items get.
    pub fn over(name: KeychainName, store: Arc<CredentialStore>) -> Self {
        Self {
            name,
            check: || Ok(()),
            open: Box::new(move || Ok(Arc::clone(&store))),
            store: Mutex::new(None),
        }
    }

    /// The open store, and whether this call opened it.
    fn store(&self) -> Result<(Arc<CredentialStore>, bool), KeychainProblem> {
        let mut slot = self.store.lock();
        if let Some(store) = slot.as_ref() {
            return Ok((Arc::clone(store), false));
        }
        // The lock is held while opening, so that two calls do not open two sessions.
        let store = (self.open)().map_err(|error| KeychainProblem::no_store(&error))?;
        *slot = Some(Arc::clone(&store));
        Ok((store, true))
    }

    fn forget_store(&self) {
        *self.store.lock() = None;
    }

    /// Runs `call` on the item's entry. If a store that was opened earlier has failed since (the keyring service was restarted, or the session bus
    /// ended), it is opened again, once.
    fn with_entry<T>(
        &self,
        item: &KeychainItem,
        call: impl Fn(&Entry) -> keyring_core::Result<T>,
    ) -> Result<Option<T>, KeychainProblem> {
        (self.check)()?;
        loop {
            let (store, is_new) = self.store()?;
            let result = self.entry(&store, item).and_then(|entry| call(&entry));
            match result {
                Ok(value) => return Ok(Some(value)),
                Err(Error::NoEntry) => return Ok(None),
                Err(error) => {
                    if matches!(error, Error::PlatformFailure(_)) {
                        self.forget_store();
                        if !is_new {
                            continue;
                        }
                    }
                    return Err(KeychainProblem::from_store(error));
                }
            }
        }
    }

    fn entry(
        &self,
        store: &Arc<CredentialStore>,
        item: &KeychainItem,
    ) -> keyring_core::Result<Entry> {
        let label = item.label();
        let modifiers = self.name.modifiers(label);
        store.build(SERVICE, item.user(), Some(&modifiers))
    }
}

impl Keychain for KeyringKeychain {
    fn name(&self) -> KeychainName {
        self.name
    }

    fn read(&self, item: &KeychainItem) -> Result<Option<SecretString>, KeychainProblem> {
        match self.with_entry(item, Entry::get_secret)? {
            None => Ok(None),
            Some(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Ok(Some(SecretString::from(text))),
                Err(error) => {
                    zeroize::Zeroize::zeroize(&mut error.into_bytes());
                    Err(KeychainProblem::NotText)
                }
            },
        }
    }

    fn write(&self, item: &KeychainItem, secret: &SecretString) -> Result<(), KeychainProblem> {
        let bytes = secret.expose_secret().as_bytes();
        let written = self.with_entry(item, |entry| {
            entry.set_secret(bytes)?;
            if let Some(comment) = self.name.comment(item.label()) {
                // The label only helps users of the store's own window, and the secret is already stored.
                if let Err(error) = entry.update_attributes(&comment) {
                    tracing::debug!("the keychain item keeps no label: {error}");
                }
            }
            Ok(())
        })?;
        // A write finds no item only if it is removed at that very moment.
        written.ok_or(KeychainProblem::Removed)
    }

    fn delete(&self, item: &KeychainItem) -> Result<bool, KeychainProblem> {
        Ok(self.with_entry(item, Entry::delete_credential)?.is_some())
    }
}

#[cfg(test)]
mod tests;
