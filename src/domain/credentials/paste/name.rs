//! What the name in front of a value means.

use crate::domain::credentials::PartnerId;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Partner,
    Key,
    Address,
}

/// How the names end, written in any of the usual ways: `THRED_PARTNER_UUID`, `partnerUuid`, `Partner UUID`. What is
/// more certainly ours stands first.
const ENDS: [(&str, Meaning); 7] = [
    ("partneruuid", Meaning::Partner),
    ("partnerid", Meaning::Partner),
    ("partner", Meaning::Partner),
    ("clientid", Meaning::Partner),
    ("apikey", Meaning::Key),
    ("baseurl", Meaning::Address),
    ("apiurl", Meaning::Address),
];

pub(super) fn meaning(name: &str) -> Option<Meaning> {
    ranked(name).map(|(_, meaning)| meaning)
}

/// Its place among the certain ones, and what it means.
pub(super) fn ranked(name: &str) -> Option<(usize, Meaning)> {
    let plain = plain(name);
    // Too short an end to look for: a file has public keys and licence keys as well.
    if plain == "key" {
        return Some((ENDS.len(), Meaning::Key));
    }
    let at = ENDS.iter().position(|(end, _)| plain.ends_with(end))?;
    Some((at, ENDS[at].1))
}

/// Whether it says that its value is for Thred.
pub(super) fn is_ours(name: &str) -> bool {
    plain(name).contains("thred")
}

fn plain(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// Whether a text before `=` or `:` is a name, known or not. Upper-case shell names only for `=`, because a key in
/// base64 may itself contain one; words before a colon and a blank are what a page or a YAML file has.
pub(super) fn is_name(text: &str, separator: char, value: &str) -> bool {
    if meaning(text).is_some() {
        return true;
    }
    if separator == '=' {
        return text.contains('_')
            && text
                .chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    }
    let is_apart = value.is_empty() || value.starts_with(char::is_whitespace);
    is_apart
        && PartnerId::parse(text).is_err()
        && text.starts_with(char::is_alphabetic)
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.'))
}
