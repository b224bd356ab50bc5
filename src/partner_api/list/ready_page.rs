//! A page whose rows are ready for the list, made by the task that read it.

use crate::domain::business::CompactBusiness;
use crate::domain::filter::SearchableBusiness;
use crate::partner_api::wire::BusinessPage;

use super::byte_budget::ByteBudget;

/// A page with its texts folded and counted: neither the task that all pages come to nor the thread that draws has time
/// for that.
#[derive(Debug)]
pub(in crate::partner_api) struct ReadyPage {
    pub(super) rows: Vec<SearchableBusiness>,
    /// Rows for which the budget had no room.
    pub(super) left_out: usize,
    /// All else that the page says; its own rows have gone into `rows`.
    pub(super) page: BusinessPage,
}

impl ReadyPage {
    pub(in crate::partner_api) fn of(mut page: BusinessPage, budget: &ByteBudget) -> Self {
        let listed = page.rows.len();
        let mut rows = Vec::with_capacity(listed);
        for row in std::mem::take(&mut page.rows) {
            let row = SearchableBusiness::from(row);
            // What does not fit is dropped at once: folding can make it four times longer.
            if !budget.take(row.memory_bytes()) {
                break;
            }
            rows.push(row);
        }
        CompactBusiness::share_block(rows.iter_mut().map(|row| &mut row.business));
        Self {
            left_out: listed - rows.len(),
            rows,
            page,
        }
    }
}
