//! A session that runs.

use super::workspace::Workspace;
use crate::domain::key_source::{KeySource, KeyVersion};
use crate::domain::keychain::KeychainProblem;
use crate::domain::profile::Profile;
use crate::domain::time::BootInstant;
use crate::state::generation::Generation;
use crate::state::rotation::Keys;
use crate::state::tokens::clipboard::Copying;

/// A session that runs, and everything that ends with it.
#[derive(Debug)]
pub struct Open {
    pub(in crate::state) generation: Generation,
    /// Where its key comes from.
    pub source: KeySource,
    /// Which of the source's versions it is.
    pub version: KeyVersion,
    /// Since when its source is asked again, after the server has refused the key.
    pub asking_again: Option<BootInstant>,
    /// Whether the keychain takes its key.
    pub storing: KeyStoring,
    /// Its key and the replacement of that.
    pub keys: Keys,
    /// What the user works with.
    pub workspace: Workspace,
    /// A token that is being put on the clipboard.
    pub(in crate::state) copying: Option<Copying>,
}

/// Whether the keychain takes the key of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyStoring {
    /// Nothing is to be stored, or it is stored.
    Settled,
    /// The key is on its way there.
    UnderWay,
    /// The keychain did not take it: the key is in memory only.
    Failed(KeychainProblem),
}

impl Open {
    /// Whose session it is.
    pub const fn profile(&self) -> &Profile {
        &self.workspace.profile
    }

    /// Whether the keychain holds the key.
    pub fn is_key_stored(&self) -> bool {
        self.source == KeySource::Keychain && self.storing == KeyStoring::Settled
    }

    /// Whether another place than this session is known to hold the key: the keychain, or where the team keeps it.
    pub fn is_key_kept(&self) -> bool {
        self.is_key_stored() || self.source.external().is_some()
    }

    /// "Vault · secret/thred/production v4"; `None` where the key is on this computer.
    pub fn key_place(&self) -> Option<String> {
        let source = self.source.external()?;
        Some(match &self.version.name {
            Some(version) => format!("{} {version}", source.title()),
            None => source.title(),
        })
    }

    /// Whether the key is nowhere but here, so that it is gone when the session ends.
    pub fn holds_the_only_key(&self) -> bool {
        self.source == KeySource::Typed
    }
}
