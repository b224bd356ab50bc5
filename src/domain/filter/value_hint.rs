//! Finds the code for a value that looks like a name or a typo. Businesses may have any values, so the term still applies.

use crate::domain::draft::rules::{Country, countries, country_named, currencies};
use crate::domain::text::fold;

/// Longest value considered, bytes: computing the distance takes longer for longer texts.
const MAX_VALUE_LEN: usize = 24;
/// How many letters of a typo may differ.
const MAX_DISTANCE: usize = 2;

/// What to say about a value of `key` if nothing matches, and the code that was probably meant.
pub(super) fn of(key: &str, value: &str) -> Option<(String, Option<String>)> {
    if value.len() > MAX_VALUE_LEN {
        return None;
    }
    let is_code = |letters: usize| {
        value.len() == letters && value.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let wanted = fold(value);
    let (rule, code) = match key {
        "country" if !is_code(2) => (
            "A country is a code of two letters, such as FR.",
            country(value, &wanted),
        ),
        "currency" if !is_code(3) => (
            "A currency is a code of three letters, such as EUR.",
            currency(&wanted),
        ),
        "type" => (
            "The console does not know this entity type.",
            Some(entity_type(&wanted)?),
        ),
        _ => return None,
    };
    Some((rule.to_owned(), code.map(str::to_owned)))
}

fn country(value: &str, wanted: &str) -> Option<&'static str> {
    let names = countries().iter();
    let near = || {
        nearest(
            wanted,
            names.map(|country| (country.name.as_str(), country)),
        )
    };
    let country: Option<&Country> = country_named(value).or_else(near);
    country.map(|country| country.code.as_str())
}

/// The currency with this word in its name, if there is only one.
fn currency(wanted: &str) -> Option<&'static str> {
    let has_word = |name: &str| fold(name).split(' ').any(|word| word == wanted);
    let mut found = currencies().iter().filter(|found| has_word(&found.name));
    let first = found.next()?;
    found.next().is_none().then_some(first.code.as_str())
}

/// The known code with this word in its name, or else one that is almost the same. `None` for a known code.
fn entity_type(wanted: &str) -> Option<&'static str> {
    let all = || countries().iter().flat_map(|country| &country.entity_types);
    if all().any(|known| known.code == wanted) {
        return None;
    }
    let has_word = |label: &str| {
        let label = fold(label);
        let mut words = label.split(|c: char| !c.is_alphanumeric());
        words.any(|word| word == wanted)
    };
    let named = all().find(|known| has_word(&known.label));
    let near = || nearest(wanted, all().map(|known| (known.code.as_str(), known)));
    named.or_else(near).map(|known| known.code.as_str())
}

/// The item whose text is closest to what was typed, if it is close enough. Of two equally close, the first.
fn nearest<T>(wanted: &str, items: impl Iterator<Item = (&'static str, T)>) -> Option<T> {
    let far = items.map(|(text, item)| {
        let distance = strsim::levenshtein(wanted, &fold(text));
        (distance, text.len(), item)
    });
    let close = far.filter(|(distance, len, _)| {
        // In a short text, two different letters leave too little in common.
        *distance <= MAX_DISTANCE && 2 * *distance <= *len
    });
    close
        .min_by_key(|(distance, ..)| *distance)
        .map(|(_, _, item)| item)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_typos_find_their_codes() {
        for (key, value, code) in [
            ("country", "france", "FR"),
            ("country", "Germany", "DE"),
            ("country", "Deutschland", "DE"),
            ("country", "germny", "DE"),
            ("type", "gmhb", "gmbh"),
            ("type", "Sole", "sole_trader"),
            ("currency", "euro", "EUR"),
        ] {
            let (_, found) = of(key, value).unwrap();
            assert_eq!(found.as_deref(), Some(code), "{key}:{value}");
        }
        assert_eq!(of("country", "Atlantis").unwrap().1, None);
        assert_eq!(of("currency", "€").unwrap().1, None);
    }

    #[test]
    fn nothing_is_said_about_what_may_be_a_code() {
        for (key, value) in [
            ("country", "CH"),
            ("country", "uk"),
            ("currency", "CHF"),
            ("type", "gmbh"),
            ("type", "cooperative"),
            ("ext", "france"),
        ] {
            assert_eq!(of(key, value), None, "{key}:{value}");
        }
    }
}
