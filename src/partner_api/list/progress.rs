//! What arrives while the list is being read.

use crate::domain::business::BusinessId;
use crate::domain::filter::SearchableBusiness;

/// Progress of a list that is being read.
#[derive(Debug, Clone, PartialEq)]
pub enum ListProgress {
    /// Businesses that were not sent before. May be empty if only the total changed.
    Page {
        /// From 1. Pages arrive in any order.
        number: u32,
        rows: Vec<SearchableBusiness>,
        /// The server's total, if stated.
        total: Option<u64>,
    },
    /// Businesses that were sent before and are no longer in the list.
    Gone {
        /// Their ids.
        ids: Vec<BusinessId>,
    },
}
