//! Look-ups among the loaded businesses, for the checks of a draft.

use std::collections::HashMap;

use crate::domain::business::{Business, BusinessId, BusinessText, CompactBusiness};
use crate::domain::text::fold_within;

/// Longest folded name stored, bytes. The rest is dropped, because the server chooses the length.
const MAX_NAME_LEN: usize = 4 << 10;

/// Look-ups in the loaded list. An import calls each of them for every row, so they must be fast.
pub trait BusinessLookup {
    /// The business with exactly this `external_id`.
    fn with_external_id(&self, external_id: &str) -> Option<Business>;

    /// The business with this Thred id.
    fn with_id(&self, id: BusinessId) -> Option<Business>;

    /// A business whose title (see `Business::title`), folded with `text::fold`, equals this.
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
            if let Some(id) = business.text(BusinessText::ExternalId) {
                known.by_external_id.insert(id.to_owned(), at);
            }
            if let Some(title) = business.title() {
                let mut folded = String::new();
                fold_within(title, MAX_NAME_LEN, &mut folded);
                known.by_folded_name.insert(folded, at);
            }
        }
        known.businesses = businesses;
        known
    }

    fn at(&self, at: Option<&usize>) -> Option<Business> {
        self.businesses.get(*at?).map(CompactBusiness::to_business)
    }
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
