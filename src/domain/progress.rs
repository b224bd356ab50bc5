//! The progress of a long operation.

/// How much of a long operation is done, in bytes, rows or businesses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    pub total: usize,
}

impl Progress {
    pub fn is_complete(self) -> bool {
        self.done >= self.total
    }

    /// From 0 to 1; 0 if there is nothing to do. Precise enough for a progress bar.
    pub fn fraction(self) -> f32 {
        if self.total == 0 {
            return 0.0;
        }
        (self.done as f32 / self.total as f32).clamp(0.0, 1.0)
    }
}
