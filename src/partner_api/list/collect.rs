//! Collects the whole list, for callers that show nothing before its end.

use tokio::sync::mpsc;

use super::ListProgress;
use crate::domain::business::BusinessIds;
use crate::domain::filter::SearchableBusiness;

/// The businesses that were sent and not withdrawn, in the server's order.
pub async fn collect(mut arrived: mpsc::Receiver<ListProgress>) -> Vec<SearchableBusiness> {
    let mut all = Vec::new();
    while let Some(progress) = arrived.recv().await {
        match progress {
            ListProgress::Page { rows, .. } => all.extend(rows),
            ListProgress::Gone { ids } => {
                let gone: BusinessIds = ids.into_iter().collect();
                all.retain(|row: &SearchableBusiness| !gone.contains(&row.business.id));
            }
            ListProgress::Rereading => {}
        }
    }
    all
}
