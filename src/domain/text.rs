//! Text that came from a server, and the folding that makes search blind to case and accents.

mod visible;

use std::borrow::Cow;
use std::fmt;

use lean_string::LeanString;
use serde::Deserialize;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};
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

/// Appends `text` to `out` in the form in which search compares: compatibility-decomposed,
/// without combining marks, in lower case.
pub fn fold_into(text: &str, out: &mut String) {
    fold_within(text, usize::MAX, out);
}

/// The same, but stops once it has appended `limit` bytes: folding can make a text eleven times longer.
/// The last character is never torn, so a few bytes more may be appended.
pub fn fold_within(text: &str, limit: usize, out: &mut String) {
    let start = out.len();
    if text.is_ascii() {
        out.push_str(&text[..text.len().min(limit)]);
        out[start..].make_ascii_lowercase();
        return;
    }
    for c in text.chars() {
        if out.len() - start >= limit {
            return;
        }
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
            continue;
        }
        // Composing the letters again, or ordering their marks, would be in vain: the marks are left out.
        decompose_compatible(c, |part| {
            if is_combining_mark(part) {
                return;
            }
            match letter_without_stroke(part) {
                Some(plain) => out.push_str(plain),
                None => out.extend(part.to_lowercase()),
            }
        });
    }
}

/// The folded form of `text`; see [`fold_into`].
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Latin letters that Unicode does not decompose although readers type them without the stroke.
fn letter_without_stroke(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'ł' | 'Ł' => "l",
        'þ' | 'Þ' => "th",
        'ı' => "i",
        'ħ' | 'Ħ' => "h",
        'ς' => "σ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_is_blind_to_case_accents_and_strokes() {
        assert_eq!(fold("Bäckerei ØSTERGAARD"), "backerei ostergaard");
        assert_eq!(fold("Łódź Straße"), "lodz strasse");
        assert_eq!(fold("ΘΥΜΆΡΙ"), fold("θυμάρι"));
        assert_eq!(fold("ＡＢＣ"), "abc");
        assert_eq!(fold("和記茶室"), "和記茶室");
    }

    #[test]
    fn a_text_that_folding_makes_longer_is_bounded() {
        // ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM is eighteen characters when it is taken apart.
        let hostile = "\u{FDFA}".repeat(340);
        assert_eq!(fold(&hostile).len(), 340 * 33);
        let mut folded = "x".to_owned();
        fold_within(&hostile, 1_000, &mut folded);
        assert!((1_001..1_060).contains(&folded.len()), "{}", folded.len());
        folded.clear();
        fold_within("ABCDEF", 4, &mut folded);
        assert_eq!(folded, "abcd");
    }

    proptest::proptest! {
        /// Folding character by character is what decomposing the whole text gives.
        #[test]
        fn folding_is_compatibility_decomposition(text in "\\PC{0,40}") {
            use unicode_normalization::UnicodeNormalization as _;
            let plain = text.nfkd().filter(|c| !is_combining_mark(*c));
            let whole: String = plain.flat_map(|c| match letter_without_stroke(c) {
                Some(plain) => plain.chars().collect::<Vec<_>>(),
                None => c.to_lowercase().collect(),
            }).collect();
            proptest::prop_assert_eq!(fold(&text), whole);
        }
    }

    #[test]
    fn excerpts_are_one_cut_line() {
        assert_eq!(excerpt("one\n two\t three", 40), "one two three");
        assert_eq!(excerpt("abcdef", 3), "abc…");
    }
}
