//! Signals that the caller of this program ignores, as `nohup` does, and shells do for background jobs.

use std::fs;

/// Whether this process ignores the signal with this number. Call it before a handler is installed, which replaces what the caller set.
///
/// Reads `/proc/self/status` (`proc_pid_status(5)`). Other systems have only unsafe calls for this, so there no signal counts as ignored.
pub fn is_ignored(signal: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    is_in_mask(&status, signal)
}

fn is_in_mask(status: &str, signal: i32) -> bool {
    let mask = status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    u32::try_from(signal - 1)
        .ok()
        .and_then(|bit| mask?.checked_shr(bit))
        .is_some_and(|rest| rest & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mask_of_the_system_is_read_by_number() {
        let found = |status: &str| -> Vec<i32> {
            (-1..70)
                .filter(|signal| is_in_mask(status, *signal))
                .collect()
        };
        let status = "Name:\tthred-console\nSigBlk:\t0000000000000002\nSigIgn:\t8000000000001001\n";
        assert_eq!(found(status), [1, 13, 64]);
        assert!(found("SigIgn:\tnothing").is_empty() && found("").is_empty());
    }
}
