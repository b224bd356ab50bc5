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

/// A place that credentials come from without being typed: the keychain for one profile, the variables of the
/// environment. A command that prints them or a vault would be one more; the sign-in that follows is the same.
pub trait CredentialSource {
    /// Why the place gave no answer.
    type Problem;

    /// The credentials, or `None` where the place has none. May block, and wait for the user.
    ///
    /// # Errors
    /// Says why the place could not be asked, or what is wrong with what it holds; never quotes a secret.
    fn credentials(&self) -> Result<Option<Credentials>, Self::Problem>;
}
