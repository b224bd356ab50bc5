//! The answer of both token endpoints, and the payload of a token that is a JWT (RFC 7519).

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::domain::token::{Claims, Fingerprint};

use super::lenient::Lenient;
use super::stated::{Stated, Words};
use super::{Unreadable, parse};

/// What a token endpoint answers.
#[derive(Deserialize)]
pub(in crate::partner_api) struct TokenWire {
    /// `access_token`.
    pub(in crate::partner_api) access_token: SecretString,
    #[serde(default)]
    expires_in: Lenient<i64>,
    #[serde(default)]
    scope: Words,
    #[serde(default)]
    business_id: Stated,
}

impl TokenWire {
    /// `expires_in`, seconds.
    pub(in crate::partner_api) fn expires_in_secs(&self) -> Option<i64> {
        self.expires_in.0
    }

    /// `scope` beside the token.
    pub(in crate::partner_api) fn scope(&self) -> Option<String> {
        self.scope.0.clone()
    }

    /// `business_id` beside the token.
    pub(in crate::partner_api) fn business_id(&self) -> Option<String> {
        self.business_id.0.clone()
    }

    /// Names the token without giving it away.
    pub(in crate::partner_api) fn fingerprint(&self) -> Fingerprint {
        let digest = Sha256::digest(self.access_token.expose_secret().as_bytes());
        Fingerprint([digest[0], digest[1], digest[2], digest[3]])
    }

    /// The payload, where the token is a readable JWT.
    pub(in crate::partner_api) fn claims(&self) -> Option<Claims> {
        read_claims(self.access_token.expose_secret())
    }
}

/// Reads the answer of a token endpoint.
pub(in crate::partner_api) fn read_token(body: &[u8]) -> Result<TokenWire, Unreadable> {
    let wire: TokenWire = parse(body, "a token")?;
    if wire.access_token.expose_secret().is_empty() {
        return Err(Unreadable::Unexpected("an empty token".to_owned()));
    }
    Ok(wire)
}

#[derive(Deserialize)]
struct ClaimsWire {
    #[serde(default)]
    business_id: Stated,
    #[serde(default)]
    scope: Words,
    #[serde(default)]
    iat: Lenient<i64>,
    #[serde(default)]
    exp: Lenient<i64>,
}

/// A padded payload is read too, although RFC 7515 leaves the padding out.
const BASE64_URL: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Reads the payload of a JWT; `None` for any other token.
fn read_claims(token: &str) -> Option<Claims> {
    let mut parts = token.split('.');
    let (_header, payload, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let payload = Zeroizing::new(BASE64_URL.decode(payload).ok()?);
    let wire: ClaimsWire = parse(&payload, "claims").ok()?;
    Some(Claims {
        business_id: wire.business_id.0,
        scope: wire.scope.0,
        issued_at: wire.iat.0,
        expires_at: wire.exp.0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::{URL_SAFE as PADDED, URL_SAFE_NO_PAD};

    #[test]
    fn lifetimes_of_any_type_are_read() {
        let secs = |json: &str| {
            let body = format!(r#"{{"access_token":"t","expires_in":{json}}}"#);
            read_token(body.as_bytes()).unwrap().expires_in_secs()
        };
        assert_eq!(secs("3600"), Some(3600));
        assert_eq!(secs("\"3600\""), Some(3600));
        assert_eq!(secs("3600.5"), Some(3600));
        assert_eq!(secs("null"), None);
        assert_eq!(secs("\"a while\""), None);
    }

    #[test]
    fn an_answer_without_a_token_is_not_quoted() {
        for body in [
            r#"{"access_token":""}"#,
            r#"{"token":"s3cret"}"#,
            r#"{"access_token":["s3cret"]}"#,
            "7",
        ] {
            let Err(Unreadable::Unexpected(text)) = read_token(body.as_bytes()) else {
                panic!("{body} is no token");
            };
            assert!(!text.contains("s3cret"), "{text}");
        }
    }

    #[test]
    fn claims_are_read_from_a_jwt_and_from_nothing_else() {
        let payload =
            r#"{"business_id":"b","scope":["business_access"],"iat":1,"exp":"3601","x":{}}"#;
        for encoded in [URL_SAFE_NO_PAD.encode(payload), PADDED.encode(payload)] {
            let claims = read_claims(&format!("eyJ.{encoded}.sig")).unwrap();
            assert_eq!(claims.business_id.as_deref(), Some("b"));
            assert_eq!(claims.scope.as_deref(), Some("business_access"));
            assert_eq!((claims.issued_at, claims.expires_at), (Some(1), Some(3601)));
        }
        for opaque in ["", "abc", "a.b", "a.!!.c", "a.e30.c.d", "a.W10.c"] {
            assert!(read_claims(opaque).is_none(), "{opaque}");
        }
        assert_eq!(read_claims("a.e30.c"), Some(Claims::default()));
    }

    #[test]
    fn a_fingerprint_is_the_start_of_the_digest() {
        let wire = read_token(br#"{"access_token":"abc"}"#).unwrap();
        assert_eq!(wire.fingerprint().to_string(), "ba78 16bf");
    }
}
