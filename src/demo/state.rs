//! The state that all requests of a demo server share.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use parking_lot::{RwLock, RwLockReadGuard, RwLockWriteGuard};
use uuid::Uuid;

use super::{
    clock, generate,
    options::{DemoCredentials, DemoOptions},
    store::Store,
    tokens::TokenSigner,
};

/// The server's state. Clones refer to the same state.
#[derive(Clone)]
pub struct DemoState(Arc<DemoParts>);

struct DemoParts {
    options: DemoOptions,
    credentials: DemoCredentials,
    /// All valid API keys of the partner; two during a rotation.
    keys: RwLock<Vec<String>>,
    signer: TokenSigner,
    store: RwLock<Store>,
}

impl DemoState {
    /// Generates the businesses and the credentials. 100,000 businesses take a good part of a second in a debug build.
    pub fn new(options: DemoOptions) -> Self {
        Self::generate(options, |_| ())
    }

    /// The same; `tell` is called with the number of businesses generated so far after each one.
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
            signer: TokenSigner::new(&rand::random::<[u8; 32]>()),
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

    /// Creates another valid key, as the Partner Portal does.
    pub fn issue_api_key(&self) -> String {
        let key = random_key();
        self.0.keys.write().push(key.clone());
        key
    }

    /// Revokes a key, as the Partner Portal does. Tokens obtained with it remain valid until they expire.
    pub fn revoke_api_key(&self, key: &str) {
        self.0.keys.write().retain(|valid| valid != key);
    }

    /// The newest valid key; `None` if all are revoked.
    pub fn newest_api_key(&self) -> Option<String> {
        self.0.keys.read().last().cloned()
    }

    /// How many keys are valid.
    pub(super) fn key_count(&self) -> usize {
        self.0.keys.read().len()
    }

    /// Locks the businesses for reading.
    pub fn store(&self) -> RwLockReadGuard<'_, Store> {
        self.0.store.read()
    }

    /// Locks the businesses for writing.
    pub fn store_mut(&self) -> RwLockWriteGuard<'_, Store> {
        self.0.store.write()
    }

    pub(super) fn options(&self) -> &DemoOptions {
        &self.0.options
    }

    pub(super) fn signer(&self) -> &TokenSigner {
        &self.0.signer
    }

    pub(super) fn accepts_key(&self, key: &str) -> bool {
        self.0.keys.read().iter().any(|valid| valid == key)
    }
}

/// A random key that is recognisable as a demo key.
fn random_key() -> String {
    format!(
        "thred_demo_{}",
        URL_SAFE_NO_PAD.encode(rand::random::<[u8; 24]>())
    )
}
