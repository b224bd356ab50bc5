//! The response of both token endpoints, and the payload of a token that is a JWT (RFC 7519).

use std::collections::HashSet;

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess};
use zeroize::Zeroizing;

use crate::domain::token::{Claims, Fingerprint, Payload};

use super::lenient::{FromJson, Lenient, from_object};
use super::stated::Stated;
use super::{Unreadable, parse};
use crate::partner_api::lenient_base64;

/// The response of a token endpoint.
#[derive(Deserialize)]
pub(in crate::partner_api) struct TokenWire {
    pub(in crate::partner_api) access_token: SecretString,
    #[serde(default)]
    expires_in: Lenient<i64>,
    #[serde(default)]
    scope: Lenient<Stated<true>>,
    #[serde(default)]
    business_id: Lenient<Stated>,
}

impl TokenWire {
    /// `expires_in`, seconds.
    pub(in crate::partner_api) fn expires_in_secs(&self) -> Option<i64> {
        self.expires_in.0
    }

    /// The `scope` beside the token.
    pub(in crate::partner_api) fn scope(&self) -> Option<String> {
        self.scope.0.as_ref().map(|stated| stated.0.clone())
    }

    /// The `business_id` beside the token.
    pub(in crate::partner_api) fn business_id(&self) -> Option<String> {
        self.business_id.0.as_ref().map(|stated| stated.0.clone())
    }

    /// Identifies the token without revealing it.
    pub(in crate::partner_api) fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of_secret(&self.access_token)
    }

    /// What the token itself says.
    pub(in crate::partner_api) fn payload(&self) -> Payload {
        read_payload(self.access_token.expose_secret())
    }

    /// The claims of the token, if it is a readable JWT.
    pub(in crate::partner_api) fn claims(&self) -> Option<Claims> {
        match self.payload() {
            Payload::Read(claims) | Payload::Irregular(claims) => Some(claims),
            Payload::Opaque | Payload::Ambiguous { .. } | Payload::Garbled => None,
        }
    }
}

/// Reads the response of a token endpoint.
pub(in crate::partner_api) fn read_token(body: &[u8]) -> Result<TokenWire, Unreadable> {
    let wire: TokenWire = parse(body, "a token")?;
    if wire.access_token.expose_secret().is_empty() {
        return Err(Unreadable::Unexpected("an empty token".to_owned()));
    }
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
}

/// The claims that the console reads.
const READ: [&str; 4] = ["business_id", "scope", "iat", "exp"];

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
            match name.as_str() {
                "business_id" => {
                    let stated = object.next_value::<Lenient<Stated>>()?.0;
                    claims.business_id = stated.map(|stated| stated.0);
                }
                "scope" => {
                    let stated = object.next_value::<Lenient<Stated<true>>>()?.0;
                    claims.scope = stated.map(|stated| stated.0);
                }
                "iat" => claims.issued_at = object.next_value::<Lenient<i64>>()?.0,
                "exp" => claims.expires_at = object.next_value::<Lenient<i64>>()?.0,
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

/// Reads the payload of a JWT.
fn read_payload(token: &str) -> Payload {
    let mut parts = token.split('.').skip(1);
    let Some(payload) = parts.next() else {
        return Payload::Opaque;
    };
    let is_jwt = parts.count() == 1;
    if let Ok(bytes) = BASE64_URL.decode(payload) {
        let read = if is_jwt { Payload::Read } else { as_of_no_jwt };
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

/// For a token that has not the three parts of a JWT. Other formats have parts that look like it, so only what is said about the business counts.
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
mod tests {
    use super::*;
    use base64::engine::general_purpose::{URL_SAFE as PADDED, URL_SAFE_NO_PAD};
    use proptest::prelude::*;

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

    fn jwt(payload: &str) -> String {
        format!("eyJ.{}.sig", URL_SAFE_NO_PAD.encode(payload))
    }

    #[test]
    fn claims_are_read_from_a_jwt_and_from_nothing_else() {
        let payload =
            r#"{"business_id":"b","scope":["business_access"],"iat":1,"exp":"3601","x":{}}"#;
        let expected = Payload::Read(Claims {
            business_id: Some("b".into()),
            scope: Some("business_access".into()),
            issued_at: Some(1),
            expires_at: Some(3601),
        });
        for encoded in [URL_SAFE_NO_PAD.encode(payload), PADDED.encode(payload)] {
            assert_eq!(read_payload(&format!("eyJ.{encoded}.sig")), expected);
        }
        for opaque in [
            "",
            "abc",
            "a.b",
            "a.!!.c",
            "a.e30.c.d",
            "a.W10.c",
            "a.bnVsbA.c",
            "a.e30",
            "a..c",
        ] {
            assert_eq!(read_payload(opaque), Payload::Opaque, "{opaque}");
        }
        assert_eq!(read_payload("a.e30.c"), Payload::Read(Claims::default()));
    }

    #[test]
    fn a_payload_in_the_other_alphabet_counts_against_its_token_only() {
        let payload = r#"{"business_id":"b","note":"???>>>"}"#;
        let encoded = base64::engine::general_purpose::STANDARD.encode(payload);
        assert!(encoded.contains('/') || encoded.contains('+'));
        let Payload::Irregular(claims) = read_payload(&format!("eyJ.{encoded}.sig")) else {
            panic!("it is not that of RFC 7515");
        };
        assert_eq!(claims.business_id.as_deref(), Some("b"));
    }

    #[test]
    fn a_payload_without_a_signature_or_with_more_counts_against_its_token_only() {
        let expected = Payload::Irregular(Claims {
            business_id: Some("b".into()),
            ..Claims::default()
        });
        let jwt = jwt(r#"{"business_id":"b"}"#);
        let unsigned = jwt.strip_suffix(".sig").unwrap();
        for token in [unsigned, &format!("{jwt}.x"), &format!("{jwt}.x.y")] {
            assert_eq!(read_payload(token), expected, "{token}");
        }
    }

    /// The JWT libraries of Python and Node.js read all of these.
    #[test]
    fn what_careless_readers_decode_counts_against_its_token_only() {
        let payload = r#"{"business_id":"b","scope":"partner_access"}"#;
        let encoded = URL_SAFE_NO_PAD.encode(payload);
        let start = encoded.strip_suffix('0').unwrap();
        let expected = Payload::Irregular(Claims {
            business_id: Some("b".into()),
            scope: Some("partner_access".into()),
            ..Claims::default()
        });
        for careless in [
            // The last character has bits that belong to no byte.
            format!("{start}1"),
            format!("{encoded}==="),
            format!("{}~{}", &encoded[..6], &encoded[6..]),
            format!("{encoded}~"),
        ] {
            let read = read_payload(&format!("eyJ.{careless}.sig"));
            assert_eq!(read, expected, "{careless}");
        }
        let both = r#"{"business_id":"b","scope":"partner_access","note":"???>>>??>>"}"#;
        let both = base64::engine::general_purpose::STANDARD_NO_PAD.encode(both);
        assert!(both.contains('/') && both.contains('+'), "{both}");
        let mixed = both.replace('/', "_");
        assert_eq!(read_payload(&format!("eyJ.{mixed}.sig")), expected);
    }

    #[test]
    fn claims_that_only_some_readers_understand_are_garbled() {
        let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            r#"{"business_id":"b"}"#.encode_utf16().flat_map(bytes).collect()
        };
        for payload in [
            br#"{"business_id":"b","\ud800":1}"#.to_vec(),
            br#"{"business_id":"b","x":NaN}"#.to_vec(),
            b"{\"business_id\":\"b\",\"\xED\xA0\x80\":1}".to_vec(),
            utf16(u16::to_le_bytes),
            utf16(u16::to_be_bytes),
        ] {
            let token = format!("eyJ.{}.sig", URL_SAFE_NO_PAD.encode(&payload));
            let shown = String::from_utf8_lossy(&payload);
            assert_eq!(read_payload(&token), Payload::Garbled, "{shown}");
        }
        // Some readers end at padding, others skip it.
        let [short, more] = [r#"{"business_id":"b"}"#, " "].map(|text| PADDED.encode(text));
        let token = format!("eyJ.{short}{more}.sig");
        assert!(short.ends_with('='), "{short}");
        assert_eq!(read_payload(&token), Payload::Garbled);
    }

    /// Go finds a claim by its name without regard to case, and some of its folds are not obvious.
    #[test]
    fn a_claim_in_another_case_is_never_believed() {
        let ambiguous = |name: &str| Payload::Ambiguous { twice: name.into() };
        for (payload, name) in [
            (r#"{"business_id":"a","Business_ID":"b"}"#, "business_id"),
            (r#"{"BUSINESS_ID":"b","business_id":"a"}"#, "business_id"),
            (r#"{"Business_id":"b","business_Id":"a"}"#, "business_id"),
            (
                "{\"business_id\":\"a\",\"bu\u{17F}iness_id\":\"b\"}",
                "business_id",
            ),
            (r#"{"scope":"a","Scope":"b"}"#, "scope"),
            (r#"{"EXP":1,"exp":2}"#, "exp"),
        ] {
            assert_eq!(read_payload(&jwt(payload)), ambiguous(name), "{payload}");
        }
        let alone = r#"{"business_id":"a","Scope":"partner_access"}"#;
        assert_eq!(read_payload(&jwt(alone)), Payload::Garbled);
        let others = r#"{"business_id":"a","sub":"x","Sub":"y","Name":"z"}"#;
        assert!(matches!(read_payload(&jwt(others)), Payload::Read(_)));
    }

    #[test]
    fn a_damaged_token_is_none() {
        for body in [
            &br#"{"access_token":"t\ud83d"}"#[..],
            b"{\"access_token\":\"t\xff\"}",
        ] {
            assert_eq!(read_token(body).err(), Some(Unreadable::NotJson));
        }
    }

    #[test]
    fn an_answer_that_states_something_twice_is_no_token() {
        let body = br#"{"access_token":"t","business_id":"a","business_id":"b"}"#;
        assert!(matches!(read_token(body), Err(Unreadable::Unexpected(_))));
    }

    proptest! {
        #[test]
        fn a_claim_that_is_stated_twice_is_never_believed(
            name in "business_id|scope|iat|exp|sub",
            first in "[a-z]{0,3}|[0-9]{1,4}",
            second in "[a-z]{0,3}|[0-9]{1,4}",
            between in proptest::option::of(0..100_u32),
        ) {
            let between = between.map_or_else(String::new, |n| format!(r#""n":{n},"#));
            let escaped = name.replace('_', r"\u005f").replace('s', r"\u0073");
            let payload = format!(r#"{{"{name}":"{first}",{between}"{escaped}":"{second}"}}"#);
            prop_assert_eq!(read_payload(&jwt(&payload)), Payload::Ambiguous { twice: name });
        }

        #[test]
        fn any_token_is_taken(token in ".*") {
            let _ = read_payload(&token);
        }
    }

    #[test]
    fn a_fingerprint_is_the_start_of_the_digest() {
        let wire = read_token(br#"{"access_token":"abc"}"#).unwrap();
        assert_eq!(wire.fingerprint().to_string(), "ba78 16bf");
    }
}
