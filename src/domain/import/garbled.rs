//! Restores UTF-8 that an earlier program read in another encoding, most often Windows-1252.

use super::code_page::byte_of;
use super::encoding::Encoding;
use super::plausibility::{ends_word, is_readable, unlikely_word_in_any, words};

/// Maximum number of rounds of garbling that are undone: each program that the file passed through may have added one.
const MAX_GARBLINGS: usize = 3;

/// Encodings that programs confuse with UTF-8.
const CONFUSED: [Encoding; 7] = [
    Encoding::Windows1252,
    Encoding::MacRoman,
    Encoding::Cp850,
    Encoding::Cp437,
    Encoding::Windows1250,
    Encoding::Windows1251,
    Encoding::Windows1253,
];

/// `MÃ¼ller` becomes `Müller`, and so does `MÃƒÂ¼ller`, which was garbled twice.
pub(super) fn restored(text: &str) -> Option<String> {
    let mut text = garbled_once(text)?;
    for _ in 1..MAX_GARBLINGS {
        let Some(further) = garbled_once(&text) else {
            break;
        };
        text = further;
    }
    Some(text)
}

fn garbled_once(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    CONFUSED
        .into_iter()
        .find_map(|encoding| by_words(text, encoding))
        .or_else(|| by_letters(text))
}

/// Restores the words whose bytes in this encoding are UTF-8 as a whole. At least one of them must be unlikely as it is
/// and likely when restored, because by chance `–é` is a letter too.
fn by_words(text: &str, encoding: Encoding) -> Option<String> {
    let is_proof = |word: &str| {
        let decoded = decoded_word(word, encoding);
        let is_unlikely = || begins_with_box(word) || unlikely_word_in_any(word).is_some();
        decoded.is_some_and(|decoded| is_name(&decoded)) && is_unlikely()
    };
    if !words(text).any(is_proof) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(ends_word) {
        let word = piece.strip_suffix(ends_word).unwrap_or(piece);
        match decoded_word(word, encoding) {
            Some(decoded) => out.push_str(&decoded),
            None => out.push_str(word),
        }
        out.push_str(&piece[word.len()..]);
    }
    Some(out)
}

/// The byte that a program read as this character. Some programs read the bytes 80 to 9F, for which ISO 8859-1 has no
/// characters, as control characters of the same number.
fn byte_read_as(c: char, encoding: Encoding) -> Option<u8> {
    match c {
        '\u{80}'..='\u{9F}' if encoding == Encoding::Windows1252 => u8::try_from(c).ok(),
        _ => byte_of(c, encoding),
    }
}

/// A word whose bytes in this encoding are UTF-8, if that consists of letters and signs used in names.
fn decoded_word(word: &str, encoding: Encoding) -> Option<String> {
    let first = word.chars().find(|c| !c.is_ascii())?;
    // Most words end here: they do not begin like UTF-8.
    if !matches!(byte_read_as(first, encoding)?, 0xC2..=0xEF) {
        return None;
    }
    let byte = |c: char| match u8::try_from(c) {
        Ok(byte) if byte.is_ascii() => Some(byte),
        _ => byte_read_as(c, encoding),
    };
    let bytes = word.chars().map(byte).collect::<Option<Vec<u8>>>()?;
    let decoded = String::from_utf8(bytes).ok()?;
    decoded
        .chars()
        .all(|c| c.is_ascii() || is_usual(c))
        .then_some(decoded)
}

/// `├£nal` for `Ünal`: signs only, at the start of a word.
fn begins_with_box(word: &str) -> bool {
    word.starts_with(|c| matches!(c, '\u{2500}'..='\u{257F}'))
}

/// Whether a restored word could be part of a name. A single ideograph is not enough: `é…”` has its bytes.
fn is_name(word: &str) -> bool {
    let ideographs = word.chars().filter(|c| is_east_asian(*c)).count();
    ideographs > 1 || (ideographs == 0 && is_readable(word))
}

/// Letters and signs used in names.
fn is_usual(c: char) -> bool {
    is_usual_in_two_bytes(c)
        || is_usual_sign(c)
        || is_east_asian(c)
        // Vietnamese letters
        || matches!(c, '\u{1E00}'..='\u{1EFF}')
}

/// Latin, Greek and Cyrillic.
fn is_usual_in_two_bytes(c: char) -> bool {
    matches!(c, '\u{A0}'..='\u{17F}' | '\u{384}'..='\u{3CE}' | '\u{401}'..='\u{45F}')
}

fn is_usual_sign(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{203A}' | '€' | '№' | '™')
}

/// Ideographs, kana and hangul, with their punctuation and wide forms.
fn is_east_asian(c: char) -> bool {
    matches!(
        c,
        '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{FF00}'..='\u{FFEF}'
    )
}

/// Restores single letters that were read as Windows-1252, whatever the rest of their word.
fn by_letters(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let restore = |takes_doubtful: bool| {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        while at < chars.len() {
            let found =
                garbled_at(&chars[at..]).filter(|_| takes_doubtful || !is_doubtful(&chars, at));
            let (c, taken) = found.unwrap_or((chars[at], 1));
            out.push(c);
            at += taken;
        }
        out
    };
    // Doubtful letters are restored only if others in the text are certainly garbled.
    (restore(false) != text).then(|| restore(true))
}

/// `IRMÃ’S` and `IRMÃ®` may be intended. A capital after a small letter is not.
fn is_doubtful(chars: &[char], at: usize) -> bool {
    let is_mark = matches!(
        chars.get(at + 1),
        Some('‘' | '’' | '“' | '”' | '„' | '–' | '—' | '…' | '®')
    );
    let is_behind_small = at > 0 && chars[at - 1].is_lowercase();
    // No word ends in `Â`, so `Â®` is a garbled `®`. `â„¢` has three characters.
    is_mark && !is_behind_small && !matches!(chars[at], 'Â' | 'â')
}

/// The letter that the first characters stand for, and how many characters it takes. Only letters and signs used in
/// Latin, Greek or Cyrillic names are accepted.
fn garbled_at(chars: &[char]) -> Option<(char, usize)> {
    let windows_1252 = |c: char| byte_read_as(c, Encoding::Windows1252);
    let lead = windows_1252(chars[0])?;
    let len = match lead {
        0xC2..=0xDF => 2,
        0xE2 => 3,
        _ => return None,
    };
    let bytes: Vec<u8> = chars
        .iter()
        .take(len)
        .map_while(|c| windows_1252(*c))
        .collect();
    let c = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    // `Ä“` may be the end of a quotation, unless a letter or digit follows.
    let is_quotation = len == 2
        && matches!(chars[1], '‘' | '’' | '“' | '”' | '„' | '–' | '—' | '…')
        && !chars.get(2).is_some_and(|next| next.is_alphanumeric());
    let is_likely = match len {
        2 => is_usual_in_two_bytes(c),
        _ => is_usual_sign(c),
    };
    (bytes.len() == len && is_likely && !is_quotation).then_some((c, len))
}
