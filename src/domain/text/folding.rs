//! Folding, which makes search ignore case, accents and variants of dashes, spaces and quotation marks.

use memchr::memchr3;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Appends the folded form of `text` to `out`: compatibility-decomposed, without combining marks, in lower case, with
/// one kind of dash and space, and without apostrophes, quotation marks and zero-width characters. People type
/// `O'Brien`, `O’Brien` and `OBrien` for the same name.
pub fn fold_into(text: &str, out: &mut String) {
    fold_within(text, usize::MAX, out);
}

/// Like [`fold_into`], but stops after appending about `limit` bytes, because folding can make a text eleven times
/// longer. Characters are never split, so a few more bytes may be appended.
pub fn fold_within(text: &str, limit: usize, out: &mut String) {
    let start = out.len();
    // Most texts are plain ASCII, and loading a list spends much of its time here.
    if text.is_ascii() && memchr3(b'\'', b'"', b'`', text.as_bytes()).is_none() {
        out.push_str(&text[..text.len().min(limit)]);
        out[start..].make_ascii_lowercase();
        return;
    }
    for c in text.chars() {
        if out.len() - start >= limit {
            return;
        }
        if c.is_ascii() {
            if !matches!(c, '\'' | '"' | '`') {
                out.push(c.to_ascii_lowercase());
            }
            continue;
        }
        if is_left_out(c) {
            continue;
        }
        if is_dash(c) {
            out.push('-');
            continue;
        }
        if c.is_whitespace() {
            out.push(' ');
            continue;
        }
        // Recomposition and mark ordering are unnecessary, because the marks are dropped.
        decompose_compatible(c, |part| {
            if is_combining_mark(part) {
                return;
            }
            // The decomposition can contain these as well: ﹘ is a small —.
            if is_left_out(part) {
                return;
            }
            if is_dash(part) {
                return out.push('-');
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

/// Folds only case and accents; all other characters are preserved.
pub fn fold_letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        decompose_compatible(c, |part| {
            if !is_combining_mark(part) {
                out.extend(part.to_lowercase());
            }
        });
    }
    out
}

/// Apostrophes and their substitutes, quotation marks, and zero-width characters.
fn is_left_out(c: char) -> bool {
    matches!(
        c,
        '\'' | '"'
            | '`'
            | '´'
            | '\u{2B9}'..='\u{2BF}'
            | '\u{2C8}'
            | '\u{2CA}'
            | '\u{2CB}'
            | '\u{2018}'..='\u{201F}'
            | '\u{2032}'..='\u{2037}'
            | '\u{2039}'
            | '\u{203A}'
            | '«'
            | '»'
            | '\u{55A}'
            | '\u{A78C}'
            | '\u{FF07}'
            | '\u{FF02}'
            | '\u{AD}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2060}'
            | '\u{FEFF}'
    )
}

fn is_dash(c: char) -> bool {
    matches!(
        c,
        '\u{2010}'
            ..='\u{2015}'
                | '\u{2043}'
                | '\u{2212}'
                | '\u{58A}'
                | '\u{5BE}'
                | '\u{1806}'
                | '\u{2E3A}'
                | '\u{2E3B}'
                | '\u{FE58}'
                | '\u{FE63}'
                | '\u{FF0D}'
    )
}

/// Latin letters that Unicode does not decompose but that people type in plain form.
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
        // ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM decomposes into eighteen characters.
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
        /// Folding character by character equals decomposing the whole text, apart from the characters left out.
        #[test]
        fn folding_is_compatibility_decomposition(text in "\\PC{0,40}") {
            use unicode_normalization::UnicodeNormalization as _;
            let text: String = text.chars().filter(|c| !is_left_out(*c) && !is_dash(*c) && !c.is_whitespace()).collect();
            let plain = text.nfkd().filter(|c| !is_combining_mark(*c));
            let plain = plain.filter(|c| !is_left_out(*c)).map(|c| if is_dash(c) { '-' } else { c });
            let whole: String = plain.flat_map(|c| match letter_without_stroke(c) {
                Some(plain) => plain.chars().collect::<Vec<_>>(),
                None => c.to_lowercase().collect(),
            }).collect();
            proptest::prop_assert_eq!(fold(&text), whole);
        }
    }

    #[test]
    fn one_apostrophe_dash_and_space_is_like_another() {
        for name in [
            "O'Brien",
            "O’Brien",
            "O‘Brien",
            "OʼBrien",
            "O′Brien",
            "O´Brien",
            "O`Brien",
            "O＇Brien",
        ] {
            assert_eq!(fold(name), "obrien", "{name}");
        }
        for name in [
            "Smith-Jones",
            "Smith‐Jones",
            "Smith‑Jones",
            "Smith–Jones",
            "Smith—Jones",
            "Smith−Jones",
        ] {
            assert_eq!(fold(name), "smith-jones", "{name}");
        }
        for name in ["A B", "A\u{A0}B", "A\u{2009}B", "A\u{202F}B", "A\u{3000}B"] {
            assert_eq!(fold(name), "a b", "{name:?}");
        }
        assert_eq!(fold("“Die „Linde“”\u{AD}"), "die linde");
        assert_eq!(fold_letters("O’Brien–Ä"), "o’brien–a");
    }
}
