//! Signs access tokens and reads them back.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, errors::Error};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::clock;

/// Scope of a token for all businesses of a partner. The real name is not documented.
pub(super) const PARTNER_SCOPE: &str = "partner_access";
/// Scope of a token for one business.
pub(super) const BUSINESS_SCOPE: &str = "business_access";

/// The payload of an access token.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct IssuedClaims {
    /// The partner's id.
    pub(super) sub: Uuid,
    /// The business that a business token is for; missing in partner tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) business_id: Option<Uuid>,
    /// Unix time, in seconds.
    pub(super) iat: i64,
    /// Unix time, in seconds.
    pub(super) exp: i64,
    pub(super) scope: String,
    /// Makes two tokens issued in the same second different.
    pub(super) jti: Uuid,
}

impl IssuedClaims {
    /// Claims that are valid from now on for `ttl_secs`.
    pub(super) fn lasting(ttl_secs: u64, sub: Uuid, business_id: Option<Uuid>) -> Self {
        let iat = clock::now().as_second();
        let scope = if business_id.is_some() {
            BUSINESS_SCOPE
        } else {
            PARTNER_SCOPE
        };
        Self {
            sub,
            business_id,
            iat,
            exp: iat.saturating_add_unsigned(ttl_secs),
            scope: scope.to_owned(),
            jti: Uuid::new_v4(),
        }
    }
}

/// The keys of one server: HS256 with a secret that lives as long as the server.
pub(super) struct TokenSigner {
    signing: EncodingKey,
    checking: DecodingKey,
}

impl TokenSigner {
    pub(super) fn new(secret: &[u8]) -> Self {
        Self {
            signing: EncodingKey::from_secret(secret),
            checking: DecodingKey::from_secret(secret),
        }
    }

    /// The signed token (JWT, RFC 7519).
    pub(super) fn sign(&self, claims: &IssuedClaims) -> Result<String, Error> {
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &self.signing)
    }

    /// The claims of a token that this server signed and that has not expired.
    ///
    /// A token is never rejected before its stated expiry, and at most one second after it.
    pub(super) fn read(&self, token: &str) -> Result<IssuedClaims, Error> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.leeway = 0;
        jsonwebtoken::decode(token, &self.checking, &validation).map(|data| data.claims)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARTNER: Uuid = Uuid::from_u128(1);

    #[test]
    fn reads_back_what_it_signed() {
        let signer = TokenSigner::new(b"one");
        let claims = IssuedClaims::lasting(60, PARTNER, Some(Uuid::from_u128(7)));
        let read = signer.read(&signer.sign(&claims).unwrap()).unwrap();
        assert_eq!(
            (read.sub, read.business_id),
            (PARTNER, Some(Uuid::from_u128(7)))
        );
        assert_eq!(
            (read.exp - read.iat, read.scope.as_str()),
            (60, BUSINESS_SCOPE)
        );
    }

    #[test]
    fn refuses_another_key_another_algorithm_and_an_ended_token() {
        let signer = TokenSigner::new(b"one");
        let mut claims = IssuedClaims::lasting(60, PARTNER, None);
        let token = signer.sign(&claims).unwrap();
        assert!(TokenSigner::new(b"two").read(&token).is_err());

        let key = EncodingKey::from_secret(b"one");
        let other = jsonwebtoken::encode(&Header::new(Algorithm::HS512), &claims, &key).unwrap();
        assert!(signer.read(&other).is_err());

        claims.iat -= 62;
        claims.exp = claims.iat + 60;
        assert!(signer.read(&signer.sign(&claims).unwrap()).is_err());
    }
}
