//! Fields that accept any JSON type and keep what is usable.

use std::fmt;
use std::marker::PhantomData;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use uuid::Uuid;

use crate::partner_api::scrub::WireText;

const SHORT_TEXT: usize = 200;

/// Conversion from JSON. What cannot be used is `None`, never an error.
pub(super) trait FromJson: Sized {
    /// Whether a number matters with all its digits, which a float may not have.
    const NEEDS_DIGITS: bool = false;

    fn from_text(_: &str) -> Option<Self> {
        None
    }
    /// An integer of 64 bits, with a sign or without.
    fn from_int(_: i128) -> Option<Self> {
        None
    }
    fn from_float(_: f64) -> Option<Self> {
        None
    }
    fn from_bool(_: bool) -> Option<Self> {
        None
    }
    fn from_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }
    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

/// Makes types with derived code readable from an object, and from nothing else.
macro_rules! from_object {
    ($($type:ty),+) => {
        $(impl $crate::partner_api::wire::lenient::FromJson for $type {
            fn from_object<'de, A: serde::de::MapAccess<'de>>(
                object: A,
            ) -> Result<Option<Self>, A::Error> {
                let object = serde::de::value::MapAccessDeserializer::new(object);
                serde::Deserialize::deserialize(object).map(Some)
            }
        })+
    };
}
pub(super) use from_object;

/// A field of any type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lenient<T>(pub(super) Option<T>);

impl<T> Default for Lenient<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: FromJson> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_any(JsonVisitor(PhantomData))
            .map(Self)
    }
}

struct JsonVisitor<T>(PhantomData<T>);

impl<'de, T: FromJson> Visitor<'de> for JsonVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(T::from_text(text))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(T::from_int(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(T::from_int(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        if T::NEEDS_DIGITS {
            // Is read again as a text; see `mend`.
            return Err(E::custom("a number whose digits matter"));
        }
        Ok(T::from_float(value))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(T::from_bool(value))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        T::from_list(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Self::Value, A::Error> {
        T::from_object(object)
    }
}

/// Cuts `text` at a character boundary and marks the cut with an ellipsis.
fn cut(text: &str, max: usize) -> std::borrow::Cow<'_, str> {
    if text.len() <= max {
        return text.into();
    }
    format!("{}…", &text[..text.floor_char_boundary(max)]).into()
}

impl FromJson for WireText {
    const NEEDS_DIGITS: bool = true;

    fn from_text(text: &str) -> Option<Self> {
        (!text.trim().is_empty()).then(|| Self::from(text))
    }

    fn from_int(value: i128) -> Option<Self> {
        Some(Self::from(value.to_string().as_str()))
    }
}

/// For short texts such as ids and scopes.
impl FromJson for String {
    fn from_text(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| cut(text, SHORT_TEXT).into_owned())
    }
}

impl FromJson for i64 {
    fn from_text(text: &str) -> Option<Self> {
        let text = text.trim();
        text.parse()
            .ok()
            .or_else(|| Self::from_float(text.parse().ok()?))
    }

    fn from_int(value: i128) -> Option<Self> {
        let clamped = value.clamp(Self::MIN.into(), Self::MAX.into());
        Self::try_from(clamped).ok()
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "a cast from a float saturates, which is meant"
    )]
    fn from_float(value: f64) -> Option<Self> {
        value.is_finite().then_some(value as Self)
    }
}

impl FromJson for u64 {
    fn from_text(text: &str) -> Option<Self> {
        let text = text.trim();
        text.parse()
            .ok()
            .or_else(|| Self::from_float(text.parse().ok()?))
    }

    fn from_int(value: i128) -> Option<Self> {
        Self::try_from(value).ok()
    }

    fn from_float(value: f64) -> Option<Self> {
        Self::try_from(i64::from_float(value)?).ok()
    }
}

impl FromJson for bool {
    fn from_text(text: &str) -> Option<Self> {
        match text.trim() {
            text if text.eq_ignore_ascii_case("true") => Some(true),
            text if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }

    fn from_int(value: i128) -> Option<Self> {
        match value {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    fn from_bool(value: bool) -> Option<Self> {
        Some(value)
    }
}

impl FromJson for Uuid {
    fn from_text(text: &str) -> Option<Self> {
        Self::parse_str(text.trim()).ok()
    }
}

impl FromJson for Timestamp {
    /// Reads RFC 3339; a time without an offset counts as UTC, which is what servers mean.
    fn from_text(text: &str) -> Option<Self> {
        let text = text.trim();
        text.parse().ok().or_else(|| {
            let local: DateTime = text.parse().ok()?;
            TimeZone::UTC.to_timestamp(local).ok()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: FromJson>(json: &str) -> Option<T> {
        serde_json::from_str::<Lenient<T>>(json).unwrap().0
    }

    #[test]
    fn any_type_is_taken_for_what_it_can_be() {
        assert_eq!(read::<i64>("3600"), Some(3600));
        assert_eq!(read::<i64>("3599.9"), Some(3599));
        assert_eq!(read::<i64>("\" 3600 \""), Some(3600));
        assert_eq!(read::<i64>("\"3600.0\""), Some(3600));
        assert_eq!(read::<i64>("1e300"), Some(i64::MAX));
        assert_eq!(read::<i64>("18446744073709551615"), Some(i64::MAX));
        assert_eq!(read::<i64>("-5"), Some(-5));
        for junk in [
            "null",
            "true",
            "[3600]",
            "{\"a\":{\"b\":[1]}}",
            "\"soon\"",
            "\"NaN\"",
        ] {
            assert_eq!(read::<i64>(junk), None, "{junk}");
        }
        assert_eq!(read::<bool>("1"), Some(true));
        assert_eq!(read::<bool>("\"False\""), Some(false));
        assert!(read::<WireText>("42").is_some_and(|text| text.is(|text| text == "42")));
        assert!(read::<WireText>("\"  \"").is_none());
    }

    #[test]
    fn times_with_and_without_an_offset_are_read() {
        let time = read::<Timestamp>("\"2026-03-01T12:00:00Z\"").unwrap();
        for same in [
            "\"2026-03-01T13:00:00+01:00\"",
            "\"2026-03-01T12:00:00\"",
            "\"2026-03-01 12:00:00.000000\"",
        ] {
            assert_eq!(read::<Timestamp>(same), Some(time), "{same}");
        }
        assert!(read::<Timestamp>("\"2026-03-01\"").is_some());
        assert_eq!(read::<Timestamp>("\"yesterday\""), None);
        assert_eq!(read::<Timestamp>("1772366400"), None);
    }
}
