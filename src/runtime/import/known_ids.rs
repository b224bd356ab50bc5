//! Which business an id belongs to, so that an answer with the id of another one is recognised.

use std::collections::{BTreeMap, HashMap};

use parking_lot::Mutex;

use crate::domain::business::{BusinessId, BusinessText, CompactBusiness};
use crate::domain::import::RowOutcome;
use crate::domain::text::fold_letters;

/// The ids of the listed businesses, and those that the rows of the run were answered with.
pub(super) struct KnownIds {
    listed: HashMap<BusinessId, CompactBusiness>,
    /// The first row that was answered with the id.
    rows: Mutex<HashMap<BusinessId, usize>>,
}

impl KnownIds {
    /// `outcomes` are those of earlier sessions.
    pub(super) fn new(
        listed: Vec<CompactBusiness>,
        outcomes: &BTreeMap<usize, RowOutcome>,
    ) -> Self {
        let listed = listed.into_iter().map(|business| (business.id, business));
        let earlier = outcomes.iter().filter_map(|(row, outcome)| {
            let id = match outcome {
                RowOutcome::Created { id, .. } | RowOutcome::Existed { id, .. } => *id,
                RowOutcome::Sending | RowOutcome::Unknown { .. } | RowOutcome::Rejected { .. } => {
                    return None;
                }
            };
            Some((id, *row))
        });
        Self {
            listed: listed.collect(),
            rows: Mutex::new(earlier.collect()),
        }
    }

    /// Whether the id that a row was answered with belongs to a business with another `external_id`. `external_id` reads that of a row.
    pub(super) fn is_of_another(
        &self,
        id: BusinessId,
        row: usize,
        external_id: impl Fn(usize) -> String,
    ) -> bool {
        let ours = folded(&external_id(row));
        let listed = self.listed.get(&id);
        let listed = listed.and_then(|business| business.text(BusinessText::ExternalId));
        if listed.is_some_and(|listed| folded(listed) != ours) {
            return true;
        }
        let mut rows = self.rows.lock();
        let first = *rows.entry(id).or_insert(row);
        first != row && folded(&external_id(first)) != ours
    }
}

fn folded(external_id: &str) -> String {
    fold_letters(external_id.trim())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::business::Business;

    fn id(n: u128) -> BusinessId {
        BusinessId(Uuid::from_u128(n))
    }

    #[test]
    fn an_id_belongs_to_one_external_id() {
        let acme = CompactBusiness::from(&Business {
            external_id: Some("acme-1".into()),
            ..Business::unknown(id(1))
        });
        let nameless = CompactBusiness::from(&Business::unknown(id(2)));
        let earlier = RowOutcome::Created {
            id: id(3),
            differs: Vec::new(),
        };
        let known = KnownIds::new(vec![acme, nameless], &BTreeMap::from([(0, earlier)]));
        let row = |row: usize| ["new-0", "new-1", "ACME-1 ", "New-1", "new-4"][row].to_owned();
        let is_of_another = |n, at| known.is_of_another(id(n), at, row);
        assert!(is_of_another(1, 1), "a listed one");
        assert!(!is_of_another(1, 2), "the listed one itself");
        assert!(!is_of_another(2, 4), "a listed one without external_id");
        assert!(is_of_another(3, 1), "a row of an earlier session");
        assert!(!is_of_another(3, 0), "the row itself, sent again");
        assert!(!is_of_another(4, 1));
        assert!(!is_of_another(4, 3), "another row with its external_id");
        assert!(is_of_another(4, 4), "a row of this session");
    }
}
