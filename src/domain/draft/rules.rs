//! Countries, currencies and entity types. Parsed once from `assets/rules/countries.json`, which names its sources.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::domain::text::fold;

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    // A test parses the same text, so an invalid file is never released.
    serde_json::from_str(include_str!("../../../assets/rules/countries.json")).unwrap_or_default()
});

/// Index of a country by code, name or alias in plain form. An import looks one up per row.
static BY_NAME: LazyLock<HashMap<String, usize>> = LazyLock::new(|| {
    let mut by_name = HashMap::new();
    for (at, country) in countries().iter().enumerate() {
        let names = [&country.code, &country.alpha3, &country.name];
        for name in names.into_iter().chain(&country.aliases) {
            by_name.insert(plain(name), at);
        }
    }
    by_name
});

#[derive(Debug, Default, Deserialize)]
struct Rules {
    countries: Vec<Country>,
    currencies: Vec<Currency>,
}

/// A country that Thred serves.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub struct Country {
    /// ISO 3166-1 alpha-2, upper case.
    pub code: String,
    /// ISO 3166-1 alpha-3, upper case.
    pub alpha3: String,
    /// English name.
    pub name: String,
    /// Whether a sentence needs "the" before the name.
    #[serde(default)]
    pub article: bool,
    /// Other names used in files, in the languages of all 17 countries.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The default currency, ISO 4217.
    pub currency: String,
    /// Possible prefixes of a VAT number. Empty if none are certain.
    #[serde(default)]
    pub vat_prefixes: Vec<String>,
    /// How much is known about its entity types.
    pub coverage: Coverage,
    /// The known entity types, in display order.
    #[serde(default)]
    pub entity_types: Vec<EntityType>,
}

/// How much the console knows about the entity types of a country, which decides how others are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Coverage {
    /// All of them: any other is rejected.
    Complete,
    /// Some of them: the server has a fixed list.
    Partial,
    /// Those that the server listed in a rejection. It may have added more since.
    #[serde(skip)]
    Learned,
    /// The server accepts any text.
    Free,
}

/// A legal form.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, Deserialize)]
pub struct EntityType {
    /// As the API stores it, lower case.
    pub code: String,
    /// Display name.
    pub label: String,
}

/// A currency in which books can be kept.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub struct Currency {
    /// ISO 4217.
    pub code: String,
    /// English name.
    pub name: String,
}

impl Country {
    /// The name for use inside a sentence: "the United Kingdom".
    pub fn in_sentence(&self) -> String {
        if self.article {
            format!("the {}", self.name)
        } else {
            self.name.clone()
        }
    }
}

/// In the order of the API documentation.
pub fn countries() -> &'static [Country] {
    &RULES.countries
}

pub fn currencies() -> &'static [Currency] {
    &RULES.currencies
}

/// Finds a country by its code, ignoring case.
pub fn country(code: &str) -> Option<&'static Country> {
    let code = code.trim();
    countries()
        .iter()
        .find(|country| country.code.eq_ignore_ascii_case(code))
}

/// Finds a country by its two- or three-letter code, or by its name in any national language of the 17 countries. Case,
/// accents and punctuation are ignored.
pub(in crate::domain) fn country_named(text: &str) -> Option<&'static Country> {
    // No name is nearly this long, and folding longer texts would waste time.
    if text.len() > MAX_NAME_LEN {
        return None;
    }
    let at = BY_NAME.get(&plain(text))?;
    countries().get(*at)
}

/// Longest country name looked up, bytes.
const MAX_NAME_LEN: usize = 200;

/// A name without case, accents, spaces and punctuation.
fn plain(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Finds a currency by its code, ignoring case.
pub fn currency(code: &str) -> Option<&'static Currency> {
    let code = code.trim();
    currencies()
        .iter()
        .find(|currency| currency.code.eq_ignore_ascii_case(code))
}

/// The default currency of a country, ISO 4217.
pub(super) fn proposed_currency(country_code: &str) -> Option<&'static str> {
    country(country_code).map(|country| country.currency.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_is_whole() {
        let codes: Vec<_> = countries().iter().map(|c| c.code.as_str()).collect();
        assert_eq!(
            codes.join(" "),
            "GB DE FR NL ES IT IE BE AT PT SE NO DK FI IS MY SG"
        );
        let codes: Vec<_> = currencies().iter().map(|c| c.code.as_str()).collect();
        assert_eq!(codes.join(" "), "GBP EUR USD SEK NOK DKK ISK MYR SGD");
        for country in countries() {
            assert!(currency(&country.currency).is_some(), "{}", country.code);
            let complete = country.coverage == Coverage::Complete;
            assert_eq!(complete, country.code == "GB");
            assert!(!complete || country.entity_types.len() == 5);
            assert!(country.coverage != Coverage::Free || country.entity_types.is_empty());
            for form in &country.entity_types {
                assert_eq!(form.code, form.code.to_lowercase());
                assert!(!form.label.is_empty());
            }
        }
    }

    #[test]
    fn currencies_are_proposed_by_country() {
        let own = [
            ("GB", "GBP"),
            ("SE", "SEK"),
            ("NO", "NOK"),
            ("DK", "DKK"),
            ("IS", "ISK"),
            ("MY", "MYR"),
            ("SG", "SGD"),
        ];
        for country in countries() {
            let wanted = own
                .iter()
                .find(|(code, _)| *code == country.code)
                .map_or("EUR", |(_, currency)| currency);
            assert_eq!(proposed_currency(&country.code), Some(wanted));
        }
        assert_eq!(proposed_currency("us"), None);
    }

    #[test]
    fn countries_are_found_by_code_name_and_alias() {
        let code = |text| country_named(text).map(|c| c.code.as_str());
        assert_eq!(code(" gb "), Some("GB"));
        assert_eq!(code("UK"), Some("GB"));
        assert_eq!(code("netherlands"), Some("NL"));
        assert_eq!(code("Atlantis"), None);
        assert_eq!(code(""), None);
        for (name, wanted) in [
            ("Deutschland", "DE"),
            ("ESPAÑA", "ES"),
            ("Espana", "ES"),
            ("Nederland", "NL"),
            ("The Netherlands", "NL"),
            ("Österreich", "AT"),
            ("Sverige", "SE"),
            ("Suomi", "FI"),
            ("Éire", "IE"),
            ("Ísland", "IS"),
            ("Pays Bas", "NL"),
            ("België", "BE"),
            ("Belgique", "BE"),
            ("新加坡", "SG"),
            ("U.K.", "GB"),
            ("DEU", "DE"),
            ("nld", "NL"),
            ("Vereinigtes Königreich", "GB"),
        ] {
            assert_eq!(code(name), Some(wanted), "{name}");
        }
    }

    #[test]
    fn no_name_means_two_countries() {
        let mut named = std::collections::HashMap::new();
        for country in countries() {
            assert_eq!(country.alpha3.len(), 3);
            let names = [&country.code, &country.alpha3, &country.name];
            for name in names.into_iter().chain(&country.aliases) {
                let other = named.insert(plain(name), &country.code);
                assert!(other.is_none_or(|other| *other == country.code), "{name}");
            }
        }
        assert_eq!(country("NL").unwrap().in_sentence(), "the Netherlands");
    }
}
