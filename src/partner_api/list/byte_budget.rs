//! Limits the memory that reading the list may take.

use std::sync::atomic::{AtomicUsize, Ordering};

/// The bytes left for rows. Pages that are read in parallel share the budget, so that together they stay within it even before their rows are
/// counted.
#[derive(Debug)]
pub(in crate::partner_api) struct ByteBudget(AtomicUsize);

impl ByteBudget {
    pub(super) fn new(bytes: usize) -> Self {
        Self(AtomicUsize::new(bytes))
    }

    /// Takes `bytes` from the budget; `false` if fewer are left.
    pub(super) fn take(&self, bytes: usize) -> bool {
        let rest = |left: usize| left.checked_sub(bytes);
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, rest)
            .is_ok()
    }

    /// Returns the bytes of a row that was discarded.
    pub(super) fn release(&self, bytes: usize) {
        self.0.fetch_add(bytes, Ordering::Relaxed);
    }
}
