//! The system's keychain: its name, and its errors.

use super::text::capitalised;

/// The kinds of keychain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeychainName {
    /// Linux and the BSDs: GNOME Keyring, `KWallet`, `KeePassXC`, …
    SecretService,
    /// The login keychain.
    MacosKeychain,
    /// Generic credentials of this user on this computer.
    WindowsCredentialManager,
}

impl KeychainName {
    /// Its name for use inside a sentence, with its article.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::SecretService => "the Secret Service keyring",
            Self::MacosKeychain => "the macOS Keychain",
            Self::WindowsCredentialManager => "the Windows Credential Manager",
        }
    }
}

/// Why a keychain operation failed. Contains no secret: `Display` and `Debug` may be logged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeychainProblem {
    /// There is no store: no session bus or no keyring service. Retrying opens it again.
    #[error("no credential store is available ({detail})")]
    NoStore {
        /// The system's error message, for the support block.
        detail: String,
    },
    /// The user closed the dialog that asked to unlock the store.
    #[error("the request to unlock the credential store was dismissed")]
    Dismissed,
    /// The store is locked or denies access to this program.
    #[error("the credential store is locked or denies access ({detail})")]
    AccessDenied {
        /// The system's error message, for the support block.
        detail: String,
    },
    /// No response in time. It may be waiting for a password.
    #[error("the credential store did not answer within {secs} s")]
    TimedOut {
        /// How long the console waited, in seconds.
        secs: u64,
    },
    /// The bus or the keyring service does not respond, not even to a call that asks the user nothing.
    #[error("the credential store did not respond within {secs} s")]
    Unresponsive {
        /// How long the console waited, in seconds.
        secs: u64,
    },
    /// The keyring service runs but has no default keyring, because none was ever created, as on a machine without a
    /// desktop.
    #[error("the keyring service has no default keyring to store in")]
    NoDefaultKeyring,
    /// Several items match the same name. None was read or changed.
    #[error("the credential store holds {count} items for the same key")]
    Ambiguous {
        /// Number of matching items.
        count: usize,
    },
    /// The value exceeds the store's limit.
    #[error("the value is longer than the {limit} bytes this credential store can hold")]
    TooLong {
        /// The store's limit, in bytes.
        limit: u32,
    },
    /// The stored value is not text, so it is not an API key stored by this program.
    #[error("the stored item is not text")]
    NotText,
    /// Another program removed the item during the write.
    #[error("the stored item was removed at the same moment")]
    Removed,
    #[error("the credential store reports: {detail}")]
    Other {
        /// The system's error message, for the support block.
        detail: String,
    },
}

impl KeychainProblem {
    /// Title and text: what happened, and what it means for the key.
    pub fn explain(&self, store: KeychainName) -> (&'static str, String) {
        let name = store.phrase();
        let upper = capitalised(name);
        match self {
            Self::NoStore { detail } => (
                "No keychain on this computer",
                format!(
                    "{upper} was not found ({detail}). Without it, the console can’t save a key between \
                     sessions."
                ),
            ),
            Self::Dismissed => (
                "The keychain stayed locked",
                format!(
                    "The request to unlock {name} was dismissed or could not be shown, so the console could not \
                     use the key. Nothing was changed in it."
                ),
            ),
            Self::AccessDenied { detail } => (
                "The keychain denied access",
                format!(
                    "{upper} is locked or denies this program access ({detail}). Nothing was changed in it."
                ),
            ),
            Self::TimedOut { secs } => (
                "The keychain did not answer",
                format!(
                    "{upper} did not answer within {secs} s. It may be locked and waiting for its password. Nothing \
                     was changed in it."
                ),
            ),
            Self::Unresponsive { secs } => (
                "The keychain does not respond",
                format!(
                    "{upper} did not respond within {secs} s. Nothing was changed in it. Restart its service, or \
                     log out of the desktop and in again. Then try again."
                ),
            ),
            Self::NoDefaultKeyring => (
                "The keychain is not set up",
                format!(
                    "{upper} is running but has no keyring. Create one with the system’s keychain program, then \
                     try again."
                ),
            ),
            Self::Ambiguous { count } => (
                "The keychain has duplicate keys",
                format!(
                    "{upper} holds {count} items named “thred-console” for this partner. None was used. Remove \
                     all but one."
                ),
            ),
            Self::TooLong { limit } => (
                "The key is too long for the keychain",
                format!("{upper} allows at most {limit} bytes per item. Nothing was stored."),
            ),
            Self::NotText => (
                "The stored key is unusable",
                format!(
                    "The item in {name} is not an API key. It was left unchanged. Sign in with the key to \
                     replace it."
                ),
            ),
            Self::Removed => (
                "The key was not stored",
                format!("Another program removed the item from {name} at the same time."),
            ),
            Self::Other { detail } => (
                "The keychain reported an error",
                format!("{upper} reports: {detail}. Nothing was changed in it."),
            ),
        }
    }
}
