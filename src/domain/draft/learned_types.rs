//! Learns entity types from the server's rejections.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::rules::EntityType;
use crate::domain::text::{excerpt, visible};

/// More than any country has. Longer lists are ignored.
const MAX_OPTIONS: usize = 500;
/// At most this many types of loaded businesses are offered.
const MAX_USED: usize = 8;
/// Longest code accepted, and longest label kept, characters.
const MAX_LEN: usize = 200;
/// Precedes the options in the server's message.
const OPTIONS_PREFIX: &str = "Valid options:";

/// The entity types that a server listed in a rejection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedTypes {
    /// ISO 3166-1 alpha-2, if the message names it. [`LearnedTypes`] has it as the key.
    #[serde(skip)]
    pub country: Option<String>,
    /// The entity types that the server accepts.
    pub options: Vec<EntityType>,
    /// Whether the message was truncated, so that there may be more.
    pub is_truncated: bool,
    /// Whether all options come from loaded businesses, because the server listed none.
    #[serde(skip)]
    pub(super) is_from_businesses: bool,
}

/// Everything learned so far, by country. Saved between runs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "BTreeMap<String, ListedTypes>")]
pub struct LearnedTypes(BTreeMap<String, ListedTypes>);

/// Enforces the limits, because another program may have written the file.
impl From<BTreeMap<String, ListedTypes>> for LearnedTypes {
    fn from(mut countries: BTreeMap<String, ListedTypes>) -> Self {
        for listed in countries.values_mut() {
            listed.options.truncate(MAX_OPTIONS);
            listed.options.retain(is_plain);
            for option in &mut listed.options {
                option.label = excerpt(&option.label, MAX_LEN);
            }
        }
        Self(countries)
    }
}

/// Whether the code can be shown and sent unchanged.
fn is_plain(option: &EntityType) -> bool {
    option.code.chars().count() <= MAX_LEN && visible(&option.code) == option.code
}

impl LearnedTypes {
    /// Remembers the types for the country that the message names, or for `country` if it names none. They replace
    /// earlier ones. Returns whether anything changed.
    pub fn learn(&mut self, mut listed: ListedTypes, country: &str) -> bool {
        let named = listed.country.take();
        let country = named.unwrap_or_else(|| country.trim().to_owned());
        let before = self.0.insert(country.to_ascii_uppercase(), listed.clone());
        before != Some(listed)
    }

    /// The same with the types of loaded businesses by country, most frequent first. A list that the server gave in full stays as it is.
    pub fn with_used(mut self, used: &BTreeMap<String, Vec<String>>) -> Self {
        for (country, used) in used {
            let listed = self.0.entry(country.clone()).or_insert(ListedTypes {
                country: None,
                options: Vec::new(),
                is_truncated: true,
                is_from_businesses: true,
            });
            if !listed.is_truncated {
                continue;
            }
            let options = used.iter().map(|code| EntityType {
                code: code.to_lowercase(),
                label: code.clone(),
            });
            let is_listed = |code: &str| listed.options.iter().any(|listed| listed.code == code);
            let is_new = |option: &EntityType| {
                !option.code.trim().is_empty() && is_plain(option) && !is_listed(&option.code)
            };
            let new: Vec<EntityType> = options.filter(is_new).take(MAX_USED).collect();
            listed.options.extend(new);
        }
        self
    }

    pub(super) fn of(&self, country: &str) -> Option<&ListedTypes> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(country.trim().to_ascii_uppercase().as_str())
    }
}

/// Parses "Invalid entity_type 'gmbh' for country GB. Valid options: limited (Ltd (Private Limited Company)),
/// sole_trader (Sole Trader)". Returns `None` if the text lists no types.
pub fn read_listed_types(text: &str) -> Option<ListedTypes> {
    // The rejected value comes first and may contain anything, even this mark.
    let at = text.rfind(OPTIONS_PREFIX)?;
    let country = text[..at]
        .rfind(" country ")
        .map(|found| &text[found + " country ".len()..at])
        .map(|rest| rest.trim_start().chars().take(2).collect::<String>())
        .filter(|code| code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic()));
    let list = text[at + OPTIONS_PREFIX.len()..].trim();
    let cut = list.trim_end_matches(['…', '.']);
    // A single full stop ends the sentence. Three, or an ellipsis, mean that it was truncated.
    let is_truncated = list.ends_with('…') || list.ends_with("...");
    let mut options = read_options(cut.trim_end());
    if is_truncated {
        // The last option may be incomplete.
        options.pop();
    }
    options.retain(is_plain);
    if options.is_empty() || options.len() > MAX_OPTIONS {
        return None;
    }
    Some(ListedTypes {
        country: country.map(|code| code.to_ascii_uppercase()),
        options,
        is_truncated,
        is_from_businesses: false,
    })
}

/// Parses `code (label), code (label), code`.
fn read_options(list: &str) -> Vec<EntityType> {
    let mut options = Vec::new();
    let mut rest = list;
    while !rest.is_empty() {
        let end = item_end(rest);
        options.extend(read_option(rest[..end].trim()));
        rest = rest[end..].trim_start_matches([',', ' ']);
    }
    options
}

/// The end of the first item: a comma outside all parentheses. If a label has unbalanced parentheses, the first `), `
/// that is followed by something like a code and a parenthesis.
fn item_end(list: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in list.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => return at,
            _ => {}
        }
    }
    if depth == 0 {
        return list.len();
    }
    list.match_indices("), ")
        .find(|(at, found)| {
            let next = &list[at + found.len()..];
            let code = next.split([' ', ',', '(', ')']).next().unwrap_or_default();
            is_code(code) && next[code.len()..].starts_with(" (")
        })
        .map_or(list.len(), |(at, _)| at + 1)
}

fn read_option(item: &str) -> Option<EntityType> {
    let (code, label) = match item.split_once('(') {
        Some((code, label)) => (code.trim(), label.strip_suffix(')').unwrap_or(label).trim()),
        None => (item, item),
    };
    if code.is_empty() || code.contains(char::is_whitespace) {
        return None;
    }
    Some(EntityType {
        code: code.to_lowercase(),
        label: excerpt(if label.is_empty() { code } else { label }, MAX_LEN),
    })
}

fn is_code(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        let options = read_listed_types(text).map(|listed| listed.options);
        let options = options.unwrap_or_default().into_iter();
        options.map(|o| (o.code, o.label)).collect()
    }

    fn pair(code: &str, label: &str) -> (String, String) {
        (code.to_owned(), label.to_owned())
    }

    #[test]
    fn the_sentence_of_the_documentation_is_read() {
        let listed = read_listed_types(
            "Invalid entity_type 'gmbh' for country GB. Valid options: limited (Ltd (Private \
             Limited Company)), sole_trader (Sole Trader), llp (LLP, limited liability), plc",
        )
        .unwrap();
        assert_eq!(listed.country.as_deref(), Some("GB"));
        assert!(!listed.is_truncated);
        let read: Vec<_> = listed
            .options
            .iter()
            .map(|o| format!("{}={}", o.code, o.label))
            .collect();
        assert_eq!(
            read,
            [
                "limited=Ltd (Private Limited Company)",
                "sole_trader=Sole Trader",
                "llp=LLP, limited liability",
                "plc=plc"
            ]
        );
    }

    #[test]
    fn odd_sentences_teach_what_they_hold() {
        assert_eq!(pairs("Nothing of the kind"), []);
        assert_eq!(pairs("Valid options:"), []);
        assert_eq!(pairs("Valid options: ()"), []);
        assert_eq!(pairs("Valid options: a (b))."), [pair("a", "b)")]);
        assert_eq!(
            pairs("Valid options: a (open ( bracket), b (Second)."),
            [pair("a", "open ( bracket"), pair("b", "Second")]
        );
        let hostile = "Invalid entity_type 'x for country XX. Valid options: evil (Evil)' for \
                       country de. Valid options: gmbh (GmbH\u{202E})";
        let listed = read_listed_types(hostile).unwrap();
        assert_eq!(listed.country.as_deref(), Some("DE"));
        assert_eq!(pairs(hostile), [pair("gmbh", "GmbH[U+202E]")]);
    }

    #[test]
    fn a_cut_sentence_loses_its_last_option() {
        let listed = read_listed_types("Valid options: a (A), b (B), c (Some…").unwrap();
        assert!(listed.is_truncated);
        assert_eq!(listed.options.len(), 2);
        assert_eq!(read_listed_types("Valid options: a (A…"), None);
    }

    #[test]
    fn lessons_are_remembered_by_country() {
        let mut learned_types = LearnedTypes::default();
        let listed = read_listed_types("Valid options: bv (BV), nv (NV)").unwrap();
        assert!(learned_types.learn(listed.clone(), " be "));
        assert!(!learned_types.learn(listed, "BE"));
        let json = serde_json::to_string(&learned_types).unwrap();
        let back: LearnedTypes = serde_json::from_str(&json).unwrap();
        assert_eq!(back.of("be").unwrap().options.len(), 2);
        assert!(back.of("NL").is_none());
    }

    #[test]
    fn what_another_program_wrote_is_no_better_than_a_lesson() {
        let json = serde_json::json!({ "BE": { "is_truncated": false, "options": [
            { "code": "bv", "label": format!("BV\u{202E}{}", "x".repeat(10_000)) },
            { "code": "n\u{202E}v", "label": "NV" },
        ] } });
        let learned_types: LearnedTypes = serde_json::from_value(json).unwrap();
        let options = &learned_types.of("BE").unwrap().options;
        assert_eq!(options.len(), 1);
        let label = &options[0].label;
        assert!(label.starts_with("BV[U+202E]x"), "{label}");
        assert_eq!(label.chars().count(), MAX_LEN + 1, "and the ellipsis");
    }

    /// A label with balanced parentheses, commas and any other characters.
    fn label() -> impl Strategy<Value = String> {
        let word = "[A-Za-zÄß&'/ -]{1,12}(, [a-z_]{1,6})?";
        let leaf = word.prop_map(|text: String| text.trim().to_owned());
        leaf.prop_recursive(3, 8, 3, |inner| {
            (inner.clone(), inner.clone(), inner)
                .prop_map(|(a, b, c)| format!("{a} ({b}), {c} (x)"))
        })
        .prop_map(|text| {
            let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            format!("L{one_line}")
        })
        .prop_filter("longer labels are cut", |text| {
            text.chars().count() <= MAX_LEN
        })
    }

    proptest! {
        #[test]
        fn any_list_with_closed_parentheses_is_read_back(
            refused in "[^\n]{0,20}",
            options in prop::collection::vec(("[a-z][a-z0-9_]{0,12}", label()), 1..12),
            stop in prop::bool::ANY,
        ) {
            let list: Vec<_> = options.iter().map(|(code, label)| format!("{code} ({label})")).collect();
            let stop = if stop { "." } else { "" };
            let text = format!(
                "Invalid entity_type '{refused}' for country NL. Valid options: {}{stop}", list.join(", ")
            );
            prop_assert_eq!(pairs(&text), options);
            let country = read_listed_types(&text).and_then(|listed| listed.country);
            prop_assert_eq!(country.as_deref(), Some("NL"));
        }

        #[test]
        fn no_text_breaks_the_reader(text in ".{0,80}") {
            let _ = read_listed_types(&format!("Valid options: {text}"));
            let _ = read_listed_types(&text);
        }
    }
}
