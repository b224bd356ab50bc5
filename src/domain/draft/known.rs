//! The businesses that are loaded, as far as the rules need to ask for them.

use std::collections::HashMap;

use crate::domain::business::{Business, BusinessId, BusinessText, CompactBusiness};
use crate::domain::text::fold_within;

/// Of a longer folded name only the start is kept, bytes: a server chooses its length.
const LONGEST_NAME: usize = 4 << 10;

/// Look-ups in the loaded list. An import asks all of them once per row, so each is to be fast.
pub trait Known {
    /// The business with exactly this `external_id`.
    fn with_external_id(&self, external_id: &str) -> Option<Business>;

    /// The business with this id of Thred's.
    fn with_id(&self, id: BusinessId) -> Option<Business>;

    /// A business whose name or legal name folds (see `text::fold`) to this.
    fn with_folded_name(&self, folded: &str) -> Option<Business>;

    /// How many businesses are loaded.
    fn loaded(&self) -> usize;

    /// How many are still to be loaded, as far as the server has said.
    fn still_loading(&self) -> usize;
}

/// Businesses on their own, without the list that they are from: for work on another thread.
#[derive(Debug, Default)]
pub struct KnownBusinesses {
    businesses: Vec<CompactBusiness>,
    by_id: HashMap<BusinessId, usize>,
    by_external_id: HashMap<String, usize>,
    by_folded_name: HashMap<String, usize>,
}

impl KnownBusinesses {
    /// Makes them ready to be asked about, which takes a while for many.
    pub fn new(businesses: Vec<CompactBusiness>) -> Self {
        let mut known = Self::default();
        for (at, business) in businesses.iter().enumerate() {
            known.by_id.insert(business.id, at);
            if let Some(id) = business.text(BusinessText::ExternalId) {
                known.by_external_id.insert(id.to_owned(), at);
            }
            if let Some(title) = business.title() {
                let mut folded = String::new();
                fold_within(title, LONGEST_NAME, &mut folded);
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

impl Known for KnownBusinesses {
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
