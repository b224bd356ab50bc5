//! Maps errors of a credential store to kinds that each have a text of their own.

use keyring_core::Error;

use crate::domain::keychain::KeychainProblem;

impl KeychainProblem {
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
                // The type of the cause belongs to a crate two levels down. If its texts ever change, the broader kind below is still correct.
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

/// The text of an error, without anything that could contain a secret: keyring's `Display` prints the `Debug` form of matching entries and of
/// malformed data.
fn describe(error: &Error) -> String {
    match error {
        Error::PlatformFailure(cause) | Error::NoStorageAccess(cause) => cause.to_string(),
        Error::BadDataFormat(..) => "the stored data is malformed".to_owned(),
        Error::Ambiguous(items) => format!("{} items match", items.len()),
        Error::BadEncoding(_) => "the stored data is not text".to_owned(),
        other => other.to_string(),
    }
}
