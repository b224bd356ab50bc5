//! What one reading may take in memory.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes that are left for rows. Pages are read side by side and share it, so that together they stay within it
/// before anybody has counted them.
#[derive(Debug)]
pub(in crate::partner_api) struct ByteBudget(AtomicUsize);

impl ByteBudget {
    pub(super) fn new(bytes: usize) -> Self {
        Self(AtomicUsize::new(bytes))
    }

    /// Takes so many bytes; `false` where fewer are left.
    pub(super) fn take(&self, bytes: usize) -> bool {
        let rest = |left: usize| left.checked_sub(bytes);
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, rest)
            .is_ok()
    }

    /// A row that was counted is not kept.
    pub(super) fn give_back(&self, bytes: usize) {
        self.0.fetch_add(bytes, Ordering::Relaxed);
    }
}
