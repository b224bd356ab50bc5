//! Restores UTF-8 that an earlier program read as Windows-1252.

use encoding_rs::WINDOWS_1252;

/// Most rounds of garbling undone: each program that the file passed through may have added one.
const MAX_GARBLINGS: usize = 3;

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
        2 => matches!(c, '\u{A0}'..='\u{17F}' | '\u{384}'..='\u{3CE}' | '\u{401}'..='\u{45F}'),
        _ => matches!(c, '\u{2010}'..='\u{203A}' | '€' | '№' | '™'),
    };
    (bytes.len() == len && is_likely && !is_quotation).then_some((c, len))
}

/// The Windows-1252 byte of a non-ASCII character, as defined by the WHATWG.
fn windows_1252(c: char) -> Option<u8> {
    if c.is_ascii() {
        return None;
    }
    let mut buffer = [0; 4];
    let (bytes, _, has_unmappable) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    match (&*bytes, has_unmappable) {
        ([byte], false) => Some(*byte),
        _ => None,
    }
}
