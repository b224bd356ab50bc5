//! What of a pasted text is the partner UUID, the key and the address.
//!
//! Read are: a UUID alone; `UUID:KEY` and pairs with a tab, blanks, a comma or a semicolon between; two lines; the
//! lines of an `.env` or YAML file; `name: value` text of a page or a chat; `set`, `setx` and PowerShell lines; a
//! JSON object, nested or not; and a `curl -u` command. Names decide where there are any: another variable of the
//! same file is no key.

mod json;
mod line;
mod name;
mod named;
mod tokens;

#[cfg(test)]
mod tests;

use secrecy::{ExposeSecret as _, SecretString};

use super::{ApiKey, PartnerId};
use crate::domain::environment::Environment;
use named::NamedValues;

/// What was found in a pasted text.
#[derive(Debug, Default)]
pub struct Recognised {
    /// The partner UUID.
    pub partner: Option<PartnerId>,
    /// The key.
    pub key: Option<SecretString>,
    /// Where both are for, if an address stands beside them.
    pub environment: Option<Environment>,
}

/// A value of the text, and the name in front of it.
#[derive(Debug, PartialEq, Eq)]
struct PastedValue<'a> {
    name: Option<&'a str>,
    text: &'a str,
}

/// Finds a partner UUID and a key in a pasted text. `None` where neither is there for certain, so that the text is
/// an ordinary paste: a key alone has no form of its own.
pub fn recognise(pasted: &str) -> Option<Recognised> {
    let mut found = Recognised::default();
    if !json::read(pasted, &mut found) && !tokens::read_curl(pasted, &mut found) {
        read_lines(pasted, &mut found);
    }
    if found.key.is_none() {
        // Whatever stands around a UUID must not get into the field of the key.
        found.partner = found.partner.or_else(|| tokens::only_uuid(pasted));
    }
    (found.partner.is_some() || found.key.is_some()).then_some(found)
}

fn read_lines(pasted: &str, found: &mut Recognised) {
    let values = line::values(pasted);
    if values.iter().any(|value| value.name.is_some()) {
        let mut named = NamedValues::default();
        for value in &values {
            if let Some(name) = value.name {
                named.add(name, false, value.text);
            }
        }
        return named.choose(found);
    }
    let mut keys = values.iter().filter(|value| {
        let is_partner = PartnerId::parse(value.text).is_ok() && found.partner.is_none();
        if is_partner {
            found.partner = PartnerId::parse(value.text).ok();
        }
        !is_partner
    });
    // Of several words around a UUID none is the key for certain.
    if let (Some(key), None) = (keys.next(), keys.next())
        && found.partner.is_some()
        && ApiKey::parse(key.text).is_ok()
    {
        found.key = Some(SecretString::from(key.text));
    }
}

impl Recognised {
    /// The key as text for the masked field; empty where none was found.
    pub fn key_text(&self) -> &str {
        self.key.as_ref().map_or("", |key| key.expose_secret())
    }
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
