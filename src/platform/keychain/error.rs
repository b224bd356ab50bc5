//! What can go wrong with a credential store, as states that each have their own words.

use keyring_core::Error;

/// Why the store did not do what it was asked. Holds no secret: `Display` and `Debug` may be logged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    /// There is no store to talk to: no session bus, no keyring service. Retrying opens it anew.
    #[error("no credential store can be reached ({detail})")]
    NoStore {
        /// The system's own words, for the support block.
        detail: String,
    },
    /// The user closed the dialog that asked to unlock the store.
    #[error("the request to unlock the credential store was dismissed")]
    Dismissed,
    /// The store is locked or refuses this program.
    #[error("the credential store is locked or refuses access ({detail})")]
    AccessDenied {
        /// The system's own words, for the support block.
        detail: String,
    },
    /// The keyring service runs but has no keyring to store in: nobody has made one yet, as on a machine that
    /// is used without a desktop.
    #[error("the keyring service has no default keyring to store in")]
    NoDefaultKeyring,
    /// Several items answer to the same name; none was read or changed.
    #[error("the credential store holds {count} items for the same key")]
    Ambiguous {
        /// How many there are.
        count: usize,
    },
    /// The store cannot hold so much.
    #[error("the value is longer than the {limit} bytes this credential store can hold")]
    TooLong {
        /// The store's limit, in bytes.
        limit: u32,
    },
    /// What is stored is not text, so not an API key that this program has stored.
    #[error("the stored item is not text")]
    NotText,
    /// Another program removed the item while it was being written.
    #[error("the stored item was removed at the same moment")]
    Removed,
    /// Anything else.
    #[error("the credential store reports: {detail}")]
    Other {
        /// The system's own words, for the support block.
        detail: String,
    },
}

impl KeychainError {
    /// For any error while opening the store.
    pub(super) fn no_store(error: &Error) -> Self {
        let detail = match error {
            Error::PlatformFailure(cause) | Error::NoStorageAccess(cause) => cause.to_string(),
            other => describe(other),
        };
        Self::NoStore { detail }
    }

    /// For an error of one item's entry.
    pub(super) fn from_store(error: Error) -> Self {
        match error {
            Error::NoStorageAccess(cause) => {
                let detail = cause.to_string();
                // The cause's type belongs to a crate two levels down. Should its texts ever change, the
                // broader kind below is still true.
                if detail.contains("prompt dismissed") {
                    Self::Dismissed
                } else if detail.contains("result not returned") {
                    Self::NoDefaultKeyring
                } else {
                    Self::AccessDenied { detail }
                }
            }
            Error::Ambiguous(items) => Self::Ambiguous { count: items.len() },
            Error::TooLong(_, limit) => Self::TooLong { limit },
            Error::NoDefaultStore => Self::NoStore {
                detail: describe(&Error::NoDefaultStore),
            },
            Error::BadEncoding(mut bytes) | Error::BadDataFormat(mut bytes, _) => {
                zeroize::Zeroize::zeroize(&mut bytes);
                Self::NotText
            }
            other => Self::Other {
                detail: describe(&other),
            },
        }
    }
}

/// The text of an error, without what could hold a secret: keyring's `Display` prints the `Debug` form of
/// matching entries and of malformed data.
fn describe(error: &Error) -> String {
    match error {
        Error::PlatformFailure(cause) | Error::NoStorageAccess(cause) => cause.to_string(),
        Error::BadDataFormat(..) => "the stored data is malformed".to_owned(),
        Error::Ambiguous(items) => format!("{} items match", items.len()),
        Error::BadEncoding(_) => "the stored data is not text".to_owned(),
        other => other.to_string(),
    }
}
