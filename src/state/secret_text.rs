//! Detects keys and tokens in text, so that they are never searched for, shown or saved.

use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{Engine as _, alphabet};

use secrecy::SecretString;

use super::AppState;
use crate::domain::credentials::{ApiKey, recognise};
use crate::domain::token::Fingerprint;

/// How many bytes of a text are searched: more than a credentials file has, less than a spreadsheet.
const MAX_READ: usize = 64 << 10;

impl AppState {
    /// Whether a text looks like a token or contains a key: the start of a JWT, anything that is recognised as credentials,
    /// a key of this session or its rotation, or a token that was fetched since the start.
    pub fn is_secret(&self, text: &str) -> bool {
        let text = &text[..text.floor_char_boundary(MAX_READ)];
        let is_known = || {
            let mut words = text.split_whitespace();
            words.any(|word| {
                self.is_known_key(word)
                    || parts(word).any(|part| self.is_part_of_key(part))
                    || self.has_known_token(word)
            })
        };
        text.contains("eyJ")
            || recognise(text).is_some_and(|found| found.key.is_some())
            || is_known()
    }

    /// Whether a part of a word is a known key, or encodes it, alone or after the partner's UUID.
    fn is_part_of_key(&self, part: &str) -> bool {
        let decoded = decoded(part);
        let key = decoded.rsplit(':').next().unwrap_or_default();
        self.is_known_key(part) || self.is_known_key(key)
    }

    /// Whether a word contains a known token in one of the formats in which tokens are copied.
    fn has_known_token(&self, word: &str) -> bool {
        if self.fetched_tokens.is_empty() {
            return false;
        }
        let is_known = |text: &str| {
            let digest = Fingerprint::of_secret(&SecretString::from(text));
            self.fetched_tokens.contains(&digest)
        };
        let mut tokens = word.split(|c| !is_in_bearer(c));
        tokens.any(|token| {
            let value = token.split_once('=').map(|(_, value)| value);
            is_known(token) || value.is_some_and(is_known)
        })
    }

    fn is_known_key(&self, word: &str) -> bool {
        let Ok(key) = ApiKey::parse(word) else {
            return false;
        };
        let rotation = self.rotation();
        let known = [
            self.open.as_ref().and_then(|open| open.keys.fingerprint),
            rotation.and_then(|rotation| rotation.old),
            rotation.and_then(|rotation| rotation.new),
        ];
        known.contains(&Some(Fingerprint::of(&key)))
    }
}

/// Whether a token can have this character (`b64token`: RFC 6750, section 2.1).
fn is_in_bearer(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~+/=".contains(c)
}

/// The parts of a word between brackets, quotation marks and the like. Keys and base64 contain none of them.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    word.split(|c: char| !c.is_alphanumeric() && !"-_.+/".contains(c))
}

/// The text that a word encodes in either alphabet of base64 (RFC 4648), as HTTP's Basic scheme does (RFC 7617); empty if
/// it encodes none.
fn decoded(word: &str) -> String {
    let lenient = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let engine = GeneralPurpose::new(&alphabet::STANDARD, lenient);
    let bytes = engine.decode(word.replace('-', "+").replace('_', "/"));
    bytes
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::super::tests::fixture::signed_in;
    use crate::domain::token::Fingerprint;

    #[test]
    fn a_token_without_a_jwt_is_known_by_its_digest() {
        let mut state = signed_in();
        let token = SecretString::from("op~aque/4f2a+9c==");
        state.fetched_tokens.insert(Fingerprint::of_secret(&token));
        for secret in [
            "op~aque/4f2a+9c==",
            "  op~aque/4f2a+9c==\n",
            "acme op~aque/4f2a+9c==",
            "Authorization: Bearer op~aque/4f2a+9c==",
            "THRED_TOKEN=op~aque/4f2a+9c==",
            r#"{"access_token": "op~aque/4f2a+9c==", "expires_in": 3600}"#,
            r#"{"access_token":"op~aque/4f2a+9c==","expires_in":3600}"#,
        ] {
            assert!(state.is_secret(secret), "{secret}");
        }
        for other in ["op~aque/4f2a+9c=", "op~aque", "country:NL", ""] {
            assert!(!state.is_secret(other), "{other}");
        }
    }

    #[test]
    fn keys_and_tokens_are_told_from_what_is_looked_for() {
        let state = signed_in();
        for secret in [
            "eyJhbGciOiJIUzI1NiJ9.e30.c2ln",
            "Bearer eyJhbGciOiJIUzI1NiJ9.e30.c2ln",
            "3f2a71c8-05de-4b7e-8d14-61fa20b39c1e:sk_live_0123456789",
            "THRED_PARTNER_UUID=3f2a71c8-05de-4b7e-8d14-61fa20b39c1e\nTHRED_API_KEY=sk_live_0123456789",
            // The session's own key.
            "sk_test_0123456789",
            "name:sk_test_0123456789",
            // In base64, as `uuid:key`, with and without padding, and the key alone.
            "Authorization: Basic M2YyYTcxYzgtMDVkZS00YjdlLThkMTQtNjFmYTIwYjM5YzFlOnNrX3Rlc3RfMDEyMzQ1Njc4OQ==",
            "M2YyYTcxYzgtMDVkZS00YjdlLThkMTQtNjFmYTIwYjM5YzFlOnNrX3Rlc3RfMDEyMzQ1Njc4OQ",
            "c2tfdGVzdF8wMTIzNDU2Nzg5",
            "curl -H \"Authorization: Basic M2YyYTcxYzgtMDVkZS00YjdlLThkMTQtNjFmYTIwYjM5YzFlOnNrX3Rlc3RfMDEyMzQ1Njc4OQ==\"",
            "{\"auth\":\"Basic M2YyYTcxYzgtMDVkZS00YjdlLThkMTQtNjFmYTIwYjM5YzFlOnNrX3Rlc3RfMDEyMzQ1Njc4OQ==\"}",
            "auth=c2tfdGVzdF8wMTIzNDU2Nzg5",
            "(sk_test_0123456789)",
        ] {
            assert!(state.is_secret(secret), "{secret}");
        }
        for wanted in [
            "DE123456789",
            "3f2a71c8-05de-4b7e-8d14-61fa20b39c1e",
            "clínica-ñandú-№7",
            "country:NL is:active",
            "Whitfield's Software",
        ] {
            assert!(!state.is_secret(wanted), "{wanted}");
        }
    }
}
