//! Parses metadata as typed: a JSON object, with the location of any error.

use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use serde_json::{Map, Value};

use crate::domain::text::excerpt;

/// From here on, a JSON number can no longer represent every integer exactly (RFC 8259, section 6).
const EXACT_BELOW: f64 = 9_007_199_254_740_992.0;

/// A parsed object, and what will not reach the server as typed.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Metadata {
    pub(super) object: Map<String, Value>,
    /// Duplicate keys of an object. Only the last value counts.
    pub(super) repeated: Vec<String>,
    /// Whether a number has more digits than can be represented.
    pub(super) loses_digits: bool,
}

/// Parses a text that is not blank.
///
/// # Errors
/// A sentence that says what is wrong, and where. Lines and columns count from 1, columns in characters.
pub(super) fn read(text: &str) -> Result<Metadata, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| place(text, &error))?;
    let Value::Object(object) = value else {
        return Err(format!(
            "Metadata must be a JSON object in braces, such as {{\"plan\": \"pro\"}}. This is {}.",
            kind(&value)
        ));
    };
    let mut read = Metadata {
        object,
        ..Metadata::default()
    };
    // Cannot fail: the same text has just been parsed.
    let _ = read.deserialize(&mut serde_json::Deserializer::from_str(text));
    Ok(read)
}

fn place(text: &str, error: &serde_json::Error) -> String {
    if error.classify() == Category::Eof {
        return "The text ends before the object is complete. Close every brace, bracket and quote."
            .to_owned();
    }
    // serde_json counts columns in bytes, up to and including the offending one.
    let line_text = text.split('\n').nth(error.line().saturating_sub(1));
    let line_text = line_text.unwrap_or_default();
    let before = error.column().saturating_sub(1);
    let (index, found) = line_text
        .char_indices()
        .enumerate()
        .find(|(_, (at, c))| at + c.len_utf8() > before)
        .map_or((line_text.chars().count(), None), |(index, (_, c))| {
            (index, Some(c))
        });
    let (line, column) = (error.line().max(1), index + 1);
    let found = match found {
        Some('“' | '”' | '„' | '‘' | '’') => "a typographic quotation mark".to_owned(),
        Some(c) => format!("“{}”", excerpt(&c.to_string(), 12)),
        None => "the end of the line".to_owned(),
    };
    format!("Line {line}, column {column}: {found} is not allowed here.")
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// Walks through well-formed JSON to find duplicate keys and imprecise numbers.
impl<'de> DeserializeSeed<'de> for &mut Metadata {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Metadata {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.loses_digits |= number.abs() >= EXACT_BELOW;
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(&mut *self)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut keys = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            map.next_value_seed(&mut *self)?;
            if let Some(twice) = keys.replace(key) {
                self.repeated.push(twice);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        read(text).unwrap_err()
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        assert_eq!(
            problem("{\"a\": 1,\n \"größe\" 2}"),
            "Line 2, column 10: “2” is not allowed here."
        );
        assert_eq!(
            problem("{“a”: 1}"),
            "Line 1, column 2: a typographic quotation mark is not allowed here."
        );
        assert_eq!(
            problem("{'a': 1}"),
            "Line 1, column 2: “'” is not allowed here."
        );
        assert!(problem("{\"a\": [1, 2").contains("ends before"));
        assert!(problem("[1]").ends_with("This is a list."));
        assert!(problem("7").ends_with("This is a number."));
        assert!(problem("{\"a\": tru}").starts_with("Line 1, column"));
        assert!(problem("{} x").starts_with("Line 1, column 4"));
        assert!(problem(&"[".repeat(500)).starts_with("Line 1"));
        assert!(problem("{\"a\": \"x\ny\"}").starts_with("Line"));
    }

    #[test]
    fn what_would_be_lost_is_noticed() {
        let plain = read("{\"a\": {\"b\": [1, -2, 2.5, null, true, \"x\"]}}").unwrap();
        assert!(plain.repeated.is_empty() && !plain.loses_digits);
        let twice = read("{\"a\": 1, \"b\": {\"c\": 1, \"c\": 2}, \"a\": 3}").unwrap();
        assert_eq!(twice.repeated, ["c", "a"]);
        assert!(
            read("{\"n\": 123456789012345678901234567890}")
                .unwrap()
                .loses_digits
        );
        assert!(!read("{\"n\": 18446744073709551615}").unwrap().loses_digits);
    }
}
