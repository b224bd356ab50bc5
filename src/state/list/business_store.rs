//! All businesses that have arrived, in order of arrival.

use std::hash::BuildHasher as _;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use crate::domain::business::{Business, BusinessId, BusinessIds, BusinessText, CompactBusiness};
use crate::domain::filter::{Candidate, SearchIndex, SearchText, SearchableBusiness};
use crate::domain::text::{fold, identifies};

/// Memory is reserved for at most this many businesses before they arrive, because a server may state any number.
const MAX_EXPECTED: u64 = 200_000;

/// The rows. Each has a number that stays the same until the next [`BusinessStore::retain`].
///
/// Only ids have an index. Names and the `external_id` are looked up one at a time, for what a person types, and a pass
/// over all rows takes a millisecond; an index would cost more with every page that arrives.
#[derive(Debug, Default)]
pub struct BusinessStore {
    rows: Vec<CompactBusiness>,
    /// The row numbers, by the hash of the row's id. A map would hold each id a second time.
    by_id: HashTable<u32>,
    hasher: RandomState,
    index: SearchIndex,
}

impl BusinessStore {
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// All rows, in order of arrival.
    pub fn rows(&self) -> &[CompactBusiness] {
        &self.rows
    }

    /// The row with this number.
    pub fn row(&self, row: u32) -> Option<&CompactBusiness> {
        self.rows.get(row as usize)
    }

    /// The row number of a business.
    pub fn position(&self, id: BusinessId) -> Option<u32> {
        let has_id = |row: &u32| self.rows[*row as usize].id == id;
        self.by_id.find(self.hasher.hash_one(id), has_id).copied()
    }

    /// A business by its id.
    pub fn get(&self, id: BusinessId) -> Option<Business> {
        Some(self.row(self.position(id)?)?.to_business())
    }

    pub fn index(&self) -> &SearchIndex {
        &self.index
    }

    /// What a filter examines in a row.
    pub fn candidate(&self, row: u32) -> Option<Candidate<'_>> {
        Some(Candidate {
            business: self.row(row)?,
            text: self.index.row(row as usize),
        })
    }

    /// The business with exactly this `external_id`.
    pub fn by_external_id(&self, external_id: &str) -> Option<Business> {
        if !identifies(external_id) {
            return None;
        }
        let folded = fold(external_id);
        let mut rows = self
            .index
            .with_text(&folded)
            .map(|(row, _)| &self.rows[row]);
        let row = rows.find(|row| row.text(BusinessText::ExternalId) == Some(external_id));
        Some(row?.to_business())
    }

    /// The business with this folded title or, if there is none, legal name; any of them if several have it.
    pub fn by_folded_name(&self, folded: &str) -> Option<Business> {
        if folded.is_empty() {
            return None;
        }
        let mut with_legal_name = None;
        for (number, title) in self.index.with_text(folded) {
            let row = &self.rows[number];
            if title == folded {
                return Some(row.to_business());
            }
            let is_legal_name = row.legal_name_beside_title().is_some()
                && self.index.legal_name_beside_title(number) == folded;
            if is_legal_name {
                with_legal_name.get_or_insert(row);
            }
        }
        with_legal_name.map(CompactBusiness::to_business)
    }

    /// Reserves memory for as many businesses as the server states, up to a limit, because growing step by step fragments
    /// memory.
    pub fn expect(&mut self, total: u64) {
        let total = total.min(MAX_EXPECTED) as usize;
        let more = total.saturating_sub(self.rows.len());
        self.rows.reserve_exact(more);
        self.index.reserve(more);
        let (rows, hasher) = (&self.rows, &self.hasher);
        self.by_id
            .reserve(more, |row| hasher.hash_one(rows[*row as usize].id));
    }

    /// Adds new rows and replaces existing ones. Returns the numbers of the existing rows that have changed.
    pub fn upsert(&mut self, rows: Vec<SearchableBusiness>) -> Vec<u32> {
        let (arrived, known) = (rows.len(), self.rows.len());
        let mut changed = Vec::new();
        for row in rows {
            match self.position(row.business.id) {
                None => self.push(row),
                Some(at) => {
                    if self.replace(at, row) {
                        changed.push(at);
                    }
                }
            }
        }
        let new = known as u32..self.rows.len() as u32;
        let taken: Vec<u32> = new.chain(changed.iter().copied()).collect();
        // A few rows would keep the text block of their whole page in memory.
        if taken.len() * 4 < arrived * 3 {
            CompactBusiness::share_block(&mut self.rows, &taken);
        }
        changed
    }

    fn push(&mut self, row: SearchableBusiness) {
        // A list of four billion businesses would not fit in memory.
        let at = self.rows.len() as u32;
        let hash = self.hasher.hash_one(row.business.id);
        self.index.push(&row.text);
        self.rows.push(row.business);
        let (rows, hasher) = (&self.rows, &self.hasher);
        self.by_id
            .insert_unique(hash, at, |row| hasher.hash_one(rows[*row as usize].id));
    }

    /// Returns whether the row has changed.
    fn replace(&mut self, at: u32, row: SearchableBusiness) -> bool {
        let SearchableBusiness {
            mut business,
            mut text,
        } = row;
        let known = &self.rows[at as usize];
        // The list omits the e-mail address, so keep the one from reading the single business.
        let told = known.text(BusinessText::Email);
        let kept = told.filter(|_| business.text(BusinessText::Email).is_none());
        if let Some(email) = kept {
            let whole = Business {
                email: Some(email.into()),
                ..business.to_business()
            };
            business = CompactBusiness::from(&whole);
            if *known != business {
                text = SearchText::of(&whole);
            }
        }
        if *known == business {
            return false;
        }
        self.rows[at as usize] = business;
        self.index.replace(at as usize, &text);
        true
    }

    /// Drops the rows that are not in `keep`. If any were dropped, returns the new number of each row that stays. The
    /// order does not change.
    pub fn retain(&mut self, keep: &BusinessIds) -> Option<Vec<Option<u32>>> {
        let mut next = 0;
        let number = |row: &CompactBusiness| {
            keep.contains(&row.id).then(|| {
                next += 1;
                next - 1
            })
        };
        let numbers: Vec<Option<u32>> = self.rows.iter().map(number).collect();
        if next as usize == self.rows.len() {
            return None;
        }
        let mut stays = numbers.iter().map(Option::is_some);
        self.rows.retain(|_| stays.next().unwrap_or_default());
        self.by_id.retain(|number| {
            let new = numbers[*number as usize];
            *number = new.unwrap_or_default();
            new.is_some()
        });
        self.index.renumber(&numbers);
        Some(numbers)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const A: BusinessId = BusinessId(Uuid::from_u128(1));
    const B: BusinessId = BusinessId(Uuid::from_u128(2));
    const C: BusinessId = BusinessId(Uuid::from_u128(3));

    fn ids<const N: usize>(ids: [BusinessId; N]) -> BusinessIds {
        ids.into_iter().collect()
    }

    fn named(id: BusinessId, name: &str, external_id: &str) -> SearchableBusiness {
        SearchableBusiness::from(Business {
            name: Some(name.into()),
            external_id: Some(external_id.into()),
            ..Business::unknown(id)
        })
    }

    #[test]
    fn what_is_dropped_is_found_by_nothing_and_the_rest_by_everything() {
        let mut businesses = BusinessStore::default();
        businesses.upsert(vec![
            named(A, "Acme", "a"),
            named(B, "Beta", "b"),
            named(C, "Beta", "c"),
        ]);
        assert_eq!(businesses.retain(&ids([A, B, C])), None);
        let numbers = businesses.retain(&ids([A, B]));
        assert_eq!(numbers, Some(vec![Some(0), Some(1), None]));
        let id_of = |found: Option<Business>| found.map(|business| business.id);
        assert_eq!(
            id_of(businesses.by_folded_name("beta")),
            Some(B),
            "its namesake"
        );
        assert_eq!(id_of(businesses.by_external_id("c")), None);
        businesses.retain(&ids([B]));
        assert_eq!((businesses.len(), businesses.position(B)), (1, Some(0)));
        assert_eq!(id_of(businesses.get(A)), None);
        assert_eq!(id_of(businesses.by_external_id("b")), Some(B));
        businesses.upsert(vec![SearchableBusiness::from(Business::unknown(C))]);
        assert_eq!(
            id_of(businesses.by_folded_name("")),
            None,
            "no name is no match"
        );
        assert_eq!(
            businesses.candidate(0).map(|row| row.text.to_owned()),
            Some("beta\nb\n\n\n".to_owned())
        );
    }

    #[test]
    fn an_address_that_only_a_single_reading_told_is_kept_and_found() {
        let mut businesses = BusinessStore::default();
        let mut read = named(A, "Acme", "a").business.to_business();
        read.email = Some("post@acme.example".into());
        assert!(businesses.upsert(vec![read.into()]).is_empty(), "it is new");
        assert!(businesses.upsert(vec![named(A, "Acme", "a")]).is_empty());
        assert_eq!(businesses.upsert(vec![named(A, "Acme Ltd", "a")]), [0]);
        let text = businesses.index().row(0);
        assert!(
            text.contains("acme ltd") && text.contains("post@acme.example"),
            "{text}"
        );
        assert!(
            businesses.by_external_id("a").is_some() && businesses.by_folded_name("acme").is_none()
        );
    }

    #[test]
    fn a_legal_name_is_found_besides_the_title_and_only_as_long_as_it_is_the_name() {
        let with_legal_name = |legal_name: &str| {
            let mut business = named(A, "Harbour Books", "a").business.to_business();
            business.legal_name = Some(legal_name.into());
            business.email = Some("post@harbour.example".into());
            SearchableBusiness::from(business)
        };
        let mut businesses = BusinessStore::default();
        businesses.upsert(vec![
            with_legal_name("Harbour Lane Books Ltd"),
            named(B, "Beta", "b"),
        ]);
        assert!(
            businesses
                .by_folded_name("harbour lane books ltd")
                .is_some()
        );
        assert!(businesses.by_folded_name("harbour books").is_some());
        businesses.upsert(vec![with_legal_name("Quay Books Ltd")]);
        assert!(
            businesses
                .by_folded_name("harbour lane books ltd")
                .is_none()
        );
        assert!(businesses.by_folded_name("quay books ltd").is_some());
        businesses.upsert(vec![with_legal_name("Harbour Books")]);
        assert!(businesses.by_folded_name("quay books ltd").is_none());
        assert!(businesses.by_folded_name("post@harbour.example").is_none());
    }
}
