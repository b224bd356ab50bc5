//! The API key's only resting place: the credential store of the operating system.
//!
//! Everything here **blocks**, on Linux for as long as an unlock dialog stays open. Never call it on
//! the UI thread.

mod error;
mod item;
mod native;

use std::sync::{Arc, Mutex, PoisonError};

use keyring_core::{CredentialStore, Entry, Error};
use secrecy::{ExposeSecret as _, SecretString};

pub use self::item::{KeychainItem, SERVICE};

use crate::domain::keychain::{KeychainName, KeychainProblem};

/// A place that keeps one secret per [`KeychainItem`] beyond the life of the process.
///
/// Calls block and may wait for the user; run them on a thread that may wait.
pub trait Keychain: Send + Sync {
    /// What the store is called, for sentences that say where the key is kept.
    fn name(&self) -> KeychainName;

    /// The stored secret, or `None` where the store has no such item.
    ///
    /// # Errors
    /// [`KeychainProblem`] where the store cannot be reached or does not hand the item out.
    fn read(&self, item: &KeychainItem) -> Result<Option<SecretString>, KeychainProblem>;

    /// Stores the secret. An existing item is updated where it is: it keeps its place, its label and
    /// who may read it, and there is no moment without it.
    ///
    /// # Errors
    /// [`KeychainProblem`]; the former secret, if any, is then still there.
    fn write(&self, item: &KeychainItem, secret: &SecretString) -> Result<(), KeychainProblem>;

    /// Removes the item, and says whether it was there.
    ///
    /// # Errors
    /// [`KeychainProblem`]; the item is then still there.
    fn delete(&self, item: &KeychainItem) -> Result<bool, KeychainProblem>;
}

/// Opens a credential store; called again after a failure.
type OpenStore = Box<dyn Fn() -> keyring_core::Result<Arc<CredentialStore>> + Send + Sync>;

/// [`Keychain`] over any store of the keyring family: the system's in production, one in memory in tests.
pub struct KeyringKeychain {
    name: KeychainName,
    open: OpenStore,
    /// Opened by the first call; forgotten when the store stops answering.
    store: Mutex<Option<Arc<CredentialStore>>>,
}

impl std::fmt::Debug for KeyringKeychain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Not the store: some stores print their secrets.
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
            open: Box::new(native::open),
            store: Mutex::new(None),
        }
    }

    /// The same adapter over a given store.
    ///
    /// `name` must fit the store: it decides which modifiers new items get.
    pub fn over(name: KeychainName, store: Arc<CredentialStore>) -> Self {
        Self {
            name,
            open: Box::new(move || Ok(Arc::clone(&store))),
            store: Mutex::new(None),
        }
    }

    /// A store in this process's memory that forgets everything at exit, for tests.
    ///
    /// # Errors
    /// [`KeychainProblem::NoStore`] if it cannot be made.
    pub fn in_memory() -> Result<Self, KeychainProblem> {
        let store = native::open_mock().map_err(|error| KeychainProblem::no_store(&error))?;
        Ok(Self::over(KeychainName::InMemory, store))
    }

    /// The open store and whether this call opened it.
    fn store(&self) -> Result<(Arc<CredentialStore>, bool), KeychainProblem> {
        let mut slot = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(store) = slot.as_ref() {
            return Ok((Arc::clone(store), false));
        }
        // The lock is held meanwhile, so that two calls do not open two sessions.
        let store = (self.open)().map_err(|error| KeychainProblem::no_store(&error))?;
        *slot = Some(Arc::clone(&store));
        Ok((store, true))
    }

    fn forget_store(&self) {
        *self.store.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Runs `call` on the item's entry. If a store that was opened earlier has broken down since (the
    /// keyring service restarted, the session bus went away) it is opened anew, once.
    fn with_entry<T>(
        &self,
        item: &KeychainItem,
        call: impl Fn(&Entry) -> keyring_core::Result<T>,
    ) -> Result<Option<T>, KeychainProblem> {
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
                // Only a help for the reader of the store's own window: the secret is safely stored by now.
                if let Err(error) = entry.update_attributes(&comment) {
                    tracing::debug!("the keychain item keeps no label: {error}");
                }
            }
            Ok(())
        })?;
        // A write finds no item only when somebody removes it in that moment.
        written.ok_or(KeychainProblem::Removed)
    }

    fn delete(&self, item: &KeychainItem) -> Result<bool, KeychainProblem> {
        Ok(self.with_entry(item, Entry::delete_credential)?.is_some())
    }
}

#[cfg(test)]
mod tests;
