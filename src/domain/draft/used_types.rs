//! The entity types of loaded businesses. The server has accepted them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use crate::domain::business::{BusinessText, CompactBusiness};

/// The entity types of these businesses by country, most frequent first.
pub fn used_types<'a>(
    businesses: impl IntoIterator<Item = &'a CompactBusiness>,
) -> BTreeMap<String, Vec<String>> {
    let mut countries: BTreeMap<&str, HashMap<&str, usize>> = BTreeMap::new();
    for business in businesses {
        let texts = [BusinessText::Country, BusinessText::EntityType];
        if let [Some(country), Some(entity_type)] = texts.map(|text| business.text(text)) {
            let counts = countries.entry(country).or_default();
            *counts.entry(entity_type).or_default() += 1;
        }
    }
    let sorted = |counts: HashMap<&str, usize>| {
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(entity_type, count)| (Reverse(*count), *entity_type));
        let types = counts.into_iter().map(|(entity_type, _)| entity_type);
        types.map(str::to_owned).collect()
    };
    let countries = countries.into_iter();
    countries
        .map(|(country, counts)| (country.to_owned(), sorted(counts)))
        .collect()
}
