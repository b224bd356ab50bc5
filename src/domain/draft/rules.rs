//! Countries, currencies and entity types: read once from `assets/rules/countries.json`, which
//! names its sources.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::domain::text::fold;

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    // A test reads the same text, so an unreadable file never leaves the workshop.
    serde_json::from_str(include_str!("../../../assets/rules/countries.json")).unwrap_or_default()
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
    /// English name.
    pub name: String,
    /// Whether a sentence needs "the" before the name.
    #[serde(default)]
    pub article: bool,
    /// Other names and codes by which files may call it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The currency to propose, ISO 4217.
    pub currency: String,
    /// How a VAT number may begin; empty where nothing certain is known.
    #[serde(default)]
    pub vat_prefixes: Vec<String>,
    /// How much is known of its entity types.
    pub coverage: Coverage,
    /// The known entity types, in the order to offer them.
    #[serde(default)]
    pub entity_types: Vec<EntityType>,
}

/// How much the console knows of a country's entity types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Coverage {
    /// All of them: anything else is refused.
    Complete,
    /// The server has a list, of which only a part is known here.
    Partial,
    /// The server takes any text.
    Free,
}

/// A legal form.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, Deserialize)]
pub struct EntityType {
    /// As the API stores it, lower case.
    pub code: String,
    /// For people.
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
    /// The name as it stands inside a sentence: "the United Kingdom".
    pub fn in_sentence(&self) -> String {
        if self.article {
            format!("the {}", self.name)
        } else {
            self.name.clone()
        }
    }
}

/// All countries, in the order of the API's documentation.
pub fn countries() -> &'static [Country] {
    &RULES.countries
}

/// All currencies.
pub fn currencies() -> &'static [Currency] {
    &RULES.currencies
}

/// The country with this code, in either case.
pub fn country(code: &str) -> Option<&'static Country> {
    let code = code.trim();
    countries()
        .iter()
        .find(|country| country.code.eq_ignore_ascii_case(code))
}

/// The country that a file means by a code, a name or an alias.
pub fn country_named(text: &str) -> Option<&'static Country> {
    country(text).or_else(|| {
        let wanted = fold(text.trim());
        countries().iter().find(|country| {
            fold(&country.name) == wanted || country.aliases.iter().any(|a| fold(a) == wanted)
        })
    })
}

/// The currency with this code, in either case.
pub fn currency(code: &str) -> Option<&'static Currency> {
    let code = code.trim();
    currencies()
        .iter()
        .find(|currency| currency.code.eq_ignore_ascii_case(code))
}

/// The currency to propose for a country, ISO 4217.
pub fn proposed_currency(country_code: &str) -> Option<&'static str> {
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
        assert_eq!(country("NL").unwrap().in_sentence(), "the Netherlands");
    }
}
