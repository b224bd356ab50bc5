//! Text that came from a server, and the folding that makes search blind to case and accents.

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
/// Up to sixteen bytes take no memory of their own, as most texts of a business do not; clones share the rest.
/// It has no `Display`: what is drawn goes through [`ServerText::shown`], so that characters
/// which reorder or hide their neighbours cannot reach the screen by accident.
#[derive(Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(transparent)]
pub struct ServerText(LeanString);

impl ServerText {
    /// The text as it was sent, for copying and comparing.
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// The text with control and bidi-override characters made visible, for drawing.
    pub fn shown(&self) -> Cow<'_, str> {
        visible(&self.0)
    }

    /// As [`ServerText::shown`], with its line breaks kept.
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

/// The first `max` characters of a text, with a sign where there are more. Looks at no more of it than it takes.
pub fn start_of(text: &str, max: usize) -> Cow<'_, str> {
    match text.char_indices().nth(max) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// A phrase as a sentence begins with it: "the keyring" becomes "The keyring".
pub fn capitalised(phrase: &str) -> String {
    let mut chars = phrase.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// `text` made visible and cut to `max` characters, for quoting a server in a message.
pub fn excerpt(text: &str, max: usize) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out: String = visible(&one_line).chars().take(max).collect();
    if visible(&one_line).chars().count() > max {
        out.push('…');
    }
    out
}

/// A number as it is read: "1,240".
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts_are_one_cut_line() {
        assert_eq!(excerpt("one\n two\t three", 40), "one two three");
        assert_eq!(excerpt("abcdef", 3), "abc…");
    }
}
