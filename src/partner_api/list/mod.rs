//! Reads the whole list, which may change during the reading.

mod collect;
#[cfg(test)]
mod limit_tests;
mod load;
mod progress;
mod reading;
mod ready_page;
mod row_budget;
#[cfg(test)]
mod simulation;
mod summary;

pub use collect::collect;
pub(super) use load::load;
pub use progress::ListProgress;
pub(super) use ready_page::ReadyPage;
pub(super) use row_budget::RowBudget;
pub use summary::{ArchivedList, ListEnd, ListSummary};
