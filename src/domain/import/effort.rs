//! How much of a text the readers search through. A test that counts it does not depend on how fast the machine is.

#[cfg(test)]
use std::cell::Cell;

#[cfg(test)]
thread_local! {
    static BYTES: Cell<usize> = const { Cell::new(0) };
}

/// The result of a search through at most `all` bytes, which ended where it found something.
#[inline]
pub(super) fn searched(found: Option<usize>, all: usize) -> Option<usize> {
    #[cfg(test)]
    BYTES.set(BYTES.get() + found.unwrap_or(all));
    #[cfg(not(test))]
    let _ = all;
    found
}

/// How many bytes are searched through while this is done, by this thread.
#[cfg(test)]
pub(super) fn measured(work: impl FnOnce()) -> usize {
    let before = BYTES.get();
    work();
    BYTES.get() - before
}
