//! The businesses of a demo server, with lookups by id and filters.

use std::collections::HashMap;

use uuid::Uuid;

use super::business::DemoBusiness;

/// A filter for the list. Texts are compared without regard to ASCII case.
#[derive(Clone, Debug, Default)]
pub struct StoreFilter {
    pub country: Option<String>,
    pub entity_type: Option<String>,
    pub is_archived: Option<bool>,
}

impl StoreFilter {
    fn is_empty(&self) -> bool {
        self.country.is_none() && self.entity_type.is_none() && self.is_archived.is_none()
    }

    fn takes(&self, business: &DemoBusiness) -> bool {
        let same = |wanted: &Option<String>, value: &Option<std::borrow::Cow<'static, str>>| {
            wanted.as_ref().is_none_or(|wanted| {
                value
                    .as_ref()
                    .is_some_and(|value| value.eq_ignore_ascii_case(wanted))
            })
        };
        same(&self.country, &business.country)
            && same(&self.entity_type, &business.entity_type)
            && self
                .is_archived
                .is_none_or(|wanted| wanted == business.is_archived)
    }
}

/// All businesses, oldest first, with indexes by both ids.
#[derive(Default)]
pub struct Store {
    oldest_first: Vec<DemoBusiness>,
    by_id: HashMap<Uuid, usize>,
    by_external_id: HashMap<String, usize>,
}

impl Store {
    /// A store of `oldest_first`. Of businesses that share an id, only the first is stored.
    pub fn new(oldest_first: Vec<DemoBusiness>) -> Self {
        let mut store = Self::default();
        store.oldest_first.reserve(oldest_first.len());
        for business in oldest_first {
            store.insert(business);
        }
        store
    }

    /// The number of businesses, including archived ones.
    pub fn len(&self) -> usize {
        self.oldest_first.len()
    }

    pub fn is_empty(&self) -> bool {
        self.oldest_first.is_empty()
    }

    /// Inserts `business` as the newest. Returns `false` and changes nothing if its id or external id already exists.
    pub fn insert(&mut self, business: DemoBusiness) -> bool {
        let external_id = business.external_id.as_deref();
        if self.by_id.contains_key(&business.id)
            || external_id.is_some_and(|external_id| self.by_external_id.contains_key(external_id))
        {
            return false;
        }
        let index = self.oldest_first.len();
        if let Some(external_id) = external_id {
            self.by_external_id.insert(external_id.to_owned(), index);
        }
        self.by_id.insert(business.id, index);
        self.oldest_first.push(business);
        true
    }

    /// Deletes a business. The API has no such request, but the vendor's support may delete a business at any time.
    pub fn remove(&mut self, id: Uuid) -> Option<DemoBusiness> {
        let index = self.by_id.remove(&id)?;
        let removed = self.oldest_first.remove(index);
        if let Some(external_id) = removed.external_id.as_deref() {
            self.by_external_id.remove(external_id);
        }
        let moved = self
            .by_id
            .values_mut()
            .chain(self.by_external_id.values_mut());
        moved
            .filter(|place| **place > index)
            .for_each(|place| *place -= 1);
        Some(removed)
    }

    /// The business with this id.
    pub fn get(&self, id: Uuid) -> Option<&DemoBusiness> {
        self.oldest_first.get(*self.by_id.get(&id)?)
    }

    /// The business with this id, for changes. Both of its ids must stay the same.
    pub fn get_mut(&mut self, id: Uuid) -> Option<&mut DemoBusiness> {
        self.oldest_first.get_mut(*self.by_id.get(&id)?)
    }

    /// The business with the partner's own id.
    pub fn get_by_external_id(&self, external_id: &str) -> Option<&DemoBusiness> {
        self.oldest_first
            .get(*self.by_external_id.get(external_id)?)
    }

    /// All businesses, newest first: the order of the list.
    pub fn newest_first(&self) -> impl Iterator<Item = &DemoBusiness> {
        self.oldest_first.iter().rev()
    }

    /// Part of the filtered list, newest first, and the total that matches the filter.
    pub fn window(
        &self,
        filter: &StoreFilter,
        skip: usize,
        take: usize,
    ) -> (usize, Vec<&DemoBusiness>) {
        if filter.is_empty() {
            return (
                self.len(),
                self.newest_first().skip(skip).take(take).collect(),
            );
        }
        let mut total = 0;
        let mut window = Vec::with_capacity(take);
        for business in self
            .newest_first()
            .filter(|business| filter.takes(business))
        {
            if total >= skip && window.len() < take {
                window.push(business);
            }
            total += 1;
        }
        (total, window)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn business(n: u128) -> DemoBusiness {
        DemoBusiness {
            id: Uuid::from_u128(n),
            external_id: Some(format!("user-{n}").into()),
            country: Some(if n.is_multiple_of(2) { "NL" } else { "GB" }.into()),
            is_archived: n == 4,
            ..DemoBusiness::default()
        }
    }

    fn ids(window: &[&DemoBusiness]) -> Vec<u128> {
        window
            .iter()
            .map(|business| business.id.as_u128())
            .collect()
    }

    #[test]
    fn lists_newest_first_and_filters_without_case() {
        let store = Store::new((1..=6).map(business).collect());
        assert_eq!(ids(&store.window(&StoreFilter::default(), 1, 2).1), [5, 4]);
        let dutch = StoreFilter {
            country: Some("nl".into()),
            ..StoreFilter::default()
        };
        let (total, window) = store.window(&dutch, 1, 5);
        assert_eq!((total, ids(&window)), (3, vec![4, 2]));
        let archived = StoreFilter {
            is_archived: Some(true),
            ..StoreFilter::default()
        };
        assert_eq!(ids(&store.window(&archived, 0, 9).1), [4]);
    }

    #[test]
    fn refuses_ids_that_are_taken() {
        let mut store = Store::new(vec![business(1)]);
        assert!(!store.insert(business(1)));
        let other = DemoBusiness {
            id: Uuid::from_u128(9),
            ..business(1)
        };
        assert!(!store.insert(other), "the external id is taken");
        assert_eq!(store.len(), 1);
    }

    #[test]
    fn both_indexes_follow_a_removal() {
        let mut store = Store::new((1..=4).map(business).collect());
        assert!(store.remove(Uuid::from_u128(2)).is_some());
        for n in [1, 3, 4] {
            assert_eq!(
                store.get(Uuid::from_u128(n)).map(|b| b.id.as_u128()),
                Some(n)
            );
            let by_external_id = store.get_by_external_id(&format!("user-{n}"));
            assert_eq!(by_external_id.map(|b| b.id.as_u128()), Some(n));
        }
        assert!(store.get_by_external_id("user-2").is_none());
        assert!(store.insert(business(2)));
    }
}
