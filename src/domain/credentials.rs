//! Partner UUID and API key: how they are checked, cleaned and told apart when pasted.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::environment::{BaseUrl, Environment};

/// The partner's id at Thred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PartnerId(pub Uuid);

impl PartnerId {
    /// Reads a UUID as it is pasted, surrounded by white space or not.
    ///
    /// # Errors
    /// Says what is wrong with the text; see [`PartnerIdError`].
    pub fn parse(typed: &str) -> Result<Self, PartnerIdError> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(PartnerIdError::Empty);
        }
        if let Some(wrong) = typed.chars().find(|c| !c.is_ascii_hexdigit() && *c != '-') {
            return Err(PartnerIdError::WrongCharacter(wrong));
        }
        let digits = typed.chars().filter(char::is_ascii_hexdigit).count();
        if digits != 32 {
            return Err(PartnerIdError::WrongLength { digits });
        }
        Uuid::parse_str(typed)
            .map(Self)
            .map_err(|_| PartnerIdError::MisplacedHyphen)
    }

    /// The first and last four characters, enough to tell partners apart.
    pub fn short(&self) -> String {
        let text = self.0.to_string();
        format!("{}…{}", &text[..4], &text[text.len() - 4..])
    }
}

impl fmt::Display for PartnerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Why a typed partner UUID cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PartnerIdError {
    /// Nothing typed yet.
    #[error("Enter the partner UUID from the Partner Portal.")]
    Empty,
    /// A character that no UUID has.
    #[error("A UUID has only the digits 0–9, the letters a–f and hyphens; “{0}” is none of them.")]
    WrongCharacter(char),
    /// Too few or too many digits.
    #[error("A UUID has 32 digits; this one has {digits}.")]
    WrongLength {
        /// How many hexadecimal digits were typed.
        digits: usize,
    },
    /// The digits are there but not the groups.
    #[error("The hyphens of a UUID stand after the 8th, 12th, 16th and 20th digit.")]
    MisplacedHyphen,
}

/// The partner's API key. It cannot be printed, compared or serialised.
#[derive(Clone)]
pub struct ApiKey(SecretString);

impl ApiKey {
    /// Takes a key as it is pasted and strips white space and line ends around it.
    ///
    /// # Errors
    /// Says why the text cannot be a key; see [`ApiKeyError`].
    pub fn parse(typed: &str) -> Result<Self, ApiKeyError> {
        let typed =
            typed.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '\u{200B}');
        if typed.is_empty() {
            return Err(ApiKeyError::Empty);
        }
        if let Some(at) = typed.chars().position(|c| !c.is_ascii_graphic()) {
            return Err(ApiKeyError::WrongCharacter { position: at + 1 });
        }
        if typed.len() > Self::MAX_BYTES {
            return Err(ApiKeyError::TooLong);
        }
        Ok(Self(SecretString::from(typed)))
    }

    /// Longest key that every supported keychain stores; Windows allows 2,560 bytes.
    pub const MAX_BYTES: usize = 2048;

    /// Whether both are the same key. There is no other way to compare keys.
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }

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

/// Why a typed API key cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ApiKeyError {
    /// Nothing typed yet.
    #[error("Enter the API key from the Partner Portal.")]
    Empty,
    /// White space or a special character inside the key.
    #[error(
        "Character {position} cannot be part of an API key. Was only part of it copied, or more than it?"
    )]
    WrongCharacter {
        /// Place of the character, counted from 1.
        position: usize,
    },
    /// More than any key has.
    #[error("This is too long for an API key. Was a whole file pasted?")]
    TooLong,
}

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

/// What was found in a pasted text.
#[derive(Debug, Default)]
pub struct Recognised {
    /// The text that looks like a partner UUID.
    pub partner: Option<PartnerId>,
    /// The text that looks like a key.
    pub key: Option<SecretString>,
    /// Where both are for, if a variable says so.
    pub environment: Option<Environment>,
}

/// A value in a pasted text, and the variable it is of.
struct Value<'a> {
    name: Option<&'a str>,
    text: &'a str,
}

/// What the names of the variables end in, whatever stands before.
const PARTNER_NAME: &str = "PARTNER_UUID";
const KEY_NAME: &str = "API_KEY";
const ADDRESS_NAME: &str = "BASE_URL";

/// Finds a partner UUID and a key in a pasted text: a UUID alone, `UUID:KEY`, two lines, or
/// the lines of an `.env` file. Returns `None` where nothing but plain values is there.
///
/// Names decide where there are any: another variable of the same file is no key.
pub fn recognise(pasted: &str) -> Option<Recognised> {
    let values: Vec<Value<'_>> = pasted.lines().flat_map(values_of_line).collect();
    let mut found = Recognised::default();
    if values.iter().any(|value| value.name.is_some()) {
        let named = |end| values.iter().find(|value| value.is_named(end));
        found.partner = named(PARTNER_NAME).and_then(|value| PartnerId::parse(value.text).ok());
        found.key = named(KEY_NAME).map(|value| SecretString::from(value.text));
        found.environment = named(ADDRESS_NAME)
            .and_then(|value| BaseUrl::parse(value.text).ok())
            .map(Environment::at);
        return (found.partner.is_some() || found.key.is_some()).then_some(found);
    }
    for value in &values {
        match PartnerId::parse(value.text) {
            Ok(partner) if found.partner.is_none() => found.partner = Some(partner),
            _ if found.key.is_none() => found.key = Some(SecretString::from(value.text)),
            _ => {}
        }
    }
    found.partner.is_some().then_some(found)
}

/// Whether a text is more likely a key, or has one in it, than a UUID that was copied badly: a long word with a
/// character that no UUID has, or longer than any.
pub fn is_like_a_key(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let bare = word.trim_matches(|c: char| "{}()<>\"'`,;.".contains(c));
        bare.len() >= SHORTEST_KEY
            && PartnerId::parse(bare).is_err()
            && (bare.len() > LONGEST_UUID
                || bare.contains(|c: char| !c.is_ascii_hexdigit() && c != '-'))
    })
}

/// Shorter words are taken for something else.
const SHORTEST_KEY: usize = 12;
/// With its hyphens.
const LONGEST_UUID: usize = 36;

/// `NAME=value`, `export NAME="value"`, `UUID:KEY` or a bare value.
fn values_of_line(line: &str) -> Vec<Value<'_>> {
    let plain = |text| Value { name: None, text };
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Vec::new();
    }
    if let Some((uuid, key)) = line.split_once(':')
        && PartnerId::parse(uuid).is_ok()
    {
        return vec![plain(uuid.trim()), plain(key.trim())];
    }
    let (name, value) = match line.strip_prefix("export ").unwrap_or(line).split_once('=') {
        Some((name, value))
            if is_variable_name(name.trim()) && !value.trim_matches('=').is_empty() =>
        {
            (Some(name.trim()), value)
        }
        _ => (None, line),
    };
    let value = value.trim();
    let text = value
        .strip_prefix('"')
        .and_then(|v| v.strip_suffix('"'))
        .or_else(|| value.strip_prefix('\'').and_then(|v| v.strip_suffix('\'')))
        .unwrap_or(value);
    vec![Value { name, text }]
}

impl Value<'_> {
    fn is_named(&self, end: &str) -> bool {
        self.name.is_some_and(|name| name.ends_with(end))
    }
}

/// Upper-case shell names only: a key in base64 may itself contain `=`.
fn is_variable_name(name: &str) -> bool {
    name.contains('_')
        && name
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// The key inside a recognised text, cleaned.
impl Recognised {
    /// The key as text for the masked field; empty where none was found.
    pub fn key_text(&self) -> &str {
        self.key.as_ref().map_or("", |key| key.expose_secret())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UUID: &str = "3f2a71c8-05de-4b7e-8d14-61fa20b39c1e";

    #[test]
    fn a_partner_uuid_is_checked_with_its_own_words() {
        assert!(PartnerId::parse(&format!(" {UUID}\r\n")).is_ok());
        assert_eq!(PartnerId::parse("").unwrap_err(), PartnerIdError::Empty);
        assert_eq!(
            PartnerId::parse("3f2a71c8-05de").unwrap_err(),
            PartnerIdError::WrongLength { digits: 12 }
        );
        assert_eq!(
            PartnerId::parse("sk_live_1").unwrap_err(),
            PartnerIdError::WrongCharacter('s')
        );
        assert_eq!(
            PartnerId::parse("3f2a71c805de-4b7e-8d14-61fa20b39c1e").unwrap_err(),
            PartnerIdError::MisplacedHyphen
        );
    }

    #[test]
    fn a_key_loses_what_surrounds_it_and_nothing_else() {
        let key = ApiKey::parse("\u{FEFF} sk_Abc+/=:x \r\n").unwrap();
        assert_eq!(key.secret().expose_secret(), "sk_Abc+/=:x");
        assert_eq!(
            ApiKey::parse("abc def").unwrap_err(),
            ApiKeyError::WrongCharacter { position: 4 }
        );
        assert_eq!(format!("{key:?}"), "ApiKey(hidden)");
    }

    #[test]
    fn pasted_pairs_are_told_apart() {
        let env = format!("# Thred\nexport THRED_PARTNER_UUID=\"{UUID}\"\nTHRED_API_KEY='k=='\n");
        for text in [
            format!("{UUID}:k=="),
            format!("{UUID}\nk=="),
            format!("k==\r\n{UUID}\r\n"),
            env,
        ] {
            let found = recognise(&text).unwrap();
            assert_eq!(found.partner.unwrap().to_string(), UUID, "{text}");
            assert_eq!(found.key_text(), "k==", "{text}");
        }
        assert!(recognise("sk_live_abc=").is_none());
        assert!(recognise(UUID).unwrap().key.is_none());
    }

    #[test]
    fn names_decide_what_is_a_key() {
        let file = format!(
            "THRED_BASE_URL=https://api.thredfi.com\nOTHER_UUID=00000000-0000-0000-0000-000000000001\n\
             LOG_LEVEL=debug\nMY_THRED_API_KEY=\"k==\"\nTHRED_PARTNER_UUID={UUID}\nOTHER_SECRET=no\n"
        );
        let found = recognise(&file).unwrap();
        assert_eq!(found.partner.unwrap().to_string(), UUID);
        assert_eq!(found.key_text(), "k==");
        assert_eq!(found.environment, Some(Environment::Production));

        let alone = recognise("THRED_API_KEY=k==").unwrap();
        assert!(alone.partner.is_none() && alone.key_text() == "k==");
        let without = recognise(&format!("THRED_TOKEN=eyJ\nTHRED_PARTNER_UUID={UUID}")).unwrap();
        assert!(without.key.is_none(), "another variable is no key");
        assert!(recognise("LOG_LEVEL=debug\nOTHER_SECRET=no").is_none());
    }

    #[test]
    fn a_key_is_told_from_a_uuid_that_was_copied_badly() {
        for key in [
            "sk_live_0123456789",
            " 0123456789abcdef-z ",
            &"0123456789abcdef".repeat(4),
            "SECRET=sk_live_0123456789\nother",
        ] {
            assert!(is_like_a_key(key), "{key}");
        }
        for other in [
            UUID,
            "{3f2a71c8-05de-4b7e-8d14-61fa20b39c1e}",
            "3f2a71c8-05de-4b7e",
            "Partner UUID: 3f2a71c8-05de-4b7e-8d14-61fa20b39c1e;",
            "sk_live",
        ] {
            assert!(!is_like_a_key(other), "{other}");
        }
    }
}
