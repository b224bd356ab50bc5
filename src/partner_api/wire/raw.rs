//! The raw view of a response, without secrets.

use std::borrow::Cow;

use crate::partner_api::scrub::Secrets;

/// Hides the secrets in all strings of `json`, however their characters are escaped. It must have been parsed successfully before.
pub(super) fn hidden_in<'a>(json: &'a str, secrets: &Secrets) -> Cow<'a, str> {
    let mut out: Option<String> = None;
    let mut done = 0;
    for (from, to) in pieces(json) {
        let Some(shown) = hidden(&json[from..to], secrets) else {
            continue;
        };
        let out = out.get_or_insert_default();
        out.push_str(&json[done..from]);
        out.push_str(&shown);
        done = to;
    }
    match out {
        None => Cow::Borrowed(json),
        Some(mut out) => {
            out.push_str(&json[done..]);
            Cow::Owned(out)
        }
    }
}

/// Where the strings begin and end, including quotation marks, and the pieces between them.
pub(super) fn pieces(json: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = json.as_bytes().get(at..).filter(|rest| !rest.is_empty())?;
        let len = if rest[0] == b'"' {
            end_of_text(rest)
        } else {
            memchr::memchr(b'"', rest).unwrap_or(rest.len())
        };
        at += len;
        Some((at - len, at))
    })
}

/// The length of the string at the start of `json`, including its quotation marks.
fn end_of_text(json: &[u8]) -> usize {
    let mut at = 1;
    while let Some(next) = json
        .get(at..)
        .and_then(|rest| memchr::memchr2(b'"', b'\\', rest))
    {
        at += next;
        if json[at] == b'"' {
            return at + 1;
        }
        at += 2;
    }
    json.len()
}

/// The text to show instead of `piece`; `None` if it contains no secret.
fn hidden(piece: &str, secrets: &Secrets) -> Option<String> {
    let Ok(text) = serde_json::from_str::<String>(piece) else {
        // A number, or the characters between values.
        return secrets
            .is_in(piece)
            .then(|| secrets.hide(piece).into_owned());
    };
    match secrets.hide(&text) {
        Cow::Borrowed(same) if std::ptr::eq(same, text.as_str()) => None,
        shown => serde_json::to_string(&shown).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    #[test]
    fn texts_names_and_numbers_are_looked_through() {
        let secrets = Secrets::new(["sk/live=1", "1234567890"]);
        let json =
            r#"{"a":"sk\/live=1 ü","\u0073k/live=1":[1234567890,"\\u0073k/live=1"],"b":"\\"}"#;
        assert_eq!(
            hidden_in(json, &secrets),
            r#"{"a":"[hidden] ü","[hidden]":[[hidden],"[hidden]"],"b":"\\"}"#
        );
        let same = r#"{"a": 1.10, "b": "ü \u00fc \" \\", "c": "#;
        assert!(matches!(hidden_in(same, &secrets), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn nothing_else_is_changed(texts in proptest::collection::vec(".*", 0..5)) {
            let secrets = Secrets::new(["s3cret-key-of-the-partner"]);
            let value = json!({ "t": texts, "s": ["s3cret-key-of-the-partner"] });
            let shown: Value = serde_json::from_str(&hidden_in(&value.to_string(), &secrets)).unwrap();
            prop_assert_eq!(shown, json!({ "t": value["t"], "s": ["[hidden]"] }));
        }

        #[test]
        fn any_text_is_taken(text in ".*") {
            let secrets = Secrets::new(["s3cret-key-of-the-partner"]);
            prop_assert_eq!(&*hidden_in(&text, &secrets), text.as_str());
        }
    }
}
