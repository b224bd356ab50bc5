//! The limits of a program.

use std::time::Duration;

/// How long a program may run and how much it may print.
#[derive(Debug, Clone, Copy)]
pub(super) struct CommandLimits {
    /// From start to end; long enough for a fingerprint prompt.
    pub(super) time: Duration,
    /// How long to read from the pipes after the program has ended, in case one of its children keeps them open.
    pub(super) grace: Duration,
    /// Largest standard output, bytes. A program that prints more is ended.
    pub(super) output: usize,
    /// How much of standard error is stored, bytes.
    pub(super) errors: usize,
    /// How much of standard error is discarded beyond that, bytes. A program that prints more is ended.
    pub(super) passed_over: usize,
}

impl CommandLimits {
    pub(super) const DEFAULT: Self = Self {
        time: Duration::from_secs(60),
        grace: Duration::from_millis(500),
        output: 64 * 1024,
        errors: 4 * 1024,
        passed_over: 1024 * 1024,
    };
}
