//! What a pasted text contains.

use secrecy::{ExposeSecret as _, SecretString};

use crate::domain::credentials::PartnerId;
use crate::domain::environment::Environment;

/// What was recognised in a pasted text.
#[derive(Debug, Default)]
pub struct PastedCredentials {
    pub partner: Option<PartnerId>,
    pub key: Option<SecretString>,
    /// The environment, if the text contains an address.
    pub environment: Option<Environment>,
}

impl PastedCredentials {
    /// The key as text for the masked field. Empty if none was found.
    pub fn key_text(&self) -> &str {
        self.key.as_ref().map_or("", |key| key.expose_secret())
    }
}
