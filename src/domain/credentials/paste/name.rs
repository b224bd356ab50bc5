//! Interprets the name before a value.

use crate::domain::credentials::PartnerId;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueKind {
    Partner,
    Key,
    Address,
}

/// Endings of known names in any common spelling: `THRED_PARTNER_UUID`, `partnerUuid`, `Partner UUID`. More certain ones come
/// first.
const ENDS: [(&str, ValueKind); 7] = [
    ("partneruuid", ValueKind::Partner),
    ("partnerid", ValueKind::Partner),
    ("partner", ValueKind::Partner),
    ("clientid", ValueKind::Partner),
    ("apikey", ValueKind::Key),
    ("baseurl", ValueKind::Address),
    ("apiurl", ValueKind::Address),
];

pub(super) fn meaning(name: &str) -> Option<ValueKind> {
    ranked(name).map(|(_, meaning)| meaning)
}

/// The rank of a name (lower is more certain), and its meaning.
pub(super) fn ranked(name: &str) -> Option<(usize, ValueKind)> {
    let plain = plain(name);
    // Must match exactly: as an ending it would also match public keys and licence keys.
    if plain == "key" {
        return Some((ENDS.len(), ValueKind::Key));
    }
    let at = ENDS.iter().position(|(end, _)| plain.ends_with(end))?;
    Some((at, ENDS[at].1))
}

/// Whether the name says that the value belongs to Thred.
pub(super) fn is_ours(name: &str) -> bool {
    plain(name).contains("thred")
}

fn plain(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// Whether a text before `=` or `:` is a name, known or not. Before `=` only upper-case shell names count, because a
/// base64 key may contain `=`. Before a colon followed by a blank, the words of a page or a YAML file count.
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
