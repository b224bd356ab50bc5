//! What a source returned.

use secrecy::SecretString;

use crate::domain::key_source::{ExternalSource, KeyVersion};

/// A secret, before the key in it is known.
pub(super) struct FetchedSecret {
    /// The whole secret; a JSON object if it has several values.
    pub(super) text: SecretString,
    pub(super) version: KeyVersion,
    /// The settings, completed with what was found out, such as the absolute path of a program.
    pub(super) found: Option<ExternalSource>,
}
