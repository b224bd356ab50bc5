//! The response of both token endpoints, and the payload of a token that is a JWT (RFC 7519).

use std::collections::HashSet;

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess};
use zeroize::Zeroizing;

use crate::domain::time::Now;
use crate::domain::token::{Claims, Fingerprint, Payload, TokenResponse};

use super::lenient::{FromJson, Lenient, from_object};
use super::parse::{Unreadable, parse};
use super::stated::Stated;
use crate::partner_api::lenient_base64;

/// The response of a token endpoint.
#[derive(Deserialize)]
pub(in crate::partner_api) struct TokenWire {
    pub(in crate::partner_api) access_token: SecretString,
    #[serde(default)]
    token_type: Lenient<Stated>,
    #[serde(default)]
    expires_in: Lenient<i64>,
    #[serde(default)]
    scope: Lenient<Stated<true>>,
    #[serde(default)]
    business_id: Lenient<Stated>,
    /// What the token itself says.
    #[serde(skip)]
    payload: Payload,
}

impl TokenWire {
    /// `expires_in`, seconds.
    pub(in crate::partner_api) fn expires_in_secs(&self) -> Option<i64> {
        self.expires_in.0
    }

    /// The claims of the token, if it is a readable JWT.
    pub(in crate::partner_api) fn claims(&self) -> Option<&Claims> {
        match &self.payload {
            Payload::Read(claims) | Payload::Irregular(claims) => Some(claims),
            Payload::Opaque | Payload::Ambiguous { .. } | Payload::Garbled => None,
        }
    }

    /// The response for the guard.
    pub(in crate::partner_api) fn into_answer(
        self,
        server_time: Option<i64>,
        requested: Now,
    ) -> TokenResponse {
        TokenResponse {
            token_type: self.token_type.0.map(|stated| stated.0),
            expires_in_secs: self.expires_in.0,
            scope: self.scope.0.map(|stated| stated.0),
            business_id: self.business_id.0.map(|stated| stated.0),
            payload: self.payload,
            server_time,
            fingerprint: Fingerprint::of_secret(&self.access_token),
            requested,
            secret: self.access_token,
        }
    }
}

/// Reads the response of a token endpoint.
pub(in crate::partner_api) fn read_token(body: &[u8]) -> Result<TokenWire, Unreadable> {
    let mut wire: TokenWire = parse(body, "a token")?;
    if wire.access_token.expose_secret().is_empty() {
        return Err(Unreadable::Unexpected("an empty token".to_owned()));
    }
    wire.payload = read_payload(wire.access_token.expose_secret());
    Ok(wire)
}

/// The claims, and what makes them uncertain.
#[derive(Default)]
struct ClaimsWire {
    claims: Claims,
    /// The name of a claim that is stated twice.
    twice: Option<String>,
    /// Whether one of the claims above is stated in another case.
    has_other_case: bool,
    /// Whether a time is not a number.
    has_unreadable_time: bool,
}

/// The claims that the console reads.
const READ: [&str; 5] = ["business_id", "scope", "iat", "nbf", "exp"];

/// The claim that a reader takes this name for if it ignores case, as Go does.
fn without_case(name: &str) -> Option<&'static str> {
    // Go also treats the long s as an s. The Kelvin sign becomes a k in lower case.
    let folded = name.to_lowercase().replace('ſ', "s");
    READ.into_iter().find(|read| *read == folded)
}

from_object!(TokenWire);

/// Written by hand, because derived code cannot tell a duplicate claim from an unreadable one.
impl FromJson for ClaimsWire {
    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        let mut wire = Self::default();
        let mut names = HashSet::new();
        while let Some(name) = object.next_key::<String>()? {
            let claims = &mut wire.claims;
            let mut time = || -> Result<Option<i64>, A::Error> {
                let time = object.next_value::<Lenient<i64>>()?.0;
                wire.has_unreadable_time |= time.is_none();
                Ok(time)
            };
            match name.as_str() {
                "business_id" => {
                    let stated = object.next_value::<Lenient<Stated>>()?.0;
                    claims.business_id = stated.map(|stated| stated.0);
                }
                "scope" => {
                    let stated = object.next_value::<Lenient<Stated<true>>>()?.0;
                    claims.scope = stated.map(|stated| stated.0);
                }
                "iat" => claims.issued_at = time()?,
                "nbf" => claims.not_before = time()?,
                "exp" => claims.expires_at = time()?,
                _ => {
                    object.next_value::<IgnoredAny>()?;
                }
            }
            let read = without_case(&name);
            wire.has_other_case |= read.is_some_and(|read| read != name);
            let name = read.map_or(name, str::to_owned);
            if let Some(name) = names.replace(name) {
                wire.twice = Some(name);
            }
        }
        Ok(Some(wire))
    }
}

/// A padded payload is accepted, although RFC 7515 omits padding.
const BASE64_URL: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What the console reads of the header of a JWT: the algorithm of the signature, which every header names (RFC 7515, section 4.1.1).
#[derive(Deserialize)]
struct JoseHeader {
    alg: Lenient<Stated>,
}

from_object!(JoseHeader);

/// Whether it is the header of a JWT that its recipients can read.
fn is_header(encoded: &str) -> bool {
    let json = BASE64_URL.decode(encoded).unwrap_or_default();
    parse::<JoseHeader>(&json, "a header").is_ok_and(|header| header.alg.0.is_some())
}

/// Reads the payload of a JWT.
fn read_payload(token: &str) -> Payload {
    let mut parts = token.split('.');
    let header = parts.next().unwrap_or_default();
    let Some(payload) = parts.next() else {
        return Payload::Opaque;
    };
    let is_jwt = parts.count() == 1;
    if let Ok(bytes) = BASE64_URL.decode(payload) {
        let read = match (is_jwt, is_header(header)) {
            (true, true) => Payload::Read,
            (true, false) => Payload::Irregular,
            (false, _) => as_of_no_jwt,
        };
        return claims_in(&Zeroizing::new(bytes), read);
    }
    if !is_jwt {
        return Payload::Opaque;
    }
    // Not as RFC 7515 demands. Some readers accept it, so its claims count against the token but never for it. Some of them end at the first padding,
    // others skip it.
    let until_padding = payload.split('=').next().unwrap_or_default();
    let [start, whole] = [until_padding, payload]
        .map(|text| claims_in(&lenient_base64::decode(text), Payload::Irregular));
    if start == whole {
        whole
    } else {
        Payload::Garbled
    }
}

/// For a token without the three parts of a JWT. Other formats have parts that look like it, so only what is said about the business counts.
fn as_of_no_jwt(claims: Claims) -> Payload {
    if claims.business_id.is_none() && claims.scope.is_none() {
        return Payload::Opaque;
    }
    Payload::Irregular(claims)
}

fn claims_in(json: &[u8], read: fn(Claims) -> Payload) -> Payload {
    match parse::<ClaimsWire>(json, "claims") {
        Err(_) if resembles_object(json) => Payload::Garbled,
        Err(_) => Payload::Opaque,
        Ok(ClaimsWire {
            twice: Some(twice), ..
        }) => Payload::Ambiguous { twice },
        // Some readers find this claim, others do not.
        Ok(ClaimsWire {
            has_other_case: true,
            ..
        }) => Payload::Garbled,
        Ok(ClaimsWire {
            claims,
            has_unreadable_time: true,
            ..
        }) => Payload::Irregular(claims),
        Ok(ClaimsWire { claims, .. }) => read(claims),
    }
}

/// Whether it starts like a JSON object, in any encoding. Python, for example, reads UTF-16, single surrogates and `NaN`.
fn resembles_object(json: &[u8]) -> bool {
    let is_skipped = |byte: &u8| b"\0\xEF\xBB\xBF\xFE\xFF \t\r\n".contains(byte);
    let mut start = json.iter().filter(|byte| !is_skipped(byte));
    start.next() == Some(&b'{') && matches!(start.next(), Some(b'"' | b'}'))
}

#[cfg(test)]
mod tests;
