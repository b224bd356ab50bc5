//! The real keychain adapter over keyring-core's mock store, with access to its content and injected failures.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use keyring_core::{CredentialStore, Error, mock};
use secrecy::{ExposeSecret as _, SecretString};
use thred_console::{
    domain::keychain::{KeychainName, KeychainProblem},
    platform::keychain::{Keychain, KeychainItem, KeyringKeychain, SERVICE},
};

/// A keychain in memory that outlives restarts of the console.
pub struct MockKeychain {
    adapter: KeyringKeychain,
    store: Arc<CredentialStore>,
    held: Arc<Mutex<()>>,
    calls: Mutex<Vec<&'static str>>,
    deletes_nothing: AtomicBool,
    /// The next call panics and so ends its thread.
    dies: AtomicBool,
    /// Whether anything was ever stored.
    has_held: AtomicBool,
}

impl MockKeychain {
    pub fn empty() -> Self {
        let store: Arc<CredentialStore> = mock::Store::new().unwrap();
        Self {
            adapter: KeyringKeychain::over(KeychainName::MacosKeychain, store.clone()),
            store,
            held: Arc::default(),
            calls: Mutex::default(),
            deletes_nothing: AtomicBool::new(false),
            dies: AtomicBool::new(false),
            has_held: AtomicBool::new(false),
        }
    }

    /// The key stored for an item.
    pub fn key(&self, item: &KeychainItem) -> Option<String> {
        let entry = self.store.build(SERVICE, item.user(), None).unwrap();
        entry.get_password().ok()
    }

    /// Stores a key, as an earlier run would have.
    pub fn put(&self, item: &KeychainItem, key: &str) {
        let entry = self.store.build(SERVICE, item.user(), None).unwrap();
        entry.set_password(key).unwrap();
        self.has_held.store(true, Ordering::Relaxed);
    }

    /// Makes the next call on the item fail with `error`.
    pub fn fail_next(&self, item: &KeychainItem, error: Error) {
        let entry = self.store.build(SERVICE, item.user(), None).unwrap();
        let cred: &mock::Cred = entry.as_any().downcast_ref().unwrap();
        cred.set_error(error);
    }

    /// From now on, deletions report success but delete nothing.
    pub fn delete_nothing(&self) {
        self.deletes_nothing.store(true, Ordering::Relaxed);
    }

    /// Makes the next call panic before it has an effect, which ends the calling thread.
    pub fn die(&self) {
        self.dies.store(true, Ordering::Relaxed);
    }

    /// While the returned lock is held, every call waits, as behind an open unlock dialog.
    pub fn unlock_dialog(&self) -> Arc<Mutex<()>> {
        self.held.clone()
    }

    /// The calls so far: "read", "write" and "delete".
    pub fn calls(&self) -> Vec<&'static str> {
        self.calls.lock().unwrap().clone()
    }

    fn called(&self, what: &'static str) {
        self.calls.lock().unwrap().push(what);
        drop(self.held.lock().unwrap());
        assert!(
            !self.dies.swap(false, Ordering::Relaxed),
            "the keychain dies"
        );
    }
}

impl Keychain for MockKeychain {
    fn name(&self) -> KeychainName {
        self.adapter.name()
    }

    fn read(&self, item: &KeychainItem) -> Result<Option<SecretString>, KeychainProblem> {
        self.called("read");
        self.adapter.read(item)
    }

    fn write(&self, item: &KeychainItem, secret: &SecretString) -> Result<(), KeychainProblem> {
        self.called("write");
        assert!(!secret.expose_secret().is_empty());
        self.adapter.write(item, secret)?;
        self.has_held.store(true, Ordering::Relaxed);
        Ok(())
    }

    fn delete(&self, item: &KeychainItem) -> Result<bool, KeychainProblem> {
        if !self.has_held.load(Ordering::Relaxed) {
            // With nothing stored, the real keychain deletes without unlocking.
            self.calls.lock().unwrap().push("delete");
            return Ok(false);
        }
        self.called("delete");
        if self.deletes_nothing.load(Ordering::Relaxed) {
            return Ok(true);
        }
        self.adapter.delete(item)
    }
}
