//! Splits text into words: pairs on one line, a `curl` command, a UUID among other words.

use secrecy::SecretString;

use super::pasted::PastedCredentials;
use super::quotes::unquoted;
use crate::domain::credentials::{ApiKey, PartnerId};
use crate::domain::environment::{BaseUrl, Environment};

/// The two parts of a pair that includes a UUID, or the whole line.
pub(super) fn of(line: &str) -> impl Iterator<Item = &str> {
    let is_end = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|');
    let words: Vec<&str> = line.split(is_end).filter(|word| !word.is_empty()).collect();
    let parts = match words[..] {
        [one] => pair(one).map_or_else(|| vec![bare(one)], |(uuid, key)| vec![uuid, key]),
        [one, other]
            if is_uuid(bare(one)) && !is_word(other) || is_uuid(other) && !is_word(one) =>
        {
            vec![bare(one), bare(other)]
        }
        // A sentence becomes one value, which cannot be a key.
        _ => vec![line],
    };
    parts.into_iter()
}

/// `UUID:KEY`, as HTTP Basic authentication joins them (RFC 7617).
fn pair(word: &str) -> Option<(&str, &str)> {
    let word = unquoted(word).unwrap_or(word);
    let (uuid, key) = word.split_once(':')?;
    (is_uuid(uuid) && !key.is_empty()).then_some((uuid, key))
}

/// Removes quotation marks, and the colon of `UUID: KEY`.
fn bare(word: &str) -> &str {
    let word = word.strip_suffix(':').unwrap_or(word);
    unquoted(word).unwrap_or(word)
}

/// Whether this is an ordinary word and not a key.
fn is_word(word: &str) -> bool {
    let word = word.trim_end_matches([':', '.']);
    word.chars().all(char::is_alphabetic)
}

fn is_uuid(word: &str) -> bool {
    PartnerId::parse(word).is_ok()
}

/// Reads user and address from a `curl` command. Returns whether the text is one.
pub(super) fn read_curl(text: &str, found: &mut PastedCredentials) -> bool {
    let words: Vec<&str> = text.split_whitespace().map(bare).collect();
    if !words
        .first()
        .is_some_and(|word| word.trim_end_matches(".exe").ends_with("curl"))
    {
        return false;
    }
    let users = words.iter().enumerate().filter_map(|(at, word)| {
        let joined = word.strip_prefix("--user=").or(word.strip_prefix("-u"));
        match joined {
            Some("") => words.get(at + 1).copied(),
            Some(joined) => Some(bare(joined)),
            None if *word == "--user" => words.get(at + 1).copied(),
            None => None,
        }
    });
    let Some((uuid, key)) = users.filter_map(pair).next() else {
        return false;
    };
    found.partner = PartnerId::parse(uuid).ok();
    if ApiKey::parse(key).is_ok() {
        found.key = Some(SecretString::from(key));
    }
    let mut addresses = words.iter().filter(|word| word.starts_with("http"));
    found.environment = addresses.find_map(|word| {
        let origin = url::Url::parse(word).ok()?.origin();
        let base = BaseUrl::parse(&origin.ascii_serialization()).ok()?;
        Some(Environment::at(base))
    });
    true
}

/// The only UUID in a text. `None` if there are different ones.
pub(super) fn only_uuid(text: &str) -> Option<PartnerId> {
    let plain: String = text
        .chars()
        .filter_map(super::super::partner_id::plain)
        .collect();
    // A dot does not separate words, because a key may contain a UUID after one.
    let is_end = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.');
    let words = plain.split(is_end).map(|word| word.trim_matches('.'));
    let mut found = words
        .filter(|word| word.contains('-'))
        .filter_map(|word| PartnerId::parse(word).ok());
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}
