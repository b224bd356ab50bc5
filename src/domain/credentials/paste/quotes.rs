//! Quotation marks around a value.

/// Opening and closing marks.
pub(super) const QUOTES: [(char, char); 5] = [
    ('"', '"'),
    ('\'', '\''),
    ('`', '`'),
    ('\u{201C}', '\u{201D}'),
    ('\u{2018}', '\u{2019}'),
];

/// The content of a text enclosed in quotation marks.
pub(super) fn unquoted(text: &str) -> Option<&str> {
    QUOTES
        .iter()
        .find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close))
}
