//! Lines with names and values: `.env`, YAML, shell commands and chat messages.

use super::name;
use super::quotes::{QUOTES, unquoted};
use super::tokens;

/// A value of the text, and the name before it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PastedValue<'a> {
    pub(super) name: Option<&'a str>,
    pub(super) text: &'a str,
}

/// The values of all lines. A line with only a name names the value on the next line.
pub(super) fn values(text: &str) -> Vec<PastedValue<'_>> {
    let mut values = Vec::new();
    let mut waiting = None;
    for line in text.split(['\n', '\r']) {
        let line = without_shell_word(line.trim());
        if line.is_empty() || line.starts_with('#') || line.starts_with("//") {
            continue;
        }
        match named(line) {
            Some((name, "")) => waiting = Some(name),
            Some((name, text)) => {
                waiting = None;
                values.push(PastedValue {
                    name: Some(name),
                    text,
                });
            }
            None => match waiting.take() {
                name @ Some(_) => values.push(PastedValue {
                    name,
                    text: value(line),
                }),
                None => {
                    values.extend(tokens::of(line).map(|text| PastedValue { name: None, text }))
                }
            },
        }
    }
    values
}

/// Removes what precedes the name: `export`, `set`, `$env:`, the dash of a YAML list, the bar of a table.
fn without_shell_word(line: &str) -> &str {
    const WORDS: [&str; 9] = [
        "export ", "setenv ", "setx ", "set ", "env ", "$env:", "- ", "* ", "|",
    ];
    let line = line.trim_start_matches('\u{FEFF}');
    let found = WORDS.iter().find_map(|word| {
        let start = line.get(..word.len())?;
        start
            .eq_ignore_ascii_case(word)
            .then(|| &line[word.len()..])
    });
    found.unwrap_or(line).trim()
}

/// Splits a line into a name and a value, which may be empty.
fn named(line: &str) -> Option<(&str, &str)> {
    // `set "NAME=value"`
    let line = unquoted(line)
        .filter(|inner| inner.contains('='))
        .unwrap_or(line);
    for separator in ['=', ':', '|', '\t', ' '] {
        let Some((before, after)) = line.split_once(separator) else {
            continue;
        };
        let before = before.trim();
        let name = unquoted(before).unwrap_or(before).trim();
        let is_name = match separator {
            // A base64 key may end with `=`.
            '=' => name::is_name(name, '=', after) && !after.trim_matches('=').is_empty(),
            ':' => name::is_name(name, ':', after),
            // `setx NAME value`, or a table row.
            _ => name::meaning(name).is_some(),
        };
        if is_name {
            return Some((name, value(after)));
        }
    }
    None
}

/// Removes enclosing quotation marks, or the trailing comment of an unquoted value.
fn value(text: &str) -> &str {
    let text = text.trim().trim_end_matches('|').trim_end();
    let inner = text.trim_end_matches([',', ';']);
    if let Some(inner) = unquoted(inner) {
        return inner;
    }
    // A quoted value may be followed by a comment.
    let opened = QUOTES
        .iter()
        .find_map(|(open, close)| text.strip_prefix(*open)?.split_once(*close));
    if let Some((inner, rest)) = opened
        && rest.trim_start().starts_with(['#', '/', ';'])
    {
        return inner;
    }
    let comment = text
        .char_indices()
        .find(|(at, c)| *c == '#' && text[..*at].ends_with([' ', '\t', '\u{A0}']));
    comment.map_or(text, |(at, _)| text[..at].trim_end())
}
