//! Collects the whole list, for callers that show nothing before its end.

use std::collections::BTreeMap;

use tokio::sync::mpsc;

use super::progress::ListProgress;
use crate::domain::business::BusinessIds;
use crate::domain::filter::SearchableBusiness;

/// The businesses that were sent and not withdrawn, in the server's order.
pub async fn collect(mut arrived: mpsc::Receiver<ListProgress>) -> Vec<SearchableBusiness> {
    let mut pages = BTreeMap::<u32, Vec<SearchableBusiness>>::new();
    while let Some(progress) = arrived.recv().await {
        match progress {
            ListProgress::Page { number, rows, .. } => {
                pages.entry(number).or_default().extend(rows);
            }
            ListProgress::Gone { ids } => {
                let gone: BusinessIds = ids.into_iter().collect();
                for rows in pages.values_mut() {
                    rows.retain(|row| !gone.contains(&row.business.id));
                }
            }
        }
    }
    pages.into_values().flatten().collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::business::{Business, BusinessId};

    fn id(n: u128) -> BusinessId {
        BusinessId(Uuid::from_u128(n))
    }

    fn page(number: u32, ids: [u128; 2]) -> ListProgress {
        ListProgress::Page {
            number,
            rows: ids.map(|n| Business::unknown(id(n)).into()).to_vec(),
            total: None,
        }
    }

    #[tokio::test]
    async fn the_order_is_the_servers_whatever_the_order_of_arrival() {
        let (pages, arrived) = mpsc::channel(9);
        let gone = ListProgress::Gone { ids: vec![id(4)] };
        for message in [
            page(3, [5, 6]),
            page(1, [1, 2]),
            page(2, [3, 4]),
            gone,
            page(1, [7, 8]),
        ] {
            pages.send(message).await.unwrap();
        }
        drop(pages);
        let ids: Vec<_> = collect(arrived)
            .await
            .iter()
            .map(|row| row.business.id)
            .collect();
        assert_eq!(ids, [1, 2, 7, 8, 3, 5, 6].map(id));
    }
}
