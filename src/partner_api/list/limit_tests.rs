//! The limits of memory and rows, for servers that exceed them.

use std::cell::Cell;
use std::sync::Arc;

use tokio::sync::mpsc;
use uuid::Uuid;

use super::load::MAX_AT_ONCE;
use super::*;
use crate::domain::business::{Business, BusinessId};
use crate::domain::filter::SearchableBusiness;
use crate::partner_api::options::ListLimits;
use crate::partner_api::wire::BusinessPage;

fn page(ids: std::ops::Range<u128>, total: u64) -> BusinessPage {
    BusinessPage {
        rows: ids
            .map(|id| Business::unknown(BusinessId(Uuid::from_u128(id))))
            .collect(),
        total: Some(total),
        ..BusinessPage::default()
    }
}

#[tokio::test]
async fn a_page_of_any_length_is_handed_on_in_parts_without_spare_memory() {
    let fetch = async |number, budget: Arc<_>| {
        Ok((number == 1).then(|| ReadyPage::of(page(0..10_000, 10_000), &budget)))
    };
    let (sender, mut receiver) = mpsc::channel(1);
    let receive = async {
        let mut received = 0;
        while let Some(progress) = receiver.recv().await {
            let ListProgress::Page { rows, .. } = progress else {
                panic!("the list did not change");
            };
            received += rows.len();
            assert!(rows.len() <= MAX_AT_ONCE);
            assert!(rows.capacity() <= 2 * MAX_AT_ONCE, "{}", rows.capacity());
        }
        received
    };
    let (summary, received) = tokio::join!(load(fetch, ListLimits::default(), sender), receive);
    assert!(summary.unwrap().is_exact());
    assert_eq!(received, 10_000);
}

/// Reads a list whose count is one too high, and whose ten businesses are others in each reading. Returns how many are held in the end, and their
/// memory in bytes.
async fn read_changing_ids(limits: ListLimits) -> (ListSummary, usize, usize) {
    let readings = Cell::new(0);
    let fetch = async |number, budget: Arc<_>| {
        if number > 1 {
            return Ok(None);
        }
        let first = 10 * readings.replace(readings.get() + 1);
        Ok(Some(ReadyPage::of(page(first..first + 10, 11), &budget)))
    };
    let (sender, mut receiver) = mpsc::channel(1);
    let receive = async {
        let mut held = Vec::new();
        while let Some(progress) = receiver.recv().await {
            match progress {
                ListProgress::Page { rows, .. } => held.extend(rows),
                ListProgress::Gone { ids } => {
                    held.retain(|row| !ids.contains(&row.business.id));
                }
            }
        }
        held
    };
    let (summary, held) = tokio::join!(load(fetch, limits, sender), receive);
    let bytes = held.iter().map(SearchableBusiness::memory_bytes).sum();
    (summary.unwrap(), held.len(), bytes)
}

#[tokio::test]
async fn all_readings_together_stay_within_the_limits() {
    let (unlimited, held, bytes) = read_changing_ids(ListLimits::default()).await;
    assert_eq!((unlimited.rereads, held), (2, 30));
    for limits in [
        ListLimits {
            row_cap: 15,
            ..ListLimits::default()
        },
        ListLimits {
            byte_cap: bytes / 2,
            ..ListLimits::default()
        },
    ] {
        let (summary, held, taken) = read_changing_ids(limits).await;
        assert_eq!(summary.end, ListEnd::Cap, "{limits:?}");
        assert_eq!((summary.unique, held), (15, 15), "{limits:?}");
        assert!(taken <= limits.byte_cap);
    }
}
