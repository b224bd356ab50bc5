//! Detects keys and tokens in text, so that they are never searched for, shown or saved.

use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{Engine as _, alphabet};

use super::AppState;
use crate::domain::credentials::{ApiKey, recognise};
use crate::domain::token::Fingerprint;

/// How many bytes of a text are searched: more than a credentials file has, less than a spreadsheet.
const MAX_READ: usize = 64 << 10;

impl AppState {
    /// Whether a text looks like a token or contains a key: the start of a JWT, anything that is recognised as credentials,
    /// or a key of this session or its rotation.
    pub fn is_secret(&self, text: &str) -> bool {
        let text = &text[..text.floor_char_boundary(MAX_READ)];
        let is_known = || {
            let mut words = text.split_whitespace();
            words.any(|word| self.has_known_key(word) || self.has_known_key(&decoded(word)))
        };
        text.contains("eyJ")
            || recognise(text).is_some_and(|found| found.key.is_some())
            || is_known()
    }

    /// Whether a word is a known key, or contains one between colons and the like.
    fn has_known_key(&self, word: &str) -> bool {
        let mut parts = word.split([':', '=', ',', ';', '"', '\'']);
        self.is_known_key(word) || parts.any(|part| self.is_known_key(part))
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

/// The text that a word encodes in base64, as HTTP's Basic scheme does (RFC 7617); empty if it encodes none.
fn decoded(word: &str) -> String {
    let lenient = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let bytes = GeneralPurpose::new(&alphabet::STANDARD, lenient).decode(word);
    bytes
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::tests::fixture::signed_in;

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
