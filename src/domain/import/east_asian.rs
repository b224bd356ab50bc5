//! Scores how well bytes fit an East Asian encoding. The table of each encoding groups its common characters, so bytes
//! that fall into that range suggest the right encoding.

use super::encoding::Encoding;
use super::plausibility::{IMPOSSIBLE, LIKELY, NEUTRAL, UNLIKELY};

/// How likely a word is in this encoding. This is the mean over its characters, so that long words do not outweigh
/// short ones.
pub(super) fn likelihood(word: &[u8], encoding: Encoding) -> i32 {
    let weigh = match encoding {
        Encoding::Gb18030 => gb18030,
        Encoding::Big5 => big5,
        Encoding::ShiftJis => shift_jis,
        _ => return UNLIKELY,
    };
    let (mut sum, mut count, mut at) = (0, 0, 0);
    while at < word.len() {
        if word[at] < 0x80 {
            at += 1;
            continue;
        }
        let (len, mut weight) = weigh(&word[at..]);
        let is_torn = at > 0 && word[at - 1].is_ascii_alphabetic();
        let takes_letter = word[at..(at + len).min(word.len())]
            .iter()
            .any(u8::is_ascii_alphabetic);
        // As in "Müller", which would lose its l.
        let loses_letter = is_torn && takes_letter;
        if loses_letter || is_among_small_letters(word, at, len) {
            weight = UNLIKELY;
        }
        sum += weight;
        count += 1;
        at += len;
    }
    if count == 0 { NEUTRAL } else { sum / count }
}

/// Whether a character stands alone within or beside a Latin word, as `é` of `José` in UTF-8 would.
fn is_among_small_letters(word: &[u8], at: usize, len: usize) -> bool {
    let (before, after) = (&word[..at], word.get(at + len..).unwrap_or_default());
    let is_alone = [before.last(), after.first()]
        .into_iter()
        .flatten()
        .all(u8::is_ascii);
    let is_word = |near: Option<&u8>, far: Option<&u8>| {
        near.is_some_and(u8::is_ascii_lowercase) && far.is_some_and(u8::is_ascii_alphabetic)
    };
    is_alone
        && (is_word(before.last(), before.iter().nth_back(1))
            || is_word(after.first(), after.get(1)))
}

/// Length in bytes and score of the first character.
fn gb18030(bytes: &[u8]) -> (usize, i32) {
    match bytes {
        [0x81..=0xFE, 0x30..=0x39, 0x81..=0xFE, 0x30..=0x39, ..] => (4, NEUTRAL),
        // Punctuation and full-width letters.
        [0xA1 | 0xA3, 0xA1..=0xFE, ..] => (2, NEUTRAL),
        // The 3,755 common characters of GB 2312.
        [0xB0..=0xD7, 0xA1..=0xFE, ..] => (2, LIKELY),
        [0xD8..=0xF7, 0xA1..=0xFE, ..] => (2, NEUTRAL),
        [0x81..=0xFE, 0x40..=0x7E | 0x80..=0xFE, ..] => (2, UNLIKELY),
        _ => (1, IMPOSSIBLE),
    }
}

fn big5(bytes: &[u8]) -> (usize, i32) {
    match bytes {
        [0xA1..=0xA3, 0x40..=0x7E | 0xA1..=0xFE, ..] => (2, NEUTRAL),
        // The 5,401 common characters.
        [0xA4..=0xC6, 0x40..=0x7E | 0xA1..=0xFE, ..] => (2, LIKELY),
        [0xC9..=0xF9, 0x40..=0x7E | 0xA1..=0xFE, ..] => (2, NEUTRAL),
        [0x81..=0xFE, 0x40..=0x7E | 0xA1..=0xFE, ..] => (2, UNLIKELY),
        _ => (1, IMPOSSIBLE),
    }
}

fn shift_jis(bytes: &[u8]) -> (usize, i32) {
    match bytes {
        // Half-width katakana, hardly used in names today.
        [0xA1..=0xDF, ..] => (1, UNLIKELY),
        [0x81, 0x40..=0x7E | 0x80..=0xFC, ..] => (2, NEUTRAL),
        // Kana, and the common characters of JIS X 0208.
        [0x82 | 0x83 | 0x88..=0x97, 0x40..=0x7E | 0x80..=0xFC, ..] => (2, LIKELY),
        [0x98..=0x9F | 0xE0..=0xEA, 0x40..=0x7E | 0x80..=0xFC, ..] => (2, NEUTRAL),
        [0x81..=0x9F | 0xE0..=0xFC, 0x40..=0x7E | 0x80..=0xFC, ..] => (2, UNLIKELY),
        _ => (1, IMPOSSIBLE),
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, GB18030, SHIFT_JIS};

    use super::*;

    #[test]
    fn each_fits_its_own_encoding_best() {
        let all = [Encoding::Gb18030, Encoding::Big5, Encoding::ShiftJis];
        for (text, coder, own) in [
            ("上海贸易有限公司", GB18030, Encoding::Gb18030),
            ("台灣茶葉股份有限公司", BIG5, Encoding::Big5),
            ("株式会社東京さくら商店", SHIFT_JIS, Encoding::ShiftJis),
        ] {
            let bytes = coder.encode(text).0;
            let weight = |encoding| likelihood(&bytes, encoding);
            for other in all.into_iter().filter(|other| *other != own) {
                assert!(
                    weight(own) > weight(other),
                    "{text}: {own:?} against {other:?}"
                );
            }
        }
        assert!(likelihood(b"M\x9Fller", Encoding::Gb18030) < NEUTRAL);
        for word in ["José", "Sørensen", "Ñandú", "Müller"] {
            for encoding in all {
                assert!(likelihood(word.as_bytes(), encoding) < NEUTRAL, "{word}");
            }
        }
        for text in ["e家", "卡拉OK", "A股", "Apple苹果"] {
            let bytes = GB18030.encode(text).0;
            assert!(likelihood(&bytes, Encoding::Gb18030) > NEUTRAL, "{text}");
        }
    }
}
