//! What a source returned.

use jiff::Timestamp;

use super::source::KeySource;
use crate::domain::credentials::{ApiKey, PartnerId};

/// A key that a source returned.
#[derive(Debug, Clone)]
pub struct FetchedKey {
    pub partner: PartnerId,
    pub key: ApiKey,
    pub version: KeyVersion,
    /// The source as it should be saved, completed with what was found out.
    pub source: KeySource,
}

/// What a source reports about the version of a secret.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeyVersion {
    /// "v4", if the source counts versions.
    pub name: Option<String>,
    /// When the version was created, if the source reports it.
    pub created: Option<Timestamp>,
}
