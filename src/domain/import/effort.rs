//! Counts how many bytes the readers search. Tests that check this count do not depend on the speed of the machine.

#[cfg(test)]
use std::cell::Cell;

#[cfg(test)]
thread_local! {
    static BYTES: Cell<usize> = const { Cell::new(0) };
}

/// Returns `found`. In tests, also counts the bytes searched: up to the match, or `all` without one.
#[inline]
pub(super) fn searched(found: Option<usize>, all: usize) -> Option<usize> {
    #[cfg(test)]
    BYTES.set(BYTES.get() + found.unwrap_or(all));
    #[cfg(not(test))]
    let _ = all;
    found
}

/// How many bytes this thread searches while `work` runs.
#[cfg(test)]
pub(super) fn measured(work: impl FnOnce()) -> usize {
    let before = BYTES.get();
    work();
    BYTES.get() - before
}
