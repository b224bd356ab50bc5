//! Names of keychain items and stores.

use std::collections::HashMap;

use uuid::Uuid;

use crate::domain::keychain::KeychainName;

/// The `service` attribute of every item of this program.
pub const SERVICE: &str = "thred-console";

/// Identifies a secret: an API key, of which there is one per environment host and partner, or the answer to the prompt of a key source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KeychainItem {
    user: String,
    label: String,
}

impl KeychainItem {
    /// The API key of a partner. `host` is the API host of the environment, with its port unless it is the default port.
    pub fn new(host: impl Into<String>, partner: Uuid) -> Self {
        let host = host.into().to_ascii_lowercase();
        let id = partner.simple().to_string();
        Self {
            user: format!("{host}|{partner}"),
            label: format!("Thred API key, {host}, {}…{}", &id[..4], &id[28..]),
        }
    }

    /// The answer to the prompt of a key source. `digest` identifies the source, `title` is its display name.
    pub fn answer(digest: &str, title: &str) -> Self {
        Self {
            user: format!("source|{digest}"),
            label: format!("Thred key source, {title}"),
        }
    }

    /// The item's `username` attribute, unique within [`SERVICE`].
    pub fn user(&self) -> &str {
        &self.user
    }

    /// The name shown in the store's own window: enough to recognise the item, nothing secret.
    pub fn label(&self) -> &str {
        &self.label
    }
}

impl KeychainName {
    /// The store of the system this program was built for.
    #[cfg(target_os = "macos")]
    pub const NATIVE: Self = Self::MacosKeychain;
    /// The store of the system this program was built for.
    #[cfg(windows)]
    pub const NATIVE: Self = Self::WindowsCredentialManager;
    /// The store of the system this program was built for.
    #[cfg(not(any(target_os = "macos", windows)))]
    pub const NATIVE: Self = Self::SecretService;

    /// Attributes for creating an item. Each store knows different ones and rejects unknown ones.
    pub(super) fn modifiers(self, label: &str) -> HashMap<&'static str, &str> {
        match self {
            Self::SecretService => HashMap::from([("label", label)]),
            // `Enterprise`, the store's default, would copy the key to other computers of a domain.
            Self::WindowsCredentialManager => HashMap::from([("persistence", "Local")]),
            Self::MacosKeychain => HashMap::new(),
        }
    }

    /// The label as an attribute, for stores that accept it only once the item exists.
    pub(super) fn comment(self, label: &str) -> Option<HashMap<&'static str, &str>> {
        match self {
            Self::WindowsCredentialManager => Some(HashMap::from([("comment", label)])),
            Self::SecretService | Self::MacosKeychain => None,
        }
    }
}
