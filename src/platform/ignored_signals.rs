//! Signals that the caller of this program ignores, as `nohup` does, and shells do for background jobs.

use std::fs;

/// A set of signal numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IgnoredSignals(u64);

impl IgnoredSignals {
    /// The signals that this process ignores. Call it before any handler is installed, which replaces what the caller set.
    ///
    /// Reads `/proc/self/status` (`proc_pid_status(5)`). Other systems have only unsafe calls for this, so there the set
    /// is empty.
    pub fn read() -> Self {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        Self::parse(&status)
    }

    /// Whether the signal with this number is in the set.
    pub fn contains(self, signal: i32) -> bool {
        u32::try_from(signal - 1)
            .ok()
            .and_then(|bit| self.0.checked_shr(bit))
            .is_some_and(|rest| rest & 1 == 1)
    }

    fn parse(status: &str) -> Self {
        let mask = status
            .lines()
            .find_map(|line| line.strip_prefix("SigIgn:"))
            .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        Self(mask.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mask_of_the_system_is_read_by_number() {
        let status = "Name:\tthred-console\nSigBlk:\t0000000000000002\nSigIgn:\t8000000000001001\n";
        let ignored = IgnoredSignals::parse(status);
        let found: Vec<i32> = (-1..70)
            .filter(|signal| ignored.contains(*signal))
            .collect();
        assert_eq!(found, [1, 13, 64]);
        assert_eq!(IgnoredSignals::parse("SigIgn:\tnothing"), IgnoredSignals(0));
        assert_eq!(IgnoredSignals::parse(""), IgnoredSignals(0));
    }
}
