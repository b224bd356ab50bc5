//! Makes characters visible that hide, break or reorder others.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// Canonical combining class of a virama, which joins two consonants.
const VIRAMA: u8 = 9;

/// Replaces each character that would hide, break or reorder the text. Its code point is shown instead: `[U+202E]`.
///
/// Covers C0 and C1 controls, line and paragraph separators, the bidi marks, embeddings, overrides and isolates of UAX
/// #9, every `Default_Ignorable_Code_Point` of Unicode (soft hyphen, zero-width characters, Hangul fillers, variation
/// selectors, tags, …) and the blank Braille pattern. Joiners and variation selectors are preserved where emoji,
/// Persian, Indic scripts or ideographs need them. Takes time proportional to the length of the text.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_invisible) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (c, is_hidden) in hidden_in(text) {
        if is_hidden {
            // Writing to a String cannot fail.
            let _ = write!(out, "[U+{:04X}]", u32::from(c));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Every character of a text, and whether [`visible`] replaces it.
pub fn hidden_in(text: &str) -> impl Iterator<Item = (char, bool)> + '_ {
    let mut before = PrecedingChar::default();
    let mut rest = text.chars().peekable();
    std::iter::from_fn(move || {
        let c = rest.next()?;
        let is_hidden = is_invisible(c) && !before.needs(c, rest.peek().copied());
        before = if is_hidden {
            PrecedingChar::default()
        } else {
            before.followed_by(c)
        };
        Some((c, is_hidden))
    })
}

/// Whether a character is invisible or changes the order of others.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || (c >= '\u{AD}'
            && matches!(c,
                '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
                | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
                | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}'
                | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}'))
}

/// The context before a character, as far as it decides whether the character belongs there.
#[derive(Clone, Copy, Default)]
struct PrecedingChar {
    /// The last visible character. `None` if a replaced character follows it.
    last: Option<char>,
    /// Whether a variation selector for `last` has followed.
    is_followed: bool,
}

impl PrecedingChar {
    fn followed_by(self, c: char) -> Self {
        match c {
            // A joiner applies to the next character and cannot be repeated.
            '\u{200C}' | '\u{200D}' => Self::default(),
            c if is_invisible(c) => Self {
                is_followed: true,
                ..self
            },
            c => Self {
                last: Some(c),
                is_followed: false,
            },
        }
    }

    /// Whether an invisible character has an effect between the previous and the next character.
    fn needs(self, c: char, next: Option<char>) -> bool {
        let Some(last) = self.last else {
            return false;
        };
        let joins_emoji = || is_emoji(last) && next.is_some_and(is_emoji);
        match c {
            '\u{200C}' => {
                let is_after_virama = canonical_combining_class(last) == VIRAMA;
                // The selector already determines how the letter joins.
                !self.is_followed
                    && has_joiners(last)
                    && (is_after_virama || next.is_some_and(has_joiners))
            }
            '\u{200D}' => has_joiners(last) || joins_emoji(),
            _ if self.is_followed => false,
            '\u{FE0E}' | '\u{FE0F}' => {
                let is_keycap = matches!(last, '0'..='9' | '#' | '*') && next == Some('\u{20E3}');
                is_emoji(last) || is_keycap
            }
            '\u{FE00}'..='\u{FE0D}' => is_ideograph(last) || has_variants(last),
            '\u{E0100}'..='\u{E01EF}' => is_ideograph(last),
            '\u{180B}'..='\u{180D}' | '\u{180F}' => matches!(last, '\u{1820}'..='\u{18AA}'),
            _ => false,
        }
    }
}

/// Letters and marks of scripts in which joiners change how words are written.
fn has_joiners(c: char) -> bool {
    let is_of_script = matches!(c,
        '\u{600}'..='\u{DFF}' | '\u{F00}'..='\u{109F}' | '\u{1780}'..='\u{18AF}'
        | '\u{1A20}'..='\u{1BFF}' | '\u{1CD0}'..='\u{1CFF}' | '\u{A800}'..='\u{A9FF}'
        | '\u{AA60}'..='\u{AAFF}' | '\u{ABC0}'..='\u{ABFF}' | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}' | '\u{10A00}'..='\u{10AFF}' | '\u{10D00}'..='\u{10D3F}'
        | '\u{11000}'..='\u{11FFF}' | '\u{1E900}'..='\u{1E95F}');
    is_of_script && !is_invisible(c) && (c.is_alphabetic() || is_combining_mark(c))
}

/// The blocks that contain `Extended_Pictographic` characters, including those without a picture today.
fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{A9}' | '\u{AE}' | '\u{203C}' | '\u{2049}' | '\u{2122}' | '\u{2139}'
        | '\u{2190}'..='\u{21FF}' | '\u{2300}'..='\u{23FF}' | '\u{24C2}' | '\u{25A0}'..='\u{27BF}'
        | '\u{2900}'..='\u{297F}' | '\u{2B00}'..='\u{2BFF}' | '\u{3030}' | '\u{303D}' | '\u{3297}'
        | '\u{3299}' | '\u{1F000}'..='\u{1FAFF}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// The characters in `StandardizedVariants.txt` other than ideographs and emoji, by block.
fn has_variants(c: char) -> bool {
    matches!(c,
        '\u{1000}'..='\u{109F}' | '\u{2200}'..='\u{22FF}' | '\u{2A00}'..='\u{2AFF}'
        | '\u{3001}'..='\u{303F}' | '\u{A840}'..='\u{A877}' | '\u{A9E0}'..='\u{A9FF}'
        | '\u{AA60}'..='\u{AA7F}' | '\u{FF01}'..='\u{FF60}' | '\u{10AC0}'..='\u{10AFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn overrides_and_controls_become_visible() {
        assert_eq!(visible("plain — ünïcode"), "plain — ünïcode");
        assert_eq!(visible("a\u{202E}b\nc\u{0}"), "a[U+202E]b[U+000A]c[U+0000]");
    }

    #[test]
    fn what_takes_no_room_or_looks_like_a_space_becomes_visible() {
        for c in [
            '\u{AD}',
            '\u{34F}',
            '\u{61C}',
            '\u{115F}',
            '\u{1160}',
            '\u{17B4}',
            '\u{180B}',
            '\u{180E}',
            '\u{200B}',
            '\u{200C}',
            '\u{200D}',
            '\u{2060}',
            '\u{2064}',
            '\u{2065}',
            '\u{206F}',
            '\u{2800}',
            '\u{3164}',
            '\u{FE00}',
            '\u{FE0E}',
            '\u{FE0F}',
            '\u{FEFF}',
            '\u{FFA0}',
            '\u{FFF0}',
            '\u{1BCA0}',
            '\u{1D173}',
            '\u{E0001}',
            '\u{E0041}',
            '\u{E0100}',
            '\u{E01EF}',
            '\u{E0FFF}',
        ] {
            let code = format!("[U+{:04X}]", u32::from(c));
            for (before, after) in [
                ("", ""),
                ("Ac", "me"),
                ("Acme", ""),
                ("7 ", "7"),
                ("ß", "é"),
            ] {
                let shown = visible(&format!("{before}{c}{after}")).into_owned();
                assert_eq!(shown, format!("{before}{code}{after}"));
            }
        }
    }

    #[test]
    fn what_scripts_and_emoji_need_stays() {
        for text in [
            "می\u{200C}خواهم",
            // A conjunct kept apart, and one at the end of a word.
            "क\u{94D}\u{200C}ष",
            "ന\u{D4D}\u{200D}",
            "ශ\u{DCA}\u{200D}රී ලංකා",
            "👩\u{200D}💻",
            "👩🏽\u{200D}🚒",
            "🏳\u{FE0F}\u{200D}🌈",
            "👁\u{FE0F}\u{200D}🗨\u{FE0F}",
            "❤\u{FE0F} ☎\u{FE0E} ©\u{FE0F}",
            "1\u{FE0F}\u{20E3} #\u{FE0F}\u{20E3}",
            "葛\u{E0100}飾",
            "﨑\u{FE00}",
            "ᠠ\u{180B}ᠨ",
        ] {
            assert_eq!(visible(text), text);
        }
    }

    #[test]
    fn what_hides_behind_something_that_is_allowed_becomes_visible() {
        for (text, shown) in [
            ("❤\u{FE0F}\u{FE0F}", "❤\u{FE0F}[U+FE0F]"),
            ("葛\u{E0100}\u{E0101}", "葛\u{E0100}[U+E0101]"),
            ("👩\u{200D}\u{200D}💻", "👩[U+200D][U+200D]💻"),
            ("👩\u{200D}", "👩[U+200D]"),
            ("می\u{200C}\u{200C}خ", "می[U+200C][U+200C]خ"),
            ("می\u{200C} x", "می[U+200C] x"),
            ("म\u{200C}\u{180B}", "म[U+200C][U+180B]"),
            ("ᠠ\u{180B}\u{200C}म", "ᠠ\u{180B}[U+200C]म"),
            ("1\u{FE0F}2", "1[U+FE0F]2"),
            ("\u{AD}\u{FE0F}", "[U+00AD][U+FE0F]"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }

    #[test]
    fn a_long_text_of_nothing_else_takes_no_time_to_speak_of() {
        for unit in ["\u{AD}", "\u{200D}", "👩\u{200D}", "❤\u{FE0F}", "م\u{200C}"] {
            let text = unit.repeat(500_000);
            assert!(visible(&text).len() >= text.len());
        }
    }

    /// The characters that may be preserved, and all other invisible ones.
    fn any_char() -> impl Strategy<Value = char> {
        let all: Vec<char> = ('\0'..'\u{E1000}').filter(|c| is_invisible(*c)).collect();
        let invisible = proptest::sample::select(all);
        let needed = proptest::sample::select(
            "aé 1#\u{20E3}👩🏽❤葛मم\u{94D}ᠠ\u{200C}\u{200D}\u{FE0F}\u{FE00}\u{E0100}\u{180B}["
                .chars()
                .collect::<Vec<_>>(),
        );
        prop_oneof![4 => needed, 1 => invisible, 1 => any::<char>()]
    }

    proptest! {
        #[test]
        fn nothing_invisible_stays_that_has_nothing_to_do(
            chars in proptest::collection::vec(any_char(), 0..40)
        ) {
            let text: String = chars.into_iter().collect();
            let shown = visible(&text);
            let mut before: Option<char> = None;
            for c in shown.chars() {
                if is_invisible(c) {
                    let stays = matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}'
                        | '\u{E0100}'..='\u{E01EF}' | '\u{180B}'..='\u{180D}' | '\u{180F}');
                    prop_assert!(stays, "{c:?} in {shown:?}");
                    let is_after_text = before.is_some_and(|before| {
                        !before.is_whitespace() && !before.is_ascii_alphabetic()
                    });
                    prop_assert!(is_after_text, "{c:?} in {shown:?}");
                    let is_second = before.is_some_and(is_invisible);
                    prop_assert!(!is_second || c == '\u{200D}', "{c:?} in {shown:?}");
                }
                before = Some(c);
            }
            prop_assert_eq!(visible(&shown), shown.clone(), "once is enough");
            let seen = |text: &str| text.chars().filter(|c| !is_invisible(*c)).collect::<String>();
            let codes = shown.len() - seen(&shown).len();
            prop_assert!(codes <= text.len() && seen(&shown).len() >= seen(&text).len());
        }

        #[test]
        fn plain_text_is_not_even_copied(text in "[ -~]{0,60}") {
            prop_assert!(matches!(visible(&text), Cow::Borrowed(_)));
        }
    }
}
