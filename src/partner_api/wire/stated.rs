//! What a token and its response state about the token. A value of the wrong type is a statement, too, and matches nothing. Texts stay complete: they
//! are cut only after secrets have been removed.

use serde::de::{IgnoredAny, MapAccess, SeqAccess};

use super::lenient::{FromJson, Lenient};

/// More words than any scope has.
const MAX_WORDS: usize = 20;

/// A text. `null` and the empty text state nothing. With `JOINS`, a list of texts is a text: its words joined with
/// spaces, as a scope has them (RFC 6749, section 3.3).
pub(super) struct Stated<const JOINS: bool = false>(pub(super) String);

impl<const JOINS: bool> FromJson for Stated<JOINS> {
    fn from_text(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    fn from_int(value: i128) -> Option<Self> {
        Some(Self(value.to_string()))
    }

    fn from_float(value: f64) -> Option<Self> {
        Some(Self(value.to_string()))
    }

    fn from_bool(value: bool) -> Option<Self> {
        Some(Self(value.to_string()))
    }

    fn from_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        let mut words = Vec::new();
        while let Some(Lenient(word)) = list.next_element::<Lenient<Stated>>()? {
            let word = word.filter(|_| JOINS && words.len() < MAX_WORDS);
            words.extend(word.map(|Stated(word)| word));
        }
        Ok(match JOINS {
            true => (!words.is_empty()).then(|| Self(words.join(" "))),
            false => Some(Self("[…]".to_owned())),
        })
    }

    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Some(Self("{…}".to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_type_is_a_statement_and_nothing_is_none() {
        let stated = |json: &str| {
            let read = serde_json::from_str::<Lenient<Stated>>(json).unwrap();
            read.0.map(|stated| stated.0)
        };
        let words = |json: &str| {
            let read = serde_json::from_str::<Lenient<Stated<true>>>(json).unwrap();
            read.0.map(|words| words.0)
        };
        for (json, text) in [
            ("42", "42"),
            ("-4.5", "-4.5"),
            ("false", "false"),
            ("{\"a\":[1]}", "{…}"),
            ("\"b\"", "b"),
        ] {
            assert_eq!(stated(json).as_deref(), Some(text));
            assert_eq!(words(json).as_deref(), Some(text));
        }
        for nothing in ["null", "\"\""] {
            assert_eq!((stated(nothing), words(nothing)), (None, None));
        }
        assert_eq!(stated("[\"b\"]").as_deref(), Some("[…]"));
        assert_eq!(words("[\"a\",\"b\",7]").as_deref(), Some("a b 7"));
        assert_eq!(words("[[\"a\"]]").as_deref(), Some("[…]"));
        assert_eq!(words("[]"), None);
    }
}
