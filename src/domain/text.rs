//! Text from servers, and text functions that are used everywhere.

mod folding;
mod hex;
mod shell_word;
mod visible;

use std::borrow::Cow;
use std::fmt;

pub use folding::{fold, fold_into, fold_letters, fold_within};
pub use hex::hex;
use lean_string::LeanString;
use serde::Deserialize;
pub use shell_word::shell_word;
pub use visible::{hidden_in, is_invisible, visible};

/// Text as a server sent it.
///
/// Up to 16 bytes are stored inline, which is enough for most texts of a business; clones share longer ones. There is
/// no `Display`: draw it with [`ServerText::shown`], so that characters that reorder or hide others cannot reach the
/// screen by accident.
#[derive(Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(transparent)]
pub struct ServerText(LeanString);

impl ServerText {
    /// The text as received, for copying and comparing.
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// The text with control and bidi-override characters made visible, for drawing.
    pub fn shown(&self) -> Cow<'_, str> {
        visible(&self.0)
    }

    /// Like [`ServerText::shown`], but preserves line breaks.
    pub fn shown_lines(&self) -> Cow<'_, str> {
        if self.0.chars().all(|c| c == '\n' || !is_invisible(c)) {
            return Cow::Borrowed(&self.0);
        }
        let lines: Vec<_> = self.0.split('\n').map(visible).collect();
        Cow::Owned(lines.join("\n"))
    }
}

impl From<&str> for ServerText {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for ServerText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// The first `max` characters of a text, with an ellipsis if there are more. Reads no more of the text than that.
pub fn start_of(text: &str, max: usize) -> Cow<'_, str> {
    match text.char_indices().nth(max) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// Capitalises a phrase: "the keyring" becomes "The keyring".
pub fn capitalised(phrase: &str) -> String {
    let mut chars = phrase.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// Whether a text can identify something. U+FFFD stands for characters that could not be read, so different texts look the same with it.
pub fn identifies(text: &str) -> bool {
    !text.contains(char::REPLACEMENT_CHARACTER)
}

/// `text` on one line, made visible and truncated to `max` characters, for quoting a server in a message.
pub fn excerpt(text: &str, max: usize) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out: String = visible(&one_line).chars().take(max).collect();
    if visible(&one_line).chars().count() > max {
        out.push('…');
    }
    out
}

/// A number with thousands separators: "1,240".
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number and the word that agrees with it: "1 row", "1,240 rows", "1 is", "2 are".
pub fn counted(number: u64, one: &str, several: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{} {several}", grouped(number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_agrees_with_its_number() {
        let said = [0, 1, 2, 1_240].map(|number| counted(number, "row", "rows"));
        assert_eq!(said, ["0 rows", "1 row", "2 rows", "1,240 rows"]);
    }

    #[test]
    fn excerpts_are_one_cut_line() {
        assert_eq!(excerpt("one\n two\t three", 40), "one two three");
        assert_eq!(excerpt("abcdef", 3), "abc…");
    }
}
