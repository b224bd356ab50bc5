//! A short identifier for a token or a key, to tell them apart.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use crate::domain::credentials::ApiKey;
use crate::domain::text::hex;

/// The first 32 bits of the SHA-256 of a token or a key. They are saved to disk and shown.
///
/// They do not help an attacker: keys are random and have far more than 32 bits, so many keys share a fingerprint, and
/// candidates can only be tried against the server one by one. More bits are never stored, because a full hash would
/// let an attacker confirm a guess offline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub [u8; 4]);

impl Fingerprint {
    pub fn of(key: &ApiKey) -> Self {
        Self::of_secret(key.secret())
    }

    pub fn of_secret(secret: &SecretString) -> Self {
        let digest = Sha256::digest(secret.expose_secret().as_bytes());
        Self([digest[0], digest[1], digest[2], digest[3]])
    }
}

/// "5d0e 92b7".
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d] = self.0;
        write!(f, "{a:02x}{b:02x} {c:02x}{d:02x}")
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex(&self.0))
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let is_hex = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        match u32::from_str_radix(&text, 16) {
            Ok(number) if is_hex => Ok(Self(number.to_be_bytes())),
            _ => Err(D::Error::custom(
                "a fingerprint has eight hexadecimal digits",
            )),
        }
    }
}
