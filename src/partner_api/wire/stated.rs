//! What a token and its response state about the token. A value of the wrong type is a statement, too, and matches nothing. Texts stay complete: they
//! are cut only after secrets have been removed.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// More words than any scope has.
const MAX_WORDS: usize = 20;

/// A text. `null` and the empty text state nothing.
#[derive(Default)]
pub(super) struct OptionalText(pub(super) Option<String>);

impl<'de> Deserialize<'de> for OptionalText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_any(TextVisitor { takes_lists: false })
            .map(Self)
    }
}

/// A scope: a text, or a list of words, which are joined with spaces (RFC 6749, section 3.3).
#[derive(Default)]
pub(super) struct ScopeText(pub(super) Option<String>);

impl<'de> Deserialize<'de> for ScopeText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_any(TextVisitor { takes_lists: true })
            .map(Self)
    }
}

struct TextVisitor {
    /// Whether a list of texts is accepted as one text.
    takes_lists: bool,
}

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        if !self.takes_lists {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(Some("[…]".to_owned()));
        }
        let mut words = Vec::new();
        while let Some(OptionalText(word)) = seq.next_element()? {
            words.extend(word.filter(|_| words.len() < MAX_WORDS));
        }
        Ok((!words.is_empty()).then(|| words.join(" ")))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Some("{…}".to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_type_is_a_statement_and_nothing_is_none() {
        let stated = |json: &str| serde_json::from_str::<OptionalText>(json).unwrap().0;
        let words = |json: &str| serde_json::from_str::<ScopeText>(json).unwrap().0;
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
