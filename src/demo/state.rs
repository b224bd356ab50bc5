//! What all requests of one demo server share.

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use super::{
    clock, generate,
    options::{DemoCredentials, DemoOptions},
    store::Store,
    tokens::Mint,
};

/// The server's memory. Cloning gives another handle to the same memory.
#[derive(Clone)]
pub struct DemoState(Arc<DemoParts>);

struct DemoParts {
    options: DemoOptions,
    credentials: DemoCredentials,
    /// All keys that open the partner's account at this moment: two of them during a rotation.
    keys: RwLock<Vec<String>>,
    mint: Mint,
    store: RwLock<Store>,
}

impl DemoState {
    /// Generates the businesses and the credentials. 100,000 businesses take a good part of a second in a debug build.
    pub fn new(options: DemoOptions) -> Self {
        Self::generate(options, |_| ())
    }

    /// The same; `tell` hears how many businesses there are, after each.
    pub(super) fn generate(options: DemoOptions, tell: impl FnMut(usize)) -> Self {
        let as_of = options.as_of.unwrap_or_else(clock::now);
        let store = Store::new(generate::businesses(
            options.businesses,
            options.seed,
            as_of,
            tell,
        ));
        let credentials = options
            .credentials
            .clone()
            .unwrap_or_else(|| DemoCredentials {
                partner_id: generate::partner_id(options.seed),
                api_key: random_key(),
            });
        Self(Arc::new(DemoParts {
            keys: RwLock::new(vec![credentials.api_key.clone()]),
            mint: Mint::new(&rand::random::<[u8; 32]>()),
            store: RwLock::new(store),
            credentials,
            options,
        }))
    }

    /// The partner who owns all businesses.
    pub fn partner_id(&self) -> Uuid {
        self.0.credentials.partner_id
    }

    /// The key the server started with.
    pub fn api_key(&self) -> &str {
        &self.0.credentials.api_key
    }

    /// Makes one more valid key, as the Partner Portal does.
    pub fn issue_api_key(&self) -> String {
        let key = random_key();
        write(&self.0.keys).push(key.clone());
        key
    }

    /// Ends the validity of a key, as the Partner Portal does. Tokens got with it live on to their end.
    pub fn revoke_api_key(&self, key: &str) {
        write(&self.0.keys).retain(|valid| valid != key);
    }

    /// The valid key that was made last; `None` once all are revoked.
    pub fn newest_api_key(&self) -> Option<String> {
        read(&self.0.keys).last().cloned()
    }

    /// How many keys are valid.
    pub fn key_count(&self) -> usize {
        read(&self.0.keys).len()
    }

    /// The businesses, to be read.
    pub fn store(&self) -> RwLockReadGuard<'_, Store> {
        read(&self.0.store)
    }

    /// The businesses, to be changed.
    pub fn store_mut(&self) -> RwLockWriteGuard<'_, Store> {
        write(&self.0.store)
    }

    pub(super) fn options(&self) -> &DemoOptions {
        &self.0.options
    }

    pub(super) fn mint(&self) -> &Mint {
        &self.0.mint
    }

    pub(super) fn accepts_key(&self, key: &str) -> bool {
        read(&self.0.keys).iter().any(|valid| valid == key)
    }
}

/// Recognisable as a demo key, and impossible to guess.
fn random_key() -> String {
    format!(
        "thred_demo_{}",
        URL_SAFE_NO_PAD.encode(rand::random::<[u8; 24]>())
    )
}

// A panic while the lock was held cannot leave half a change behind: every change is one call into a collection.
fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}
