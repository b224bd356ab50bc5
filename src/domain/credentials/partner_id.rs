//! The partner's UUID.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::text::{is_invisible, visible};

/// The partner's id at Thred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PartnerId(pub Uuid);

impl PartnerId {
    /// Parses a pasted UUID. Accepts surrounding white space, braces, quotation marks and `urn:uuid:` (RFC 9562), and
    /// the invisible characters and hyphens that web pages and word processors insert.
    ///
    /// # Errors
    /// What is wrong with the text; see [`PartnerIdError`].
    pub fn parse(typed: &str) -> Result<Self, PartnerIdError> {
        let typed = bare(typed);
        let typed = typed.as_ref();
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

/// Why a typed partner UUID is invalid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PartnerIdError {
    /// Nothing was typed yet.
    #[error("Enter the partner UUID from the Partner Portal.")]
    Empty,
    #[error("A UUID contains only 0–9, a–f and hyphens, not “{}”.", visible(&.0.to_string()))]
    WrongCharacter(char),
    /// Too few or too many digits.
    #[error("A UUID has 32 digits; this one has {digits}.")]
    WrongLength {
        /// Number of hexadecimal digits typed.
        digits: usize,
    },
    /// The number of digits is right, but the hyphens are not where they belong.
    #[error("A UUID has hyphens after the 8th, 12th, 16th and 20th digit.")]
    MisplacedHyphen,
}

/// Removes what copying adds around or inside a UUID.
fn bare(typed: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(typed);
    if !typed.is_ascii() {
        text = typed.chars().filter_map(plain).collect();
    }
    let inner = text.trim_matches(|c: char| c.is_whitespace() || "{}()<>[]\"'`".contains(c));
    let scheme = inner
        .get(..URN.len())
        .filter(|start| start.eq_ignore_ascii_case(URN));
    let inner = &inner[scheme.map_or(0, str::len)..];
    if inner.len() == text.len() {
        return text;
    }
    Cow::Owned(inner.to_owned())
}

const URN: &str = "urn:uuid:";

/// The plain form of a character in a UUID. `None` for invisible characters.
pub(super) fn plain(c: char) -> Option<char> {
    match c {
        _ if is_invisible(c) && !c.is_whitespace() => None,
        // Hyphens, dashes and minus signs.
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => Some('-'),
        _ => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UUID: &str = "3f2a71c8-05de-4b7e-8d14-61fa20b39c1e";

    #[test]
    fn it_is_checked_with_its_own_words() {
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
    fn what_copying_adds_is_taken_off() {
        for typed in [
            format!(" {UUID}\r\n"),
            format!("{UUID}\u{200B}"),
            format!("\u{FEFF}{}", UUID.replace("-4b", "\u{200D}-4b")),
            format!("{{{UUID}}}"),
            format!("`{UUID}`"),
            format!("URN:UUID:{UUID}"),
            format!("<urn:uuid:{UUID}>"),
            UUID.replace('-', "\u{2011}"),
            UUID.replace('-', "\u{2013}"),
            UUID.to_uppercase(),
            UUID.replace('-', ""),
            format!("\u{A0}\"{UUID}\"\u{A0}"),
        ] {
            let parsed = PartnerId::parse(&typed).map(|id| id.to_string());
            assert_eq!(parsed.as_deref(), Ok(UUID), "{typed:?}");
        }
    }
}
