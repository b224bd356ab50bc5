//! Repairs JSON that could not be read as it was sent, so that one damaged value does not hide all others. Most responses never get here.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use super::raw::pieces;

/// U+FFFD as an escape in JSON.
const REPLACEMENT: &str = r"\ufffd";

/// The length of an escaped UTF-16 code unit: `\ud83d`.
const ESCAPE_LEN: usize = 6;

/// `body` with U+FFFD for everything that is not Unicode: bytes that are not UTF-8, and escaped surrogates without
/// their other half. Owned if anything was replaced.
pub(super) fn as_unicode(body: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(body);
    match without_lone_surrogates(&text) {
        Some(repaired) => Cow::Owned(repaired),
        None => text,
    }
}

/// `None` if there are none.
fn without_lone_surrogates(json: &str) -> Option<String> {
    let mut out = String::new();
    let mut has_any = false;
    let mut rest = json;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        let escape = &rest[at..];
        let next = escape.get(ESCAPE_LEN..).unwrap_or_default();
        let (len, is_lone) = match (surrogate(escape), surrogate(next)) {
            (Some(Surrogate::High), Some(Surrogate::Low)) => (2 * ESCAPE_LEN, false),
            (Some(_), _) => (ESCAPE_LEN, true),
            (None, _) => {
                let escaped = escape[1..].chars().next();
                (1 + escaped.map_or(0, char::len_utf8), false)
            }
        };
        out.push_str(&rest[..at]);
        out.push_str(if is_lone { REPLACEMENT } else { &escape[..len] });
        has_any |= is_lone;
        rest = &escape[len..];
    }
    out.push_str(rest);
    has_any.then_some(out)
}

enum Surrogate {
    High,
    Low,
}

/// The surrogate that is escaped at the start of `json`.
fn surrogate(json: &str) -> Option<Surrogate> {
    let digits = json.strip_prefix("\\u")?.get(..4)?;
    match u16::from_str_radix(digits, 16).ok()? {
        0xD800..=0xDBFF => Some(Surrogate::High),
        0xDC00..=0xDFFF => Some(Surrogate::Low),
        _ => None,
    }
}

/// `json` with every number as a text that has its digits, except for integers of 64 bits, which are read exactly anyway.
pub(super) fn with_numbers_as_texts(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for (from, to) in pieces(json) {
        let piece = &json[from..to];
        if piece.starts_with('"') {
            out.push_str(piece);
        } else {
            push_with_numbers_as_texts(piece, &mut out);
        }
    }
    out
}

/// For the characters between two texts.
fn push_with_numbers_as_texts(mut piece: &str, out: &mut String) {
    let starts = |c: char| c == '-' || c.is_ascii_digit();
    let goes_on = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
    while let Some(start) = piece.find(starts) {
        let (before, number) = piece.split_at(start);
        let end = number.find(|c| !goes_on(c)).unwrap_or(number.len());
        let (number, rest) = number.split_at(end);
        out.push_str(before);
        // Checks its grammar, not its size.
        let is_number = serde_json::from_str::<IgnoredAny>(number).is_ok();
        if is_number && !is_exact(number) {
            out.extend(["\"", number, "\""]);
        } else {
            out.push_str(number);
        }
        piece = rest;
    }
    out.push_str(piece);
}

fn is_exact(number: &str) -> bool {
    number != "-0" && (number.parse::<i64>().is_ok() || number.parse::<u64>().is_ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn only_numbers_that_would_lose_digits_become_texts() {
        let json =
            r#"{"a":[1,-7,1.50,true,false,null],"1.5":"2.5","b\"":1e5,"c":18446744073709551616}"#;
        assert_eq!(
            with_numbers_as_texts(json),
            r#"{"a":[1,-7,"1.50",true,false,null],"1.5":"2.5","b\"":"1e5","c":"18446744073709551616"}"#
        );
        for broken in ["[01.5]", "[1.2.3]", "[-]", "[1.]", "{\"a\":1.5"] {
            let repaired = with_numbers_as_texts(broken);
            assert!(
                serde_json::from_str::<Value>(&repaired).is_err(),
                "{broken}"
            );
        }
    }

    proptest! {
        #[test]
        fn what_is_not_damaged_stays(texts in proptest::collection::vec(".*", 0..5), number: i64) {
            let json = json!({ "t": texts, "n": number }).to_string();
            prop_assert!(matches!(as_unicode(json.as_bytes()), Cow::Borrowed(_)));
            prop_assert_eq!(with_numbers_as_texts(&json), json);
        }

        #[test]
        fn anything_is_taken(body: Vec<u8>, text in r"(\\|\\u[dD][89abcdef]..|u|ä|.)*") {
            for body in [&body, text.as_bytes()] {
                let _ = with_numbers_as_texts(&as_unicode(body));
            }
        }
    }
}
