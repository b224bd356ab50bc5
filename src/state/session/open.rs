//! A running session.

use super::workspace::Workspace;
use crate::domain::key_source::{KeySource, KeyVersion};
use crate::domain::keychain::KeychainProblem;
use crate::domain::profile::Profile;
use crate::domain::time::BootInstant;
use crate::state::generation::Generation;
use crate::state::rotation::Keys;
use crate::state::tokens::clipboard::Copying;

/// A running session, and everything that ends with it.
#[derive(Debug)]
pub struct Open {
    pub(in crate::state) generation: Generation,
    /// The source of its key.
    pub source: KeySource,
    /// The version of the key at its source.
    pub version: KeyVersion,
    /// When the key was requested again from its source, after the server rejected it; `None` if no answer is pending.
    pub key_refetching: Option<BootInstant>,
    /// Whether its key is being stored in the keychain.
    pub storing: KeyStoring,
    /// Its key, and the rotation of that.
    pub keys: Keys,
    pub workspace: Workspace,
    /// The token that is being copied to the clipboard.
    pub(in crate::state) copying: Option<Copying>,
}

/// Whether the session's key is being stored in the keychain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyStoring {
    /// There is nothing to store, or it is stored.
    Settled,
    /// The key is being stored.
    UnderWay,
    /// Storing failed: the key is in memory only.
    Failed(KeychainProblem),
}

impl Open {
    pub const fn profile(&self) -> &Profile {
        &self.workspace.profile
    }

    /// Whether the keychain has the key.
    pub fn is_key_in_keychain(&self) -> bool {
        self.source == KeySource::Keychain && self.storing == KeyStoring::Settled
    }

    /// Whether the key is known to be stored outside of this session: in the keychain, or where the team stores it.
    pub fn is_key_stored(&self) -> bool {
        self.is_key_in_keychain() || self.source.external().is_some()
    }

    /// "Vault · secret/thred/production v4"; `None` if the source is not external.
    pub fn key_location(&self) -> Option<String> {
        let source = self.source.external()?;
        Some(match &self.version.name {
            Some(version) => format!("{} {version}", source.title()),
            None => source.title(),
        })
    }

    /// Whether the key exists only in memory, so that the end of the session loses it.
    pub fn holds_the_only_key(&self) -> bool {
        self.source == KeySource::Typed
    }
}
