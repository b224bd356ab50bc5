//! The limits of memory and rows, for servers that exceed them.

use std::sync::Arc;

use tokio::sync::mpsc;
use uuid::Uuid;

use super::load::MAX_AT_ONCE;
use super::*;
use crate::domain::business::Business;
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
            let ListProgress::Page { rows, loaded, .. } = progress else {
                panic!("the list did not change");
            };
            received += rows.len();
            assert_eq!(loaded, received as u64);
            assert!(rows.len() <= MAX_AT_ONCE);
            assert!(rows.capacity() <= 2 * MAX_AT_ONCE, "{}", rows.capacity());
        }
        received
    };
    let (summary, received) = tokio::join!(load(fetch, ListLimits::default(), sender), receive);
    assert!(summary.unwrap().is_exact());
    assert_eq!(received, 10_000);
}
