//! The error if there is no certificate authority to trust.

/// Why no certificate can be verified, as a clause.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(in crate::partner_api) struct NothingTrusted(pub(super) String);
