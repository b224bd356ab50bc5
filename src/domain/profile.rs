//! Who is signed in where. Nothing in here is secret.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::credentials::PartnerId;
use super::environment::Environment;

/// An environment and a partner in it: what a keychain item, a list and its tokens belong to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Profile {
    /// Where.
    pub environment: Environment,
    /// Who.
    pub partner: PartnerId,
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.environment.host(), self.partner.short())
    }
}
