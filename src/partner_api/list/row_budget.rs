//! Limits the rows that reading the list may return, and their memory.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::domain::filter::SearchableBusiness;
use crate::partner_api::options::ListLimits;

/// The rows and bytes left. Pages that are read in parallel share the budget, so that together they stay within it even before their rows are
/// counted. So do repeated readings of the list, because rows of earlier ones are still held.
#[derive(Debug)]
pub(in crate::partner_api) struct RowBudget {
    rows: AtomicUsize,
    bytes: AtomicUsize,
}

impl RowBudget {
    pub(super) fn new(limits: ListLimits) -> Self {
        Self {
            rows: AtomicUsize::new(limits.row_cap),
            bytes: AtomicUsize::new(limits.byte_cap),
        }
    }

    /// Takes a row of this many bytes from the budget; `false` if it does not fit.
    pub(super) fn take(&self, bytes: usize) -> bool {
        if !take(&self.rows, 1) {
            return false;
        }
        let fits = take(&self.bytes, bytes);
        if !fits {
            self.rows.fetch_add(1, Ordering::Relaxed);
        }
        fits
    }

    /// Returns a row that was discarded.
    pub(super) fn release(&self, row: &SearchableBusiness) {
        self.rows.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(row.memory_bytes(), Ordering::Relaxed);
    }
}

fn take(left: &AtomicUsize, count: usize) -> bool {
    let rest = |left: usize| left.checked_sub(count);
    left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, rest)
        .is_ok()
}
