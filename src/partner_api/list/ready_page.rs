//! A page whose rows are ready for the list, prepared by the task that read it.

use crate::domain::filter::SearchableBusiness;
use crate::partner_api::wire::BusinessPage;

use super::row_budget::RowBudget;

/// A page with its texts folded and its rows counted. Neither the task that collects all pages nor the thread that draws has time for that.
#[derive(Debug)]
pub(in crate::partner_api) struct ReadyPage {
    pub(super) rows: Vec<SearchableBusiness>,
    /// How many rows did not fit into the budget, or were too many for a page.
    pub(super) left_out: usize,
    /// The rest of the page; its rows were moved to `rows`.
    pub(super) page: BusinessPage,
}

impl ReadyPage {
    pub(in crate::partner_api) fn of(mut page: BusinessPage, budget: &RowBudget) -> Self {
        let listed = page.rows.len() + page.left_out;
        let rows = std::mem::take(&mut page.rows);
        let rows = SearchableBusiness::page(&rows, |bytes| budget.take(bytes));
        Self {
            left_out: listed - rows.len(),
            rows,
            page,
        }
    }
}
