//! Look-ups among the loaded businesses, for the checks of a draft.

use std::collections::HashMap;

use crate::domain::business::{Business, BusinessId, BusinessText, CompactBusiness};
use crate::domain::text::{fold_within, identifies};

/// Longest folded name stored, bytes. The rest is dropped, because the server chooses the length.
const MAX_NAME_LEN: usize = 4 << 10;

/// Look-ups in the loaded list. An import calls each of them for every row, so they must be fast.
pub trait BusinessLookup {
    /// The business with exactly this `external_id`.
    fn with_external_id(&self, external_id: &str) -> Option<Business>;

    /// The business with this Thred id.
    fn with_id(&self, id: BusinessId) -> Option<Business>;

    /// A business whose title (see `Business::title`) or legal name, folded with `text::fold`, equals this.
    fn with_folded_name(&self, folded: &str) -> Option<Business>;

    /// Number of businesses loaded.
    fn loaded(&self) -> usize;

    /// Number of businesses still to load, as far as the server reported it.
    fn still_loading(&self) -> usize;
}

/// Businesses without their list, for use on another thread.
#[derive(Debug, Default)]
pub struct KnownBusinesses {
    businesses: Vec<CompactBusiness>,
    by_id: HashMap<BusinessId, usize>,
    by_external_id: HashMap<String, usize>,
    by_folded_name: HashMap<String, usize>,
}

impl KnownBusinesses {
    /// Builds the look-up tables, which takes a while for many businesses.
    pub fn new(businesses: Vec<CompactBusiness>) -> Self {
        let mut known = Self::default();
        for (at, business) in businesses.iter().enumerate() {
            known.by_id.insert(business.id, at);
            let external_id = business.text(BusinessText::ExternalId);
            if let Some(id) = external_id.filter(|id| identifies(id)) {
                known.by_external_id.insert(id.to_owned(), at);
            }
            if let Some(title) = business.title() {
                known.by_folded_name.insert(folded(title), at);
            }
            if let Some(legal_name) = business.legal_name_beside_title() {
                let legal_name = folded(legal_name);
                known.by_folded_name.entry(legal_name).or_insert(at);
            }
        }
        known.businesses = businesses;
        known
    }

    fn at(&self, at: Option<&usize>) -> Option<Business> {
        self.businesses.get(*at?).map(CompactBusiness::to_business)
    }
}

fn folded(name: &str) -> String {
    let mut folded = String::new();
    fold_within(name, MAX_NAME_LEN, &mut folded);
    folded
}

impl BusinessLookup for KnownBusinesses {
    fn with_external_id(&self, external_id: &str) -> Option<Business> {
        self.at(self.by_external_id.get(external_id))
    }

    fn with_id(&self, id: BusinessId) -> Option<Business> {
        self.at(self.by_id.get(&id))
    }

    fn with_folded_name(&self, folded: &str) -> Option<Business> {
        self.at(self.by_folded_name.get(folded))
    }

    fn loaded(&self) -> usize {
        self.businesses.len()
    }

    fn still_loading(&self) -> usize {
        0
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_external_id_with_a_replaced_character_is_found_by_none() {
        let known = |id: &str| {
            KnownBusinesses::new(vec![CompactBusiness::from(&Business {
                external_id: Some(id.into()),
                ..Business::unknown(BusinessId(Uuid::from_u128(1)))
            })])
        };
        assert!(known("user-1").with_external_id("user-1").is_some());
        let damaged = "user-\u{fffd}";
        assert!(known(damaged).with_external_id(damaged).is_none());
    }

    #[test]
    fn a_business_is_found_by_its_display_name_and_its_legal_name() {
        let known = KnownBusinesses::new(vec![CompactBusiness::from(&Business {
            name: Some("Harbour Books".into()),
            legal_name: Some("Harbour Lane Books Ltd".into()),
            ..Business::unknown(BusinessId(Uuid::from_u128(1)))
        })]);
        for name in ["harbour books", "harbour lane books ltd"] {
            assert!(known.with_folded_name(name).is_some(), "{name}");
        }
    }
}
