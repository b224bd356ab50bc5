//! The entity types that a form offers for a country, and whether it accepts others.

use super::learned_types::{LearnedTypes, ListedTypes};
use super::rules::{self, Coverage, EntityType};
use crate::domain::text::fold;

/// The entity types to offer for a country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeChoices<'a> {
    /// In display order.
    pub options: Vec<&'a EntityType>,
    /// How complete they are.
    pub coverage: Coverage,
}

impl TypeChoices<'_> {
    /// The option that a text stands for, by code or label, ignoring case.
    pub fn find(&self, text: &str) -> Option<&EntityType> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let by_code = |o: &&&EntityType| o.code.eq_ignore_ascii_case(text);
        self.options.iter().find(by_code).copied().or_else(|| {
            let wanted = fold(text);
            let by_label = |o: &&&EntityType| fold(&o.label) == wanted;
            self.options.iter().find(by_label).copied()
        })
    }

    /// Whether this code is an option, ignoring case.
    pub(in crate::domain) fn has_code(&self, code: &str) -> bool {
        self.options
            .iter()
            .any(|option| option.code.eq_ignore_ascii_case(code.trim()))
    }

    /// "limited, sole_trader, llp".
    pub fn codes(&self) -> String {
        let codes: Vec<_> = self.options.iter().map(|o| o.code.as_str()).collect();
        codes.join(", ")
    }

    /// The caption beside the field's label: "complete list for the United Kingdom".
    pub fn caption(&self, country: &str) -> String {
        let place = rules::country(country)
            .map_or_else(|| "this country".to_owned(), rules::Country::in_sentence);
        match self.coverage {
            Coverage::Complete => format!("complete list for {place}"),
            Coverage::Learned => format!("as listed by the server for {place}"),
            Coverage::Partial if self.options.is_empty() => {
                format!("{place} has a fixed list, checked by the server")
            }
            Coverage::Partial => format!("known for {place}; you can enter others"),
            Coverage::Free if self.options.is_empty() => "any text".to_owned(),
            Coverage::Free => format!("used so far for {place}; you can enter any text"),
        }
    }
}

/// The entity types to offer for a country, from the built-in rules, from what servers have listed and, unless the list is
/// complete, from loaded businesses.
pub fn choices<'a>(country: &str, learned_types: &'a LearnedTypes) -> TypeChoices<'a> {
    let rule = rules::country(country);
    let own: &'static [EntityType] = rule.map_or(&[], |country| &country.entity_types);
    let coverage = rule.map_or(Coverage::Free, |country| country.coverage);
    let is_used =
        |listed: &&ListedTypes| !(listed.is_from_businesses && coverage == Coverage::Complete);
    let Some(listed) = learned_types.of(country).filter(is_used) else {
        return TypeChoices {
            options: own.iter().collect(),
            coverage,
        };
    };
    let mut options: Vec<&EntityType> = Vec::with_capacity(listed.options.len() + own.len());
    if listed.is_truncated {
        options.extend(own);
    }
    for option in &listed.options {
        if options.iter().all(|known| known.code != option.code) {
            // Built-in labels are kept; the server's labels are used only for new codes.
            options.push(own.iter().find(|o| o.code == option.code).unwrap_or(option));
        }
    }
    TypeChoices {
        options,
        // A remembered list must not exclude types that the server has added since, so it never restricts on its own.
        coverage: match (coverage, listed.is_truncated) {
            _ if listed.is_from_businesses => coverage,
            (Coverage::Complete, false) => Coverage::Complete,
            (_, true) => Coverage::Partial,
            (_, false) => Coverage::Learned,
        },
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::learned_types::read_listed_types;
    use super::*;

    #[test]
    fn complete_lists_restrict_and_others_do_not() {
        let learned_types = LearnedTypes::default();
        let of = |country| choices(country, &learned_types).coverage;
        assert_eq!(of("GB"), Coverage::Complete);
        assert_eq!(of("de"), Coverage::Partial);
        assert_eq!(of("SG"), Coverage::Partial);
        assert_eq!(of("FR"), Coverage::Free);
        assert_eq!(of(""), Coverage::Free);
        let gb = choices("GB", &learned_types);
        assert_eq!(gb.codes(), "limited, sole_trader, partnership, llp, plc");
        assert_eq!(gb.find("Sole Trader").unwrap().code, "sole_trader");
        assert_eq!(gb.find("PLC").unwrap().code, "plc");
        assert_eq!(gb.find("gmbh"), None);
        assert_eq!(gb.caption("GB"), "complete list for the United Kingdom");
    }

    #[test]
    fn a_list_that_the_server_gave_in_full_is_not_extended() {
        let listed =
            read_listed_types("country GB. Valid options: limited (Ltd), cic (CIC)").unwrap();
        let mut learned_types = LearnedTypes::default();
        learned_types.learn(listed, "GB");
        let used = BTreeMap::from([("GB".to_owned(), vec!["charity".to_owned()])]);
        let learned_types = learned_types.with_used(&used);
        assert_eq!(choices("GB", &learned_types).codes(), "limited, cic");
    }

    #[test]
    fn what_the_server_teaches_becomes_the_choices() {
        let mut learned_types = LearnedTypes::default();
        let listed = "Valid options: limited (Ltd (Private Limited Company)), cic (CIC)";
        learned_types.learn(read_listed_types(listed).unwrap(), "GB");
        let gb = choices("GB", &learned_types);
        assert_eq!(gb.codes(), "limited, cic");
        assert_eq!(gb.options[0].label, "Private limited company");
        assert_eq!(gb.coverage, Coverage::Complete);

        learned_types.learn(
            read_listed_types("Valid options: bv (BV), nv (NV)").unwrap(),
            "BE",
        );
        let be = choices("BE", &learned_types);
        assert_eq!(be.codes(), "bv, nv");
        assert_eq!(be.coverage, Coverage::Learned);

        learned_types.learn(
            read_listed_types("Valid options: gmbh (G), eg (eG), k…").unwrap(),
            "DE",
        );
        let de = choices("DE", &learned_types);
        assert!(de.has_code("OHG") && de.has_code("eg"));
        assert_eq!(de.coverage, Coverage::Partial);
    }
}
