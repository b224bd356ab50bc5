//! Decodes the escapes in a text: those of JSON, URLs and HTML, as far as they stand for ASCII characters, of which all secrets consist.

use memchr::{memchr, memchr3};

/// More layers of escapes than any server adds by accident.
const MAX_DEPTH: usize = 5;

/// Longer than any name of an ASCII character in HTML, such as `&DiacriticalGrave;`.
const MAX_ENTITY_LEN: usize = 20;

/// Longer than any number of a character that a server writes.
const MAX_DIGITS: usize = 8;

/// The characters that start the three kinds of escapes.
const ALL: &[u8] = b"\\%&";

/// The forms of `text` in which a secret of at least `shortest` bytes may be found: with its pieces joined, and with its escapes decoded, joined and
/// not. Yields nothing for a word without escapes.
pub(super) fn layers(text: &str, shortest: usize) -> impl Iterator<Item = String> {
    let decoded = decoded(text).flat_map(move |layer| {
        let joined = joined(&layer, shortest);
        std::iter::once(layer).chain(joined)
    });
    joined(text, shortest).into_iter().chain(decoded)
}

/// Only the characters that a secret can have, because long base64 is broken into lines, and any text by blanks, soft hyphens and characters without
/// a width. `None` if nothing is left out, or less than `shortest` bytes are left.
fn joined(text: &str, shortest: usize) -> Option<String> {
    let len = text.bytes().filter(u8::is_ascii_graphic).count();
    let is_broken = len < text.len() && len >= shortest;
    is_broken.then(|| text.chars().filter(char::is_ascii_graphic).collect())
}

/// Decodes the escapes: first each kind alone, because a secret may itself look as if it contained escapes of another kind, then all kinds layer by
/// layer until none is left.
fn decoded(text: &str) -> impl Iterator<Item = String> {
    // Most texts have no escapes, and every text of a list passes through here.
    let text = next_escape(text).map(|_| text);
    text.into_iter().flat_map(|text| {
        let one_kind = ALL.chunks(1);
        let one_kind = one_kind.filter_map(|kind| without_escapes(text, kind));
        let all = |layer: &str| without_escapes(layer, ALL);
        one_kind.chain(std::iter::successors(all(text), move |layer| all(layer)).take(MAX_DEPTH))
    })
}

/// `None` if the text has no escapes of these kinds.
fn without_escapes(text: &str, kinds: &[u8]) -> Option<String> {
    let mut next = next_escape(text)?;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut is_changed = false;
    loop {
        let (before, from) = rest.split_at(next);
        out.push_str(before);
        let first = from.as_bytes()[0];
        let found = escape(from.as_bytes()).filter(|_| kinds.contains(&first));
        let (stands_for, len) = match found {
            Some(escape) => {
                is_changed = true;
                escape
            }
            None => (first, 1),
        };
        out.push(char::from(stands_for));
        rest = &from[len..];
        match next_escape(rest) {
            Some(at) => next = at,
            None => break,
        }
    }
    out.push_str(rest);
    is_changed.then_some(out)
}

fn next_escape(text: &str) -> Option<usize> {
    memchr3(b'\\', b'%', b'&', text.as_bytes())
}

/// The ASCII character that the escape at the start of `text` stands for, and the length of the escape.
fn escape(text: &[u8]) -> Option<(u8, usize)> {
    match text {
        [b'\\', b'u', b'{', digits @ ..] => {
            let len = memchr(b'}', &digits[..digits.len().min(MAX_DIGITS + 1)])?;
            ascii(&digits[..len], 16).map(|byte| (byte, len + 4))
        }
        [b'\\' | b'%', b'u', digits @ ..] => ascii(digits.get(..4)?, 16).map(|byte| (byte, 6)),
        [b'\\', b'U', digits @ ..] => ascii(digits.get(..8)?, 16).map(|byte| (byte, 10)),
        [b'\\', b'x', digits @ ..] => ascii(digits.get(..2)?, 16).map(|byte| (byte, 4)),
        [b'\\', b'n' | b'r' | b't', ..] => Some((b'\n', 2)),
        [b'\\', byte @ (b'\\' | b'/' | b'"' | b'\''), ..] => Some((*byte, 2)),
        [b'\\', digits @ ..] => ascii(digits.get(..3)?, 8).map(|byte| (byte, 4)),
        [b'%', digits @ ..] => ascii(digits.get(..2)?, 16).map(|byte| (byte, 3)),
        [b'&', b'#', ..] => numeric_reference(text),
        [b'&', ..] => entity(text),
        _ => None,
    }
}

/// The ASCII character of a numeric HTML character reference, and the length of the reference. Browsers read it without the semicolon as well.
fn numeric_reference(text: &[u8]) -> Option<(u8, usize)> {
    let (radix, start) = match text.get(2)? {
        b'x' | b'X' => (16, 3),
        _ => (10, 2),
    };
    let digits = &text[start..text.len().min(start + MAX_DIGITS)];
    let is_digit = |byte: &u8| char::from(*byte).is_digit(radix);
    let len = digits.iter().take_while(|byte| is_digit(byte)).count();
    let end = start + len;
    let semicolon = usize::from(text.get(end) == Some(&b';'));
    ascii(&digits[..len], radix).map(|byte| (byte, end + semicolon))
}

/// The ASCII character of a named HTML character reference, and the length of the reference.
fn entity(text: &[u8]) -> Option<(u8, usize)> {
    let end = memchr(b';', &text[..text.len().min(MAX_ENTITY_LEN)])?;
    let reference = std::str::from_utf8(&text[..=end]).ok()?;
    match html_escape::decode_html_entities(reference).as_bytes() {
        [byte] if byte.is_ascii() => Some((*byte, end + 1)),
        _ => None,
    }
}

fn ascii(digits: &[u8], radix: u32) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok()?;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let code = u32::from_str_radix(digits, radix).ok()?;
    u8::try_from(code)
        .ok()
        .filter(|byte| is_number && byte.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layer_is_taken_off_and_what_is_no_escape_stays() {
        let last = |text: &str| layers(text, usize::MAX).last();
        assert_eq!(last(r"\u0041%42&#67;&#x44;\/").as_deref(), Some("ABCD/"));
        assert_eq!(
            last("&lowbar;&sol;&COLON;&#0065;").as_deref(),
            Some("_/&COLON;A")
        );
        assert_eq!(
            last(r"\u{41}\U00000042%u0043\104&#69&#x46&#x000047;").as_deref(),
            Some("ABCDEFG")
        );
        assert_eq!(last("%25%32%35").as_deref(), Some("%"));
        assert_eq!(last(&"%25".repeat(9)), Some("%".repeat(9)));
        for plain in [
            "",
            "100 % & more \\",
            r"\u00fc %C3%BC &uuml; &#252;",
            "%+1 %",
            r"\u+041",
            r"\u{0000000041} \199 %u004 &#; &#x;",
        ] {
            assert_eq!(last(plain), None, "{plain}");
        }
        let nested = format!("%{}41", "25".repeat(9));
        assert_eq!(layers(&nested, 0).count(), 1 + MAX_DEPTH);
    }

    #[test]
    fn one_kind_of_escapes_leaves_the_others_as_they_are() {
        assert!(layers(r#"a\"%0a"#, 0).any(|layer| layer == "a\"%0a"));
    }
}
