//! Partner UUID and API key: how they are checked, cleaned and told apart when pasted.

mod api_key;
mod partner_id;
mod paste;

pub use api_key::{ApiKey, ApiKeyError};
pub use partner_id::{PartnerId, PartnerIdError};
pub use paste::{Recognised, is_like_a_key, recognise};

use super::environment::Environment;

/// All that a sign-in needs.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// Where to sign in.
    pub environment: Environment,
    /// Who signs in.
    pub partner: PartnerId,
    /// The proof.
    pub key: ApiKey,
}
