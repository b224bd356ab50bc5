//! Recognises partner UUID, key and server address in pasted text.
//!
//! Accepted are: a UUID alone; `UUID:KEY` and pairs separated by a tab, blanks, a comma or a semicolon; two lines;
//! `.env` or YAML lines; `name: value` text from a page or a chat; `set`, `setx` and PowerShell lines; a JSON object,
//! nested or not; and a `curl -u` command. If there are names, they decide: other variables of the same file are not
//! keys.

mod json;
mod line;
mod name;
mod named;
mod pasted;
mod quotes;
mod tokens;

#[cfg(test)]
mod tests;

use secrecy::SecretString;

use super::{ApiKey, PartnerId};
use named::NamedValues;

pub use pasted::PastedCredentials;

/// Finds a partner UUID and a key in a pasted text. Returns `None` if neither is certain, and the text is then pasted
/// as it is. A key alone has no recognisable form.
pub fn recognise(pasted: &str) -> Option<PastedCredentials> {
    let mut found = PastedCredentials::default();
    if !json::read(pasted, &mut found) && !tokens::read_curl(pasted, &mut found) {
        read_lines(pasted, &mut found);
    }
    if found.key.is_none() {
        // Text around a UUID must not end up in the key field.
        found.partner = found.partner.or_else(|| tokens::only_uuid(pasted));
    }
    (found.partner.is_some() || found.key.is_some()).then_some(found)
}

fn read_lines(pasted: &str, found: &mut PastedCredentials) {
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
    // With several other words, none of them is certain to be the key.
    if let (Some(key), None) = (keys.next(), keys.next())
        && found.partner.is_some()
        && ApiKey::parse(key.text).is_ok()
    {
        found.key = Some(SecretString::from(key.text));
    }
}

/// Whether a text is, or contains, a word that is more likely a key than a badly copied UUID: long, and either with a
/// character that no UUID has or longer than any UUID.
pub fn is_like_a_key(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let bare = word.trim_matches(|c: char| "{}()<>\"'`,;.".contains(c));
        bare.len() >= MIN_KEY_LEN
            && PartnerId::parse(bare).is_err()
            && (bare.len() > MAX_UUID_LEN
                || bare.contains(|c: char| !c.is_ascii_hexdigit() && c != '-'))
    })
}

/// Shorter words are not considered keys.
const MIN_KEY_LEN: usize = 12;
/// Including hyphens.
const MAX_UUID_LEN: usize = 36;
