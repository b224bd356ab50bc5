//! Lines of names and values: `.env`, YAML, shells, and what people write to each other.

use super::PastedValue;
use super::name;
use super::tokens;

/// The values of all lines. A name alone on its line is that of the next line's value.
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

/// Without what stands before the name: `export`, `set`, `$env:`, the dash of a YAML list, the bar of a table.
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

/// A name and its value, which may be empty.
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
            // A key in base64 ends with it.
            '=' => name::is_name(name, '=', after) && !after.trim_matches('=').is_empty(),
            ':' => name::is_name(name, ':', after),
            // `setx NAME value`, the row of a table.
            _ => name::meaning(name).is_some(),
        };
        if is_name {
            return Some((name, value(after)));
        }
    }
    None
}

/// A value without quotation marks around it and, where it has none, without the comment behind it.
fn value(text: &str) -> &str {
    let text = text.trim().trim_end_matches('|').trim_end();
    let inner = text.trim_end_matches([',', ';']);
    if let Some(inner) = unquoted(inner) {
        return inner;
    }
    // A comment behind the closing mark.
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

/// Which mark closes which.
const QUOTES: [(char, char); 5] = [
    ('"', '"'),
    ('\'', '\''),
    ('`', '`'),
    ('\u{201C}', '\u{201D}'),
    ('\u{2018}', '\u{2019}'),
];

/// The inside of a text that stands in a pair of quotation marks.
pub(super) fn unquoted(text: &str) -> Option<&str> {
    QUOTES
        .iter()
        .find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close))
}
