//! The partner's API key.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};

use crate::domain::text::is_invisible;

/// The partner's API key. It cannot be printed, compared or serialised.
#[derive(Clone)]
pub struct ApiKey(SecretString);

impl ApiKey {
    /// Parses a pasted key, without surrounding white space, line ends and invisible characters.
    ///
    /// # Errors
    /// A sentence that says why the text cannot be a key. It does not contain any of the text.
    pub fn parse(typed: &str) -> Result<Self, String> {
        let typed = typed.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
        if typed.is_empty() {
            return Err("Enter the API key from the Partner Portal.".to_owned());
        }
        if let Some(at) = typed.chars().position(|c| !c.is_ascii_graphic()) {
            return Err(format!(
                "Character {} is not valid in an API key. Check that you copied the whole key and nothing else.",
                at + 1
            ));
        }
        if typed.len() > Self::MAX_BYTES {
            return Err("This is too long for an API key. Did you paste a whole file?".to_owned());
        }
        Ok(Self(SecretString::from(typed)))
    }

    /// Longest key that every supported keychain can store. Windows allows 2,560 bytes.
    pub const MAX_BYTES: usize = 2048;

    /// Whether both keys are equal. This is the only way to compare keys.
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }

    /// Whether a text contains the key, or is its first part: a field with a character limit truncates a pasted key.
    pub fn is_in(&self, text: &str) -> bool {
        let (key, text) = (self.0.expose_secret(), text.trim());
        text.contains(key) || (text.len() >= Self::MIN_PART && key.starts_with(text))
    }

    /// Shorter parts of a key are not recognised, because they may be ordinary words. In bytes.
    const MIN_PART: usize = 12;

    /// The key itself, for the keychain and the `Authorization` header only.
    pub fn secret(&self) -> &SecretString {
        &self.0
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_loses_what_surrounds_it_and_nothing_else() {
        let key = ApiKey::parse("\u{FEFF} sk_Abc+/=:x \r\n").unwrap();
        assert_eq!(key.secret().expose_secret(), "sk_Abc+/=:x");
        let why = ApiKey::parse("abc def").unwrap_err();
        assert!(why.starts_with("Character 4 is not valid"), "{why}");
        assert_eq!(format!("{key:?}"), "ApiKey(hidden)");
    }

    #[test]
    fn it_is_found_in_a_text_whole_or_truncated() {
        let key = ApiKey::parse("sk_test_0123456789").unwrap();
        for text in [
            "sk_test_0123456789",
            "Acme sk_test_0123456789",
            " sk_test_0123 ",
        ] {
            assert!(key.is_in(text), "{text}");
        }
        for text in ["", "sk", "sk_test_", "0123456789"] {
            assert!(!key.is_in(text), "{text}");
        }
    }
}
