//! Partner UUID and API key: validating them, cleaning them up and recognising them in pasted text.

mod api_key;
mod partner_id;
mod paste;

pub use api_key::ApiKey;
pub use partner_id::{PartnerId, PartnerIdError};
pub use paste::{PastedCredentials, is_like_a_key, recognise};

use super::environment::Environment;

/// Everything that a sign-in needs.
#[derive(Debug, Clone)]
pub struct Credentials {
    pub environment: Environment,
    pub partner: PartnerId,
    pub key: ApiKey,
}
